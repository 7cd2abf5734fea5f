"""Training, in parts: each takes a moment, and what is there already can be asked for."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from catalog.cache import MB, SingleFlightCache
from networks.batches import at, chosen_examples, shared
from networks.data import Data, about, examples_of
from networks.first_weights import first_layers_are_ready
from networks.history import Bytes, Ending, History, Numbers, is_too_large
from networks.lanes import lane_of, turned
from networks.programs import (
    AT_A_TIME,
    GRID,
    Lane,
    Measured,
    Shared,
    Turned,
    measure_program,
    step_program,
)
from networks.side_by_side import processors, side_by_side
from networks.training import MOST_COST, MOST_MEASURED, MOST_STEPS, Training, cost_of, step_cost
from networks.turns import take_turn
from optimizers import SCHEDULES
from optimizers.schedules import shares

SECONDS = 0.15
"""A part goes on for so long; what it has begun then it ends."""
AT_ONCE = 3e9
"""One call of a program does no more multiply-adds than this, or one step: some 0.1 s on one core."""
MOST_LANES = 8
"""So many runs at most are one group."""
KEPT_WEIGHTS = MB
"""The weights of a run are kept at as many of the measured steps as fit into this, and at the last."""

TOGETHER = 32 * MB
"""Groups take turns, so that all lanes are seen to go on, as long as where they are fits into this.

