"""Examples to train on and to validate with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Inputs = NDArray[np.float32]
Labels = NDArray[np.int32]
Box = tuple[tuple[float, float], tuple[float, float]]

SPLIT_SEED = 0
MARGIN = 0.15  # of the larger side, around what is drawn


@dataclass(frozen=True, eq=False)
class Data:
    """Examples, read-only: inputs (n, d) float32 and classes (n,) int32, for training and for validation.

    - `classes`: how many classes there are.
    - `size`: (rows, columns) of the picture that an input is, or None.
    - `box`: ((x0, x1), (y0, y1)) around all inputs where these are points of the plane, or None.
    """

    train_inputs: Inputs
    train_labels: Labels
    validation_inputs: Inputs
    validation_labels: Labels
    classes: int
    size: tuple[int, int] | None = None
    box: Box | None = None


def split(inputs: Any, labels: Any, validation: int, **more: Any) -> Data:
    """Return the examples `inputs` (n, d) with `labels` (n,), `validation` of them drawn for validation.

    Which ones is drawn once for all: two networks on the same data are validated with the same examples.
    """
    order = np.random.default_rng(SPLIT_SEED).permutation(len(labels))
    kept, held = order[validation:], order[:validation]
    return examples(inputs[kept], labels[kept], inputs[held], labels[held], **more)


def examples(inputs: Any, labels: Any, held_inputs: Any, held_labels: Any, **more: Any) -> Data:
    """Return examples as `Data`, read-only and in single precision."""
    floats = [_fixed(values, np.float32) for values in (inputs, held_inputs)]
    whole = [_fixed(values, np.int32) for values in (labels, held_labels)]
    box = _box(np.concatenate(floats)) if floats[0].shape[1] == 2 else None
    return Data(floats[0], whole[0], floats[1], whole[1], box=box, **more)


def _fixed(values: Any, kind: Any) -> Any:
    fixed = np.ascontiguousarray(values, kind)
    fixed.setflags(write=False)
    return fixed


def _box(points: Inputs) -> Box:
    """Return a square around `points` (n, 2), with round ends."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = (0.5 + MARGIN) * float(np.max(high - low)) or 1.0
    x, y = (float(middle) for middle in (low + high) / 2)
    return (round(x - half, 2), round(x + half, 2)), (round(y - half, 2), round(y + half, 2))
