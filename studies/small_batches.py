"""What batches of few examples do to a normalisation, in both modes of batch normalisation, and without one.

Every size sees as many examples, but for those that fill no batch, at a rate that is proportional to it:
Goyal et al. (2017), Accurate, large minibatch SGD, section 2.1, as Wu & He (2018), Group normalization,
section 4.1, have it where they compare batches of 2 to 32 examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks.abreast import OWN_BATCH_ACCURACY, VALIDATION_ACCURACY, Abreast, Curves
from networks.data import about
from networks.programs import scales_batches
from networks.training import MOST_MEASURED, MOST_STEPS, Training
from optimizers.knobs import RATE
from studies.seed_band import Difference, mean_of, seeds_from

SIZES = (2, 4, 8, 16, 32, 64, 128)
SEEDS = 3

Numbers = NDArray[np.float64]
Cells = tuple[tuple[Abreast, ...], ...]
"""A run for each seed and each size of batches."""


def sizes(examples: int) -> tuple[int, ...]:
    """Return the sizes of batches that there are `examples` for."""
    return tuple(size for size in SIZES if size <= examples)


def size_questions(run: Training, epochs: int) -> tuple[Cells, Cells]:
    """Return the runs with the normalisation of `run`, and those without one.

    The rate of `run` is that of its own batch. A seed decides the first weights and the batches.
    """
    examples = about(run.network.data).train

    def cell(kind: str, seed: int, size: int) -> Abreast:
        network = replace(run.network, normalization=kind)
        steps = min(epochs * (examples // size), MOST_STEPS)
        rate = run.rate * size / run.seen
        one = replace(run, network=network, knobs={RATE: rate}, batch=size, steps=steps, seed=seed)
        return Abreast((one,), (steps,), held=MOST_MEASURED, own_batches=scales_batches(network.plan))

    def cells(kind: str) -> Cells:
        seeds = seeds_from(run.seed, SEEDS)
        return tuple(tuple(cell(kind, seed, size) for size in sizes(examples)) for seed in seeds)

    return cells(run.network.normalization), cells("none")


def in_order(own: Cells, plain: Cells) -> list[Abreast]:
    """Return all runs as they are computed: seed by seed, the largest batches first, which are soon done."""
    return [
        question
        for seeds in zip(plain, own, strict=True)
        for pair in reversed(list(zip(*seeds, strict=True)))
        for question in pair
    ]


def reached(known: tuple[tuple[Curves, ...], ...], which: int = VALIDATION_ACCURACY) -> Numbers:
    """Return the shares of validation examples that are right at the end: (seeds, sizes).

    NaN where that is not known yet, 0 where a run diverged.
    """

    def share(curves: Curves) -> float:
        return float(curves.at_end(which)[0]) if curves.whole else np.nan

    return np.array([[share(curves) for curves in row] for row in known])


def lines(own: tuple[Any, ...], plain: tuple[Any, ...]) -> dict[str, Numbers]:
    """Return what is known of each line, (seeds, sizes): "test", the mode with running averages, and "plain".

    And "train", the mode with the mean and variance of a batch, where there are two.
    """
    found = {"test": reached(own)}
    if any(curves.values.shape[-1] > OWN_BATCH_ACCURACY for row in own for curves in row):
        found["train"] = reached(own, OWN_BATCH_ACCURACY)
    return found | {"plain": reached(plain)}


@dataclass(frozen=True)
class AtSize:
    """Mean shares of validation examples that are right with batches of one size.

    `gain`: by how much more they are with the normalisation in its test mode than without; `apart`: by how
    much more in the training mode than in the test mode. Both seed by seed, with 95 % intervals.
    """

    size: int
    test: float
    train: float | None
    plain: float
    gain: Difference
    apart: Difference | None


def at_size(known: Mapping[str, Numbers], column: int, size: int) -> AtSize:
    """Return what all seeds say of the size in that column."""
    at = {name: values[:, column] for name, values in known.items()}
    train = at.get("train")
    return AtSize(
        size,
        float(at["test"].mean()),
        None if train is None else float(train.mean()),
        float(at["plain"].mean()),
        mean_of(at["test"] - at["plain"]),
        None if train is None else mean_of(train - at["test"]),
    )


def furthest(known: Mapping[str, Numbers], tried: tuple[int, ...]) -> int | None:
    """Return for which size the two modes are furthest apart in the mean; None where there is one mode."""
    if "train" not in known:
        return None
    return tried[int(np.abs((known["train"] - known["test"]).mean(axis=0)).argmax())]
