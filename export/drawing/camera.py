"""From where a surface is seen: a box is turned, seen in perspective, and fills its frame."""

from dataclasses import dataclass

import numpy as np

from export.drawing.svg import Rect
from landscapes.arrays import Floats

FAR = 4.2
"""How far away the eye is, in halves of the box's longest side: as strong a perspective as on the stage."""
ROOM = (34.0, 14.0, 10.0, 34.0)
"""Pixels left of it, right, above and below, for the numbers of the axes."""


@dataclass(frozen=True)
class Camera:
    """Where points of a box around the origin are seen; `away` (3,), of length 1, leads to the eye."""

    away: Floats
    scale: float
    shift: Floats

    def seen(self, points: Floats) -> Floats:
        """Return `points` (N, 3) in pixels, and how near each is to the eye: (N, 3)."""
        flat = _projected(points, self.away)
        flat[:, :2] = flat[:, :2] * self.scale * np.array([1.0, -1.0]) + self.shift
        return flat


def camera(half: Floats, frame: Rect, eye: tuple[float, float, float]) -> Camera:
    """Return the camera with which a box fills `frame`, but for the room of the axes.

    The box reaches `half` (3,) to either side of the origin, and is seen from the direction of `eye`.
    """
    away = np.array(eye) / np.linalg.norm(eye)
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * half
    flat = _projected(corners, away)[:, :2] * np.array([1.0, -1.0])
    low, high = flat.min(axis=0), flat.max(axis=0)
    left, right, above, below = ROOM
    room = np.array([frame.width - left - right, frame.height - above - below])
    scale = float((room / (high - low)).min())
    middle = np.array([frame.x + left, frame.y + above]) + room / 2
    return Camera(away, scale, middle - scale * (low + high) / 2)


def _projected(points: Floats, away: Floats) -> Floats:
    right = np.cross([0.0, 0.0, 1.0], away)
    right /= np.linalg.norm(right)
    up = np.cross(away, right)
    near = points @ away
    share = FAR / (FAR - near)
    return np.stack([points @ right * share, points @ up * share, near], axis=1)
