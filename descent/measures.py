"""What a table says about a finished run."""

from collections.abc import Iterable

import numpy as np

from descent.since import since
from descent.trajectory import Trajectory


def distance(trajectory: Trajectory, minima: Iterable[tuple[float, float]] | None) -> float | None:
    """Return how far the last point is from the nearest of `minima`; None if there are none."""
    points = np.array([*(minima or ())]).reshape(-1, 2)
    with np.errstate(over="ignore"):
        apart = np.hypot(*(points - trajectory.points[-1]).T)
    return float(apart.min()) if len(apart) else None


def steps_to_leave(trajectory: Trajectory, point: tuple[float, float], radius: float) -> int | None:
    """Return the first step from which the path stays further than `radius` from `point`, or None.

    A run that diverged has left, at its last step if not before.
    """
    with np.errstate(over="ignore"):
        away = np.hypot(*(trajectory.points - np.array(point)).T) > radius
    step = since(away)
    if step < len(away):
        return step
    return len(away) if trajectory.ending.kind == "diverged" else None


def steps_within(trajectory: Trajectory, least: float, tolerance: float) -> int | None:
    """Return the first step from which the loss stays within `tolerance` of `least`, or None."""
    step = since(trajectory.losses - least <= tolerance)
    return step if step < len(trajectory.losses) else None
