"""Scenes that can be raced: a formula may be undefined where the reader wants to start."""

from dataclasses import replace

from catalog import Repair
from descent import race
from landscapes.formula import Formula
from scenes import Scene, default_scene
from scenes.write import spell_point


def firm(scene: Scene, before: Scene | None = None) -> tuple[Scene, tuple[Repair, ...]]:
    """Return `scene` with a start from which a race can begin, and what had to be repaired.

    Where the loss or its gradient is undefined at the start, the start of `before` is taken if that
    is on the same surface, or else the surface's own; where it is undefined there too, there is
    nothing to descend, and the default scene is shown.
    """
    if _races(scene):
        return scene, ()
    ground = scene.ground
    asked = spell_point(ground.start)
    same = before is not None and before.ground.landscape == ground.landscape
    for start in ([before.ground.start] if before and same else []) + [ground.surface.start]:
        moved = replace(scene, ground=replace(ground, start=start))
        if _races(moved):
            return moved, (Repair("undefined_start", "at", asked, spell_point(start)),)
    view = replace(scene.view, step=None, lane=0, probe=None)
    instead = replace(default_scene(), view=view)
    name = ground.landscape.text if isinstance(ground.landscape, Formula) else ground.surface.id
    return instead, (Repair("undefined_formula", "formula", name, instead.ground.surface.id),)


def _races(scene: Scene) -> bool:
    """Return whether a race can begin where the scene begins it."""
    try:
        race(scene.runs())
    except ValueError:
        return False
    return True
