"""A trajectory as the stage takes it: small, and without a number that cannot be drawn."""

import base64
from typing import Any

import numpy as np

from descent.trajectory import Floats, Trajectory


def track(trajectory: Trajectory) -> dict[str, Any]:
    """Return the path (T+1, 2) and the losses (T+1,) in float32, rows packed in base64."""
    return {"path": packed(trajectory.points), "losses": packed(trajectory.losses)}


def details(trajectory: Trajectory) -> dict[str, Any]:
    """Return what the inspector and the arrows need of one lane, each array as `track` packs it."""
    return {
        name: packed(getattr(trajectory, name))
        for name in ("gradients", "seen", "rates", "M", "G", "updates")
    }


def packed(values: Floats) -> str:
    """Return `values` as little-endian float32 in base64; what float32 cannot hold becomes its largest."""
    largest = float(np.finfo(np.float32).max)
    return base64.b64encode(np.clip(values, -largest, largest).astype("<f4").tobytes()).decode()
