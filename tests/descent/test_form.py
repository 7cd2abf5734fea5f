"""Every recorded row is what method and surface say: for every method, with random knobs and noise."""

import math
from collections.abc import Iterator
from functools import cache

import jax
import numpy as np
import pytest

from catalog import Knob
from descent import Run, Trajectory, descend
from descent.noise import standard_noise
from landscapes import LANDSCAPES
from landscapes.formula import find
from optimizers import OPTIMIZERS, suggested_rate

SURFACES = ("bowl", "rosenbrock", "himmelblau")
STEPS = 60


def turned(knob: Knob, at: float) -> float:
    """Return the value at the fraction `at` of a knob's range."""
    if knob.scale == "log":
        return math.exp((1 - at) * math.log(knob.low) + at * math.log(knob.high))
    return (1 - at) * knob.low + at * knob.high


def runs(optimizer: str) -> Iterator[Run]:
    """Yield runs with random knobs; every second one is noisy."""
    rng = np.random.default_rng(list(OPTIMIZERS).index(optimizer))
    for surface in SURFACES:
        landscape, method = LANDSCAPES[surface], OPTIMIZERS[optimizer]
        rate = suggested_rate(method, landscape.gradient_rate, landscape.length_rate)
        for k in range(4):
            knobs = {knob.id: turned(knob, rng.uniform()) for knob in method.knobs[1:]}
            ground = {knob.id: turned(knob, rng.uniform()) for knob in landscape.knobs}
            yield Run(
                surface,
                optimizer,
                landscape.start,
                STEPS,
                {**knobs, "learning_rate": rate * rng.uniform(0.1, 1.0)},
                ground,
                sigma=0.5 * (k % 2),
                seed=k,
            )


every_method = pytest.mark.parametrize("optimizer", OPTIMIZERS)


@every_method
def test_the_unified_form_rebuilds_every_update(optimizer: str) -> None:
    method = OPTIMIZERS[optimizer]
    for run in runs(optimizer):
        path = descend(run)
        knobs = {knob: value for knob, value in method.settings(run.knobs).items() if knob != "learning_rate"}
        quotient = path.M / (np.sqrt(path.G) + method.epsilon(**knobs))
        pull = np.zeros_like(quotient)
        if method.decoupled:
            pull = np.asarray(method.decoupled(path.points[:-1], **knobs))
        rebuilt = -path.rates[:, None] * (quotient + pull)
        # Relative to the two terms, which may cancel.
        size = path.rates[:, None] * (np.abs(quotient) + np.abs(pull))
        assert (np.abs(rebuilt - path.updates) <= 1e-12 * size).all()


@every_method
def test_rows_line_up(optimizer: str) -> None:
    for run in runs(optimizer):
        path = descend(run)
        assert tuple(path.points[0]) == run.start
        assert_shapes(path)
        np.testing.assert_array_equal(path.points[1:], path.points[:-1] + path.updates)
        landscape = find(run.landscape)
        losses, gradients = truth(run.landscape)(path.points, landscape.settings(run.landscape_knobs))
        np.testing.assert_allclose(path.losses, losses, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(path.gradients, gradients, rtol=1e-9, atol=1e-9)
        noise = run.sigma * standard_noise(run.seed)[: len(path.seen)]
        np.testing.assert_allclose(path.seen, path.gradients[:-1] + noise, rtol=1e-12, atol=1e-12)
        assert (path.rates == run.knobs["learning_rate"]).all()


@cache
def truth(surface: str):
    """Return losses and gradients at points (n, 2), computed apart from any descent."""
    loss = LANDSCAPES[surface].loss
    return jax.jit(jax.vmap(jax.value_and_grad(lambda p, knobs: loss(p, **knobs)), in_axes=(0, None)))


def assert_shapes(path: Trajectory) -> None:
    steps = len(path.updates)
    assert path.points.shape == path.gradients.shape == (steps + 1, 2)
    assert path.losses.shape == (steps + 1,)
    assert path.seen.shape == path.M.shape == path.G.shape == path.updates.shape == (steps, 2)
    assert path.rates.shape == (steps,)
    for array in (path.points, path.losses, path.gradients, path.seen, path.rates, path.M, path.G):
        assert array.dtype == np.float64
        assert not array.flags.writeable
        assert np.isfinite(array).all()


def test_sgd_by_hand() -> None:
    path = descend(Run("bowl", "sgd", (-7, 2), 2, {"learning_rate": 0.5}))
    np.testing.assert_allclose(path.points, [[-7, 2], [-6.65, 0], [-6.3175, 0]], rtol=1e-14)
    np.testing.assert_allclose(path.losses, [6.45, 6.65**2 / 20, 6.3175**2 / 20], rtol=1e-14)
    np.testing.assert_allclose(path.gradients, [[-0.7, 4], [-0.665, 0], [-0.63175, 0]], rtol=1e-14)
    np.testing.assert_array_equal(path.M, path.gradients[:-1])
    np.testing.assert_array_equal(path.G, np.ones((2, 2)))
