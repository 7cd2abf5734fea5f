"""The minima that are found, also where derivatives say little, and which of them are flat."""

import pytest

from landscapes import LANDSCAPES
from landscapes.find import find
from landscapes.formula import from_formula
from studies.minima import equally_flat, flattest, minima_of, sharpest


def test_the_lowest_come_first_and_are_global():
    minima = minima_of(find("three_minima"), {})
    losses = [minimum.loss for minimum in minima]
    assert len(minima) == 3 and losses == sorted(losses)
    assert [minimum.is_global for minimum in minima] == [True, False, False]


def test_minima_on_kinks_are_minima_too():
    (lowest, *_) = minima_of(LANDSCAPES["ackley"], {})
    assert lowest.is_global and lowest.point == pytest.approx((0, 0), abs=1e-6)


def test_minima_with_a_singular_hessian_are_minima_too():
    assert [m.point for m in minima_of(from_formula("x**4+y**4"), {})] == [pytest.approx((0, 0), abs=1e-3)]
    assert minima_of(from_formula("-x**4-y**4"), {}) == ()


def test_equally_flat_minima_are_no_pair():
    pair = minima_of(LANDSCAPES["double_well"], {})
    assert len(pair) == 2 and equally_flat(pair) and flattest(pair) == sharpest(pair) == 0


def test_the_flattest_and_the_sharpest():
    pair = minima_of(LANDSCAPES["flat_vs_sharp"], {})
    assert not equally_flat(pair)
    assert pair[flattest(pair)].point == pytest.approx((-2, 0), abs=1e-6)
    assert pair[sharpest(pair)].point == pytest.approx((2, 0), abs=1e-6)


def test_a_knob_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no_such_knob"):
        minima_of(LANDSCAPES["bowl"], {"no_such_knob": 1.0})
