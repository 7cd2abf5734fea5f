"""Searching for hyper-parameters: trials at random, or on a grid, and the best that so many of them find."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atanh, comb, sqrt, tanh
from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks.abreast import VALIDATION_ACCURACY, Abreast, Curves
from networks.training import Training
from optimizers.knobs import RATE
from studies.intervals import Z, wilson

Floats = NDArray[np.float64]

SMALL_RATE = 1e-3
"""How good the best of the trials below this rate is, is told (Saitō, 2016, section 6.5)."""
BEST = 10
"""So many of the best trials say how ranges are narrowed."""
ROOM = 2.0
"""A range of one value is narrowed to this factor around it."""


@dataclass(frozen=True)
class Ranges:
    """From where to where the rate and λ are looked for; all are above 0."""

    rate: tuple[float, float]
    decay: tuple[float, float]


@dataclass(frozen=True)
class Search:
    """Trials of a `run` with other rates and λ: side² at random and side² on a grid, `repeats` times.

    All else is as in `run`; each repetition has first weights of its own.
    """

    run: Training
    ranges: Ranges
    side: int
    repeats: int

    @property
    def budget(self) -> int:
        """Return how many trials each way has in a repetition."""
        return self.side**2


def random_trials(search: Search) -> Floats:
    """Return the rates and λ (repeats · side², 2) that were drawn: their logarithms are uniform.

    Bergstra & Bengio (2012), Random search for hyper-parameter optimization, JMLR 13.
    """
    random = np.random.default_rng((search.run.seed, 1))
    unit = random.uniform(size=(search.repeats * search.budget, 2))
    return _between(search.ranges, unit)


def grid_trials(search: Search) -> Floats:
    """Return the rates and λ (repeats · side², 2) of the grid: the middles of side × side equal cells."""
    middles = (np.arange(search.side) + 0.5) / search.side
    rate, decay = np.meshgrid(middles, middles, indexing="ij")
    once = _between(search.ranges, np.stack([rate.ravel(), decay.ravel()], axis=1))
    return np.tile(once, (search.repeats, 1))


def questions_of(search: Search, trials: Floats) -> Abreast:
    """Return the runs of `trials` (n, 2), which are looked at when they are at their end."""
    runs = tuple(
        replace(
            search.run,
            knobs={**search.run.knobs, RATE: float(rate)},
            weight_decay=float(decay),
            seed=search.run.seed + k // search.budget,
        )
        for k, (rate, decay) in enumerate(trials)
    )
    return Abreast(runs, (search.run.steps,), batches=search.run.seed)


def accuracies(curves: Curves, count: int) -> Floats:
    """Return the share of validation examples that each of `count` trials has right at its end.

    0 where it diverged, NaN where it is not known yet.
    """
    known = np.full(count, np.nan)
    if len(curves.values):
        known[:] = curves.values[-1, :, VALIDATION_ACCURACY]
    return np.where(curves.diverged >= 0, 0.0, known)


@dataclass(frozen=True, eq=False)
class BestSoFar:
    """The best of the first k trials, k = 1 … n, in an order that chance has chosen: (n,) each.

    `mean` is its expectation, and between `low` and `high` it lies in 95 % of all orders.
    """

    mean: Floats
    low: Floats
    high: Floats


def best_so_far(pools: Sequence[Floats], count: int) -> BestSoFar:
    """Return the best of k trials drawn without replacement from one of `pools`, each as likely.

    Exact, from the order statistics: of n values at hand i are no larger than the i-th smallest, and so k
    drawn ones are no larger with the probability C(i, k)/C(n, k).
    """
    rows = np.zeros((count, 3))
    value = np.concatenate([np.sort(pool) for pool in pools])
    order = np.argsort(value, kind="stable")
    for k in range(1, count + 1):
        weights = [
            np.diff([comb(i, k) / comb(len(pool), k) for i in range(len(pool) + 1)]) / len(pools)
            for pool in pools
        ]
        weight = np.concatenate(weights)[order]
        up_to = np.cumsum(weight)
        ends = [
            value[order][min(int(np.searchsorted(up_to, share - 1e-12)), len(value) - 1)]
            for share in (0.025, 0.975)
        ]
        rows[k - 1] = (value[order] @ weight, *ends)
    return BestSoFar(*rows.T)


@dataclass(frozen=True)
class Found:
    """What the random trials say when all are at their end.

    - `rate`, `decay`, `accuracy`: of the best; `low`, `high`: its 95 % interval (Wilson).
    - `small`: how many trials have a rate below `limit`, and `small_best` what the best of them reaches.
    - `decay_least`, `decay_largest`: among which λ the `ten` best trials lie.
    - `by_rate`, `by_decay`: Spearman's rank correlation of the accuracy with rate and λ, over the trials that
      did not diverge, with a 95 % interval each (Fisher's transform).
    - `diverged`: how many diverged.
    - `narrow`: the ranges of the ten best trials: rate, then λ.
    """

    rate: float
    decay: float
    accuracy: float
    low: float
    high: float
    limit: float
    small: int
    small_best: float
    ten: int
    decay_least: float
    decay_largest: float
    by_rate: tuple[float, float, float]
    by_decay: tuple[float, float, float]
    diverged: int
    narrow: tuple[float, float, float, float]


def found(trials: Floats, reached: Floats, diverged: NDArray[np.bool_], examples: int) -> Found:
    """Return what `trials` (n, 2) say that reached so much (n,) on so many validation examples."""
    best = int(np.argmax(reached))
    low, high = wilson(round(float(reached[best]) * examples), examples)
    small = trials[:, 0] < SMALL_RATE
    ten = trials[np.argsort(-reached, kind="stable")[:BEST]]
    (rate_low, decay_low), (rate_high, decay_high) = ten.min(axis=0), ten.max(axis=0)
    alive = ~diverged
    return Found(
        float(trials[best, 0]),
        float(trials[best, 1]),
        float(reached[best]),
        low,
        high,
        SMALL_RATE,
        int(small.sum()),
        float(reached[small].max()) if small.any() else 0.0,
        len(ten),
        float(decay_low),
        float(decay_high),
        rank_correlation(trials[alive, 0], reached[alive]),
        rank_correlation(trials[alive, 1], reached[alive]),
        int(diverged.sum()),
        (*_room(rate_low, rate_high), *_room(decay_low, decay_high)),
    )


def rank_correlation(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Return Spearman's rank correlation of `x` and `y` (n,), and its 95 % interval.

    By Fisher's transform with the variance 1.06/(n − 3): Fieller, Hartley & Pearson (1957), Tests for rank
    correlation coefficients, Biometrika 44. With fewer than four pairs, or one value alone, (0, −1, 1).
    """
    n = len(x)
    if n < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0, -1.0, 1.0
    rho = float(np.clip(np.corrcoef(_ranks(x), _ranks(y))[0, 1], -1.0, 1.0))
    if abs(rho) > 1 - 1e-12:
        whole = 1.0 if rho > 0 else -1.0
        return whole, whole, whole
    half = Z * sqrt(1.06 / (n - 3))
    return rho, tanh(atanh(rho) - half), tanh(atanh(rho) + half)


def _ranks(values: Floats) -> Floats:
    """Return the rank of each of `values`, equal ones sharing the mean of theirs."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[which]


def _room(low: float, high: float) -> tuple[float, float]:
    """Return a range to two digits that holds both ends."""
    if low == high:
        low, high = low / ROOM, high * ROOM
    return _digits(low, np.floor), _digits(high, np.ceil)


def _digits(value: float, rounded: Any) -> float:
    power = 10.0 ** (np.floor(np.log10(value)) - 1)
    # A number of two digits already is one, whatever the division makes of it.
    return float(f"{float(rounded(round(value / power, 9)) * power):.2g}")


def _between(ranges: Ranges, unit: Floats) -> Floats:
    """Return `unit` (n, 2), from 0 to 1, as rates and λ of these ranges."""
    low, high = np.log([*zip(ranges.rate, ranges.decay, strict=True)])
    return np.exp(low + unit * (high - low))
