"""How runs end: real runs first, then paths made by hand for what a run rarely does."""

import numpy as np
import pytest

from descent import Run, descend
from descent.ending import ending
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, suggested_rate

BOX = ((-1.0, 1.0), (-1.0, 1.0))


def sgd(rate: float, steps: int, landscape: str = "bowl", **more):
    start = more.pop("start", LANDSCAPES[landscape].start)
    return descend(Run(landscape, "sgd", start, steps, {"learning_rate": rate}, **more))


def test_a_good_rate_converges() -> None:
    path = sgd(0.5, 300)
    kind, step = path.ending
    assert kind == "converged"
    assert len(path.points) == 301
    away = np.hypot(*(path.points - path.points[-1]).T) / np.hypot(16, 16)
    assert (away[step:] <= 1e-4).all()
    assert away[step - 1] > 1e-4
    assert np.hypot(*path.points[-1]) < 1e-3


def test_the_largest_rate_cycles_across_the_bowl() -> None:
    path = sgd(1.0, 100)
    kind, step = path.ending
    assert kind == "cycling"
    assert 0 < step < 100
    np.testing.assert_allclose(path.points[step + 2 :, 1], path.points[step:-2, 1])
    assert (path.points[step + 1 :, 1] * path.points[step:-1, 1] < 0).all()


def test_a_rate_beyond_it_diverges() -> None:
    path = sgd(1.2, 100)
    kind, step = path.ending
    assert kind == "diverged"
    assert step < 40
    assert len(path.points) == 101  # far, but still finite: nothing is cut


def test_a_run_that_leaves_the_floats_is_cut_at_its_last_finite_row() -> None:
    path = sgd(0.1, 100, "rosenbrock")
    kind, step = path.ending
    assert kind == "diverged"
    assert 0 < step <= len(path.updates) < 100
    for array in (path.points, path.losses, path.gradients, path.updates):
        assert np.isfinite(array).all()


def test_a_saddle_is_left() -> None:
    path = sgd(0.1, 60, "saddle", start=(1.0, 0.01))
    kind, step = path.ending
    assert kind == "left_the_box"
    inside = [LANDSCAPES["saddle"].contains((x, y)) for x, y in path.points.tolist()]
    assert inside[step - 1]
    assert not any(inside[step:])


def test_few_steps_are_spent() -> None:
    assert sgd(0.5, 4).ending == ("spent", 4)


def test_a_short_last_step_is_no_arrival() -> None:
    # One step into a valley that it reaches exactly across, with all of its length still ahead.
    assert sgd(0.5, 1).ending.kind == "spent"


def test_beside_a_saddle_nothing_has_arrived() -> None:
    path = sgd(0.01, 50, "saddle", start=(0.0, 1e-7))
    assert np.abs(np.diff(path.points, axis=0)).max() < 1e-5
    assert path.ending.kind == "spent"


def test_on_a_saddle_exactly_the_run_has_arrived() -> None:
    assert sgd(0.01, 50, "saddle", start=(0.0, 0.0)).ending == ("converged", 0)


def test_crawling_on_a_plateau_is_not_arriving() -> None:
    path = sgd(1e-2, 200, "easom", start=LANDSCAPES["easom"].box[0])
    assert np.ptp(path.points, axis=0).max() < 1e-3
    assert path.ending.kind == "spent"


def test_slowing_down_is_not_arriving() -> None:
    run = Run("rosenbrock", "adagrad", (-1.2, 1.0), 1000, {"learning_rate": 0.001})
    path = descend(run)
    assert np.hypot(*path.updates[-1]) < 1e-4
    assert path.ending.kind == "spent"


def test_a_method_that_hops_about_the_minimum_has_not_settled() -> None:
    for optimizer in ("lion", "rmsprop"):
        path = descend(Run("bowl", optimizer, (-7, 2), 400, {"learning_rate": 0.1}))
        assert path.ending.kind in ("spent", "cycling")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_that_begins_at_the_minimum_has_arrived(optimizer: str) -> None:
    assert descend(Run("round_bowl", optimizer, (0, 0), 50)).ending.kind in ("converged", "spent")


def test_methods_that_can_settle_arrive() -> None:
    surface = LANDSCAPES["round_bowl"]
    arrived = {}
    for name, method in OPTIMIZERS.items():
        rate = suggested_rate(method, surface.gradient_rate, surface.length_rate)
        path = descend(Run("round_bowl", name, surface.start, 1000, {"learning_rate": rate}))
        if path.ending.kind == "converged":
            arrived[name] = np.hypot(*path.points[-1])
    assert {"sgd", "momentum", "nesterov", "adagrad", "adam"} <= set(arrived)
    assert max(arrived.values()) <= 1e-4 * np.hypot(*np.ptp(surface.box, axis=1))


def made(*points: tuple[float, float], steps: int | None = None, remaining: float = 0.0):
    path = np.array(points, float)
    return ending(path, len(path) - 1 if steps is None else steps, BOX, remaining)


def circle(n: int, turns: float, radius: float = 0.5) -> list[tuple[float, float]]:
    angle = 2 * np.pi * np.arange(int(n * turns) + 1) / n
    return [(radius * np.cos(a), radius * np.sin(a)) for a in angle]


@pytest.mark.parametrize("period", [2, 3, 7, 16])
def test_cycles_are_found_up_to_sixteen_points(period: int) -> None:
    assert made((0.1, 0.9), *circle(period, 6)) == ("cycling", 1)


def test_what_is_no_cycle() -> None:
    assert made(*circle(17, 6)).kind == "spent"  # too long
    assert made(*circle(8, 1.5)).kind == "spent"  # not twice
    assert made(*circle(8, 6, radius=1e-6)).kind == "converged"  # too small to see
    assert made(*[(0.9 * 0.99**t * (-1) ** t, 0.0) for t in range(40)]).kind == "spent"  # it shrinks
    assert made(*[(t / 100, 0.0) for t in range(60)]).kind == "spent"  # it goes on


def test_a_cycle_that_steps_over_the_edge_is_a_cycle() -> None:
    assert made(*[(1.5 * (-1) ** t, 0.0) for t in range(20)]).kind == "cycling"


def test_settling_needs_both_rest_and_a_bottom() -> None:
    rest = [(0.5, 0.5)] + [(1e-6 * t, 0.0) for t in range(10)]
    assert made(*rest, remaining=1e-5) == ("converged", 1)
    assert made(*rest, remaining=1e-2).kind == "spent"
    assert made(*rest, remaining=np.inf).kind == "spent"
    assert made(*rest, remaining=np.nan).kind == "spent"
    assert made(*rest[:5]).kind == "spent"
    assert made((0.5, 0.5), (0.0, 0.0), (0.0, 0.0)) == ("converged", 1)
    assert made((0.5, 0.5), (0.0, 0.0)).kind == "spent"


def test_an_excursion_that_comes_back_is_forgiven() -> None:
    assert made((0, 0), (5, 0), (0.5, 0), (3, 0), (2, 0)) == ("left_the_box", 3)
    assert made((0, 0), (5, 0), (0.5, 0)).kind == "spent"
    assert made((0, 0), (1e9, 0), (0.5, 0)).kind == "spent"


def test_far_is_diverged_and_so_is_cut() -> None:
    assert made((0, 0), (10, 0), (1e5, 0), (1e6, 0)) == ("diverged", 2)
    assert made((0, 0), (0.1, 0), steps=5) == ("diverged", 1)
    assert made((0, 0), (1e200, 1e200), (1e308, -1e308)) == ("diverged", 1)
