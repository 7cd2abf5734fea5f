"""Batch and rate scaled together."""

import pytest

from descent import Run
from optimizers import OPTIMIZERS
from studies.linear_scaling import scaled

RUN = Run("line_fit", "sgd", (0.0, 0.0), 30, {"learning_rate": 0.02}, batch=4)


@pytest.mark.parametrize("times", [1, 2, 4, 8])
def test_equally_many_examples_are_seen(times: int) -> None:
    larger = scaled(RUN, times)
    assert (larger.batch, larger.knobs["learning_rate"]) == (4 * times, pytest.approx(0.02 * times))
    assert larger.steps * larger.batch == pytest.approx(30 * 4, abs=larger.batch / 2)


def test_rate_and_steps_stay_within_their_ranges() -> None:
    high = OPTIMIZERS["sgd"].knobs[0].high
    one = scaled(Run("line_fit", "sgd", (0.0, 0.0), 1, {"learning_rate": high}), 8)
    assert (one.steps, one.knobs["learning_rate"]) == (1, high)
