"""Up to which learning rate a network learns, with a normalisation and without it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from networks.abreast import TRAIN_ACCURACY, Abreast, Curves
from networks.training import Training
from optimizers.knobs import RATE
from studies.seed_band import mean_of, seeds_from
from studies.starting_scales import LEARNED

COUNT, LEAST, LARGEST = 16, -2.0, 2.0
"""So many rates, from 10^−2 up to 10^2."""
SEEDS = 5

Row = tuple[Abreast, ...]
"""The runs at all rates, for each seed."""


def rates() -> NDArray[np.float64]:
    """Return the learning rates, from 0.01 to 100: (16,), evenly in powers."""
    return np.logspace(LEAST, LARGEST, COUNT)


def rate_questions(run: Training, epochs: int) -> tuple[Row, Row]:
    """Return the runs at all rates with the normalisation of `run`, and those without one, seed by seed.

    A seed decides the first weights and the batches. Runs with the first, that of `run`, are measured before
    the first and after each of `epochs`; of further ones only the end is asked for.
    """
    each = run.steps // epochs
    looks = tuple(range(0, run.steps + 1, each))

    def row(kind: str) -> Row:
        one = replace(run, network=replace(run.network, normalization=kind))
        return tuple(
            Abreast(
                tuple(replace(one, seed=seed, knobs={RATE: float(rate)}) for rate in rates()),
                looks if seed == run.seed else looks[-1:],
            )
            for seed in seeds_from(run.seed, SEEDS)
        )

    return row(run.network.normalization), row("none")


@dataclass(frozen=True)
class Bearable:
    """Which rates a network bears, with a normalisation and without it.

    - `own`, `plain`: for each seed the largest rate with which the share `enough` of the training examples
      is right at the end; None where that holds for no rate.
    - `ratio`, `low`, `high`: the geometric mean, over the seeds where both are known, of how many times as
      large the rate may be with the normalisation, and its 95 % interval (Student's t for the logarithms);
      None where fewer than two seeds have both. What lies between two rates is not looked at, so that a
      single ratio may be off by the factor `apart` either way.
    - `top`, `top_plain`: for how many seeds even the largest rate of all was borne, so that the bound lies
      beyond it.
    """

    own: tuple[float | None, ...]
    plain: tuple[float | None, ...]
    ratio: float | None
    low: float | None
    high: float | None
    top: int
    top_plain: int
    apart: float
    enough: float = LEARNED


def bearable(normalized: tuple[Curves, ...], plain: tuple[Curves, ...]) -> Bearable:
    """Return what the last measurements of both rows say, seed by seed; all must be whole."""
    own, other = (tuple(map(largest, row)) for row in (normalized, plain))
    known = [(a, b) for a, b in zip(own, other, strict=True) if a is not None and b is not None]
    ratio = low = high = None
    if len(known) > 1:
        found = mean_of(np.log(known) @ np.array([1.0, -1.0]))
        ratio, low, high = (float(np.exp(each)) for each in (found.value, found.low, found.high))
    last = float(rates()[-1])
    apart = float(10 ** ((LARGEST - LEAST) / (COUNT - 1)))
    return Bearable(own, other, ratio, low, high, own.count(last), other.count(last), apart)


def largest(curves: Curves) -> float | None:
    """Return the largest rate with which a network learned, None where it did with none."""
    learned = rates()[curves.at_end(TRAIN_ACCURACY) >= LEARNED]
    return float(learned[-1]) if len(learned) else None
