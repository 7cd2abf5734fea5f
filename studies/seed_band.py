"""How much of what trainers reach is chance: each of them again with further seeds, compared seed by seed.

A seed decides the first weights, the batches and dropout. Every trainer gets the same further seeds, so that
their differences are paired: what a seed does to all of them alike cancels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks import MOST_COST, Training, cost_of, so_far, training_parts
from networks.course import forget
from networks.training import MOST_SEED, step_cost
from studies.parts import Part

SEEDS = 8
MOST = MOST_COST
"""All further runs together may cost as much as one run may."""
AT_ONCE = 20 * MB
"""So much may runs take that go on side by side."""
LEVELS = (0.05, 0.95)

_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365)
"""Student's t for 95 %, two-sided, with 1 to 7 degrees of freedom."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reached:
    """What is kept of a run: loss and accuracy on validation data, (K,) each, and whether it diverged."""

    loss: NDArray[np.float32]
    accuracy: NDArray[np.float32]
    diverged: bool


@dataclass(frozen=True)
class Difference:
    """By how much a mean is larger than 0 or another mean: `value`, and its interval of 95 %."""

    value: float
    low: float
    high: float


_REACHED: SingleFlightCache[Reached] = SingleFlightCache(MB, only_long_work=True)


def seeds_from(seed: int, count: int) -> list[int]:
    """Return `seed` and those that follow it, `count` in all; after the largest comes 0."""
    return [(seed + k) % (MOST_SEED + 1) for k in range(count)]


def further(training: Training) -> tuple[Training, ...]:
    """Return the same run with each of the eight seeds that follow its own."""
    return tuple(replace(training, seed=seed) for seed in seeds_from(training.seed, SEEDS + 1)[1:])


def cost_of_band(trainings: Sequence[Training]) -> float:
    """Return how many multiply-adds all further runs cost."""
    return SEEDS * sum(map(cost_of, trainings))


def affordable_steps(trainings: Sequence[Training]) -> int:
    """Return with how many steps all further runs would cost no more than `MOST`; 0 where with none."""
    each = SEEDS * sum(map(step_cost, trainings))
    looks = cost_of_band(trainings) - SEEDS * sum(run.steps * step_cost(run) for run in trainings)
    return max(int((MOST - looks) / each), 0)


def band_parts(trainings: Sequence[Training]) -> list[Part]:
    """Return the parts in which further seeds are trained, side by side, one for each of `trainings`.

    Raises ValueError where all of them together cost more than `MOST`.
    """
    cost = cost_of_band(trainings)
    if cost > MOST:
        raise ValueError(
            f"Expected further runs of at most {MOST:.3g} multiply-adds in all, these take {cost:.3g};"
            " take fewer steps or trainers, or narrower layers."
        )
    return [partial(_go_on, training) for training in dict.fromkeys(trainings)]


def reached_so_far(training: Training) -> tuple[Numbers, Numbers, int]:
    """Return losses and accuracies (8, K) on validation data, and how many of the runs diverged.

    They are NaN where nothing is measured: not yet, or since the run diverged. It computes nothing.
    """
    looks = len(training.measured)
    losses, accuracies = np.full((2, SEEDS, looks), np.nan)
    diverged = 0
    for row, run in enumerate(further(training)):
        reached = _REACHED.peek(run) or _read(run)
        losses[row, : len(reached.loss)] = reached.loss
        accuracies[row, : len(reached.accuracy)] = reached.accuracy
        diverged += reached.diverged
    return losses, accuracies, diverged


def steps_so_far(training: Training) -> int:
    """Return how many steps all further runs have gone; one that diverged needs no more."""
    return sum(
        training.steps
        if _REACHED.peek(run) or so_far(run).ending.kind == "diverged"
        else so_far(run).steps_done
        for run in further(training)
    )


def band(values: Numbers) -> Numbers:
    """Return the 5th and 95th percentile of `values` (runs, K) at each step, (2, K); NaN where no run is."""
    ends = np.full((len(LEVELS), values.shape[1]), np.nan)
    for k, column in enumerate(values.T):
        known = column[np.isfinite(column)]
        if known.size:
            ends[:, k] = np.quantile(known, LEVELS)
    return ends


def mean_of(values: Numbers) -> Difference:
    """Return the mean of 2 to 8 `values` with its interval: mean ± t·s/√n, of Student's t distribution.

    Source: Student, “The probable error of a mean”, Biometrika 6 (1908), p. 1–25.
    """
    count = len(values)
    if not 2 <= count <= len(_T) + 1:
        raise ValueError(f"Expected 2 to {len(_T) + 1} values, got {count}.")
    mean = float(values.mean())
    half = _T[count - 2] * float(values.std(ddof=1)) / sqrt(count)
    return Difference(mean, mean - half, mean + half)


def compared(ends: Sequence[Numbers | None]) -> tuple[int, dict[int, Difference]] | None:
    """Return who has the best mean, and how much better it is than each other, seed by seed.

    `ends`: what every trainer reached with each seed, (8,); None for one that cannot be compared. None is
    returned where there is none that can.
    """
    known = {lane: values for lane, values in enumerate(ends) if values is not None}
    if not known:
        return None
    best = max(known, key=lambda lane: (round(float(known[lane].mean()), 9), -lane))
    return best, {lane: mean_of(known[best] - values) for lane, values in known.items() if lane != best}


def _go_on(training: Training) -> bool:
    """Train further seeds for a moment; return whether all are at their end."""
    left = [run for run in further(training) if _REACHED.peek(run) is None]
    if not left:
        return True
    # As many side by side as fit: with their weights now and then, and where they go on.
    each = MB + 5 * 4 * training.network.plan.parameters
    abreast = left[: max(1, AT_ONCE // each)]
    (part,) = training_parts(abreast)
    if part() is False:
        return False
    for run in abreast:
        reached = _read(run)
        _REACHED.get(run, lambda reached=reached: reached)
        forget(run)
    return len(left) == len(abreast)


def _read(run: Training) -> Reached:
    history = so_far(run)
    return Reached(history.validation_loss, history.validation_accuracy, history.ending.kind == "diverged")
