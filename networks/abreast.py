"""Many short runs of one shape, abreast: they see the same batches, and differ by numbers alone.

What `course` keeps of a run (weights now and then, decision boundaries) is left out here: of hundreds of runs
only curves are wanted.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from landscapes.programs import QUICKLY
from networks.batches import at, chosen_examples, shared
from networks.data import Data, examples_of
from networks.history import Numbers, Whole, is_too_large
from networks.lanes import lane_of, turned
from networks.layers import forward, losses
from networks.network import Plan
from networks.programs import (
    AT_A_TIME,
    ON_ONE_CORE,
    Lane,
    Shared,
    program_of,
    step_program,
)
from networks.side_by_side import processors, side_by_side
from networks.training import Training, step_cost
from networks.turns import take_turn
from optimizers import OPTIMIZERS

SECONDS = 0.12
"""A part goes on for so long; what it has begun then it ends."""
AT_ONCE = 6e9
"""All runs of a group together go on by no more multiply-adds than this, or by one step: some 0.1 s."""
MOST_LANES = 16
MOST_STATE = 4 * MB
"""So much may the weights of a group take, and its method's memory of them; or they are those of one run."""
TOGETHER = 8 * MB
"""Groups take turns as long as where they are fits into this; else one comes after the other."""

MOST_HELD = 200
"""So many examples for validation are measured at most."""

TRAIN_LOSS, VALIDATION_LOSS, TRAIN_ACCURACY, VALIDATION_ACCURACY, OWN_BATCH_ACCURACY = range(5)
"""What the numbers of a measurement are; the last one only where `Abreast.own_batches` asks for it."""


