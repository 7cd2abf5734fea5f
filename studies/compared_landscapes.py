"""What a network's loss looks like with something and without it: training, gradients, slices, steps.

The same question is asked with several seeds, each of which decides first weights, batches and the
directions of the slice, so that differences are paired: what a seed does to both networks alike cancels.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks.course import course_of, forget, so_far, training_parts
from networks.geometry import (
    AlongGradient,
    Roughness,
    Slice,
    along_gradient,
    objective_of,
    roughness,
    seen_by,
    slice_parts,
    slice_so_far,
)
from networks.history import History
from networks.inside import signals
from networks.network import Network
from networks.training import MEASUREMENTS, Training
from studies.parts import Part
from studies.seed_band import Difference, mean_of, seeds_from

POINTS = 31
"""A side of a slice has so many."""
SECONDS = 0.15
"""A part goes on for so long."""
FEWEST = 2
"""So many pairs at least make an interval."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Landscape:
    """What is asked of one run: its training, a slice around its end, and steps against the gradient.

    - `extent`: how far the slice reaches, as `Slice` has it; its directions are filter-normalised and random,
      with the seed of the training.
    - `along`: whether steps along the gradient are asked for, where the weights of the run are kept.
    """

    training: Training
    extent: float = 1.0
    points: int = POINTS
    along: bool = False

    @property
    def slice(self) -> Slice:
        """Return the slice."""
        return Slice(self.training, extent=self.extent, points=self.points, seed=self.training.seed)


@dataclass(frozen=True, eq=False)
class Seen:
    """What is known of a run, read-only; L hidden layers.

    - `history`: of its training.
    - `a`, `losses`: coordinates (n,) of a side, and the slice (n, n), NaN where it is not known.
    - `rms`: root mean squares of the gradients in each layer's sums h W + b, before training and at its end,
      (2, L); None before the end, and of a run that diverged.
    - `rough`: of the slice, once it is whole.
    - `looks`, `along`: at which steps steps were tried, and what they met.
    - `whole`: whether nothing is left to do.
    """

    history: History
    a: NDArray[np.float64]
    losses: Numbers
    rms: Numbers | None = None
    rough: Roughness | None = None
    looks: tuple[int, ...] = ()
    along: tuple[AlongGradient, ...] = ()
    whole: bool = False

    @property
    def diverged(self) -> bool:
        """Return whether training did, so that there is no end to look around."""
        return self.history.ending.kind == "diverged"

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return self.losses.nbytes + 2 * self.history.losses.nbytes + 200 * MEASUREMENTS + 4000


_SEEN: SingleFlightCache[Seen] = SingleFlightCache(4 * MB, only_long_work=True)


@dataclass(frozen=True)
class Comparison:
    """Two networks that differ in one thing alone, trained with several seeds.

    `own` has it, residual connections or a normalisation; `plain` has not. Raises ValueError where they
    differ in something else, or for fewer than 2 or more than 8 seeds.
    """

    own: Training
    plain: Training
    seeds: int = 5
    extent: float = 1.0
    points: int = POINTS
    along: bool = False

    def __post_init__(self) -> None:
        """Check that it is a comparison; nothing is computed."""

        def alike(network: Network) -> Network:
            return replace(network, residual=False, normalization="none")

        changed = replace(self.own, network=alike(self.own.network))
        if changed != replace(self.plain, network=alike(self.plain.network)):
            raise ValueError(
                "Expected two runs that differ in residual connections or the normalisation alone."
            )
        if not isinstance(self.seeds, int) or not 2 <= self.seeds <= 8:
            raise ValueError(f"Expected 2 to 8 seeds, got {self.seeds!r}.")

    @property
    def pairs(self) -> tuple[tuple[Landscape, Landscape], ...]:
        """Return what is asked with each seed: with, and without."""

        def one(run: Training, seed: int) -> Landscape:
            return Landscape(replace(run, seed=seed), self.extent, self.points, self.along)

        seeds = seeds_from(self.own.seed, self.seeds)
        return tuple((one(self.own, seed), one(self.plain, seed)) for seed in seeds)


def comparison_parts(question: Comparison) -> list[Part]:
    """Return the parts in which it is computed: seed by seed, both networks side by side.

    Raises ValueError for a run that costs more than a run may.
    """
    return [part for pair in question.pairs for part in _pair_parts(pair)]


def seen_so_far(question: Landscape) -> Seen:
    """Return what is known of a run now; it computes nothing."""
    seen = _SEEN.peek(question)
    if seen is not None:
        return seen
    known = slice_so_far(question.slice)
    return Seen(so_far(question.training), known.a, known.losses)


def share_done(question: Landscape) -> float:
    """Return which share of the work for a run is done, from 0 to 1."""
    seen = seen_so_far(question)
    if seen.whole:
        return 1.0
    stages = [
        seen.history.steps_done / question.training.steps,
        float(np.mean(~np.isnan(seen.losses[:, 0]))),
    ]
    if question.along:
        stages.append(len(seen.along) / MEASUREMENTS)
    return 0.99 * sum(stages) / len(stages)


def _pair_parts(pair: tuple[Landscape, Landscape]) -> list[Part]:
    def unless_seen(looked: Sequence[Landscape], part: Callable[[], object]) -> object:
        return True if all(_SEEN.peek(each) is not None for each in looked) else part()

    trained = [partial(unless_seen, pair, part) for part in training_parts([each.training for each in pair])]
    cut = [partial(unless_seen, (each,), partial(_slice_on, each)) for each in pair]
    return [*trained, *cut, *(partial(_look_on, each) for each in pair)]


