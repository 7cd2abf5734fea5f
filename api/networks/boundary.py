"""What a network says of its data at each measured step: everywhere in the plane, or of some examples."""

from typing import Any

import numpy as np

from api.encode import packed, packed_bytes
from api.parts import in_parts
from api.question import one_of, whole
from networks import training_parts
from networks.course import course_of
from networks.data import Data, examples_of
from networks.programs import GRID
from scenes import read
from scenes.network_training import trainings

MOST_SHOWN = 64
"""So many examples for validation are shown where the data are no points of the plane."""
MOST = 255


def net_boundary(spelling: str) -> dict[str, Any]:
    """Return what the network of trainer `of` says of the data, as far as it has come.

    As long as that is not its end, {"done": …, "parts": …} say how far.
    """
    asked = trainings(read(spelling)[0].network)
    lane = whole(spelling, one_of("of", len(asked)))
    training = asked[lane]
    try:
        # With those that are trained beside it, whose program is there.
        together = training_parts([training, *asked])[:1]
        more = in_parts(together, dict[str, Any])
        data = examples_of(training.network.data)
    except FileNotFoundError:
        return {"kind": "missing", "lane": lane, "missing": True}
    course = course_of(training)
    looks = () if course is None else course.looks
    measured = packed(np.array(training.measured[: len(looks)], float))
    told = {**more, "lane": lane, "classes": data.classes, "measured": measured}
    if data.box is not None:
        return {**told, **_plane(data, [look.frame for look in looks])}
    return {**told, **_examples(data, [look.predicted for look in looks])}


def _plane(data: Data, frames: list[Any]) -> dict[str, Any]:
    """Return the boundary at each look, and the examples: those for training first."""
    shown = np.array(frames, np.uint8)
    if data.classes > 2:
        shown = np.round(shown * (MOST / (data.classes - 1))).astype(np.uint8)
    labels = np.concatenate([data.train_labels, data.validation_labels])
    held = np.arange(len(labels)) >= len(data.train_labels)
    return {
        "kind": "boundary",
        "box": [side for sides in data.box or () for side in sides],
        "grid": GRID,
        "frames": packed_bytes(shown),
        "points": packed(np.concatenate([data.train_inputs, data.validation_inputs]).ravel().astype(float)),
        "labels": packed_bytes(labels.astype(np.uint8)),
        "validation": packed_bytes(held.astype(np.uint8)),
    }


def _examples(data: Data, predicted: list[Any]) -> dict[str, Any]:
    """Return some examples for validation, as grey values, and what they were taken for at each look."""
    inputs = data.validation_inputs[:MOST_SHOWN]
    low, high = float(inputs.min()), float(inputs.max())
    grey = np.round(MOST * (inputs - low) / ((high - low) or 1.0)).astype(np.uint8)
    count = len(inputs)
    return {
        "kind": "examples",
        "size": list(data.size or (1, inputs.shape[1])),
        "count": count,
        "images": packed_bytes(grey),
        "truth": packed_bytes(data.validation_labels[:count].astype(np.uint8)),
        "predicted": packed_bytes(np.array([each[:count] for each in predicted], np.uint8)),
    }
