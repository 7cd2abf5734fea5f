"""The stability limits: real methods on quadratics, and the linear recursions that they obey."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optimizers import OPTIMIZERS, Optimizer

LIMITED: dict[str, Callable[..., Any]] = {
    name: optimizer.limit for name, optimizer in OPTIMIZERS.items() if optimizer.limit
}
STEPS = 20_000  # across a condition of 1000 the last mode shrinks by e^-2/1000 a step

every_limit = pytest.mark.parametrize("name", LIMITED)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_who_has_no_limit_says_why(optimizer: Optimizer) -> None:
    """Whoever takes a limit away writes down a reason, and whoever gives one crosses it out."""
    assert (optimizer.limit is None) == bool(optimizer.unlimited)


def test_whose_limit_is_exact() -> None:
    exact = ["sgd", "momentum", "nesterov", "negative_curvature"]
    assert [name for name in LIMITED if not OPTIMIZERS[name].frozen] == exact


@pytest.mark.parametrize(
    ("name", "knobs", "value"),
    [
        ("sgd", {}, 2),
        ("momentum", {"momentum": 0.9}, 3.8),
        ("nesterov", {"momentum": 0.9}, 3.8 / 2.8),
        ("adagrad", {}, 2),
        ("rmsprop", {}, 2),
        ("adam", {"beta1": 0.9}, 38),
        ("adamw", {"beta1": 0.0}, 2),
        ("nadam", {"beta1": 0.9}, 38 / 2.8),
        ("nadam", {"beta1": 0.0}, 2),
        ("adan", {"beta1": 0.9, "beta2": 1.0}, 38),
    ],
)
def test_limits_by_hand(name: str, knobs: dict[str, float], value: float) -> None:
    given = {knob.id: knobs.get(knob.id, knob.default) for knob in OPTIMIZERS[name].knobs[1:]}
    assert LIMITED[name](**given) == pytest.approx(value, rel=1e-14)


def systems(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return n positive definite matrices A (n, 2, 2) of conditions up to 1000 and n diagonals (n, 2)."""
    angles, conditions = rng.uniform(0.1, 1.4, n), 10 ** rng.uniform(0, 3, n)
    turns = np.array([[[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]] for a in angles])
    values = 10 ** rng.uniform(-2, 2, n)[:, None] * np.stack([np.ones(n), 1 / conditions], axis=1)
    return np.einsum("nij,nj,nkj->nik", turns, values, turns), 10 ** rng.uniform(-3, 3, (n, 2))


def knobs_of(optimizer: Optimizer, rng: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    """Return n random values of every knob but the rate; memories of at most 20 steps."""
    highest = {knob.id: min(knob.high, 0.95) for knob in optimizer.knobs[1:]}
    return {knob.id: rng.uniform(knob.low, highest[knob.id], n) for knob in optimizer.knobs[1:]}


def growth(optimizer: Optimizer, factor: float) -> np.ndarray:
    """Return |θ| after STEPS over |θ| before, on ten quadratics at `factor` times the limit.

    Every method does all that it does, with random knobs, but a `frozen` one is divided by a P that
    stands still instead of its own.
    """
    n = 10
    rng = np.random.default_rng(7)
    matrices, P = systems(rng, n)
    if not optimizer.frozen:
        P = np.ones_like(P)
    hessians = np.sqrt(P)[:, :, None] * matrices * np.sqrt(P)[:, None, :]
    assert np.linalg.cond(matrices).max() > 300
    knobs = knobs_of(optimizer, rng, n)
    assert optimizer.limit
    rates = factor * optimizer.limit(**knobs) / np.linalg.eigvalsh(matrices)[:, 1]

    def run(hessian: Any, p: Any, rate: Any, knobs: Any) -> Any:
        method = optimizer.build(**knobs)
        more: Any = {"hessian": hessian} if optimizer.hessian else {}

        def step(carry: Any, _: Any) -> Any:
            theta, before = carry
            gradient = hessian @ theta
            direction, after = method.update(gradient, before, theta, **more)
            if optimizer.frozen:
                direction = optimizer.moments(before, after, gradient, **knobs)[0] / p
            return (theta - rate * direction, after), None

        start = jnp.array([1.0, 1.0]) / jnp.sqrt(p)
        (theta, _), _ = jax.lax.scan(step, (start, method.init(start)), length=STEPS)
        return jnp.linalg.norm(theta * jnp.sqrt(p))

    return np.asarray(jax.jit(jax.vmap(run))(hessians, P, rates, knobs))


@every_limit
def test_just_below_the_limit_it_converges_and_just_above_it_diverges(name: str) -> None:
    below, above = growth(OPTIMIZERS[name], 0.999), growth(OPTIMIZERS[name], 1.001)
    assert (below < 1e-6).all()
    assert ((above > 1e6) | ~np.isfinite(above)).all()


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9, 0.99])
@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_momentum_at_its_limit(name: str, momentum: float) -> None:
    """As above at chosen memories, long ones too, by the arithmetic of the real transformation."""
    method, limit = OPTIMIZERS[name].build(momentum=momentum), LIMITED[name](momentum=momentum)
    matrices, _ = systems(np.random.default_rng(3), 10)

    def run(hessian: Any, rate: Any) -> Any:
        def step(carry: Any, _: Any) -> Any:
            theta, state = carry
            direction, state = method.update(hessian @ theta, state, theta)
            return (theta - rate * direction, state), None

        start = jnp.array([1.0, 1.0])
        return jnp.linalg.norm(jax.lax.scan(step, (start, method.init(start)), length=STEPS)[0][0])

    steepest = np.linalg.eigvalsh(matrices)[:, 1]
    lengths = {
        factor: np.asarray(jax.jit(jax.vmap(run))(matrices, factor * limit / steepest))
        for factor in (0.99, 0.999, 1.001, 1.01)
    }
    assert (lengths[0.99] < 1e-6).all() and (lengths[0.999] < 1e-6).all()
    for factor in (1.001, 1.01):
        assert ((lengths[factor] > 1e6) | ~np.isfinite(lengths[factor])).all()


