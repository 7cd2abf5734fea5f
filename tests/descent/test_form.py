"""Every recorded row is what method and surface say: for every method, with random knobs and noise."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import jax
import numpy as np
import pytest

from catalog import Knob
from descent import Run, Trajectory, descend
from descent.randomness import standard_noise
from landscapes import LANDSCAPES
from landscapes.find import find
from optimizers import OPTIMIZERS, SCHEDULES, suggested_rate
from optimizers.knobs import without_rate
from optimizers.schedules import shares

SURFACES = ("bowl", "rosenbrock", "himmelblau")
STEPS = 60


def turned(knob: Knob, at: float) -> float:
    """Return the value at the fraction `at` of a knob's range."""
    if knob.scale == "log":
        return math.exp((1 - at) * math.log(knob.low) + at * math.log(knob.high))
    return (1 - at) * knob.low + at * knob.high


def runs(optimizer: str) -> Iterator[Run]:
    """Yield runs with random knobs: a plain one, a noisy one, a coupled and a decoupled penalty, clipped."""
    more: list[dict[str, Any]] = [
        {},
        {"sigma": 0.5},
        {"clip": "norm", "clip_at": 2.0, "schedule": "one_cycle", "warmup": 5},
        {"clip": "value", "clip_at": 1.5, "schedule": "step", "decoupled": True, "sigma": 0.5, "batch": 4},
    ]
    rng = np.random.default_rng(list(OPTIMIZERS).index(optimizer))
    for surface in SURFACES:
        landscape, method = LANDSCAPES[surface], OPTIMIZERS[optimizer]
        rate = suggested_rate(method, landscape.gradient_rate, landscape.length_rate)
        for k in range(4):
            knobs = {knob.id: turned(knob, rng.uniform()) for knob in method.knobs[1:]}
            ground = {knob.id: turned(knob, rng.uniform()) for knob in landscape.knobs}
            if k > 1:
                ground["l2"] = rng.uniform(0.01, 0.5)
            yield Run(
                surface,
                optimizer,
                landscape.start,
                STEPS,
                {**knobs, "learning_rate": rate * rng.uniform(0.1, 1.0)},
                ground,
                seed=k,
                stream=k,
                **more[k],
            )


def number(value: Any) -> float:
    """Return the value of a number knob."""
    return float(value)


every_method = pytest.mark.parametrize("optimizer", OPTIMIZERS)


