"""A reader's own examples: rows of numbers, the last of which names the class."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from landscapes.data.error import TableError
from networks.data.examples import Data, split

FEWEST_ROWS, MOST_ROWS = 8, 2000
MOST_COLUMNS = 50  # with that of the class
MOST_CLASSES = 20
LARGEST = 1e15
VALIDATION = 0.25
"""The share of the rows that are kept for validation, rounded down."""


@dataclass(frozen=True)
class TableData:
    """Data of one's own: `rows` of numbers, the last column the class.

    Classes are numbered from 0 in the order of their values. Inputs are standardised: each column
    less its mean, divided by its standard deviation, both those of the rows that are trained on.

    Raises TableError unless there are 8 to 2,000 rows of 2 to 50 finite numbers, as many in each, of at most
    10¹⁵ either way, with 2 to 20 classes and no column of one value.
    """

    rows: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        """Check everything."""
        object.__setattr__(self, "rows", _checked(self.rows))

    @property
    def nbytes(self) -> int:
        """Return about how many bytes the rows take."""
        return sum(56 + 32 * len(row) for row in self.rows)

    @property
    def inputs(self) -> int:
        """Return how many numbers an input has."""
        return len(self.rows[0]) - 1

    @property
    def classes(self) -> int:
        """Return how many classes there are."""
        return len({row[-1] for row in self.rows})

    @property
    def validation(self) -> int:
        """Return how many rows are kept for validation."""
        return max(1, int(VALIDATION * len(self.rows)))

    @property
    def train(self) -> int:
        """Return how many rows are trained on."""
        return len(self.rows) - self.validation

    def load(self) -> Data:
        """Return the examples."""
        table = np.array(self.rows)
        labels = np.unique(table[:, -1], return_inverse=True)[1]
        # By its largest value first, so that no square overflows.
        columns = table[:, :-1] / np.abs(table[:, :-1]).max(axis=0)
        raw = split(columns, labels, self.validation, classes=self.classes)
        mean, spread = raw.train_inputs.mean(axis=0), raw.train_inputs.std(axis=0)
        scaled = (columns - mean) / np.where(spread > 0, spread, 1.0)
        return split(scaled, labels, self.validation, classes=self.classes)


def _checked(rows: Any) -> tuple[tuple[float, ...], ...]:
    """Return `rows` as floats; TableError says which row cannot be used, and why."""
    if isinstance(rows, str | bytes) or not isinstance(rows, Sequence):
        raise TableError("not_table", value=type(rows).__name__)
    if len(rows) > MOST_ROWS:
        raise TableError("too_many_examples", value=str(len(rows)))
    if len(rows) < FEWEST_ROWS:
        raise TableError("too_few_examples", value=str(len(rows)))
    table = tuple(_row(row, line) for line, row in enumerate(rows, 1))
    width = len(table[0])
    if not 2 <= width <= MOST_COLUMNS:
        raise TableError("example_columns", 1, str(width))
    for line, row in enumerate(table, 1):
        if len(row) != width:
            raise TableError("uneven_columns", line, str(len(row)))
    *inputs, classes = zip(*table, strict=True)
    count = len(set(classes))
    if count == 1:
        raise TableError("one_class", value=f"{classes[0]:g}")
    if count > MOST_CLASSES:
        raise TableError("too_many_classes", value=str(count))
    for number, column in enumerate(inputs, 1):
        if len(set(column)) == 1:
            raise TableError("constant_column", number, f"{column[0]:g}")
    return table


def _row(row: Any, line: int) -> tuple[float, ...]:
    try:
        numbers = tuple(float(cell) + 0.0 for cell in row)
    except (TypeError, ValueError, OverflowError):
        raise TableError("not_a_number", line, str(row)[:100]) from None
    for value in numbers:
        if not math.isfinite(value):
            raise TableError("not_finite", line, str(value))
        if abs(value) > LARGEST:
            raise TableError("too_large", line, f"{value:g}")
    return numbers
