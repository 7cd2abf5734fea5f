"""Leaving a saddle: who does, and how fast, from on it, beside it and along the way out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from curvature.hessian import curvature_at
from descent import Run, descend, steps_to_leave
from landscapes import Landscape, Point

AWAY = 0.05
"""A method has left the saddle when it is this part of the box's diagonal away, or twice the hair."""


class EscapeStarts(NamedTuple):
    """Starts near a saddle, and how far from it a run is that has left it.

    With v the eigenvector of the least eigenvalue and u the other one: `on` is the saddle itself, `beside`
    is away from it in the direction (u + v)/√2, where the slope leads back to the saddle along u, and
    `along` is away in the direction v.
    """

    radius: float
    on: Point
    beside: Point
    along: Point

    def by_name(self) -> dict[str, Point]:
        """Return the three starts."""
        return {"on": self.on, "beside": self.beside, "along": self.along}


def escape_starts(landscape: Landscape, knobs: Mapping[str, Any], saddle: Point, hair: float) -> EscapeStarts:
    """Return starts `hair` away from `saddle`; the axes stand for u and v where the Hessian is undefined."""
    vectors = curvature_at(landscape, knobs, np.array([saddle])).eigenvectors[0]
    if not np.isfinite(vectors).all():
        vectors = np.eye(2)
    v, u = vectors[:, 0], vectors[:, 1]
    radius = max(AWAY * float(np.hypot(*np.ptp(landscape.box, axis=1))), 2 * hair)
    points = np.array(saddle), saddle + hair * (u + v) / np.sqrt(2), saddle + hair * v
    on, beside, along = ((float(x), float(y)) for x, y in points)
    return EscapeStarts(radius, on, beside, along)


def steps_to_escape(run: Run, saddle: Point, radius: float) -> int | None:
    """Return how many steps `run` needs to leave the saddle; None where it stays, or is undefined at once."""
    try:
        return steps_to_leave(descend(run), saddle, radius)
    except ValueError:
        return None