And as long as there are no more of them than programs are kept: else each turn would compile again.
"""

Part = Callable[[], object]
"""Does some of the work, about a fifth of a second; False: there is more of it to do."""


@dataclass(frozen=True)
class Course:
    """How far a run has come. Immutable: a part puts another one into its place."""

    steps: int
    losses: Numbers  # (steps,), and one more at the end
    looks: tuple[Measured, ...]  # at the first of the measured steps
    weights: tuple[tuple[int, Any, Any], ...]  # which look, parameters (P,), running means
    rates: Numbers  # (all steps,): α_t
    lane: Lane | None  # where it goes on; None at the end
    diverged: int | None = None  # at which step

    @property
    def whole(self) -> bool:
        """Return whether nothing is left to do."""
        return self.lane is None


_COURSES: SingleFlightCache[Course] = SingleFlightCache(40 * MB, only_long_work=True)


def train(training: Training) -> History:
    """Return the whole run.

    Raises ValueError for a run that costs more than `MOST_COST`, and FileNotFoundError where the file of a
    data set was not made.
    """
    for part in training_parts([training]):
        while part() is False:
            pass
    return so_far(training)


def training_parts(trainings: Sequence[Training]) -> list[Part]:
    """Return the parts in which `trainings` are computed, one for each group of runs that are of one shape.

    Runs of one shape (network, method and size of the batch alike but for what is a number) are trained side
    by side. A part is called until it does not return False; groups take turns meanwhile. Raises ValueError
    for a run that costs more than `MOST_COST`.
    """
    for training in trainings:
        if cost_of(training) > MOST_COST:
            raise ValueError(
                f"Expected a run of at most {MOST_COST:.3g} multiply-adds, this one takes"
                f" {cost_of(training):.3g}; take fewer steps, a smaller batch or narrower layers"
                " (`nearest_allowed` does)."
            )
    groups: dict[Any, list[Training]] = {}
    for training in dict.fromkeys(trainings):
        network = training.network
        key = network.data, network.plan, training.optimizer, training.batch
        groups.setdefault(key, []).append(training)
    sliced = [
        group[k : k + MOST_LANES] for group in groups.values() for k in range(0, len(group), MOST_LANES)
    ]
    fair = tuple(map(tuple, sliced))
    return [partial(_take_turns, fair, number) for number in range(len(fair))]


def so_far(training: Training) -> History:
    """Return what is known of a run now; it computes nothing."""
    course = _COURSES.peek(training)
    looks = () if course is None else course.looks
    values = np.array(
        [[*look.losses, *look.accuracies, look.norm, look.dead, look.saturated] for look in looks], np.float32
    ).reshape(-1, 7)
    losses = np.zeros(0, np.float32) if course is None else course.losses
    measured = np.array(training.measured[: len(looks)], np.int64)
    columns = [_fixed(column) for column in values.T]
    return History(
        _fixed(losses),
        _fixed(measured),
        *columns,
        parameters=training.network.plan.parameters,
        steps_done=0 if course is None else course.steps,
        ending=_ending(training, course),
    )


def course_of(training: Training) -> Course | None:
    """Return how far a run has come, None if it has not begun; it computes nothing."""
    return _COURSES.peek(training)


def forget(training: Training) -> None:
    """Keep a run no longer, for whoever has read of it all that is needed."""
    _COURSES.forget(training)


def measured_examples(data: Data) -> tuple[Any, Any, tuple[int, int]]:
    """Return the examples that are measured: inputs (n + m, d), labels (n + m,) and (n, m)."""
    n, m = (min(MOST_MEASURED, len(labels)) for labels in (data.train_labels, data.validation_labels))
    inputs = np.concatenate([data.train_inputs[:n], data.validation_inputs[:m]])
    labels = np.concatenate([data.train_labels[:n], data.validation_labels[:m]])
    return inputs, labels, (n, m)


def grid_points(data: Data) -> Any:
    """Return the points (GRID², 2) of the box of `data`, row by row from y0 to y1; (0, d) without a box."""
    if data.box is None:
        return np.zeros((0, data.train_inputs.shape[1]), np.float32)
    (x0, x1), (y0, y1) = data.box
    x, y = np.meshgrid(np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID))
    return np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)


def seen_at_looks(data: Data) -> tuple[Any, Any, tuple[int, int]]:
    """Return what a measurement sees: `measured_examples`, with the `grid_points` behind the inputs.

    The arrays are JAX's, which are not copied each time.
    """
    inputs, labels, sizes = measured_examples(data)
    return jnp.asarray(np.concatenate([inputs, grid_points(data)])), jnp.asarray(labels), sizes


def _take_turns(groups: tuple[tuple[Training, ...], ...], number: int) -> bool:
    states = sum(5 * 4 * training.network.plan.parameters for group in groups for training in group)
    fit = states <= TOGETHER and len(groups) <= MOST_LANES
    return take_turn(groups, number, fit, _share_done, _go_on)


def _share_done(trainings: tuple[Training, ...]) -> float:
    """Return how far runs are that are trained side by side: 1 where all are at their end."""
    done = 0.0
    for training in trainings:
        course = _COURSES.peek(training)
        # What has gone through its steps is not at its end before its last loss is told.
        done += 0 if course is None else 1 if course.whole else 0.99 * course.steps / training.steps
    return done / len(trainings)


def _go_on(trainings: tuple[Training, ...]) -> bool:
    """Move runs of one shape for a moment; return whether all of them are at their end."""
    for training in trainings:
        if _COURSES.peek(training) is None:
            if not first_layers_are_ready(training.network, training.seed):
                return False
            _put(training, _begun(training))
    courses = {training: _COURSES.peek(training) or _begun(training) for training in trainings}
    data = examples_of(trainings[0].network.data)
    # Whether there may be dropout, not whether there is: turning it compiles nothing.
    common, seen = shared(data, False), seen_at_looks(data)
    began = time.monotonic()
    while True:
        going = [training for training, course in courses.items() if not course.whole]
        if not going or time.monotonic() - began >= SECONDS:
            break
        # Those go on that are least far, as many as there are processors.
        going.sort(key=lambda training: courses[training].steps)
        moving = {training: courses[training] for training in going[: processors()]}
        courses |= _moved(moving, common, seen)
    for training, course in courses.items():
        _put(training, course)
    return not going


def _put(training: Training, course: Course) -> None:
    if _COURSES.peek(training) is not course:
        _COURSES.forget(training)
        _COURSES.get(training, lambda: course)


def _begun(training: Training) -> Course:
    """Return the run before its first step."""
    return Course(0, np.zeros(0, np.float32), (), (), rates_of(training), lane_of(training))


def _moved(
    courses: dict[Training, Course], common: Shared, seen: tuple[Any, Any, tuple[int, int]]
) -> dict[Training, Course]:
    """Return the `courses` some steps further, none further than where it is measured next.

    Those that stand where they are measured are measured as well, side by side with the steps.
    """
    steps: dict[Training, tuple[Lane, Numbers]] = {}
    looks: dict[Training, Measured] = {}

    def stepped(training: Training) -> None:
        steps[training] = _stepped(training, courses[training], common)

    def looked(training: Training) -> None:
        looks[training] = _look(training, courses[training], seen)

    due = [training for training, course in courses.items() if _is_due(training, course)]
    side_by_side([*(partial(stepped, each) for each in courses), *(partial(looked, each) for each in due)])
    moved = {}
    for training, course in courses.items():
        lane, losses = steps[training]
        if training in looks:
            course = _with_look(training, course, looks[training])
        wrong = np.flatnonzero(is_too_large(losses))
        at_end = course.steps == training.steps
        losses = losses[: wrong[0] + 1] if len(wrong) else losses
        done = course.steps + (int(wrong[0]) if len(wrong) else 0 if at_end else len(losses))
        moved[training] = replace(
            course,
            steps=done,
            losses=np.concatenate([course.losses, losses]),
            lane=None if len(wrong) or at_end else lane,
            diverged=done if len(wrong) else None,
        )
    return moved


def _is_due(training: Training, course: Course) -> bool:
    """Return whether a run stands where it is measured, and was not yet."""
    return training.measured[len(course.looks) :][:1] == (course.steps,)


def _stepped(training: Training, course: Course, common: Shared) -> tuple[Lane, Numbers]:
    """Return where a run is some steps further, and their losses; at its end, the loss there."""
    first, plan, lane = course.steps, training.network.plan, course.lane
    assert lane is not None
    ahead = next((step for step in training.measured if step > first), first + 1)
    count = max(1, min(AT_A_TIME, int(AT_ONCE / step_cost(training)), ahead - first))
    numbers = _turned(training, course.rates, first, count)
    common = at(common, first, count)._replace(drops=np.bool_(training.network.dropout > 0))
    given = lane, numbers, common
    after, losses = step_program(plan, training.optimizer, given)(*given)
    return jax.tree.map(np.asarray, after), np.asarray(losses)[:count]


def rates_of(training: Training) -> Numbers:
    """Return the learning rate of each step: (steps,)."""
    # As many rows whatever the number of steps, or another number would compile.
    settings = training.schedule_knobs
    table = shares(SCHEDULES[training.schedule], training.steps, MOST_STEPS, training.warmup, settings)
    return (training.rate * table[: training.steps]).astype(np.float32)


def _turned(training: Training, rates: Numbers, first: int, count: int) -> Turned:
    """Return the numbers of one lane for the steps from `first` on."""
    now = np.zeros(AT_A_TIME, np.float32)
    # Beyond the end nothing is left: that step only tells a loss, and is thrown away.
    known = rates[first : first + count]
    now[: len(known)] = known
    examples = about(training.network.data).train
    chosen = chosen_examples(examples, training.batch, training.seed, first, count)
    return turned(training, training.seed, now, chosen)


def _look(training: Training, course: Course, seen: tuple[Any, Any, tuple[int, int]]) -> Measured:
    """Return a measurement of where a run is."""
    lane = course.lane
    assert lane is not None
    points, labels, sizes = seen
    program = measure_program(training.network.plan, sizes, len(points) > len(labels))
    return jax.tree.map(np.asarray, program(lane.vector, lane.running, points, labels))


def _with_look(training: Training, course: Course, look: Measured) -> Course:
    """Return `course` with a measurement more, and with its weights if they are kept."""
    number, lane = len(course.looks), course.lane
    assert lane is not None
    fit = max(1, KEPT_WEIGHTS // (4 * training.network.plan.parameters))
    every = -(-len(training.measured) // fit)
    weights = course.weights
    if number % every == 0 or number == len(training.measured) - 1:
        weights = (*weights, (number, np.array(lane.vector), jax.tree.map(np.array, lane.running)))
    return replace(course, looks=(*course.looks, look), weights=weights)


def _ending(training: Training, course: Course | None) -> Ending:
    if course is None or not course.whole:
        return Ending("running", 0 if course is None else course.steps)
    if course.diverged is not None:
        return Ending("diverged", course.diverged)
    free = [k for k, look in enumerate(course.looks) if not look.blocked]
    since = free[-1] + 1 if free else 0
    if since < len(course.looks):
        return Ending("dead", training.measured[since])
    return Ending("done", course.steps)


def _fixed(values: Any) -> Any:
    values = np.array(values)
    values.setflags(write=False)
    return values


__all__ = ["Bytes", "Course", "Part", "course_of", "so_far", "train", "training_parts"]
