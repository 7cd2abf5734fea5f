"""Flat and sharp minima: how the loss grows around them, and what a shift of the surface does to each.

The test loss is the training loss moved by `shift` along the line from the flattest to the sharpest
minimum, as in the sketch of Keskar et al. 2017 (figure 1): what the shift costs in a minimum grows with
its curvature.
"""

from functools import partial
from typing import Any

import numpy as np

from api.minima import AS_FLAT, Bottom, bottoms, bottoms_parts, flattest, sharpest
from api.parts import in_parts
from api.question import read_question
from charts.tracks import packed
from curvature import curvature_at
from curvature.eigen import Floats
from curvature.sharpness import sharpness, worst_loss
from descent import descend, race
from scenes import Ground, Scene

MOST = 6
SAMPLES = 401
BEYOND = 0.35
"""How far a slice goes on beyond the two minima, in their distance (in half a box where there is one)."""


def flat_and_sharp(spelling: str) -> dict[str, Any]:
    """Return the lowest minima: how sharp, with what test loss; a slice through two; and the lanes' ends."""
    scene = read_question(spelling).scene
    parts = [*bottoms_parts(scene.ground), *(partial(descend, run) for run in scene.runs())]
    return in_parts(parts, partial(_told, scene))


def _told(scene: Scene) -> dict[str, Any]:
    """Return what `flat_and_sharp` does, when minima and runs are there."""
    ground, view = scene.ground, scene.view
    shown = bottoms(ground)[:MOST]
    points = np.reshape([b.point for b in shown], (-1, 2))
    flat, sharp = (flattest(shown), sharpest(shown)) if shown else (0, 0)
    way = _way(shown, flat, sharp)
    moved = view.shift * way
    losses = np.array([b.loss for b in shown])
    worst = worst_loss(ground.surface, ground.knobs, points, view.radius)
    tested = _losses(ground, points - moved)
    ends = np.array([trajectory.points[-1] for trajectory in race(scene.runs())])
    trained = np.array([trajectory.losses[-1] for trajectory in race(scene.runs())])
    return {
        "way": way.tolist(),
        "moved": moved.tolist(),
        "count": len(bottoms(ground)),
        "differ": flat != sharp,
        "minima": [
            {
                "point": bottom.point,
                "loss": bottom.loss,
                "largest": finite(bottom.largest),
                "worst": finite(worst[index]),
                "sharpness": finite(sharpness(losses[[index]], worst[[index]])[0]),
                "test": finite(tested[index]),
                "flattest": flat != sharp and _alike(bottom, shown[flat]),
                "sharpest": flat != sharp and _alike(bottom, shown[sharp]),
            }
            for index, bottom in enumerate(shown)
        ],
        "slice": _slice(ground, shown, flat, sharp, moved) if shown else None,
        "lanes": [
            {"train": finite(train), "test": finite(test)}
            for train, test in zip(trained, _losses(ground, ends - moved), strict=True)
        ],
    }


def _alike(one: Bottom, other: Bottom) -> bool:
    """Return whether two minima have the same λ_max, as far as numbers can tell."""
    return abs(one.largest - other.largest) <= AS_FLAT * abs(other.largest)


def _way(shown: tuple[Bottom, ...], flat: int, sharp: int) -> Floats:
    """Return the unit vector from the flattest to the sharpest minimum, along x where there are no two."""
    if flat == sharp:
        return np.array([1.0, 0.0])
    way = np.subtract(shown[sharp].point, shown[flat].point)
    return way / np.hypot(*way)


def _losses(ground: Ground, points: Floats) -> Floats:
    """Return the loss (n,) at each of `points` (n, 2), NaN where it is undefined."""
    return curvature_at(ground.surface, ground.knobs, points).losses


def _slice(ground: Ground, shown: tuple[Bottom, ...], flat: int, sharp: int, moved: Floats) -> dict[str, Any]:
    """Return training and test loss along the line through the two minima, within the box.

    `at` is the distance from the flattest one, `marks` where the two are; rows are packed.
    """
    start = np.array(shown[flat].point)
    way = _way(shown, flat, sharp)
    apart = float(np.hypot(*np.subtract(shown[sharp].point, start)))
    box = np.array(ground.surface.box)
    more = BEYOND * (apart or float(np.ptp(box, axis=1).min()))
    first, last = _within(start, way, box, -more, apart + more)
    at = np.linspace(first, last, SAMPLES)
    points = start + at[:, None] * way
    return {
        "at": packed(at),
        "train": packed(_losses(ground, points)),
        "test": packed(_losses(ground, points - moved)),
        "marks": {
            "at": [0.0, apart] if flat != sharp else [0.0],
            "train": [b.loss for b in ([shown[flat], shown[sharp]] if flat != sharp else [shown[flat]])],
        },
    }


def _within(start: Floats, way: Floats, box: Floats, first: float, last: float) -> tuple[float, float]:
    """Return the part of `first` … `last` along `way` from `start` that lies in `box`; it holds 0."""
    for axis in range(2):
        if way[axis]:
            ends = sorted((box[axis] - start[axis]) / way[axis])
            first, last = max(first, min(ends[0], 0.0)), min(last, max(ends[1], 0.0))
    return first, last


def finite(value: Any) -> float | None:
    """Return a number that JSON can hold, None for one that it cannot."""
    return float(value) if np.isfinite(value) else None
