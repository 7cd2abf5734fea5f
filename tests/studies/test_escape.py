"""Leaving the saddle of x² − y², where each step multiplies the distance along y by the same factor."""

import math

import numpy as np
import pytest

from descent import Run
from landscapes.find import find
from landscapes.formula import from_formula, read_formula
from studies import escape_starts, steps_to_escape

SADDLE = "x**2-y**2"  # curvatures 2 and -2, along the axes


def test_the_starts_are_along_the_eigenvectors() -> None:
    starts = escape_starts(from_formula(SADDLE), {}, (0.0, 0.0), 1e-3)
    assert starts.on == (0, 0)
    assert np.abs(starts.along) == pytest.approx([0, 1e-3])
    assert np.abs(starts.beside) == pytest.approx([1e-3 / math.sqrt(2)] * 2)
    (low, high), _ = from_formula(SADDLE).box
    assert starts.radius == pytest.approx(0.05 * math.sqrt(2) * (high - low))


def test_a_wide_hair_widens_what_counts_as_left() -> None:
    assert escape_starts(from_formula(SADDLE), {}, (0.0, 0.0), 10.0).radius == 20


def test_steps_are_those_of_a_growing_power() -> None:
    """With rate α the distance along the way out grows by 1 + 2α in each step."""
    formula = read_formula(SADDLE)
    starts = escape_starts(find(formula), {}, (0.0, 0.0), 1e-3)
    run = Run(formula, "sgd", starts.along, 200, {"learning_rate": 0.1})
    needed = math.ceil(math.log(starts.radius / 1e-3) / math.log(1.2))
    assert steps_to_escape(run, (0.0, 0.0), starts.radius) == needed
    assert steps_to_escape(Run(formula, "sgd", starts.on, 200), (0.0, 0.0), starts.radius) is None


def test_where_nothing_is_defined_nobody_leaves() -> None:
    formula = read_formula("log(x)")
    starts = escape_starts(find(formula), {}, (-1.0, 0.0), 1e-3)
    assert starts.along == pytest.approx((-1.0 + 1e-3, 0.0)), (
        "the first axis, where there are no eigenvectors"
    )
    assert steps_to_escape(Run(formula, "sgd", starts.on, 5), (-1.0, 0.0), starts.radius) is None
