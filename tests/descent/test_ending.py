"""How runs end: real runs first, then paths made by hand for what a run rarely does."""

from typing import Any

import numpy as np
import pytest

from descent import Run, descend
from descent.ending import Surroundings, ending
from descent.stationary import Rest
from landscapes import LANDSCAPES
from landscapes.formula import read_formula
from optimizers import OPTIMIZERS, suggested_rate
from scenes import read

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
    assert kind == "below_the_map"
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


def test_on_a_saddle_exactly_the_run_has_stopped() -> None:
    assert sgd(0.01, 50, "saddle", start=(0.0, 0.0)).ending == ("at_a_saddle", 0)


def test_who_is_drawn_to_a_saddle_stops_there() -> None:
    kind, step = sgd(0.1, 200, "saddle_between_valleys", start=(-1.0, 1.0)).ending
    assert kind == "at_a_saddle" and 0 < step < 200
    for surface, loss in (("branin", 19.6), ("goldstein_price", 990)):
        path = descend(Run(surface, "newton", LANDSCAPES[surface].start, 100))
        assert path.ending.kind == "at_a_saddle"
        assert path.losses[-1] == pytest.approx(loss, rel=1e-3)


def test_on_a_maximum_the_run_has_stopped() -> None:
    top = descend(Run("himmelblau", "newton", (-0.27, -0.92), 100))
    assert top.ending.kind == "at_a_maximum"
    path = sgd(0.01, 20, "himmelblau", start=tuple(top.points[-1]))
    assert path.ending == ("at_a_maximum", 0)
    assert path.losses[-1] == pytest.approx(181.6, abs=0.1)


def test_on_a_monkey_saddle_the_eigenvalues_do_not_tell() -> None:
    assert sgd(0.01, 50, "monkey_saddle", start=(0.0, 0.0)).ending == ("at_a_critical_point", 0)
    cubic = read_formula("x**3 + y**2")
    assert (
        descend(Run(cubic, "sgd", (0.0, 1.0), 50, {"learning_rate": 0.3})).ending.kind
        == "at_a_critical_point"
    )
    valley = read_formula("(x*y - 1)**2")
    path = descend(Run(valley, "sgd", (1.0, 1.3), 100, {"learning_rate": 0.1}))
    assert path.ending.kind == "converged"  # its floor is level, and a minimum all along
    quartic = read_formula("x**4 + y**4")
    assert descend(Run(quartic, "sgd", (0.0, 0.0), 50, {"learning_rate": 0.3})).ending == ("converged", 0)


def test_a_rate_that_dies_away_short_of_the_minimum_says_so() -> None:
    path = sgd(0.5, 200, schedule="exponential", schedule_knobs={"factor": 0.5})
    kind, step = path.ending
    assert kind == "rate_decayed" and 0 < step < 20
    assert path.points[-1] == pytest.approx((-6.32, 0), abs=0.01)
    assert path.rates[step] < 0.01 * path.rates[0]
    # Where it reaches the minimum first, it has converged.
    assert sgd(0.5, 600, schedule="exponential", schedule_knobs={"factor": 0.995}).ending.kind == "converged"


def test_a_rate_that_still_has_some_way_to_go_is_not_said_to_have_stopped() -> None:
    # Settled, but for what is left: a little more than the tolerance, and it goes on.
    assert descend(Run("bowl", "momentum", (-7, 2), 150, {"learning_rate": 0.1})).ending.kind == "spent"


@pytest.mark.parametrize(("rate", "size"), [(1.0001, 2.44), (1.01, 5.4)])
def test_an_oscillation_that_grows_is_no_cycle(rate: float, size: float) -> None:
    path = sgd(rate, 1000 if size < 3 else 50)
    kind, step = path.ending
    assert kind == "growing" and step < 100
    assert abs(path.points[-1, 1]) == pytest.approx(size, rel=0.01)
    assert sgd(1.0, 1000).ending.kind == "cycling"


@pytest.mark.parametrize(
    ("surface", "method", "steps"),
    [
        *(("double_well", "rmsprop", 100), ("flat_vs_sharp", "rmsprop", 60), ("easom", "rmsprop", 100)),
        *(("six_hump_camel", "rmsprop", 100), ("rastrigin", "nadam", 100), ("levy_13", "nadam", 100)),
        *(("ackley", "nadam", 100), ("ackley", "adadelta", 100)),
    ],
)
def test_who_rests_at_a_minimum_and_strays_later_has_not_converged(
    surface: str, method: str, steps: int
) -> None:
    scene, _ = read(f"v=1&f={surface}&lane={method}&steps={steps}")
    path = descend(scene.runs()[0])
    assert np.hypot(*np.diff(path.points[-6:], axis=0).T).sum() < 1e-3  # it seems to rest
    # Where its swings have begun to grow, rounding decides whether that is already said.
    assert path.ending.kind in ("spent", "growing")


def test_below_the_map_is_an_escape_only_where_nothing_is_lower() -> None:
    path = sgd(0.1, 40, "saddle", start=(-2.5, 0.01))
    assert path.ending == ("below_the_map", 32)
    assert path.losses[31] > -9 > path.losses[-1]
    # Up the sides of the saddle it is none.
    up = descend(Run("saddle", "sgd", (-2.5, 0.0), 20, {"learning_rate": 1.2}))
    assert up.ending.kind == "growing"
    # Cut where the numbers end, it is still the way down.
    fell = descend(Run("monkey_saddle", "sgd", (1.6, 0.02), 200, {"learning_rate": 0.01}))
    assert len(fell.points) < 201 and fell.ending.kind == "below_the_map"


