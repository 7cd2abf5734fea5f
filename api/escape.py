"""How many steps each lane needs to leave a saddle."""

from dataclasses import replace
from functools import partial
from typing import Any

from api.parts import in_parts
from catalog import Knob
from landscapes import Point
from scenes import Scene
from studies.escape import escape_starts, steps_to_escape

HAIR = Knob("hair", r"\delta", default=1e-3, low=1e-8, high=0.1, scale="log", step=0.1)


def escape(scene: Scene, saddle: Point, hair: float) -> dict[str, Any]:
    """Return how many steps each lane needs to leave `saddle`, from three starts; None where it stays.

    The starts are `hair` away from it, as `EscapeStarts` says. One where nothing is defined has None
    for every lane.
    """
    near = escape_starts(scene.ground.surface, scene.ground.knobs, saddle, hair)
    runs = {
        name: [replace(run, start=start) for run in scene.runs()] for name, start in near.by_name().items()
    }

    def whole() -> dict[str, Any]:
        return {
            "radius": near.radius,
            "steps": scene.budget.steps,
            "starts": near.by_name(),
            "lanes": [
                {
                    name: steps_to_escape(of_start[lane], saddle, near.radius)
                    for name, of_start in runs.items()
                }
                for lane in range(len(scene.racers))
            ],
        }

    parts = [
        partial(steps_to_escape, run, saddle, near.radius) for of_start in runs.values() for run in of_start
    ]
    return in_parts(parts, whole)
