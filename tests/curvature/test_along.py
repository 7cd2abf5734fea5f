"""Curvature along real paths, and that a path's length compiles nothing."""

import jax
import numpy as np
import pytest

from curvature.along import along
from curvature.stability import loads
from descent import Run, descend
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS

ROSENBROCK = LANDSCAPES["rosenbrock"]


def rosenbrock(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return gradients (n, 2) and Hessians (n, 2, 2) by hand."""
    x, y = points.T
    gradients = np.stack([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=1)
    rows = [[2 - 400 * y + 1200 * x**2, -400 * x], [-400 * x, np.full_like(x, 200)]]
    return gradients, np.array(rows).transpose(2, 0, 1)


@pytest.mark.parametrize("steps", [1, 37, 1000])
def test_along_is_what_is_computed_by_hand(steps: int) -> None:
    path = descend(Run("rosenbrock", "adam", (-1.2, 1.0), steps, {"learning_rate": 0.05}))
    found = along(ROSENBROCK, {}, path.points)
    gradients, hessians = rosenbrock(path.points)
    values = np.linalg.eigvalsh(hessians)
    np.testing.assert_allclose(found.gradient_norms, np.hypot(*gradients.T), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.smallest, values[:, 0], atol=1e-9)
    np.testing.assert_allclose(found.largest, values[:, 1], rtol=1e-12)
    np.testing.assert_allclose(found.conditions, np.abs(values).max(1) / np.abs(values).min(1), rtol=1e-6)
    for array in (found.gradient_norms, found.smallest, found.largest, found.conditions):
        assert array.shape == (steps + 1,)
        assert array.dtype == np.float64


@pytest.mark.parametrize("method", ["sgd", "adam", "adamw", "radam", "lion"])
def test_load_is_that_of_the_hessians_at_the_points_that_are_left(method: str) -> None:
    knobs = {"learning_rate": 0.002}
    path = descend(Run("rosenbrock", method, (-1.2, 1.0), 80, knobs))
    found = loads(OPTIMIZERS[method], knobs, along(ROSENBROCK, {}, path.points).hessians, path.rates, path.G)
    _, hessians = rosenbrock(path.points[:-1])
    expected = loads(OPTIMIZERS[method], knobs, hessians, path.rates, path.G)
    assert found.shape == (80,)
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    assert np.isnan(found).all() == (OPTIMIZERS[method].limit is None)


def test_knobs_of_the_surface_count() -> None:
    points = [(-7.0, 2.0), (0.0, 0.0)]
    found = along(LANDSCAPES["bowl"], {"stretch": 50.0}, points)
    np.testing.assert_allclose(found.smallest, 0.04, rtol=1e-12)
    np.testing.assert_allclose(found.conditions, 50, rtol=1e-12)
    np.testing.assert_allclose(found.gradient_norms, [np.hypot(0.28, 4), 0], rtol=1e-12)


def test_a_path_that_is_lost_is_nan_there_and_nowhere_else() -> None:
    points = np.array([(-1.2, 1.0), (np.nan, 0.0), (1e200, 1.0), (1.0, 1.0), (np.inf, np.inf)])
    found = along(ROSENBROCK, {}, points)
    for array in (found.gradient_norms, found.smallest, found.largest):
        assert np.isfinite(array[[0, 3]]).all()
        assert not np.isfinite(array[[1, 2, 4]]).any()
    readings = loads(OPTIMIZERS["sgd"], {}, found.hessians, np.full(4, 0.1), np.ones((4, 2)))
    np.testing.assert_array_equal(np.isfinite(readings), [True, False, False, True])


def test_a_run_that_diverged_has_a_reading_for_every_step_it_made() -> None:
    path = descend(Run("rosenbrock", "sgd", (-1.2, 1.0), 100, {"learning_rate": 0.1}))
    assert path.ending.kind == "diverged"
    found = loads(OPTIMIZERS["sgd"], {}, along(ROSENBROCK, {}, path.points).hessians, path.rates, path.G)
    assert found.shape == path.rates.shape
    assert (found[:2] > 2).all()


def test_a_run_without_a_step_has_no_reading() -> None:
    path = descend(Run("monkey_saddle", "newton", (0, 0), 10))
    assert len(path.rates) == 0
    for method in OPTIMIZERS.values():
        hessians = along(LANDSCAPES["monkey_saddle"], {}, path.points).hessians
        found = loads(method, {}, hessians, path.rates, path.G)
        assert found.shape == (0,)


def test_the_length_of_a_path_and_the_knobs_compile_nothing() -> None:
    surface = LANDSCAPES["bowl"]
    along(surface, {}, np.zeros((5, 2)))
    seen: list[str] = []

    def listen(event: str, duration_secs: float, **_: object) -> None:
        if event == "/jax/core/compile/backend_compile_duration":
            seen.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        for n in (1, 2, 17, 64, 65, 500, 1000, 1001):
            along(surface, {"stretch": 1.0 + n / 20}, np.ones((n, 2)))
        assert not seen
        jax.jit(lambda x: 5 * x + n)(np.ones(3))  # and one that is seen
        assert seen
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)


def test_a_longer_path_is_no_error() -> None:
    assert along(LANDSCAPES["bowl"], {}, np.ones((3000, 2))).largest.shape == (3000,)
