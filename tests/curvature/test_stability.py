"""The gauge: what it reads on real runs, and that they break where it says."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvature.stability import limit, loads, preconditioned
from descent import Run, descend
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate

RNG = np.random.default_rng(5)


def stack(n: int) -> np.ndarray:
    """Return n symmetric matrices (n, 2, 2) of many sizes and all signs."""
    matrices = RNG.normal(size=(n, 2, 2)) * 10 ** RNG.uniform(-6, 6, (n, 1, 1))
    return matrices + matrices.transpose(0, 2, 1)


def test_preconditioned_is_that_of_lapack() -> None:
    hessians, G = stack(200), 10 ** RNG.uniform(-8, 8, (200, 2))
    for epsilon in (0.0, 1e-8, 1.0):
        roots = 1 / np.sqrt(np.sqrt(G) + epsilon)
        scaled = roots[:, :, None] * hessians * roots[:, None, :]
        size = np.abs(scaled).max(axis=(1, 2))
        found = preconditioned(hessians, G, epsilon)
        np.testing.assert_array_less(np.abs(found - np.linalg.eigvalsh(scaled)[:, 1]), 1e-14 * size)


def test_without_a_preconditioner_it_is_the_largest_curvature() -> None:
    hessians = stack(50)
    largest = np.linalg.eigvalsh(hessians)[:, 1]
    np.testing.assert_allclose(preconditioned(hessians, np.ones((50, 2)), 0.0), largest, rtol=1e-9)


@given(st.lists(st.floats(), min_size=5, max_size=5), st.floats(0))
def test_whatever_comes_it_is_a_number_or_nan_and_no_warning(numbers: list[float], epsilon: float) -> None:
    a, b, c, *squares = numbers
    found = preconditioned([[[a, b], [b, c]]], [squares], epsilon)
    assert found.shape == (1,)
    assert not np.isinf(found).any()
    assert np.isfinite([a, b, c]).all() or np.isnan(found).all()


def test_a_preconditioner_of_zero_has_no_reading() -> None:
    assert np.isnan(preconditioned([np.eye(2)], [[0.0, 1.0]], 0.0)).all()


def test_limits_take_defaults_and_leave_the_rate_alone() -> None:
    assert limit(OPTIMIZERS["adam"], {}) == pytest.approx(38)
    assert limit(OPTIMIZERS["adam"], {"learning_rate": 0.3, "beta1": 0.5}) == pytest.approx(6)
    assert limit(OPTIMIZERS["sgd"], {"learning_rate": 0.3}) == 2
    assert limit(OPTIMIZERS["lion"], {}) is None
    with pytest.raises(ValueError, match="Expected knobs among"):
        limit(OPTIMIZERS["adam"], {"momentum": 0.9})


def reading(
    method: str, knobs: dict[str, float], stretch: float, steps: int = 1000
) -> tuple[Any, np.ndarray]:
    """Return a run on the bowl x²/s + y² and its load."""
    run = Run("bowl", method, (-7, 2), steps, knobs, {"stretch": stretch})
    path = descend(run)
    hessians = np.broadcast_to(np.diag([2 / stretch, 2.0]), (len(path.rates), 2, 2))
    return path, loads(OPTIMIZERS[method], knobs, hessians, path.rates, path.G)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("stretch", [1.0, 20.0, 100.0])
@pytest.mark.parametrize("method", ["sgd", "momentum", "nesterov", "negative_curvature"])
def test_exact_limits_tell_which_runs_settle(method: str, momentum: float, stretch: float) -> None:
    optimizer = OPTIMIZERS[method]
    assert not optimizer.frozen
    knobs = {"momentum": momentum} if any(knob.id == "momentum" for knob in optimizer.knobs) else {}
    highest = limit(optimizer, knobs)
    assert highest is not None
    for share, settles in ((0.98, True), (1.02, False)):
        path, load = reading(method, {**knobs, "learning_rate": share * highest / 2}, stretch)
        np.testing.assert_allclose(load, share * highest, rtol=1e-12)
        # Across the valley: along it the run may be slow, but that is not what the limit is about.
        assert (abs(path.points[-1][1]) < 1e-4) == settles
        assert (path.ending.kind == "diverged") != settles


@pytest.mark.parametrize("method", [name for name, optimizer in OPTIMIZERS.items() if optimizer.frozen])
def test_the_load_of_an_adaptive_method_is_its_rate_times_the_preconditioned_sharpness(method: str) -> None:
    knobs = {"learning_rate": 0.1}
    path, load = reading(method, knobs, 20.0, 60)
    settings = OPTIMIZERS[method].settings(knobs)
    epsilon = OPTIMIZERS[method].epsilon(**without_rate(settings))
    for t in (0, 7, 59):
        P = np.diag(np.sqrt(path.G[t]) + epsilon)
        # P⁻¹H has the eigenvalues of P^(-1/2) H P^(-1/2).
        sharpness = np.linalg.eigvals(np.linalg.inv(P) @ np.diag([0.1, 2.0])).max()
        assert load[t] == pytest.approx(0.1 * sharpness, rel=1e-10)


@pytest.mark.parametrize(
    "method", [name for name, optimizer in OPTIMIZERS.items() if optimizer.limit is None]
)
def test_without_a_limit_there_is_no_load(method: str) -> None:
    path, load = reading(method, {}, 20.0, 30)
    assert load.shape == path.rates.shape
    assert np.isnan(load).all()


def test_what_is_not_finite_is_nan() -> None:
    hessians = np.array([np.eye(2), np.full((2, 2), np.nan), np.diag([np.inf, 1]), np.diag([-1.0, -2.0])])
    load = loads(OPTIMIZERS["sgd"], {}, hessians, [0.5, 0.5, 0.5, 0.5], np.ones((4, 2)))
    np.testing.assert_array_equal(load, [0.5, np.nan, np.nan, -0.5])
    assert np.isnan(loads(OPTIMIZERS["sgd"], {}, hessians[:1], [np.inf], np.ones((1, 2)))).all()
