"""Gaps between training and validation, against sums written out, and how often their intervals hold."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from networks import Network, Training, train
from studies.intervals import wilson
from studies.regularization import Reached, better, difference, reached, smaller, stopped


def at(train_share: float, right: int, examples: int = 1000) -> Reached:
    low, high = wilson(right, examples)
    return Reached(0, 0, train_share, right / examples, low, high, 1.0, 0.1, 0.2)


def test_a_gap_lies_where_its_validation_says():
    end = at(0.99, 830)
    assert end.gap == pytest.approx(0.16)
    assert end.gap_low < end.gap < end.gap_high
    assert (end.gap_low, end.gap_high) == (pytest.approx(0.99 - end.high), pytest.approx(0.99 - end.low))


def test_differences_are_newcombes():
    # Newcombe 1998, table II, case (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339.
    first, second = at(1.0, 48, 80), at(1.0, 56, 70)
    less, low, high = difference(first, second)
    assert (less, low, high) == (
        pytest.approx(0.2),
        pytest.approx(0.0524, abs=1e-4),
        pytest.approx(0.3339, abs=1e-4),
    )
    assert better(first, second) == pytest.approx((less, low, high)), "no part of it is training"


def test_a_gap_is_smaller_only_where_chance_cannot_have_made_it_so():
    assert smaller([at(1.0, 830), at(1.0, 840), at(1.0, 900), None, at(0.7, 650)]) == [2, 4]
    assert smaller([None, at(1.0, 900)]) == [] == smaller([])


def test_the_interval_of_a_difference_holds_as_often_as_it_says():
    random = np.random.default_rng(3)
    held = 0
    for first, second in random.binomial(400, (0.85, 0.9), size=(2000, 2)):
        _, low, high = difference(at(1.0, first, 400), at(1.0, second, 400))
        held += low <= 0.05 <= high
    assert abs(held / 2000 - 0.95) < 3 * sqrt(0.95 * 0.05 / 2000)


def test_a_run_is_stopped_where_its_validation_loss_is_least():
    history = train(
        Training(Network("line", (16,), "relu", "he_normal"), "adam", {"learning_rate": 0.05}, steps=300)
    )
    row = stopped(history)
    assert row is not None and history.validation_loss[row] == history.validation_loss.min()
    assert row < len(history.measured) - 1, "it learns the noise by heart"
    end = reached(history, row, 100)
    assert (end.step, end.validation) == (
        history.measured[row],
        pytest.approx(history.validation_accuracy[row]),
    )
    broken = replace(history, validation_loss=np.array([1.0, np.nan, 0.5, np.inf], np.float32))
    assert stopped(broken) == 2
    assert stopped(replace(history, validation_loss=np.zeros(0, np.float32))) is None
