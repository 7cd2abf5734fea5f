"""Searches that pause find what those find that do not."""

import numpy as np
import pytest

from curvature import critical_points, search_critical_points
from curvature.critical_points import _ANSWERS
from curvature.work import Paused, Work
from landscapes.formula import from_formula


def test_a_search_in_parts_finds_the_same() -> None:
    surface = from_formula("(x**2+y**2-4)**2*(x-1)")
    whole = critical_points(surface)
    _ANSWERS.clear()
    rounds = 1
    while not search_critical_points(surface, {}, 0.0):
        rounds += 1
    assert rounds > 10
    again = critical_points(surface)
    assert again is not whole
    assert again.points == whole.points and again.complete == whole.complete
    assert [curve.points.tolist() for curve in again.curves] == [c.points.tolist() for c in whole.curves]


def counting() -> Work[int]:
    for _ in range(3):
        assert np.isinf(np.float64(1) / np.float64(0))
        yield
    return 3


def test_it_goes_on_where_it_was_and_leaves_the_settings_of_numpy_alone() -> None:
    before = np.geterr()
    work = Paused(counting())
    assert [work.go_on(0) for _ in range(5)] == [False, False, False, True, True]
    assert work.answer == 3
    assert np.geterr() == before


def test_an_error_is_raised_every_time() -> None:
    def failing() -> Work[int]:
        yield
        raise ValueError("no")

    work = Paused(failing())
    assert not work.go_on(0)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            work.go_on()
