"""How many steps each lane needs to leave a saddle."""

from dataclasses import replace
from functools import partial
from typing import Any

from api.parts import in_parts
from api.startable import startable
from catalog import Knob
from scenes import query, read
from studies.escape import escape_starts, steps_to_escape

HAIR = Knob("hair", r"\delta", default=1e-3, low=1e-8, high=0.1, scale="log", step=0.1)


def leaving_the_saddle(spelling: str) -> dict[str, Any]:
    """Return how many steps each lane needs to leave the saddle that the `probe` of a link stands on.

    From three starts, `hair` away from it as `EscapeStarts` says; None where a lane stays, and for every lane
    where nothing is defined at a start.
    """
    scene = startable(read(spelling)[0])
    text = next((value for name, value in query.split(spelling) if name == HAIR.id), "")
    saddle, hair = scene.view.probe or scene.ground.start, float(HAIR.read(text)[0])
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
