"""Sharpness-aware minimization against the published algorithm, and what a step elsewhere asks for."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer

STEPS = 60
Field = Callable[[Any], Any]

every_method = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def gradient_of(surface: str) -> tuple[Field, np.ndarray]:
    landscape = LANDSCAPES[surface]
    knobs = landscape.settings()
    return jax.jit(jax.grad(lambda p: landscape.loss(p, **knobs))), np.array(landscape.start, float)


def path(optimizer: Optimizer, gradient: Field, theta: Any, rate: float, **knobs: Any) -> np.ndarray:
    """Return the points (STEPS+1, 2) of `optimizer` with `gradient`, here and elsewhere."""
    method: Any = optimizer.build(**knobs)
    more = {"grad_fn": lambda point, i: gradient(point)} if optimizer.elsewhere else {}
    theta = jnp.asarray(theta, float)
    state, points = method.init(theta), [theta]
    for _ in range(STEPS):
        direction, state = method.update(gradient(theta), state, theta, **more)
        theta = theta - rate * direction
        points.append(theta)
    return np.array(points)


def published(gradient: Field, theta: np.ndarray, rate: float, radius: float) -> np.ndarray:
    """Return the same by algorithm 1 of Foret et al. (2021), with the ascent of its equation 2 for p = 2."""
    points = [theta]
    for _ in range(STEPS):
        g = np.asarray(gradient(theta))
        ascent = radius * np.sign(g) * np.abs(g) / np.sqrt(np.sum(np.abs(g) ** 2))
        theta = theta - rate * np.asarray(gradient(theta + ascent))
        points.append(theta)
    return np.array(points)


@pytest.mark.parametrize("radius", [0.05, 0.4])
@pytest.mark.parametrize(
    ("surface", "rate"), [("bowl", 0.3), ("rosenbrock", 5e-4), ("three_hump_camel", 0.03)]
)
def test_the_path_is_that_of_the_paper(surface: str, rate: float, radius: float) -> None:
    gradient, start = gradient_of(surface)
    ours = path(OPTIMIZERS["sam"], gradient, start, rate, radius=radius)
    np.testing.assert_allclose(ours, published(gradient, start, rate, radius), rtol=1e-12, atol=1e-12)
    assert np.abs(ours - path(OPTIMIZERS["sgd"], gradient, start, rate)).max() > 1e-3


@pytest.mark.parametrize("surface", ["bowl", "beale"])
def test_without_a_radius_it_is_gradient_descent_bit_for_bit(surface: str) -> None:
    gradient, start = gradient_of(surface)
    ours = path(OPTIMIZERS["sam"], gradient, start, 0.01, radius=0.0)
    np.testing.assert_array_equal(ours, path(OPTIMIZERS["sgd"], gradient, start, 0.01))


@pytest.mark.parametrize(
    ("curvature", "rate", "radius"), [(1.0, 0.5, 0.1), (8.0, 0.2, 0.05), (2.0, 0.9, 1.0)]
)
def test_it_ends_in_jumps_across_the_minimum(curvature: float, rate: float, radius: float) -> None:
    """Between ± αλρ/(2 − αλ) on ½λθ², which is why no learning rate is small enough to have a limit."""
    points = path(OPTIMIZERS["sam"], lambda p: curvature * p, [1.0, 0.0], rate, radius=radius)
    height = rate * curvature * radius / (2 - rate * curvature)
    np.testing.assert_allclose(np.abs(points[-2:, 0]), height, rtol=1e-3)
    assert points[-2, 0] * points[-1, 0] < 0
    assert OPTIMIZERS["sam"].limit is None


def ascent(gradient: list[float]) -> np.ndarray:
    """Return where the gradient is asked for besides, seen from the point itself, for radius 1."""
    asked: list[Any] = []
    method: Any = OPTIMIZERS["sam"].build(radius=1.0)
    theta, g = jnp.zeros(2), jnp.array(gradient)
    method.update(g, method.init(theta), theta, grad_fn=lambda point, i: asked.append((point, i)) or g)
    ((point, i),) = asked
    assert i == 0
    return np.asarray(point)


@pytest.mark.parametrize(
    ("gradient", "expected"),
    [
        ([0.0, 0.0], [0, 0]),
        ([3.0, -4.0], [0.6, -0.8]),
        ([3e200, 4e200], [0.6, 0.8]),
        ([3e-200, 4e-200], [0.6, 0.8]),
    ],
)
def test_the_ascent_has_the_length_of_the_radius(gradient: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(ascent(gradient), expected, rtol=1e-15)


def test_standing_still_where_the_gradient_vanishes() -> None:
    gradient, _ = gradient_of("bowl")
    assert (path(OPTIMIZERS["sam"], gradient, [0.0, 0.0], 0.1, radius=0.5) == 0).all()


def test_moments_are_read_from_the_state() -> None:
    """M is the gradient up there and G is 1, whatever becomes of the update afterwards."""
    sam = OPTIMIZERS["sam"]
    gradient, start = gradient_of("beale")

    @jax.jit
    def step(radius: Any) -> Any:
        method: Any = sam.build(radius=radius)
        theta = jnp.asarray(start)
        before = method.init(theta)
        _, after = method.update(gradient(theta), before, theta, grad_fn=lambda p, i: gradient(p))
        return sam.moments(before, after, gradient(theta), radius=radius)

    m, g = step(0.7)
    here = np.asarray(gradient(start))
    np.testing.assert_allclose(m, gradient(start + 0.7 * here / np.linalg.norm(here)), rtol=1e-12)
    np.testing.assert_array_equal(g, [1, 1])
    assert m.dtype == g.dtype == np.float64


@every_method
def test_what_a_step_costs_is_what_it_asks_for(optimizer: Optimizer) -> None:
    """One gradient for g_t, one for every call elsewhere, two for a Hessian in two dimensions."""
    calls: list[Any] = []
    theta, g = jnp.array([1.0, -2.0]), jnp.array([3.0, 0.5])
    method: Any = optimizer.build(**{knob.id: knob.default for knob in optimizer.knobs[1:]})
    more: Any = {"hessian": jnp.eye(2)} if optimizer.hessian else {}
    if optimizer.elsewhere:
        assert isinstance(method, optax.GradientTransformationExtraArgs)
        with pytest.raises(ValueError, match="grad_fn"):
            method.update(g, method.init(theta), theta)
        more["grad_fn"] = lambda point, i: calls.append(point) or g
    method.update(g, method.init(theta), theta, **more)
    assert bool(calls) == optimizer.elsewhere
    assert optimizer.cost == 1 + len(calls) + 2 * optimizer.hessian
