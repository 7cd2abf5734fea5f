"""Changes of what is descended, and from where."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from catalog import Repair
from landscapes import LANDSCAPES
from scenes.changes.change import Change, turned
from scenes.defaults import default_ground, is_suggested, suggestion, with_rate
from scenes.notes import Notes
from scenes.scene import Scene
from scenes.take import as_number, shown
from scenes.write import spell_point

# A click on the frame may land this share of the box outside it; that deserves no note.
HAIR = 0.01


def change_surface(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Stand on another surface, at its start; rates that were the suggested ones stay so."""
    to = change.get("to")
    if not isinstance(to, str) or to not in LANDSCAPES:
        notes.append(Repair("unknown_landscape", "f", shown(to), scene.ground.landscape))
        return scene
    racers = tuple(
        with_rate(lane, suggestion(to, lane.optimizer)) if is_suggested(scene, i) else lane
        for i, lane in enumerate(scene.racers)
    )
    budget = replace(scene.budget, steps=LANDSCAPES[to].steps)
    return Scene(default_ground(to), racers, budget, replace(scene.view, step=None))


def change_surface_knob(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Turn a knob of the surface."""
    ground = scene.ground
    knobs = turned(ground.landscape, LANDSCAPES[ground.landscape].knobs, ground.knobs, change, notes)
    return replace(scene, ground=replace(ground, knobs=knobs))


def change_start(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Start elsewhere: at the point, or at the point of the box that is nearest to it."""
    asked, old = as_point(change.get("to")), scene.ground.start
    if asked is None:
        notes.append(Repair("not_a_point", "at", shown(change.get("to")), spell_point(old)))
        return scene
    box = LANDSCAPES[scene.ground.landscape].box
    x, y = (float(min(max(value, low), high)) + 0.0 for value, (low, high) in zip(asked, box, strict=True))
    far = (abs(a - b) > HAIR * (high - low) for a, b, (low, high) in zip(asked, (x, y), box, strict=True))
    if any(far):
        notes.append(Repair("clamped", "at", f"{shown(asked[0])},{shown(asked[1])}", spell_point((x, y))))
    return replace(scene, ground=replace(scene.ground, start=(x, y)))


def as_point(raw: object) -> tuple[float, float] | None:
    """Return the point that a list of two numbers means, None if `raw` is no such list."""
    if not isinstance(raw, list | tuple):
        return None
    numbers = [as_number(number) for number in cast(Sequence[object], raw)]
    match numbers:
        case [float(x), float(y)]:
            return x, y
        case _:
            return None
