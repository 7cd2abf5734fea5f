"""The table of a run: its type and bounds, its warm-up, and that turning a knob compiles nothing."""

import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizers.schedules import SCHEDULES, Schedule, shares
from tests.descent.test_compiles import compilations
from tests.optimizers.schedules.strategies import ROWS, settings_of

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


@every_schedule
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_shares_are_shares(schedule: Schedule, data: st.DataObject) -> None:
    steps, warmup = data.draw(st.integers(1, ROWS)), data.draw(st.integers(0, 2 * ROWS))
    found = shares(schedule, steps, ROWS, warmup, data.draw(settings_of(schedule)))
    assert found.dtype == np.float64 and found.shape == (ROWS,)
    assert np.isfinite(found).all()
    assert (found >= 0).all() and (found <= 1).all()


@every_schedule
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_warm_up_is_a_line_and_then_the_schedule_begins(schedule: Schedule, data: st.DataObject) -> None:
    steps, warmup = data.draw(st.integers(1, ROWS)), data.draw(st.integers(0, ROWS))
    knobs = data.draw(settings_of(schedule))
    found = shares(schedule, steps, ROWS, warmup, knobs)
    line = np.arange(1, warmup + 1) / (warmup + 1)
    np.testing.assert_allclose(found[:warmup], line, rtol=1e-14)
    alone = shares(schedule, max(1, steps - warmup), ROWS, knobs=knobs)
    np.testing.assert_array_equal(found[warmup:], alone[: ROWS - warmup])


def test_with_warm_up_it_is_what_optax_joins() -> None:
    """A peak of 3 after 8 steps: the first rate is a ninth of it, and cosine has the 32 steps left."""
    parts = [optax.linear_schedule(3 / 9, 3.0, 8), optax.cosine_decay_schedule(3.0, 32)]
    joined = optax.join_schedules(parts, [8])(np.arange(ROWS))
    np.testing.assert_allclose(3 * shares(SCHEDULES["cosine"], 40, ROWS, 8), joined, rtol=1e-12)


def test_precision_is_that_of_doubles() -> None:
    third = shares(SCHEDULES["linear"], 3, ROWS)
    assert third[1] == 1 - 1 / 3 and third[1] != np.float32(third[1])


def test_the_table_is_read_only() -> None:
    for schedule in SCHEDULES.values():
        with pytest.raises(ValueError, match="read-only"):
            shares(schedule, 5, 5)[0] = 2.0


@pytest.mark.parametrize(
    ("steps", "rows", "warmup", "knobs", "sentence"),
    [
        (0, 9, 0, {}, "1 to 9 steps.*got 0"),
        (10, 9, 0, {}, "1 to 9 steps.*got 10"),
        (5, 9, -1, {}, "0 or more steps of warm-up, got -1"),
        (5, 9, 0, {"final": 1.5}, r"final to be \[0, 1\], got 1\.5"),
    ],
)
def test_what_cannot_be_is_refused(steps: int, rows: int, warmup: int, knobs: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        shares(SCHEDULES["linear"], steps, rows, warmup, knobs)


@every_schedule
def test_turning_a_knob_compiles_nothing(schedule: Schedule) -> None:
    rows = 700 + list(SCHEDULES).index(schedule.id)  # a shape of its own, so that the first use compiles
    with compilations() as seen:
        shares(schedule, 5, rows)
    assert seen
    with compilations() as seen:
        for knob in schedule.knobs:
            for k, value in enumerate(np.linspace(float(knob.low), float(knob.high), 9)):
                turned = round(value) if knob.kind == "whole" else float(value)
                shares(schedule, 1 + k, rows, k % 3, {knob.id: turned})
            shares(schedule, rows, rows, 1, {knob.id: int(knob.high)})  # 1 is as good as 1.0
        for k in range(1, 12):
            shares(schedule, 17 * k, rows, 5 * (k - 1))
    assert not seen
