"""The lanes of a scene as they are drawn: where they went, what they are called, how they look."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.method_colours import method_colours
from charts.palette import DASHES, SYMBOLS, Theme
from descent import Trajectory, descend
from scenes import Scene

PATTERNS = {
    "solid": None,
    "dash": "9 9",
    "dot": "3 3",
    "dashdot": "9 3 3 3",
    "longdash": "15 15",
    "longdashdot": "15 6 3 6",
}
"""Strokes and gaps of the dashes by their names in Plotly, for lines three pixels wide."""


@dataclass(frozen=True)
class Drawn:
    """A lane: its trajectory, name, colour, strokes and gaps (None: solid), and the shape of its mark."""

    trajectory: Trajectory
    name: str
    colour: str
    dashes: str | None
    symbol: str


def drawn_lanes(scene: Scene, words: dict[str, Any], theme: Theme) -> list[Drawn]:
    """Return the lanes of `scene`; a second one of the same method has the next shade of its colour.

    `words` are those of `api.messages.words`. Lanes of one method are told apart by their learning rates.
    """
    names = {method["id"]: method["name"] for method in words["methods"]}
    colours, seen = method_colours(theme), dict[str, int]()
    methods = [lane.optimizer for lane in scene.racers]
    found = []
    for index, (lane, run) in enumerate(zip(scene.racers, scene.runs(), strict=True)):
        shade = seen.get(lane.optimizer, 0)
        seen[lane.optimizer] = shade + 1
        shades = colours[lane.optimizer]
        name = names[lane.optimizer]
        if methods.count(lane.optimizer) > 1:
            name += f" α {np.format_float_positional(float(lane.knobs['learning_rate']), 4, trim='-')}"
        dashes = PATTERNS[DASHES[index]]
        found.append(Drawn(descend(run), name, shades[shade % len(shades)], dashes, SYMBOLS[index]))
    return found
