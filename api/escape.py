"""Leaving a saddle: who does, and how fast, from on it, beside it and along the way out."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from api.parts import in_parts
from catalog import Knob
from curvature.hessian import curvature_at
from descent import Run, descend, steps_to_leave
from landscapes import Point
from scenes import Scene

HAIR = Knob("hair", r"\delta", default=1e-3, low=1e-8, high=0.1, scale="log", step=0.1)

AWAY = 0.05
"""A method has left the saddle when it is this part of the box's diagonal away, or twice the hair."""


def escape(scene: Scene, saddle: Point, hair: float) -> dict[str, Any]:
    """Return how many steps each lane needs to leave `saddle`, from three starts; None where it stays.

    With v the eigenvector of the least eigenvalue and u the other one: `on` is the saddle itself,
    `beside` is `hair` away in the direction (u + v)/√2, where the slope leads back to the saddle
    along u, and `along` is `hair` away in the direction v. A start where nothing is defined has None
    for every lane.
    """
    surface = scene.ground.surface
    found = curvature_at(surface, scene.ground.knobs, np.array([saddle]))
    vectors = found.eigenvectors[0]
    if not np.isfinite(vectors).all():
        vectors = np.eye(2)  # no directions where nothing is defined
    v, u = vectors[:, 0], vectors[:, 1]
    radius = max(AWAY * float(np.hypot(*np.ptp(surface.box, axis=1))), 2 * hair)
    starts = {
        "on": np.array(saddle),
        "beside": saddle + hair * (u + v) / np.sqrt(2),
        "along": saddle + hair * v,
    }
    runs = {
        name: replace(scene, ground=replace(scene.ground, start=tuple(map(float, start)))).runs()
        for name, start in starts.items()
    }

    def whole() -> dict[str, Any]:
        return {
            "radius": radius,
            "steps": scene.budget.steps,
            "starts": {name: tuple(map(float, start)) for name, start in starts.items()},
            "lanes": [
                {name: _steps(of_start[lane], saddle, radius) for name, of_start in runs.items()}
                for lane in range(len(scene.racers))
            ],
        }

    parts = [partial(_steps, run, saddle, radius) for of_start in runs.values() for run in of_start]
    return in_parts(parts, whole)


def _steps(run: Run, saddle: Point, radius: float) -> int | None:
    """Return how many steps `run` needs to leave the saddle; None where it stays, or is undefined at once."""
    try:
        return steps_to_leave(descend(run), saddle, radius)
    except ValueError:
        return None
