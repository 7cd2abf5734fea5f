"""Scenes that can be raced: a formula may be undefined where the reader wants to start."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from catalog import Repair, Settings
from descent import MOST_STEPS, Run, descend, race
from landscapes.find import formula_of
from scenes import Scene, default_scene
from scenes.points import spell_point


def startable(scene: Scene, lane: int = 0) -> Scene:
    """Return `scene` with a start at which its `lane` can begin; nothing is raced."""
    return ensure_startable(scene, begins=partial(_begins, lane=lane))[0]


def ensure_startable(
    scene: Scene, before: Scene | None = None, begins: Callable[[Scene], bool] | None = None
) -> tuple[Scene, tuple[Repair, ...]]:
    """Return `scene` with a start from which a race can begin, and what had to be repaired.

    Where the loss or its gradient is undefined at the start, the start of `before` is taken if that
    is on the same surface, or else the surface's own; where it is undefined there too, there is
    nothing to descend, and the default scene is shown. `begins`: whether a race can begin, by racing if None.
    """
    begins = begins or _races
    if begins(scene):
        return scene, ()
    ground = scene.ground
    wanted = spell_point(ground.start)
    same = before is not None and before.ground.landscape == ground.landscape
    for start in ([before.ground.start] if before and same else []) + [ground.surface.start]:
        moved = replace(scene, ground=replace(ground, start=start))
        if begins(moved):
            return moved, (Repair("undefined_start", "at", wanted, spell_point(start)),)
    view = replace(scene.view, step=None, lane=0, probe=None)
    instead = replace(default_scene(), view=view)
    name = formula_of(ground.landscape) or ground.surface.id
    return instead, (Repair("undefined_formula", "formula", name, instead.ground.surface.id),)


def _races(scene: Scene) -> bool:
    """Return whether a race can begin where the scene begins it."""
    try:
        race(scene.runs())
    except ValueError:
        return False
    return True


def _begins(scene: Scene, lane: int) -> bool:
    """Return whether a lane (of a scene that has it) can make a step: nothing else is computed."""
    run = scene.runs()[min(lane, len(scene.racers) - 1)]
    plain = replace(run, steps=1, schedule="constant", schedule_knobs=Settings(), warmup=0, sigma=0.0)
    # All examples at once: no batches have to be drawn.
    return _descends(replace(plain, batch=MOST_STEPS, replacement=False))


def _descends(run: Run) -> bool:
    try:
        descend(run)
    except ValueError:
        return False
    return True
