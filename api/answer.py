"""A scene's facts, as the stage takes them: JSON, small enough to send on every turn of a knob."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from api.encode import packed
from api.engine import addresses
from api.mathml import mathml
from api.networks.chosen import chosen
from api.slices import described
from api.tracks import details, no_details, no_track, track
from catalog import Repair, Value
from descent import Trajectory, distance, race, steps_within
from landscapes import Landscape, Point
from landscapes.find import formula_of
from landscapes.landscape import Box
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate
from scenes import Budget, Ground, Scene, View, is_suggested, write
from scenes.knobs import batch_knob
from scenes.network_slice import is_pending
from scenes.scene import BUDGET, VIEW
from scenes.setting import Setting
from scenes.write import spell_ground
from studies.global_minimum import global_minima, is_known_soon

TOLERANCE = 1e-3
"""A lane counts as having got there when this part of the drop from start to minimum is left."""

NEAR = 0.05
"""And only within this part of the map's diagonal of a minimum, as for basins of attraction."""

ROUNDING = 1e-12
"""Or when no more is left than this, against losses near one: a start at a minimum has no drop at all."""


NO_COURSE = {"rates": None, "ending": None, "final": None, "distance": None, "within": None}
"""What a race would have told of a lane, besides its track."""


def answer(scene: Scene, repairs: tuple[Repair, ...], patience: float = np.inf) -> dict[str, Any]:
    """Return everything that the stage shows of `scene`: one race, packed.

    Where the minima of a surface are still searched for after `patience` seconds, the answer has none, says
    that it is `searching`, and is worth asking for again. On a slice that is not sampled yet it is a draft.
    """
    if is_pending(scene.ground.landscape):
        return draft(scene, repairs)
    ground, landscape = scene.ground, scene.ground.surface
    trajectories = race(scene.runs())
    searching = not is_known_soon(landscape, ground.knobs, patience)
    minima, least = ((), None) if searching else global_minima(landscape, ground.knobs)
    tolerance = None if least is None else _tolerance(float(trajectories[0].losses[0]), least)
    picked = scene.view.lane
    return {
        **_scene(scene, repairs),
        "draft": False,
        "ground": {**_ground(scene), "least": least, "searching": searching, "tolerance": tolerance},
        "lanes": [
            {**_lane(scene, index), **_course(trajectory, landscape.box, minima, least, tolerance)}
            for index, trajectory in enumerate(trajectories)
        ],
        "detail": {"lane": picked, **details(trajectories[picked])},
    }


def draft(scene: Scene, repairs: tuple[Repair, ...]) -> dict[str, Any]:
    """Return the answer to `scene` but for what only a race can tell: nothing is compiled.

    It says that it is a `draft`. The stage races by itself, and asks again.
    """
    lanes = range(len(scene.racers))
    return {
        **_scene(scene, repairs),
        "draft": True,
        "ground": {**_ground(scene), "least": None, "searching": True, "tolerance": None},
        "lanes": [{**_lane(scene, index), **NO_COURSE, **no_track()} for index in lanes],
        "detail": {"lane": scene.view.lane, **no_details()},
    }


def _scene(scene: Scene, repairs: tuple[Repair, ...]) -> dict[str, Any]:
    """Return what the reader has chosen, and what had to be repaired of it."""
    return {
        # All of the view but the lane belongs to the browser: it adds that to the URL.
        "spelling": write(replace(scene, view=View(lane=scene.view.lane))),
        "view": _view(scene.view),
        "budget": _by_name(BUDGET, scene.budget),
        "engine": addresses(scene),
        "network": chosen(scene.network),
        "repairs": [
            {"why": r.why, "parameter": r.parameter, "value": r.value, "used": r.used} for r in repairs
        ],
    }


def _ground(scene: Scene) -> dict[str, Any]:
    """Return where it is raced, but for what has to be searched for."""
    ground, landscape = scene.ground, scene.ground.surface
    return {
        "id": landscape.id,
        "knobs": dict(ground.knobs),
        "start": ground.start,
        "box": landscape.box,
        "axes": landscape.axes,
        "formula": _formula(ground),
        "slice": described(scene),
        "query": spell_ground(ground),
        "examples": _examples(landscape),
        "batch": batch_knob(landscape).high,
    }


def _tolerance(start: float, least: float) -> float:
    """Return how far above the least loss a lane may be that counts as having got there."""
    return max(TOLERANCE * (start - least), ROUNDING * (1 + abs(least)))


def _view(view: View) -> dict[str, Any]:
    """Return what is shown, for the browser to take over."""
    return {
        "step": view.step,
        "hide": sorted(view.hide),
        "probe": view.probe,
        **_by_name(VIEW, view),
    }


def _by_name(table: Mapping[str, Setting], values: Budget | View) -> dict[str, Value]:
    """Return the values of settings by the names that links have for them."""
    return {setting.knob.id: getattr(values, field) for field, setting in table.items()}


def _examples(surface: Landscape) -> dict[str, Any] | None:
    """Return how many examples a surface is made of, and how a fit to them is drawn; None for a formula."""
    return {"count": surface.examples.count, "model": surface.examples.model} if surface.examples else None


def _formula(ground: Ground) -> dict[str, Any] | None:
    """Return the reader's own formula, None on a surface of the shelf."""
    text = formula_of(ground.landscape)
    return None if text is None else {"text": text, "math": mathml(f"L(x, y) = {ground.surface.latex}")}


def _lane(scene: Scene, index: int) -> dict[str, Any]:
    """Return who races in a lane."""
    lane = scene.racers[index]
    method = OPTIMIZERS[lane.optimizer]
    return {
        "id": lane.optimizer,
        "knobs": dict(lane.knobs),
        "epsilon": float(method.epsilon(**without_rate(lane.knobs))),
        "decoupled": method.decoupled is not None or _shrinks(scene, index),
        "extras": dict(lane.extras),
        "suggested": is_suggested(scene, index),
    }


def _course(
    trajectory: Trajectory,
    box: Box,
    minima: tuple[Point, ...],
    least: float | None,
    tolerance: float | None,
) -> dict[str, Any]:
    """Return where a lane went, and what came of it."""
    near = NEAR * float(np.hypot(*np.ptp(box, axis=1)))
    return {
        "rates": packed(trajectory.rates) if _moves(trajectory) else None,
        "ending": {"kind": trajectory.ending.kind, "step": trajectory.ending.step},
        "final": float(trajectory.losses[-1]),
        "distance": distance(trajectory, minima),
        "within": None
        if least is None or tolerance is None
        else steps_within(trajectory, least, tolerance, minima, near),
        **track(trajectory, box),
    }


def _moves(trajectory: Trajectory) -> bool:
    """Return whether the learning rate is not the same at every step; there may be no step at all."""
    return bool(trajectory.rates.size and np.ptp(trajectory.rates))


def _shrinks(scene: Scene, lane: int) -> bool:
    """Return whether the lane's steps shrink the parameters by the penalty's λ."""
    return scene.racers[lane].extras["penalty"] == "decoupled" and bool(scene.ground.knobs["l2"])
