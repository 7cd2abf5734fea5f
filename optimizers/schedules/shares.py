"""The learning rates of a run, as shares of the peak: a schedule with its warm-up, as a table."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import optax
from numpy.typing import NDArray

from optimizers.schedules.schedule import Schedule

PLAIN = {"whole": int, "number": float, "choice": str}


def shares(
    schedule: Schedule, steps: int, rows: int, warmup: int = 0, knobs: Mapping[str, Any] = {}
) -> NDArray[np.float64]:
    """Return s(0) … s(rows-1), of shape (rows,) and read-only, such that α_t = α·s(t).

    `steps` is the length T of the run that the schedule is made for; what lies beyond is finite too.
    During the first `warmup` steps the share grows in a straight line, s(t) = (t+1)/(warmup+1); the
    schedule then begins at its own step 0 and has max(1, steps-warmup) steps to go (Goyal et al.,
    2017, Accurate, large minibatch SGD, section 2.2, gradual warmup, arXiv 1706.02677).

    The arrays inside have `rows` rows whatever is asked, so that only another `rows` compiles anew.

    Raises ValueError unless 1 <= steps <= rows and 0 <= warmup, and for a knob that the schedule
    does not have or that does not accept its value.
    """
    if not 1 <= steps <= rows:
        raise ValueError(f"Expected 1 to {rows} steps, as many as there are rows; got {steps}.")
    if warmup < 0:
        raise ValueError(f"Expected 0 or more steps of warm-up, got {warmup}.")
    found = whole(schedule, steps, warmup, knobs)
    # All rows at once, and one operation after another: a program would be compiled for each setting,
    # as optax asks some of its numbers in Python. The counts are NumPy's, so that they are divided by
    # NumPy: XLA multiplies by the rounded reciprocal, and step decay every 49 steps would drop at the
    # 50th, since 49·(1/49) < 1.
    values = np.array(found(np.arange(rows)), np.float64)
    values.setflags(write=False)
    return values


def plain_settings(schedule: Schedule, knobs: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for every knob as a plain Python number; ValueError names what is wrong with `knobs`."""
    settings = schedule.settings(knobs)
    # An integer where a float belongs would be another type of array, and compile.
    return {knob.id: PLAIN[knob.kind](settings[knob.id]) for knob in schedule.knobs}


def whole(schedule: Schedule, steps: int, warmup: int, knobs: Mapping[str, Any]) -> optax.Schedule:
    """Return the schedule of a run of so many steps with its warm-up, as `shares` has it."""
    after = schedule.build(max(1, steps - warmup), **plain_settings(schedule, knobs))
    return warmed_up(after, warmup)


def warmed_up(schedule: optax.Schedule, warmup: int) -> optax.Schedule:
    """Return `schedule` after so many steps in which the share grows in a straight line."""
    # Without warm-up nothing is taken from the line, but the same operations run.
    before = optax.linear_schedule(1 / (warmup + 1), 1.0, transition_steps=max(1, warmup))
    return optax.join_schedules([before, schedule], [warmup])
