"""Random settings of schedules, for hypothesis."""

from typing import Any

from hypothesis import strategies as st

from catalog import Knob
from optimizers.schedules import Schedule

ROWS = 130
"""How many rows tables have in these tests: each number of them is compiled once."""


def values(knob: Knob, most: int) -> st.SearchStrategy[Any]:
    """Return what `knob` takes, its ends included; whole numbers mostly up to `most`."""
    if knob.kind == "whole":
        return st.integers(int(knob.low), min(int(knob.high), most)) | st.just(int(knob.high))
    return st.floats(knob.low, knob.high) | st.sampled_from([knob.low, knob.high, knob.default])


def settings_of(schedule: Schedule, most: int = 40) -> st.SearchStrategy[dict[str, Any]]:
    """Return random values of all knobs of `schedule`."""
    return st.fixed_dictionaries({knob.id: values(knob, most) for knob in schedule.knobs})
