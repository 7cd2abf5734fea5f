"""Few images for a network, others for each seed."""

from dataclasses import dataclass

import numpy as np

from networks.data import Data, FewExamples
from networks.data.examples import examples


@dataclass(frozen=True)
class Drawn(FewExamples):
    """As many examples as a run of the book has, others for each seed, since the book's too are one draw.

    `held` of those that the data set keeps for validation are for that, drawn as well.
    """

    seed: int = 0
    held: int = 1000

    @property
    def validation(self) -> int:
        """Return how many examples are kept for validation."""
        return self.held

    def load(self) -> Data:
        """Return the examples; FileNotFoundError where the file of the data set was not made."""
        whole = self.dataset.load()
        random = np.random.default_rng((self.seed, self.count))
        few = random.permutation(len(whole.train_labels))[: self.count]
        others = random.permutation(len(whole.validation_labels))[: self.held]
        inputs, labels = whole.validation_inputs[others], whole.validation_labels[others]
        return examples(
            *(whole.train_inputs[few], whole.train_labels[few], inputs, labels),
            classes=whole.classes,
            size=whole.size,
        )
