"""What a table says about a finished run."""

from collections.abc import Iterable

import numpy as np

from descent.since import since
from descent.trajectory import Trajectory

HELD = 0.1  # of the steps
HELD_STEPS = 5


def distance(trajectory: Trajectory, minima: Iterable[tuple[float, float]] | None) -> float | None:
    """Return how far the last point is from the nearest of `minima`; None if there are none."""
    points = np.array([*(minima or ())]).reshape(-1, 2)
    with np.errstate(over="ignore"):
        apart = np.hypot(*(points - trajectory.points[-1]).T)
    return float(apart.min()) if len(apart) else None


def steps_to_leave(trajectory: Trajectory, point: tuple[float, float], radius: float) -> int | None:
    """Return the first step from which the path stays further than `radius` from `point`, or None.

    A run that diverged or went below the map has left, at its last step if not before.
    """
    with np.errstate(over="ignore"):
        away = np.hypot(*(trajectory.points - np.array(point)).T) > radius
    step = since(away)
    if step < len(away):
        return step
    return len(away) if trajectory.ending.kind in ("diverged", "below_the_map") else None


def steps_within(
    trajectory: Trajectory,
    least: float,
    tolerance: float,
    minima: Iterable[tuple[float, float]],
    near: float,
) -> int | None:
    """Return the first step from which the loss stays within `tolerance` of `least`, or None.

    And the point within `near` of one of `minima`: in a long valley the loss alone is soon so low. To have
    stayed there takes a tenth of all steps, 5 at least, or all of the path: where a noisy or hopping path
    happens to be at its end is no arrival.
    """
    points = np.array([*minima]).reshape(-1, 2)
    if not len(points):
        return None
    with np.errstate(over="ignore"):
        apart = np.hypot(*(points[:, None] - trajectory.points).transpose(2, 0, 1)).min(axis=0)
    step = since((trajectory.losses - least <= tolerance) & (apart <= near))
    last = len(apart) - 1
    held = last - step >= max(HELD_STEPS, HELD * last)
    return step if held or (step == 0 and last >= 0) else None
