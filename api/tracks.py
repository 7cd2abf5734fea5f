"""A trajectory as the stage takes it: small, and without a number that cannot be drawn."""

from typing import Any

import numpy as np

from api.encode import packed
from descent.trajectory import Trajectory
from landscapes.arrays import Floats
from landscapes.landscape import Box

REACH = 1e3
"""How far a path is drawn, in diagonals of the box: a browser cannot place what is much further."""


DETAILS = ("points", "gradients", "estimates", "seen", "rates", "M", "G", "updates")
NO_ROWS = np.zeros(0)


def track(trajectory: Trajectory, box: Box) -> dict[str, Any]:
    """Return the path that can be drawn and the losses (T+1,) in float32, rows packed in base64."""
    return {"path": packed(drawable(trajectory.points, box)), "losses": packed(trajectory.losses)}


def drawable(points: Floats, box: Box) -> Floats:
    """Return `points` (T+1, 2) up to where they go out of reach for good.

    The last of them stands on its true segment, within reach: in the picture the path leaves in the
    direction in which it left. No number is made of it; those come from the trajectory itself.
    """
    low, high = np.transpose(box)
    reach = REACH * float(np.hypot(*(high - low)))
    with np.errstate(over="ignore"):
        beyond = np.hypot(*(points - (low + high) / 2).T) > reach
    back = np.flatnonzero(~beyond)
    last = int(back[-1]) + 1 if len(back) else 0
    if last == 0 or last == len(points):
        return points
    leaving = points[last] - points[last - 1]
    with np.errstate(over="ignore"):
        part = min(1.0, reach / float(np.hypot(*leaving)))
    return np.concatenate([points[:last], [points[last - 1] + part * leaving]])


def details(trajectory: Trajectory) -> dict[str, Any]:
    """Return what the inspector and the arrows need of one lane, each array as `track` packs it."""
    return {name: packed(getattr(trajectory, name)) for name in DETAILS}


def no_track() -> dict[str, Any]:
    """Return what stands for the track of a run that has not been made."""
    return {"path": packed(NO_ROWS), "losses": packed(NO_ROWS)}


def no_details() -> dict[str, Any]:
    """Return what stands for the details of such a run."""
    return {name: packed(NO_ROWS) for name in DETAILS}
