"""For which scales of the starting weights a network learns, with a normalisation and without it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from networks.abreast import TRAIN_ACCURACY, VALIDATION_ACCURACY, Abreast, Curves
from networks.training import Training
from studies.intervals import wilson

COUNT, LARGEST, LEAST = 16, 0.0, -4.0
"""So many scales, from 10^0 down to 10^−4 (Saitō, 2016, section 6.3.2)."""
LEARNED = 0.9
"""A network has learned its examples that has this share of them right."""


def scales() -> NDArray[np.float64]:
    """Return the standard deviations σ of the starting weights, from 1 to 10⁻⁴: (16,), evenly in powers."""
    return np.logspace(LARGEST, LEAST, COUNT)


def scale_questions(run: Training, epochs: int) -> tuple[Abreast, Abreast]:
    """Return the runs from all scales with the normalisation of `run`, and those without one.

    They differ from `run` in nothing else; they are measured before the first and after each of `epochs`.
    Weights of all scales are the same numbers, multiplied.
    """
    each = run.steps // epochs
    looks = tuple(range(0, run.steps + 1, each))

    def row(kind: str) -> Abreast:
        network = replace(run.network, initializer="normal", normalization=kind)
        runs = (replace(run, network=replace(network, sigma=float(scale))) for scale in scales())
        return Abreast(tuple(runs), looks)

    return row(run.network.normalization), row("none")


@dataclass(frozen=True)
class Comparison:
    """What a normalisation does, at the end, scale by scale.

    - `better`, `worse`: for how many scales the share of training examples that are right is larger with it,
      and smaller; a run that diverged has none right. `low`, `high`: the 95 % interval (Wilson) of the share
      of scales for which it is better, as if scales were drawn.
    - `held`: for how many it is better on validation examples.
    - `learned`, `learned_without`: for how many scales the share `enough` of the training examples is right.
    - `against`: the scales for which it is worse: (number of the scale, share with it, share without it).
    """

    better: int
    worse: int
    low: float
    high: float
    held: int
    learned: int
    learned_without: int
    against: tuple[tuple[int, float, float], ...]
    enough: float = LEARNED


def compared(normalized: Curves, plain: Curves) -> Comparison:
    """Return what the last measurements of both rows say; both must be whole."""
    train, plain_train = (curves.at_end(TRAIN_ACCURACY) for curves in (normalized, plain))
    held, plain_held = (curves.at_end(VALIDATION_ACCURACY) for curves in (normalized, plain))
    better, worse = int((train > plain_train).sum()), np.flatnonzero(train < plain_train)
    low, high = wilson(better, len(train))
    return Comparison(
        better,
        len(worse),
        low,
        high,
        int((held > plain_held).sum()),
        int((train >= LEARNED).sum()),
        int((plain_train >= LEARNED).sum()),
        tuple((int(k), float(train[k]), float(plain_train[k])) for k in worse),
    )