@every_method
def test_the_unified_form_rebuilds_every_update(optimizer: str) -> None:
    method = OPTIMIZERS[optimizer]
    for run in runs(optimizer):
        path = descend(run)
        knobs = without_rate(method.settings(run.knobs))
        quotient = path.M / (np.sqrt(path.G) + method.epsilon(**knobs))
        pull = np.zeros_like(quotient)
        if method.decoupled:
            pull = np.asarray(method.decoupled(path.points[:-1], **knobs))
        if run.decoupled:
            pull = pull + number(run.landscape_knobs["l2"]) * path.points[:-1]
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
        noise = run.sigma / np.sqrt(run.batch) * standard_noise(run.seed, run.stream)[: len(path.seen)]
        pull = run.decoupled * number(run.landscape_knobs.get("l2", 0.0)) * path.points[:-1]
        np.testing.assert_allclose(path.estimates, path.gradients[:-1] - pull + noise, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(path.seen, clipped(run, path.estimates), rtol=1e-12, atol=1e-12)
        schedule = SCHEDULES[run.schedule]
        share = shares(schedule, STEPS, 2 * STEPS, run.warmup, schedule.settings())
        np.testing.assert_allclose(
            path.rates, number(run.knobs["learning_rate"]) * share[: len(path.rates)], rtol=1e-14
        )


def clipped(run: Run, estimates: np.ndarray) -> np.ndarray:
    """Return `estimates` (T, 2) as the method sees them."""
    if run.clip == "value":
        return np.clip(estimates, -run.clip_at, run.clip_at)
    if run.clip == "norm":
        norms = np.linalg.norm(estimates, axis=1, keepdims=True)
        return estimates * np.minimum(1, run.clip_at / np.maximum(norms, 1e-300))
    return estimates


@cache
def truth(surface: str):
    """Return losses and gradients at points (n, 2), computed apart from any descent."""
    loss = find(surface).loss
    return jax.jit(jax.vmap(jax.value_and_grad(lambda p, knobs: loss(p, **knobs)), in_axes=(0, None)))


def assert_shapes(path: Trajectory) -> None:
    steps = len(path.updates)
    assert path.points.shape == path.gradients.shape == (steps + 1, 2)
    assert path.losses.shape == (steps + 1,)
    assert (
        path.estimates.shape
        == path.seen.shape
        == path.M.shape
        == path.G.shape
        == path.updates.shape
        == (steps, 2)
    )
    assert path.rates.shape == (steps,)
    arrays = (path.points, path.losses, path.gradients, path.estimates, path.seen, path.rates, path.M, path.G)
    for array in arrays:
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


def penalised(optimizer: str, **more: Any) -> Trajectory:
    """Return a noisy run on a penalised surface."""
    rate, strength = more.pop("learning_rate", 0.02), more.pop("l2", 0.3)
    knobs = {"learning_rate": rate, **more.pop("knobs", {})}
    return descend(
        Run("himmelblau", optimizer, (-4.0, 1.0), STEPS, knobs, {"l2": strength}, sigma=0.5, seed=5, **more)
    )


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_sgd_does_not_tell_a_penalty_from_decay(schedule: str) -> None:
    """Loshchilov & Hutter (2019), proposition 1: for SGD they are the same, whatever the rate does."""
    coupled = penalised("sgd", learning_rate=0.005, schedule=schedule)
    decoupled = penalised("sgd", learning_rate=0.005, schedule=schedule, decoupled=True)
    np.testing.assert_allclose(coupled.points, decoupled.points, rtol=1e-11)
    np.testing.assert_allclose(coupled.losses, decoupled.losses, rtol=1e-11)
    assert (coupled.estimates != decoupled.estimates).all()


def test_adam_decoupled_is_adamw() -> None:
    decoupled = penalised("adam", decoupled=True)
    adamw = penalised("adamw", l2=0.0, knobs={"weight_decay": 0.3})
    np.testing.assert_allclose(decoupled.points, adamw.points, rtol=1e-11)
    np.testing.assert_allclose(decoupled.updates, adamw.updates, rtol=1e-8, atol=1e-12)


def test_adam_with_a_penalty_is_not_adamw() -> None:
    coupled, decoupled = penalised("adam"), penalised("adam", decoupled=True)
    assert np.abs(coupled.points - decoupled.points).max() > 0.01


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_rate_that_is_told_is_the_one_that_moved_the_point(schedule: str) -> None:
    rate = 0.02
    path = descend(
        Run("himmelblau", "sgd", (-4.0, 1.0), STEPS, {"learning_rate": rate}, schedule=schedule, warmup=4)
    )
    np.testing.assert_array_equal(path.updates, -path.rates[:, None] * path.seen)
    np.testing.assert_allclose(path.rates[:4], rate * np.arange(1, 5) / 5, rtol=1e-14)


def test_clipping_keeps_or_turns_the_direction() -> None:
    run = Run("bowl", "sgd", (-7, 2), 20, {"learning_rate": 0.4}, clip="norm", clip_at=0.5)
    by_norm, by_value = descend(run), descend(replace(run, clip="value"))
    norms = np.linalg.norm(by_norm.seen, axis=1)
    assert norms.max() == pytest.approx(0.5)
    cross = np.linalg.det(np.stack([by_norm.seen, by_norm.estimates], axis=1))
    np.testing.assert_allclose(cross, 0, atol=1e-12)
    assert np.abs(by_value.seen).max() == 0.5
    np.testing.assert_array_equal(by_value.seen[0], [-0.5, 0.5])


def test_what_is_not_clipped_stays_as_it_is() -> None:
    """Even where the square of a gradient is more than a float can hold."""
    path = descend(Run("bowl", "lion", (-7, 2), 10, sigma=1e200))
    np.testing.assert_array_equal(path.seen, path.estimates)
    assert len(path.seen) == 10
