"""Numbers on maps and scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.number_format import format_level, format_tick
from tests.charts.grounds import read_level


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (-4.0, "−4"),
        (0.1 + 0.2, "0.3"),
        (1e5, "100000"),
        (0.0, "0"),
        (-0.0, "0"),
        (12.0, "12"),
        (0.0005, "0.0005"),
        (1e6, "10⁶"),
        (1e30, "10³⁰"),
        (-1e30, "−10³⁰"),
        (-2e30, "−2·10³⁰"),
        (2.5e-31, "2.5·10⁻³¹"),
        (1e-7, "10⁻⁷"),
        (1_000_000.5, "1000000.5"),
        (999_999.0, "999999"),
        (1_250_000.0, "1.25·10⁶"),
        (1e308, "10³⁰⁸"),
        (5e-324, "4.94065645841·10⁻³²⁴"),
    ],
)
def test_labels_have_no_more_digits_than_they_need(level: float, text: str):
    assert format_level(level) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_label_says_its_level(level: float):
    text = format_level(level)
    assert read_level(text) == pytest.approx(level, rel=1e-11, abs=0)
    assert "-" not in text and "e" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (-10.0, "−10"),
        (100.0, "100"),
        (1e3, "10³"),
        (-1e12, "−10¹²"),
        (0.01, "0.01"),
        (1e-3, "10⁻³"),
        (2000.0, "2000"),
        (np.inf, "∞"),
    ],
)
def test_ticks_are_powers_of_ten(value: float, text: str):
    assert format_tick(value) == text
