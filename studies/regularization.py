"""How far apart training and validation are, and whether that is less somewhere by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from networks import History
from studies.intervals import wilson


@dataclass(frozen=True)
class Reached:
    """Where a network stands at the measurement of number `row`, and how sure that is.

    `train` and `validation` are shares that it has right, `low` and `high` the 95 % interval (Wilson) of the
    second for `examples` validation examples. `gap` is the first less the second: how much worse it is on
    what it has not seen. The training examples are all there are, so that chance has a part in the validation
    alone, and the gap lies between `train` − `high` and `train` − `low`.
    """

    row: int
    step: int
    train: float
    validation: float
    low: float
    high: float
    norm: float
    train_loss: float
    validation_loss: float

    @property
    def gap(self) -> float:
        """Return the share that it has right of what it was trained on, less that of other examples."""
        return self.train - self.validation

    @property
    def gap_low(self) -> float:
        """Return the lower end of the gap's interval."""
        return self.train - self.high

    @property
    def gap_high(self) -> float:
        """Return the upper end of the gap's interval."""
        return self.train - self.low


def reached(history: History, row: int, examples: int) -> Reached:
    """Return where a run stands at measurement `row`, validated with so many `examples`."""
    right = round(float(history.validation_accuracy[row]) * examples)
    low, high = wilson(right, examples)
    return Reached(
        row,
        int(history.measured[row]),
        float(history.train_accuracy[row]),
        right / examples,
        low,
        high,
        float(history.norms[row]),
        float(history.train_loss[row]),
        float(history.validation_loss[row]),
    )


def stopped(history: History) -> int | None:
    """Return the measurement at which the validation loss is least, the first of equal ones; or None.

    That is early stopping that looks at the whole run: Prechelt (1998), Early stopping — but when?
    """
    losses = np.where(np.isfinite(history.validation_loss), history.validation_loss, np.inf)
    return int(losses.argmin()) if len(losses) else None


def difference(first: Reached, second: Reached) -> tuple[float, float, float]:
    """Return the gap of `first` less that of `second`, and the ends of its 95 % interval.

    The interval is made of those of both validations, by Newcombe (1998), Interval estimation for the
    difference between independent proportions, Statistics in Medicine 17, p. 873–890, method 10. That both
    are validated with the same examples makes it wider than it need be, not narrower.
    """
    less = first.gap - second.gap
    down = sqrt((first.gap - first.gap_low) ** 2 + (second.gap_high - second.gap) ** 2)
    up = sqrt((first.gap_high - first.gap) ** 2 + (second.gap - second.gap_low) ** 2)
    return less, less - down, less + up


def better(first: Reached, second: Reached) -> tuple[float, float, float]:
    """Return how much larger the validation share of `second` is than that of `first`, and a 95 % interval.

    As in `difference`.
    """
    more = second.validation - first.validation
    down = sqrt((second.validation - second.low) ** 2 + (first.high - first.validation) ** 2)
    up = sqrt((second.high - second.validation) ** 2 + (first.validation - first.low) ** 2)
    return more, more - down, more + up


def smaller(lanes: Sequence[Reached | None]) -> list[int]:
    """Return the lanes whose gap is smaller than that of the first by more than chance."""
    first = lanes[0] if lanes else None
    if first is None:
        return []
    return [
        number
        for number, lane in enumerate(lanes[1:], 1)
        if lane is not None and difference(first, lane)[1] > 0
    ]
