"""What is known of a run of training: the answer to a `Training`."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Whole = NDArray[np.int64]
Bytes = NDArray[np.uint8]

LARGEST_LOSS = 1e6
"""A run whose loss is larger, or not finite, has diverged: scores then differ by a million."""


@dataclass(frozen=True)
class Ending:
    """How a run ended, and at which step.

    - "running": it is not at its end yet;
    - "done": it went through all its steps;
    - "diverged": the loss at `step` is not finite, or above a million; nothing later is computed;
    - "dead": it went through all its steps, and since `step` (a measured one) some layer makes the same of
      every example, so that nothing can be learned any more.
    """

    kind: Literal["running", "done", "diverged", "dead"]
    step: int


@dataclass(frozen=True, eq=False)
class History:
    """A run of training, read-only; with t = `steps_done`, and measured at K steps so far.

    - `losses` (t + 1,) float32: the mean loss −ln p of the examples that each step sees, before the step; the
      last one is after the last step, on what would be seen next. Of a run that goes on it is (t,); the last
      one of a run that diverged is the first that is too large.
    - `measured` (K,): the steps at which the rest is measured: 0 first, and that of the end last unless
      the run diverged.
    - `train_loss`, `validation_loss`, `train_accuracy`, `validation_accuracy` (K,): of the first 1,000
      examples of each kind, without dropout, batch normalisation with its running mean and variance.
    - `norms` (K,): the Euclidean norm of all weights W.
    - `dead`, `saturated` (K,): the share of hidden units that make the same of each of these examples, and
      the share of pairs of unit and example where the slope of the activation function is small (`FLAT`).
    - `parameters`: how many numbers are learned.
    """

    losses: Numbers
    measured: Whole
    train_loss: Numbers
    validation_loss: Numbers
    train_accuracy: Numbers
    validation_accuracy: Numbers
    norms: Numbers
    dead: Numbers
    saturated: Numbers
    parameters: int
    steps_done: int
    ending: Ending


def is_too_large(losses: Numbers) -> NDArray[np.bool_]:
    """Return where a run has diverged: for `losses` of any shape."""
    return ~(losses <= LARGEST_LOSS)
