"""Methods that read the Hessian: against NumPy, and what each does on a bowl and at a saddle."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

from descent import Run, Trajectory, descend
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from tests.descent.references import RULES, SURFACES

SECOND_ORDER = [name for name, optimizer in OPTIMIZERS.items() if optimizer.hessian]


# Starts between hills, where a curvature is negative, as well as in a bowl.
CASES = [
    ("bowl", (-7.0, 2.0), {}),
    ("rosenbrock", (-1.2, 1.0), {}),
    ("rosenbrock", (0.5, 1.5), {}),
    ("himmelblau", (-0.5, -1.0), {}),
    ("himmelblau", (0.3, 2.5), {}),
    ("himmelblau", (0.3, 2.5), {"damping": 20.0, "floor": 30.0, "curvature_step": 1.5}),
]


@pytest.mark.parametrize("name", SECOND_ORDER)
def test_path_equals_numpy(name: str) -> None:
    method = OPTIMIZERS[name]
    turned = 0
    for surface, start, given in CASES:
        rate = 0.3 if method.unit == "factor" else LANDSCAPES[surface].gradient_rate
        knobs: Any = {knob.id: given.get(knob.id, knob.default) for knob in method.knobs}
        knobs["learning_rate"] = rate
        path = descend(Run(surface, name, start, 25, knobs))
        expected = list(islice(RULES[name](SURFACES[surface], np.array(start), **knobs), 26))
        turned += sum(np.linalg.eigvalsh(SURFACES[surface].hessian(p))[0] < 0 for p in expected[:-1])
        np.testing.assert_allclose(path.points, expected, rtol=1e-6, atol=1e-6)
        assert np.ptp(path.points, axis=0).max() > 0.1
    assert turned > 4  # or the signs of curvatures were never asked for


@pytest.mark.parametrize("stretch", [1.0, 20.0, 100.0])
@pytest.mark.parametrize("start", [(-7.0, 2.0), (3.0, -8.0)])
def test_newton_is_at_the_bottom_of_a_quadratic_in_one_step(stretch: float, start) -> None:
    path = descend(Run("bowl", "newton", start, 5, landscape_knobs={"stretch": stretch}))
    np.testing.assert_allclose(path.points[1:], np.zeros((5, 2)), atol=1e-13)


@pytest.mark.parametrize(("rate", "kind"), [(1.98, "converged"), (2.02, "diverged")])
def test_newton_converges_on_a_quadratic_below_a_rate_of_two(rate: float, kind: str) -> None:
    assert descend(Run("bowl", "newton", (-7, 2), 1000, {"learning_rate": rate})).ending.kind == kind


def lowest_curvature(path: Trajectory) -> float:
    return np.linalg.eigvalsh(SURFACES["himmelblau"].hessian(path.points[-1]))[0]


def test_beside_a_saddle_newton_runs_into_it() -> None:
    on_the_saddle = descend(Run("saddle", "newton", (-2.5, 0.01), 10))
    assert on_the_saddle.ending.kind == "at_a_saddle"
    np.testing.assert_allclose(on_the_saddle.points[-1], (0, 0), atol=1e-14)
    curved = descend(Run("himmelblau", "newton", (0.3, 2.5), 20))
    assert np.hypot(*curved.gradients[-1]) < 1e-9
    assert lowest_curvature(curved) < -1


@pytest.mark.parametrize("name", ["saddle_free_newton", "negative_curvature"])
def test_who_heeds_the_sign_of_curvature_leaves_it(name: str) -> None:
    gone = descend(Run("saddle", name, (-2.5, 0.01), 40, {"learning_rate": 0.3}))
    assert abs(gone.points[-1][1]) > 3
    assert (np.diff(gone.losses) < 0).all()
    rate = 1.0 if OPTIMIZERS[name].unit == "factor" else LANDSCAPES["himmelblau"].gradient_rate
    curved = descend(Run("himmelblau", name, (0.3, 2.5), 200, {"learning_rate": rate}))
    assert curved.ending.kind == "converged"
    assert lowest_curvature(curved) > 0


@pytest.mark.parametrize(("damping", "leaves"), [(0.1, False), (0.9, False), (2.5, True), (100.0, True)])
def test_damping_beyond_the_downward_curvature_leaves_it(damping: float, leaves: bool) -> None:
    path = descend(Run("saddle", "damped_newton", (-2.5, 0.01), 1000, {"damping": damping}))
    assert (abs(path.points[-1][1]) > 3) == leaves
    assert (path.points[:, 1] > 0).all() or not leaves  # and goes straight down, without jumping across


@pytest.mark.parametrize("surface", ["saddle", "saddle_between_valleys"])
def test_negative_curvature_leaves_a_saddle_from_exactly_on_it(surface: str) -> None:
    stays = descend(Run(surface, "sgd", (0, 0), 100, {"learning_rate": 0.1}))
    assert not stays.points.any()
    gone = descend(Run(surface, "negative_curvature", (0, 0), 100, {"learning_rate": 0.1}))
    assert gone.points[1] @ (1, 2) > 0  # of two sides that are as good, always the same
    assert np.hypot(*gone.points[-1]) > 0.5
    assert gone.losses[-1] < gone.losses[0] - 0.1
    without = descend(Run(surface, "negative_curvature", (0, 0), 100, {"curvature_step": 0.0}))
    assert not without.points.any()


def test_where_all_curves_upwards_negative_curvature_is_gradient_descent() -> None:
    knobs = {"learning_rate": 0.7}
    one = descend(Run("bowl", "negative_curvature", (-7, 2), 60, knobs, sigma=0.3))
    two = descend(Run("bowl", "sgd", (-7, 2), 60, knobs, sigma=0.3))
    np.testing.assert_array_equal(one.points, two.points)


@pytest.mark.parametrize("name", ["damped_newton", "saddle_free_newton", "negative_curvature"])
def test_a_level_place_without_curvature_is_survived(name: str) -> None:
    path = descend(Run("monkey_saddle", name, (0, 0), 10))
    assert path.ending == ("at_a_critical_point", 0)
    assert not path.points.any()


def test_newton_ends_where_the_hessian_is_singular() -> None:
    assert descend(Run("monkey_saddle", "newton", (0, 0), 10)).ending == ("diverged", 0)


def test_the_hessian_is_the_true_one_where_the_gradient_is_noisy() -> None:
    path = descend(Run("bowl", "newton", (-7, 2), 30, sigma=2.0, seed=1))
    np.testing.assert_allclose(path.M, path.seen / (0.1, 2.0), rtol=1e-12)
    assert np.abs(path.seen - path.gradients[:-1]).max() > 1
