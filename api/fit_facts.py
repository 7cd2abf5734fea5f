"""The data behind a surface that is made of them, and which of them each step of a lane sees."""

from typing import Any

import numpy as np

from api.encode import packed, packed_bytes
from descent.randomness import batch_weights, draws_batches
from scenes import read

NOBODY = 255
"""Fills up the row of a mini-batch that is smaller than the others; no surface has so many examples."""


def data(spelling: str) -> dict[str, Any]:
    """Return the examples of a surface as they are drawn, inputs and targets packed; none for a formula."""
    examples = read(spelling)[0].ground.surface.examples
    if examples is None:
        return {"count": 0, "model": None, "inputs": "", "targets": ""}
    return {
        "count": examples.count,
        "model": examples.model,
        "inputs": packed(np.asarray(examples.inputs, float)),  # rows one after another
        "targets": packed(np.asarray(examples.targets, float)),
    }


def batches(spelling: str) -> dict[str, Any]:
    """Return which examples are in the mini-batch of each step of the picked lane.

    `members`: for each step a row of `size` indices, as bytes in base64. An example that was drawn
    twice stands there twice, and `nobody` fills up a row that is shorter. None where every step sees all.
    """
    scene, _ = read(spelling)
    run, surface = scene.runs()[scene.view.lane], scene.ground.surface
    examples = surface.examples
    if examples is None or not draws_batches(run, surface):
        return {"size": 0, "members": None, "nobody": NOBODY}
    size = min(run.batch, examples.count)
    drawn = run.seed, run.stream, examples.count, size, run.replacement, examples.places
    weights = batch_weights(*drawn)[: run.steps, : examples.count]
    times = np.rint(weights * size).astype(int) if run.replacement else (weights > 0).astype(int)
    rows = np.full((run.steps, size), NOBODY, np.uint8)
    for row, counts in zip(rows, times, strict=True):
        members = np.repeat(np.arange(examples.count), counts)
        row[: len(members)] = members
    return {"size": size, "members": packed_bytes(rows), "nobody": NOBODY}
