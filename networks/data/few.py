"""Few of the examples of a data set to learn from, and others of it to validate with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from networks.data.examples import Data, examples

if TYPE_CHECKING:
    from networks.data import Dataset

FEWEST = 10
MOST_HELD = 1000
"""So many examples at most are for validation: as many as are measured."""


@dataclass(frozen=True)
class FewExamples:
    """The first `count` training examples of a data set, in the order of its split: chance has drawn them.

    For validation are those of the data set, and after them training examples that are left over, up to 1,000
    in all. Raises ValueError for fewer than 10 examples or more than there are.
    """

    dataset: "Dataset"
    count: int

    def __post_init__(self) -> None:
        """Check the number; nothing is loaded."""
        most = self.dataset.train
        if (
            isinstance(self.count, bool)
            or not isinstance(self.count, int)
            or not FEWEST <= self.count <= most
        ):
            raise ValueError(
                f"Expected count to be a whole number from {FEWEST} to {most}, got {self.count!r}."
            )

    @property
    def inputs(self) -> int:
        """Return how many numbers an input has."""
        return self.dataset.inputs

    @property
    def classes(self) -> int:
        """Return how many classes there are."""
        return self.dataset.classes

    @property
    def train(self) -> int:
        """Return how many examples are trained on."""
        return self.count

    @property
    def validation(self) -> int:
        """Return how many examples are kept for validation."""
        return min(MOST_HELD, self.dataset.validation + self.dataset.train - self.count)

    def load(self) -> Data:
        """Return the examples; FileNotFoundError where the file of the data set was not made."""
        whole = self.dataset.load()
        inputs = np.concatenate([whole.validation_inputs, whole.train_inputs[self.count :]])
        labels = np.concatenate([whole.validation_labels, whole.train_labels[self.count :]])
        held = self.validation
        return examples(
            whole.train_inputs[: self.count],
            whole.train_labels[: self.count],
            inputs[:held],
            labels[:held],
            classes=whole.classes,
            size=whole.size,
        )