# One step of each linear recursion, from the rule as it is published: the state is (θ, …), and a is αλ.
def plain(a: float, **_: float) -> list[Any]:
    return [[1 - a]]


def averaged(a: float, beta1: float, pull: float = 0.0, **_: float) -> list[Any]:
    theta, m = np.eye(2)
    m = beta1 * m + (1 - beta1) * a * theta
    return [theta - m - pull * theta, m]


def heavy_ball(a: float, momentum: float) -> list[Any]:
    theta, v = np.eye(2)
    v = momentum * v + a * theta
    return [theta - v, v]


def nesterov(a: float, momentum: float) -> list[Any]:
    theta, v = np.eye(2)
    v = momentum * v + a * theta
    return [theta - (a * theta + momentum * v), v]


def nadam(a: float, beta1: float, **_: float) -> list[Any]:
    theta, m = np.eye(2)
    m = beta1 * m + (1 - beta1) * a * theta
    return [theta - (beta1 * m + (1 - beta1) * a * theta), m]


def adan(a: float, beta1: float, beta2: float, **_: float) -> list[Any]:
    theta, m, d, last = np.eye(4)
    m = beta1 * m + (1 - beta1) * a * theta
    d = beta2 * d + (1 - beta2) * a * (theta - last)
    return [theta - (m + (1 - beta2) * d), m, d, theta]


RECURSIONS: dict[str, Callable[..., Any]] = {
    "sgd": plain,
    "momentum": heavy_ball,
    "nesterov": nesterov,
    "adagrad": plain,
    "rmsprop": plain,
    "adam": averaged,
    "adamw": averaged,
    "amsgrad": averaged,
    "nadam": nadam,
    "adamax": averaged,
    "radam": averaged,
    "adabelief": averaged,
    "yogi": averaged,
    "adan": adan,
    "negative_curvature": plain,
}


def spectral_radius(matrix: Any) -> float:
    return float(np.abs(np.linalg.eigvals(np.array(matrix))).max())


@every_limit
def test_the_spectral_radius_crosses_one_at_the_limit_and_not_before(name: str) -> None:
    """Over the whole range of every knob, which the real runs above leave out."""
    rng = np.random.default_rng(1)
    knobs = OPTIMIZERS[name].knobs[1:]
    ends = [{knob.id: knob.low for knob in knobs}, {knob.id: knob.high for knob in knobs}]
    for k in range(60):
        given = ends[k] if k < 2 else {knob.id: rng.uniform(knob.low, knob.high) for knob in knobs}
        limit = LIMITED[name](**given)
        for share in (1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999):
            assert spectral_radius(RECURSIONS[name](share * limit, **given)) < 1
        for share in (1.0001, 1.01, 2.0):
            assert spectral_radius(RECURSIONS[name](share * limit, **given)) > 1


@pytest.mark.parametrize("pull", [0.001, 0.1, 1.0])
@pytest.mark.parametrize("beta1", [0.0, 0.9])
def test_decoupled_decay_lowers_the_limit_by_half_of_its_pull(pull: float, beta1: float) -> None:
    limit = LIMITED["adamw"](beta1=beta1) * (1 - pull / 2)
    assert spectral_radius(averaged(0.999 * limit, beta1, pull)) < 1
    assert spectral_radius(averaged(1.001 * limit, beta1, pull)) > 1
