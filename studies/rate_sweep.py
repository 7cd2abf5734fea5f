"""Which learning rate is best, and how much it matters."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from catalog.cache import MB, SingleFlightCache
from descent.ensembles import (
    MOST_MEMBERS,
    BatchPaths,
    Starts,
    joined,
    parts_of,
    run_batch,
    seeds_of,
    starts_of,
)
from descent.run import MOST_STEPS, Run
from descent.trajectory import Floats
from optimizers import OPTIMIZERS

RATES = tuple(float(f"{10 ** (k / 6):.6g}") for k in range(-24, 13))
"""The learning rates that are tried: 1e-4 to 1e2, six in a decade."""

GOOD = 0.9  # of what the best rate achieves
SAME = 1e-9  # of that: losses that are no further apart are the same


_SWEEPS: SingleFlightCache["SweepResult"] = SingleFlightCache(4 * MB, only_long_work=True)
_PARTS: SingleFlightCache[BatchPaths] = SingleFlightCache(16 * MB, only_long_work=True)
"""Parts of questions that are not answered yet."""


@dataclass(frozen=True)
class Sweep:
    """`run` with each of `rates` instead of its own, each with `seeds` seeds. Hashable, the answer's key.

    - `rates`: positive and rising; they need not be in the range of the method's knob.
    - `seeds`: 3 or more: run.seed, run.seed + 1, … They are the same for all rates.
    - `starts`: all from where `run` starts, or each seed from its own place, uniformly in the box.
    - `evaluations`: how many gradients a run may ask for, `run.steps` if None. A method whose step costs
      more than one has fewer steps, so that methods are compared at equal cost.
    """

    run: Run
    rates: tuple[float, ...] = RATES
    seeds: int = 5
    starts: Starts = "same"
    evaluations: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for rates, seeds, starts or evaluations other than the above."""
        object.__setattr__(self, "rates", tuple(map(float, self.rates)))
        rates = np.array(self.rates)
        if not (len(rates) and np.isfinite(rates).all() and rates[0] > 0 and (np.diff(rates) > 0).all()):
            raise ValueError(f"Expected finite learning rates > 0 that rise, got {self.rates}.")
        if self.seeds < 3 or self.seeds * len(rates) > MOST_MEMBERS:
            raise ValueError(
                f"Expected 3 seeds or more and at most {MOST_MEMBERS} runs in all,"
                f" got {self.seeds} seeds for each of {len(rates)} rates."
            )
        if self.starts not in ("same", "box"):
            raise ValueError(f"Expected starts to be same or box, got {self.starts!r}.")
        if self.evaluations is not None and self.evaluations < 1:
            raise ValueError(f"Expected one evaluation or more, got {self.evaluations}.")


@dataclass(frozen=True)
class SweepResult:
    """What became of the runs; arrays are read-only. Row i is the i-th of R rates, column j the j-th seed.

    `rates` (R,), `final` (R, seeds): the last loss, inf where a run diverged; `points` (R, seeds, 2): where
    it ended; `steps`: how many steps the evaluations bought; `before` (seeds,): the loss at the start.
    """

    rates: Floats
    final: Floats
    points: Floats
    steps: int
    before: Floats


class Best(NamedTuple):
    """The rate with the lowest median of the final losses, and the range of rates that are nearly as good."""

    rate: float
    low: float
    high: float
    decades: float  # log10(high/low): how little the choice matters
    median: float  # of the final losses at `rate`; inf if more than half of the runs diverged at all rates


def sweep(question: Sweep) -> SweepResult:
    """Return what becomes of all rates and seeds; equal questions share one answer, computed once.

    Raises what `descend` raises, and ValueError where the evaluations do not buy 1 to MOST_STEPS steps.
    """
    return _SWEEPS.get(question, lambda: _sweep(question))


