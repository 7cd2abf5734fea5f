"""The answer: what happened, step by step."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from landscapes.arrays import Floats

Kind = Literal[
    "converged",
    "at_a_saddle",
    "at_a_maximum",
    "at_a_critical_point",
    "rate_decayed",
    "stalled",
    "growing",
    "cycling",
    "below_the_map",
    "left_the_box",
    "diverged",
    "spent",
]


class Ending(NamedTuple):
    """How a run ended, and the step since which that has been so."""

    kind: Kind
    step: int


@dataclass(frozen=True)
class Trajectory:
    """Row t is the moment before step t; arrays are float64 and read-only.

    `points` (T+1, 2), `losses` (T+1,), `gradients` (T+1, 2): the true ones; `estimates` (T, 2): the
    gradients of mini-batches, with their noise; `seen` (T, 2): those as the method saw them, clipped;
    `rates` (T,), `M` (T, 2), `G` (T, 2), `updates` (T, 2): points[t+1] = points[t] + updates[t]. T is the
    number of steps asked for, or fewer where the run diverged: then the last row is the last one that
    is finite, and nothing after it exists.
    """

    points: Floats
    losses: Floats
    gradients: Floats
    estimates: Floats
    seen: Floats
    rates: Floats
    M: Floats
    G: Floats
    updates: Floats
    ending: Ending

    @property
    def nbytes(self) -> int:
        """Return how much memory the arrays take."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))
