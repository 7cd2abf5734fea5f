"""Endings of many runs, on surfaces of which the basins are known."""

import numpy as np

from descent import Ensemble, Run, ensemble
from landscapes.find import find
from studies import count_endings, ensemble_endings, minima_of
from studies.endings import NOWHERE, count_arrived, endings_of
from studies.equal_cost import evaluations_of, within_budget

WELLS = Run("double_well", "sgd", (0.5, 0.1), 60, {"learning_rate": 0.05})


def test_each_run_ends_on_its_side_of_the_ridge() -> None:
    """The double well is symmetric in x: who goes downhill in small steps stays on his side."""
    many = Ensemble(WELLS, 200, "box")
    minima = minima_of(find("double_well"), {})
    endings = ensemble_endings(many)
    sides = np.sign([minima[ending].point[0] for ending in endings])
    np.testing.assert_array_equal(sides, np.sign(ensemble(many).points[0, :, 0]))
    counts = count_endings(endings, minima)
    assert counts.total == counts.in_global == 200 and counts.in_others == 0
    assert counts.by_minimum.tolist() == [(endings == index).sum() for index in (0, 1)]
    assert set(counts.nowhere.values()) == {0}


def test_who_diverged_or_left_is_in_no_basin() -> None:
    inside = np.array([0, 1, 0, -1])
    outside = np.array([False, True, True, False])
    endings = endings_of(inside, outside, np.array([False, False, True, False]))
    assert endings.tolist() == [0, NOWHERE["outside"], NOWHERE["diverged"], NOWHERE["elsewhere"]]
    counts = count_endings(endings, minima_of(find("double_well"), {}))
    assert (counts.total, counts.in_global, counts.in_others) == (4, 1, 0)
    assert counts.nowhere == {"elsewhere": 1, "outside": 1, "diverged": 1}


def test_without_minima_nobody_is_in_a_basin() -> None:
    counts = count_endings(np.array([-2, -1]), ())
    assert (counts.by_minimum.tolist(), counts.in_global, counts.in_others) == ([], 0, 0)


def test_to_arrive_is_to_be_near_and_not_only_in_the_basin() -> None:
    bowl = Run("round_bowl", "sgd", (1.0, 1.0), 300, {"learning_rate": 0.1})
    still = Run("round_bowl", "sgd", (1.0, 1.0), 1, {"learning_rate": 1e-6})
    assert count_arrived(Ensemble(bowl, 100, "box")) == 100
    assert count_arrived(Ensemble(still, 100, "box")) < 10


def test_methods_cost_what_they_ask_for() -> None:
    """A step of Newton's method asks for three gradients."""
    runs = [
        Run("bowl", method, (-7, 2), steps) for method, steps in (("sgd", 30), ("newton", 30), ("newton", 2))
    ]
    assert [within_budget(run).steps for run in runs] == [30, 10, 1]
    assert [evaluations_of(run) for run in runs] == [30, 30, 3]