def test_crawling_on_a_plateau_is_not_arriving() -> None:
    path = sgd(1e-2, 200, "easom", start=LANDSCAPES["easom"].box[0])
    assert np.ptp(path.points, axis=0).max() < 1e-3
    assert path.ending.kind in ("spent", "stalled")


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
        path = descend(Run("round_bowl", name, surface.start, 200, {"learning_rate": rate}))
        if path.ending.kind == "converged":
            arrived[name] = np.hypot(*path.points[-1])
    assert {"sgd", "momentum", "nesterov", "adagrad", "adam"} <= set(arrived)
    assert max(arrived.values()) <= 1e-4 * np.hypot(*np.ptp(surface.box, axis=1))


def made(
    *points: tuple[float, float],
    steps: int | None = None,
    remaining: float = 0.0,
    rest: Rest = Rest(np.inf, "minimum"),  # noqa: B008 - a value
    stands: bool = True,
    floor: float = -np.inf,
    rates: float = 1.0,
):
    path = np.array(points, float)
    last = len(path) - 1
    around = Surroundings(
        remaining=lambda: remaining,
        rest=lambda _: rest,
        stands=lambda _: stands,
        surely_stays=lambda _: False,
        floor=lambda: floor,
    )
    shares = np.r_[1.0, np.full(max(last - 1, 0), rates)][:last]
    return ending(path, np.zeros(last + 1), shares, last if steps is None else steps, BOX, around)


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
    assert made(*rest, remaining=1e-5, stands=False).kind == "spent"
    assert made(*rest, remaining=5e-4).kind == "spent"  # it may get there yet
    assert made(*rest, remaining=1e-2) == ("stalled", 1)
    assert made(*rest, remaining=1e-2, rates=1e-3) == ("rate_decayed", 1)
    assert made(*rest, remaining=1e-2, rates=1e-3, stands=False).kind == "spent"
    assert made(*rest, remaining=np.inf).kind == "stalled"
    assert made(*rest, remaining=np.inf, stands=False).kind == "spent"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("saddle", "at_a_saddle"), ("maximum", "at_a_maximum"), ("degenerate", "at_a_critical_point")],
)
def test_at_rest_on_a_critical_point_or_beside_it(kind: Any, said: str) -> None:
    rest = [(0.5, 0.5)] + [(1e-6 * t, 0.0) for t in range(10)]
    assert made(*rest, remaining=0.0, rest=Rest(0.0, kind), stands=False) == (said, 1)  # exactly there
    assert made(*rest, remaining=np.inf, rest=Rest(1e-5, kind)) == (said, 1)
    assert made(*rest, remaining=np.inf, rest=Rest(1e-5, kind), stands=False).kind == "spent"
    assert made(*rest, remaining=np.inf, rest=Rest(1e-2, kind)).kind == "stalled"


def test_settling_takes_five_moves_or_none_at_all() -> None:
    rest = [(0.5, 0.5)] + [(1e-6 * t, 0.0) for t in range(10)]
    assert made(*rest[:5]).kind == "spent"
    assert made((0.5, 0.5), (0.0, 0.0), (0.0, 0.0)) == ("converged", 1)
    assert made((0.5, 0.5), (0.0, 0.0)).kind == "spent"


def test_below_the_map_and_left_the_map() -> None:
    out = (0, 0), (0.9, 0), (2, 0), (3, 0)
    assert made(*out, floor=1.0) == ("below_the_map", 2)
    assert made(*out, floor=-1.0) == ("left_the_box", 2)
    assert made(*out, floor=1.0, steps=9) == ("below_the_map", 2)  # cut on its way down
    assert made(*out, floor=-1.0, steps=9).kind == "diverged"


def test_what_grows_and_what_does_not() -> None:
    def swings(sizes) -> Any:
        return made(*[(0.5 * size * (-1) ** t, 0.0) for t, size in enumerate(sizes)])

    assert swings(1.001**t for t in range(40)) == ("growing", 0)
    assert swings([*(0.9**t for t in range(20)), *(0.9**20 * 1.1**t for t in range(1, 20))]) == (
        "growing",
        19,
    )
    assert swings(1.00001**t for t in range(40)).kind == "cycling"  # too little to see
    assert swings(1 - 0.7**t for t in range(40)).kind == "cycling"  # it swings into a cycle
    assert swings(0.99**t for t in range(40)).kind == "spent"


def test_an_excursion_that_comes_back_is_forgiven() -> None:
    assert made((0, 0), (5, 0), (0.5, 0), (3, 0), (2, 0)) == ("left_the_box", 3)
    assert made((0, 0), (5, 0), (0.5, 0)).kind == "spent"
    assert made((0, 0), (1e9, 0), (0.5, 0)).kind == "spent"


def test_far_is_diverged_and_so_is_cut() -> None:
    assert made((0, 0), (10, 0), (1e5, 0), (1e6, 0)) == ("diverged", 2)
    assert made((0, 0), (0.1, 0), steps=5) == ("diverged", 1)
    assert made((0, 0), (1e200, 1e200), (1e308, -1e308)) == ("diverged", 1)
