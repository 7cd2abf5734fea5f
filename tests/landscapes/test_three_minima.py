"""Which method finds the global minimum from most starts depends on how the learning rates are chosen."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES

SURFACE = LANDSCAPES["three_minima"]
STEPS, STARTS = 200, 256
NEAR = 0.02
"""A start has found the minimum if it ends within this share of the diagonal of it."""


def step(method: str, t: jax.Array, gradient: jax.Array, m: jax.Array, v: jax.Array):
    """Return what is multiplied by the rate, and both moments, by the definition of the method."""
    if method == "sgd":
        return gradient, m, v
    if method == "momentum":
        return gradient + 0.9 * m, gradient + 0.9 * m, v
    if method == "rmsprop":
        v = 0.9 * v + 0.1 * gradient**2
        return gradient / (jnp.sqrt(v) + 1e-8), m, v
    m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
    return m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v


def shares(method: str, rates: list[float]) -> list[float]:
    """Return, for each rate, the share of uniform starts from which the global minimum is found."""
    low, high = np.transpose(SURFACE.box)
    starts = np.random.default_rng(0).uniform(low, high, (STARTS, 2))

    def descend(start: jax.Array, rate: jax.Array) -> jax.Array:
        def body(state: tuple[jax.Array, ...], t: jax.Array):
            p, m, v = state
            direction, m, v = step(method, t, jax.grad(SURFACE.loss)(p), m, v)
            return (p - rate * direction, m, v), None

        begin = start, jnp.zeros(2), jnp.zeros(2)
        return jax.lax.scan(body, begin, jnp.arange(1.0, STEPS + 1))[0][0]

    each = jax.jit(jax.vmap(jax.vmap(descend, (0, None)), (None, 0)))
    ends = np.asarray(each(jnp.array(starts), jnp.array(rates)))
    (minimum,) = SURFACE.minima() or ((np.nan, np.nan),)
    return (
        (np.hypot(*np.moveaxis(ends - minimum, -1, 0)) < NEAR * np.hypot(*(high - low))).mean(axis=1).tolist()
    )


def test_there_are_three_minima_and_the_widest_is_the_deepest():
    hessian, gradient = jax.jit(jax.hessian(SURFACE.loss)), jax.jit(jax.grad(SURFACE.loss))
    found = []
    for near in ((1.0, 1.0), (0.5, -1.9), (-1.9, 1.0)):
        p = np.array(near)
        for _ in range(20):
            p = p - np.linalg.solve(hessian(p), gradient(p))
        low, high = np.linalg.eigvalsh(hessian(p))
        assert low > 0
        found.append((float(SURFACE.loss(p)), high))
    losses, curvatures = zip(*found, strict=True)
    assert sorted(losses) == list(losses)
    assert losses[1] > 0.85 * losses[0]
    assert curvatures[0] < min(curvatures[1:]) / 3


@pytest.fixture(scope="module")
def found() -> dict[str, dict[float, float]]:
    rates = {"sgd": [0.01, 0.1, 15.0], "momentum": [0.01, 0.1], "rmsprop": [0.001, 0.1], "adam": [0.001, 0.1]}
    return {method: dict(zip(tried, shares(method, tried), strict=True)) for method, tried in rates.items()}


def test_at_one_rate_for_all_adam_finds_it_from_most_starts(found: dict[str, dict[float, float]]):
    adam, *others = (found[method][0.1] for method in ("adam", "sgd", "momentum", "rmsprop"))
    assert adam > 0.5 and adam > max(others) + 0.02


def test_at_their_usual_defaults_hardly_any_run_does(found: dict[str, dict[float, float]]):
    defaults = {"sgd": 0.01, "momentum": 0.01, "rmsprop": 0.001, "adam": 0.001}
    assert max(found[method][rate] for method, rate in defaults.items()) < 0.1


def test_with_long_steps_plain_descent_always_does(found: dict[str, dict[float, float]]):
    assert found["sgd"][15.0] == 1