@dataclass(frozen=True)
class Abreast:
    """Runs of one shape: of one network but for σ, one method, one batch, one seed of the batches.

    `runs` may differ in the numbers of the method, λ, σ and the seed of the first weights; the rate is
    constant, and which examples each step sees is drawn with the seed `batches`, that of the first run
    where none is given. They are measured at every one of `looks` steps, on the first `held` examples for
    validation, and with `own_batches` on these in batches of the size trained with as well, normalised as in
    training; the last batch is filled up with the first examples. Raises ValueError for runs that differ in
    more.
    """

    runs: tuple[Training, ...]
    looks: tuple[int, ...]
    batches: int | None = None
    held: int = MOST_HELD
    own_batches: bool = False

    def __post_init__(self) -> None:
        """Check that one program does for all."""
        if not self.runs:
            raise ValueError("Expected one run at least, got none.")
        if self.batches is None:
            object.__setattr__(self, "batches", self.runs[0].seed)
        if len({_shape(run) for run in self.runs}) > 1:
            raise ValueError("Expected runs of one shape; some differ in more than numbers.")
        if self.looks != tuple(sorted(set(self.looks))) or not 0 <= self.looks[0] <= self.looks[-1]:
            raise ValueError(f"Expected looks at steps that rise from 0 on, got {self.looks!r}.")
        if self.looks[-1] != self.runs[0].steps:
            raise ValueError(f"Expected the last look at step {self.runs[0].steps}, got {self.looks[-1]}.")

    @property
    def numbers(self) -> int:
        """Return how many numbers a measurement has."""
        return OWN_BATCH_ACCURACY + self.own_batches

    @property
    def groups(self) -> tuple["Abreast", ...]:
        """Return the runs cut into groups, each of which is computed by one program."""
        run = self.runs[0]
        state = 4 * OPTIMIZERS[run.optimizer].cost * run.network.plan.parameters
        most = min(MOST_LANES, int(MOST_STATE / state), int(AT_ONCE / step_cost(run)))
        count = -(-len(self.runs) // max(1, most))
        # Groups of one size are moved by one program, and are not much smaller for that.
        count = next((n for n in range(count, 2 * count) if len(self.runs) % n == 0), count)
        size = -(-len(self.runs) // count)
        return tuple(replace(self, runs=self.runs[k : k + size]) for k in range(0, len(self.runs), size))


@dataclass(frozen=True, eq=False)
class Curves:
    """What is known of runs abreast, read-only; K looks so far.

    - `measured` (K,): the steps of the looks.
    - `values` (K, runs, 4 or 5) float32: mean losses −ln p of training and validation examples, and the
      shares of both that are right, with the running mean and variance of batch normalisation; then, if asked
      for, the share of validation examples that are right with the mean and variance of the batch each stands
      in. NaN where a run has diverged before.
    - `diverged` (runs,): the step at which the loss of a batch was not finite or above a million; −1 of
      those whose never was.
    - `steps_done`: of how many steps, over all runs, something is known.
    """

    measured: Whole
    values: Numbers
    diverged: Whole
    steps_done: int
    whole: bool

    def at_end(self, which: int) -> NDArray[np.float32]:
        """Return what was measured last of each run, (runs,), 0 where it has diverged; `which` number."""
        return np.nan_to_num(self.values[-1, :, which], nan=0.0)


@dataclass(frozen=True)
class Walk:
    """How far a group has come. Immutable: a part puts another one into its place."""

    steps: int
    values: tuple[Any, ...]  # (runs, numbers) of each look
    looking: tuple[Any, ...]  # (numbers,) of the runs that were measured at this look already
    diverged: NDArray[np.int64]
    lanes: tuple[Lane, ...]  # of each run; () at the end


_WALKS: SingleFlightCache[Walk] = SingleFlightCache(18 * MB, only_long_work=True)


def abreast_parts(questions: Sequence[Abreast], turns: bool = True) -> list[Callable[[], object]]:
    """Return the parts in which `questions` are computed, one for each group; False: there is more to do.

    With `turns` all of them go on together as far as there is room; else one group after the other comes to
    its end, the first of every question before the second.
    """
    rows = zip_longest(*(question.groups for question in questions))
    groups = tuple(dict.fromkeys(group for row in rows for group in row if group is not None))
    if not turns:
        return [partial(_take_turns, (group,), 0) for group in groups]
    return [partial(_take_turns, groups, number) for number in range(len(groups))]


def curves_so_far(question: Abreast) -> Curves:
    """Return what is known of runs now; it computes nothing."""
    groups = question.groups
    walks = [_WALKS.peek(group) for group in groups]
    most = max(0 if walk is None else len(walk.values) for walk in walks)
    values = np.full((most, len(question.runs), question.numbers), np.nan, np.float32)
    diverged = np.full(len(question.runs), -1, np.int64)
    start, steps = 0, 0
    for group, walk in zip(groups, walks, strict=True):
        stop = start + len(group.runs)
        if walk is not None:
            shape = len(walk.values), stop - start, question.numbers
            values[: len(walk.values), start:stop] = np.array(walk.values).reshape(shape)
            diverged[start:stop] = walk.diverged
            steps += walk.steps * (stop - start)
        start = stop
    return Curves(
        _fixed(np.array(question.looks[:most], np.int64)),
        _fixed(values),
        _fixed(diverged),
        steps,
        all(walk is not None and not walk.lanes for walk in walks),
    )


def _shape(run: Training) -> Any:
    """Return what all runs of a question have in common."""
    network = run.network
    unlike = replace(network, initializer="normal", sigma=0.1)
    return unlike, run.optimizer, run.schedule, run.schedule_knobs, run.warmup, run.batch, run.steps


def _take_turns(groups: tuple[Abreast, ...], number: int) -> bool:
    state = sum(4 * len(group.runs) * group.runs[0].network.plan.parameters for group in groups)
    return take_turn(groups, number, state <= TOGETHER, _share_done, _go_on)


def _share_done(group: Abreast) -> float:
    walk = _WALKS.peek(group)
    if walk is None:
        return 0.0
    return 0.99 * walk.steps / group.looks[-1] if walk.lanes else 1.0


def _go_on(group: Abreast) -> bool:
    """Move a group for a moment; return whether it is at its end."""
    walk = begun = _WALKS.peek(group) or _first(group)
    network = group.runs[0].network
    data = examples_of(network.data)
    # Where no run has dropout none will have it: it is no number that a reader turns here.
    common = shared(data, True if network.dropout > 0 else None)
    seen = _seen(data, group.held)
    began = time.monotonic()
    while walk.lanes and time.monotonic() - began < SECONDS:
        looks = len(walk.values)
        if looks < len(group.looks) and group.looks[looks] == walk.steps:
            walk = _looked(group, walk, seen)
        else:
            walk = _moved(group, walk, common)
    if walk is not begun or _WALKS.peek(group) is None:
        _WALKS.forget(group)
        _WALKS.get(group, lambda: walk)
    return not walk.lanes


def _first(group: Abreast) -> Walk:
    """Return a group before its first step."""
    lanes = tuple(map(lane_of, group.runs))
    return Walk(0, (), (), np.full(len(lanes), -1, np.int64), lanes)


def _moved(group: Abreast, walk: Walk, common: Shared) -> Walk:
    """Return `walk` some steps further, no further than where it is looked at next."""
    runs, first, batches = group.runs, walk.steps, group.batches or 0
    most = max(1, min(AT_A_TIME, int(AT_ONCE / (len(runs) * step_cost(runs[0])))))
    count = min(most, group.looks[len(walk.values)] - first)
    chosen = chosen_examples(common.inputs.shape[0], runs[0].batch, batches, first, count)
    common = at(common, first, count)

    def stepped(run: Training, lane: Lane) -> tuple[Lane, NDArray[np.float32]]:
        rates = np.full(AT_A_TIME, run.rate, np.float32)
        given = lane, turned(run, batches, rates, chosen), common
        after, told = step_program(run.network.plan, run.optimizer, given)(*given)
        return jax.tree.map(np.asarray, after), np.asarray(told)[:count]

    moved = side_by_side([partial(stepped, *each) for each in zip(runs, walk.lanes, strict=True)])
    lanes, told = zip(*moved, strict=True)
    wrong = is_too_large(np.array(told))
    stopped = np.where(wrong.any(axis=1), first + wrong.argmax(axis=1), -1)
    diverged = np.where(walk.diverged >= 0, walk.diverged, stopped)
    return replace(walk, steps=first + count, lanes=lanes, diverged=diverged)


def _seen(data: Data, held: int) -> tuple[Array, Array, tuple[int, int]]:
    """Return what is measured: all training examples and the first for validation, and how many of both."""
    held = min(held, len(data.validation_labels))
    inputs = np.concatenate([data.train_inputs, data.validation_inputs[:held]])
    labels = np.concatenate([data.train_labels, data.validation_labels[:held]])
    return jnp.asarray(inputs), jnp.asarray(labels), (len(data.train_labels), held)


def _looked(group: Abreast, walk: Walk, seen: tuple[Array, Array, tuple[int, int]]) -> Walk:
    """Return `walk` with measurements of the next runs; that of the last one at the last look is the end."""
    inputs, labels, sizes = seen
    own = group.runs[0].seen if group.own_batches else None

    def measured(number: int) -> Any:
        if walk.diverged[number] >= 0:
            return np.full(group.numbers, np.nan, np.float32)
        vector, running = walk.lanes[number].vector, walk.lanes[number].running
        program = _look_program(group.runs[0].network.plan, sizes, own, (vector, running))
        return np.asarray(program(vector, running, inputs, labels))

    begin = len(walk.looking)
    next_ones = range(begin, min(begin + processors(), len(group.runs)))
    looking = (*walk.looking, *side_by_side([partial(measured, number) for number in next_ones]))
    if len(looking) < len(group.runs):
        return replace(walk, looking=looking)
    walk = replace(walk, values=(*walk.values, np.stack(looking)), looking=())
    return replace(walk, lanes=()) if len(walk.values) == len(group.looks) else walk


def _look_program(
    plan: Plan, sizes: tuple[int, int], own: int | None, like: tuple[Any, Any]
) -> Callable[..., Array]:
    """Return the program that measures one run: from parameters, running means and examples to (4,).

    With `own`, the size of batches, to (5,).
    """
    n, m = sizes

    def run(vector: Array, running: Any, x: Array, labels: Array) -> Array:
        scores = forward(plan, vector, running, x, train=False).scores
        each, right = losses(scores, labels), jnp.argmax(scores, axis=1) == labels
        shares = right.astype(jnp.float32)
        told = [each[:n].mean(), each[n:].mean(), shares[:n].mean(), shares[n:].mean()]
        if own is not None:
            filled = jnp.arange(-(-m // own) * own) % m
            batches = x[n:][filled].reshape(-1, own, plan.inputs)
            scored = jax.lax.map(lambda b: forward(plan, vector, running, b, train=True).scores, batches)
            best = jnp.argmax(scored.reshape(-1, plan.classes)[:m], axis=1)
            told.append((best == labels[n:]).mean(dtype=jnp.float32))
        return jnp.stack(told)

    given = *like, np.zeros((n + m, plan.inputs), np.float32), np.zeros(n + m, np.int32)
    return program_of(("abreast, measured", plan, sizes, own), run, given, {**QUICKLY, **ON_ONE_CORE})


def _fixed(values: Any) -> Any:
    values.setflags(write=False)
    return values