def best_rate(result: SweepResult, least: float | None = None) -> Best:
    """Return the best rate and the range around it in which at least 90 % of the gain is kept.

    The gain of a rate is how far the median of the final losses is below the median of the first ones.
    Medians that differ by less than a billionth of the greatest gain are the same; of several best
    rates that stand together the middle one is taken. `least`: the least loss that there is on the surface,
    if it is known: no median counts as lower.
    """
    rates = result.rates
    medians = _medians(result.final)
    start = float(np.median(result.before))
    if least is not None:
        medians = np.maximum(medians, least)
    lowest = medians.min()
    if not np.isfinite(lowest) or lowest >= start:
        k = int(medians.argmin())
        return Best(float(rates[k]), float(rates[k]), float(rates[k]), 0.0, float(_medians(result.final)[k]))
    gain = start - lowest
    first, last = _around(medians <= lowest + SAME * gain, int(medians.argmin()))
    k = (first + last) // 2
    first, last = _around(start - medians >= GOOD * gain, k)
    low, high = float(rates[first]), float(rates[last])
    return Best(float(rates[k]), low, high, float(np.log10(high / low)), float(_medians(result.final)[k]))


def _around(good: np.ndarray, k: int) -> tuple[int, int]:
    """Return the first and the last index of the run of True in `good` (R,) that index `k` is in."""
    bad = np.flatnonzero(~good)
    before, after = bad[bad < k], bad[bad > k]
    return (int(before[-1]) + 1 if len(before) else 0), (int(after[0]) if len(after) else len(good)) - 1


def _medians(final: Floats) -> Floats:
    """Return the median of each row (R, seeds); inf where it, or one of the middle two, is inf."""
    return np.median(final, axis=1)


def parts_of_sweep(question: Sweep) -> tuple[range, ...]:
    """Return the runs of `question` in parts, each of which takes about a quarter of a second.

    Raises ValueError where the evaluations do not buy 1 to MOST_STEPS steps.
    """
    count = question.seeds * len(question.rates)
    # Runs with the same seed stand side by side, so that their mini-batches are drawn once for all of them.
    return parts_of(_run(question), count, question.seeds)


def sweep_part(question: Sweep, runs: range) -> BatchPaths:
    """Return what becomes of some runs of `question`, one of its parts; it is kept until `sweep` asks.

    Run k has seed k // R and rate k % R.
    """
    return _PARTS.get((question, runs), lambda: _part(question, runs))


def _run(question: Sweep) -> Run:
    """Return the run of `question` with as many steps as the evaluations buy."""
    cost = OPTIMIZERS[question.run.optimizer].cost
    evaluations = question.run.steps if question.evaluations is None else question.evaluations
    steps = evaluations // cost
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(
            f"Expected evaluations for 1 to {MOST_STEPS} steps of {cost}, got {evaluations}; ask for others."
        )
    return replace(question.run, steps=steps)


def _part(question: Sweep, runs: range) -> BatchPaths:
    run = _run(question)
    seeds = seeds_of(run, question.seeds)
    starts = starts_of(run, seeds, question.starts)
    seed, rate = np.divmod(np.array(runs), len(question.rates))
    return run_batch(run, seeds[seed], starts[seed], np.array(question.rates)[rate], np.array([0, run.steps]))


def _sweep(question: Sweep) -> SweepResult:
    parts = parts_of_sweep(question)
    done = joined([sweep_part(question, runs) for runs in parts])
    shape = question.seeds, len(question.rates)
    final = np.where(done.diverged, np.inf, done.losses[1]).reshape(shape).T.copy()
    before = done.losses[0].reshape(shape)[:, 0].copy()
    points = done.points[1].reshape(*shape, 2).transpose(1, 0, 2).copy()
    result = SweepResult(np.array(question.rates), final, points, _run(question).steps, before)
    for array in (result.rates, result.final, result.points, result.before):
        array.setflags(write=False)
    for runs in parts:
        _PARTS.forget((question, runs))
    return result
