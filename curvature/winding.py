"""How often a gradient turns around itself along a closed path."""

from collections.abc import Callable

import numpy as np

from landscapes import Box
from landscapes.arrays import Floats

LARGEST_TURN = np.pi / 4
MOST_SAMPLES = 2**15
MOST_ROUNDS = 30
UNEVEN = 0.5
GOLDEN = (5**0.5 - 1) / 2

Path = Callable[[Floats], Floats]
"""A closed path: from t in [0, 1) of shape (m,) to points of shape (m, 2)."""


def winding_number(gradient: Callable[[Floats], Floats], path: Path, samples: int = 512) -> int | None:
    """Return how often `gradient` (m, 2) of points (m, 2) turns around itself along `path`, once around.

    Counter-clockwise turns count as positive. The path is sampled at `samples` values of t, and halved
    wherever the gradient turns by more than an eighth of a full turn, until it does so nowhere, and
    still does not when each part is halved once more: between two samples it may have turned fully
    around. They are unevenly spaced, so that no wave keeps step with them. None where the gradient is
    zero or not finite, where it jumps, and where MOST_SAMPLES are not enough: then it is not known.
    """
    steps = np.arange(samples)
    t = (steps + UNEVEN * (steps**2 * GOLDEN % 1)) / samples
    angles = _angles(gradient(path(t)))
    confirming = False
    for _ in range(MOST_ROUNDS):
        if angles is None:
            return None
        turns = np.diff(angles, append=angles[:1])
        turns -= 2 * np.pi * np.round(turns / (2 * np.pi))
        wide = np.flatnonzero(np.abs(turns) > LARGEST_TURN)
        if confirming and not len(wide):
            return round(float(turns.sum()) / (2 * np.pi))
        # Where nothing is wide, everything is halved once more, and must still be so.
        confirming = not len(wide)
        halved = np.arange(len(t)) if confirming else wide
        if len(t) + len(halved) > MOST_SAMPLES:
            return None
        middle = (t[halved] + np.append(t, 1.0)[halved + 1]) / 2
        more = _angles(gradient(path(middle)))
        if more is None:
            return None
        t, angles = np.insert(t, halved + 1, middle), np.insert(angles, halved + 1, more)
    return None


def _angles(gradients: Floats) -> Floats | None:
    """Return the direction of each gradient in radians; None if one has none."""
    if not np.isfinite(gradients).all() or not gradients.any(axis=1).all():
        return None
    return np.arctan2(gradients[:, 1], gradients[:, 0])


def edge(box: Box) -> Path:
    """Return the edge of `box`, counter-clockwise from its lower left corner, a quarter of t a side."""
    (x0, x1), (y0, y1) = box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
    return lambda t: _between(corners, 4 * t)


def circle(centre: Floats, radius: float) -> Path:
    """Return the circle of `radius` around `centre` (2,), counter-clockwise."""

    def path(t: Floats) -> Floats:
        return centre + radius * np.stack([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)], axis=1)

    return path


def polygon(corners: Floats) -> Path:
    """Return the polygon through `corners` (n, 2), in their order and back to the first."""
    around = np.concatenate([corners, corners[:1]])
    return lambda t: _between(around, len(corners) * t)


def _between(corners: Floats, at: Floats) -> Floats:
    """Return the points of the line through `corners` (n, 2) at the fractional indices `at` (m,)."""
    index = np.arange(len(corners))
    return np.stack([np.interp(at, index, corners[:, 0]), np.interp(at, index, corners[:, 1])], axis=1)
