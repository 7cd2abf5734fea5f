"""Flat and sharp minima, a slice through two of them, and what a shift costs where the lanes end."""

from functools import partial
from typing import Any

import numpy as np

from api.encode import finite, packed
from api.parts import in_parts
from api.question import read_question
from descent import descend, race
from scenes import Ground, Scene
from studies.flat_and_sharp import FlatAndSharp, compare_minima, loss_slice, shifted_losses
from studies.minima import minima_parts


def flat_and_sharp_minima(spelling: str) -> dict[str, Any]:
    """Return the lowest minima: how sharp, with what test loss; a slice through two; and the lanes' ends."""
    scene = read_question(spelling).scene
    ground = scene.ground
    parts = [*minima_parts(ground.surface, ground.knobs), *(partial(descend, run) for run in scene.runs())]
    return in_parts(parts, partial(_response, scene))


def _response(scene: Scene) -> dict[str, Any]:
    """Return what `flat_and_sharp_minima` does, when minima and runs are there."""
    ground = scene.ground
    found = compare_minima(ground.surface, ground.knobs, scene.view.shift, scene.view.radius)
    ends = np.array([trajectory.points[-1] for trajectory in race(scene.runs())])
    trained = np.array([trajectory.losses[-1] for trajectory in race(scene.runs())])
    tested = shifted_losses(ground.surface, ground.knobs, ends, found.shift)
    return {
        "way": found.direction.tolist(),
        "moved": found.shift.tolist(),
        "count": found.count,
        "differ": found.differ,
        "minima": [
            {
                "point": minimum.point,
                "loss": minimum.loss,
                "largest": finite(minimum.largest),
                "worst": finite(found.worst[index]),
                "sharpness": finite(found.sharpness[index]),
                "test": finite(found.tested[index]),
                "flattest": found.is_flattest(minimum),
                "sharpest": found.is_sharpest(minimum),
            }
            for index, minimum in enumerate(found.minima)
        ],
        "slice": _slice(ground, found) if found.minima else None,
        "lanes": [
            {"train": finite(train), "test": finite(test)}
            for train, test in zip(trained, tested, strict=True)
        ],
    }


def _slice(ground: Ground, found: FlatAndSharp) -> dict[str, Any]:
    """Return the slice through the two minima; rows are packed."""
    losses = loss_slice(ground.surface, ground.knobs, found)
    return {
        "at": packed(losses.distances),
        "train": packed(losses.trained),
        "test": packed(losses.tested),
        "marks": {
            "at": [distance for distance, _ in losses.marked],
            "train": [loss for _, loss in losses.marked],
        },
    }