def _slice_on(question: Landscape) -> bool:
    """Go on with a slice for a moment; return whether it is whole, or there is none."""
    if so_far(question.training).ending.kind == "diverged":
        return True
    return all(part() is not False for part in slice_parts(question.slice))


def _look_on(question: Landscape) -> bool:
    """Look at a run that is at its end, for a moment; return whether all is known."""
    seen = _SEEN.peek(question) or _begun(question)
    training = question.training
    began = time.monotonic()
    if question.along and not seen.whole:
        course = course_of(training)
        kept = () if course is None else course.weights
        objective, data = objective_of(training.network), seen_by(training.network)
        while len(seen.along) < len(kept) and time.monotonic() - began < SECONDS:
            number, vector, _ = kept[len(seen.along)]
            found = along_gradient(objective, vector, training.rate, data)
            looks = (*seen.looks, training.measured[number])
            seen = replace(seen, looks=looks, along=(*seen.along, found))
        seen = replace(seen, whole=len(seen.along) == len(kept))
    else:
        seen = replace(seen, whole=True)
    _SEEN.forget(question)
    _SEEN.get(question, lambda: seen)
    if seen.whole:
        # All that is needed of it has been read.
        forget(training)
    return seen.whole


def _begun(question: Landscape) -> Seen:
    """Return what is told by training and slice, and the gradients in each layer."""
    training = question.training
    history, known = so_far(training), slice_so_far(question.slice)
    seen = Seen(history, known.a, known.losses)
    if seen.diverged:
        return seen
    last = len(training.measured) - 1
    back = [
        [np.sqrt(np.mean(np.square(each, dtype=float))) for each in found.gradients]
        for found in (signals(training.network, at=(training, look)) for look in (0, last))
    ]
    return replace(
        seen,
        rms=np.array(back, np.float32),
        rough=roughness(known.a, known.b, known.losses),
    )


# What is found ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """A number with and without: means over the seeds, and the difference, seed by seed; with 95 % intervals.

    Intervals are Student's t (`mean_of`). `apart`: own − plain. Each is None where fewer than two seeds
    know it.
    """

    own: Difference | None
    plain: Difference | None
    apart: Difference | None


def compared(own: Sequence[float | None], plain: Sequence[float | None]) -> Compared:
    """Return a number's means and their difference, of seeds whose number is known; None is not."""
    both = [(a, b) for a, b in zip(own, plain, strict=True) if a is not None and b is not None]
    return Compared(_mean(own), _mean(plain), _mean([a - b for a, b in both]))


def ratio(own: Sequence[float | None], plain: Sequence[float | None]) -> Difference | None:
    """Return how many times as large a number is with it: the geometric mean over seeds, with its interval.

    Of those seeds where both are positive; None where that are fewer than two.
    """
    logs = [
        float(np.log(a / b))
        for a, b in zip(own, plain, strict=True)
        if a is not None and b is not None and 0 < a < np.inf and 0 < b < np.inf
    ]
    found = _mean(logs)
    return None if found is None else Difference(*(float(np.exp(x)) for x in vars(found).values()))


def _mean(values: Sequence[float | None]) -> Difference | None:
    known = [each for each in values if each is not None and np.isfinite(each)]
    return mean_of(np.array(known)) if len(known) >= FEWEST else None


@dataclass(frozen=True)
class Found:
    """What a comparison says at its end.

    - `nonconvex`, `variation`: of the slices (`Roughness`); `accuracy`: on validation data, and `loss`: on
      training data, at the end.
    - `fading`: how many times as large the gradient in the first hidden layer is, before training, as in the
      last one; geometric means over the seeds, with and without.
    - `range`, `change`, `smoothness`: with it, how many times as large is what steps meet along the gradient:
      how far their losses are apart, the largest change of the gradient, and the effective β-smoothness,
      each by its median over training; None where that was not asked for.
    - `diverged`: how many runs did, with it and without.
    """

    nonconvex: Compared
    variation: Compared
    accuracy: Compared
    loss: Compared
    fading: tuple[float | None, float | None]
    range: Difference | None
    change: Difference | None
    smoothness: Difference | None
    diverged: tuple[int, int]


def found(seen: Sequence[tuple[Seen, Seen]]) -> Found:
    """Return what all pairs say; each must be whole."""
    arms: tuple[list[Seen], list[Seen]] = [own for own, _ in seen], [plain for _, plain in seen]

    def each(number: Callable[[Seen], float | None]) -> Any:
        return tuple([None if one.diverged else number(one) for one in arm] for arm in arms)

    def along(number: Callable[[AlongGradient], float]) -> Difference | None:
        def median(one: Seen) -> float | None:
            return float(np.median([number(step) for step in one.along])) if one.along else None

        return ratio(*each(median))

    def fading(arm: Sequence[Seen]) -> float | None:
        ends = [one.rms[0, [0, -1]] for one in arm if one.rms is not None and one.rms[0, [0, -1]].all()]
        return float(np.exp(np.mean([np.log(first / last) for first, last in ends]))) if ends else None

    return Found(
        compared(*each(lambda one: one.rough and one.rough.nonconvex)),
        compared(*each(lambda one: one.rough and one.rough.variation)),
        compared(*each(lambda one: float(one.history.validation_accuracy[-1]))),
        compared(*each(lambda one: float(one.history.train_loss[-1]))),
        (fading(arms[0]), fading(arms[1])),
        along(lambda step: step.range),
        along(lambda step: step.change_high),
        along(lambda step: step.smoothness),
        (sum(one.diverged for one in arms[0]), sum(one.diverged for one in arms[1])),
    )
