"""Which boxes a formula may be drawn over."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscapes.formula import DEFAULT_BOX, FormulaError, read_box, read_formula


@pytest.mark.parametrize(
    "numbers",
    [
        (-5, 5, -5, 5),
        (0, 4, 0, 1),
        (0, 0.1, 0, 0.4),
        (-1e6, 1e6, -1e6, 1e6),
        (0, 1e-6, 0, 1e-6),
        (999_999, 999_999.1, 0, 0.1),
        np.array([1.0, 2.0, 3.0, 4.0]),
    ],
)
def test_good_boxes(numbers):
    (x0, x1), (y0, y1) = box = read_box(numbers)
    assert (x0, x1, y0, y1) == tuple(numbers)
    assert all(type(end) is float for side in box for end in side)


def test_the_default_box_is_one():
    assert read_box((-5, 5, -5, 5)) == DEFAULT_BOX
    assert str(read_box((-0.0, 1, -0.0, 1))) == "((0.0, 1.0), (0.0, 1.0))"


@pytest.mark.parametrize(
    ("numbers", "why", "value"),
    [
        ((), "box_numbers", ""),
        ((1, 2, 3), "box_numbers", ""),
        ((1, 2, 3, 4, 5), "box_numbers", ""),
        (("a", 2, 3, 4), "box_numbers", ""),
        ((None, 2, 3, 4), "box_numbers", ""),
        (None, "box_numbers", ""),
        ((10**400, 2, 3, 4), "box_numbers", ""),
        ((math.nan, 1, 0, 1), "box_numbers", "nan, 1, 0, 1"),
        ((0, math.inf, 0, 1), "box_numbers", "0, inf, 0, 1"),
        ((0, 1.1e6, 0, 1e6), "box_far", "0, 1.1e+06, 0, 1e+06"),
        ((5, -5, 0, 1), "box_order", "5, -5"),
        ((0, 1, 2, 2), "box_order", "2, 2"),
        ((0, 9e-7, 0, 9e-7), "box_narrow", "0, 9e-07"),
        ((999_999, 999_999.0005, 0, 0.0005), "box_narrow", "999999, 999999"),
        ((0, 4.01, 0, 1), "box_stretched", "0, 4.01, 0, 1"),
        ((0, 1, 0, 5), "box_stretched", "0, 1, 0, 5"),
    ],
)
def test_bad_boxes(numbers, why: str, value: str):
    with pytest.raises(FormulaError) as caught:
        read_box(numbers)
    error = caught.value
    assert (error.why, error.position, error.value, error.suggestion) == (why, -1, value, "")
    assert str(error).endswith(".")


@pytest.mark.parametrize(
    "box", [None, 5, (), ((0, 1),), ((0, 1, 2), (0, 1)), "abcd", (("a", "b"), ("c", "d"))]
)
def test_what_is_no_box_is_refused_with_a_formula_too(box):
    with pytest.raises(FormulaError) as caught:
        read_formula("x", box)
    assert caught.value.why == "box_numbers"


@given(st.lists(st.floats(), min_size=4, max_size=4))
def test_any_four_numbers(numbers: list[float]):
    try:
        box = read_box(numbers)
    except FormulaError:
        return
    (x0, x1), (y0, y1) = box
    assert x0 < x1 and y0 < y1 and read_box((x0, x1, y0, y1)) == box
