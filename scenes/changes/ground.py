"""Changes of what is descended, and from where."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from catalog import Repair
from landscapes import LANDSCAPES, Landscape
from landscapes.data import TableError, fit, read_table
from landscapes.find import Which, formula_of
from landscapes.formula import DEFAULT_BOX, FormulaError, read_box, read_formula
from scenes.changes.change import Change, turned
from scenes.changes.fairness import joining
from scenes.coerce import as_number, shown
from scenes.defaults import default_budget, default_ground, default_lane, is_suggested, suggestion, with_rate
from scenes.network_slice import SLICE, NetworkSlice, SliceTable, slice_of_table
from scenes.points import spell_point
from scenes.read_ground import explain, unusable
from scenes.repairs import Repairs
from scenes.scene import BUDGET, Lane, Scene

# A click on the frame may land this share of the box outside it; that deserves no repair.
HAIR = 0.01


def change_surface(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Stand on another surface, at its start; rates that were the suggested ones stay so."""
    to = change.get("to")
    if to == SLICE:
        return standing_on(scene, slice_of_table(SliceTable.usual()))
    if not isinstance(to, str) or to not in LANDSCAPES:
        repairs.append(Repair("unknown_landscape", "f", shown(to), scene.ground.surface.id))
        return scene
    return standing_on(scene, to)


def change_slice(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of the network a slice is through, or of its plane: `{"knob": "extent", "to": 0.5}`.

    A start that the reader chose stays, where the map shows the same part. Without a knob all is as usual.
    """
    old = scene.ground
    before = old.landscape.table if isinstance(old.landscape, NetworkSlice) else SliceTable.usual()
    table = before.turned(change, repairs) if "knob" in change else SliceTable.usual()
    moved = standing_on(scene, slice_of_table(table))
    chosen = isinstance(old.landscape, NetworkSlice) and old.start != old.surface.start
    if chosen and moved.ground.surface.box == old.surface.box:
        return replace(moved, ground=replace(moved.ground, start=old.start))
    return moved


def change_formula(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Stand on the surface that a formula makes: `{"to": "x**2 + y**2", "box": [x0, x1, y0, y1]}`.

    From one formula to another in the same box, start and steps stay: the reader is still typing.
    """
    to, sides = change.get("to"), change.get("box")
    try:
        box = DEFAULT_BOX if sides is None else read_box(as_numbers(sides))
        formula = read_formula(to, box)
    except FormulaError as error:
        repairs.append(explain(error))
        return scene
    old = scene.ground
    moved = standing_on(scene, formula)
    if formula_of(old.landscape) is not None and old.surface.box == box:
        return replace(moved, ground=replace(moved.ground, start=old.start), budget=scene.budget)
    return moved


def standing_on(scene: Scene, to: Which) -> Scene:
    """Return the scene on another surface, at its start; a point that was asked about is no longer."""
    ground = default_ground(to)
    surface = ground.surface
    usual = default_budget(surface)
    of_surface = {field: getattr(usual, field) for field, each in BUDGET.items() if each.on_surface}
    budget = replace(scene.budget, **of_surface)
    view = replace(scene.view, step=None, probe=None)
    return Scene(ground, adjusted(scene, surface), budget, view, scene.network)


def adjusted(scene: Scene, surface: Landscape) -> tuple[Lane, ...]:
    """Return the lanes for another surface: default ones stay so, and so do suggested rates."""

    def moved(index: int, lane: Lane) -> Lane:
        if lane.knobs == default_lane(scene.ground.surface, lane.optimizer).knobs:
            return replace(lane, knobs=default_lane(surface, lane.optimizer).knobs)
        if is_suggested(scene, index):
            return with_rate(lane, suggestion(surface, lane.optimizer, lane.knobs))
        return lane

    racers = tuple(moved(index, lane) for index, lane in enumerate(scene.racers))
    return tuple(joining(replace(scene, racers=racers), lane) for lane in racers)


def change_surface_knob(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of the surface. A choice may make it another one, with a box and a start of its own."""
    ground = scene.ground
    before = ground.surface
    ground = replace(ground, knobs=turned(before.id, before.knobs, ground.knobs, change, repairs))
    after = ground.surface
    if after is before:
        return replace(scene, ground=ground)
    if after.box != before.box:
        ground = replace(ground, start=after.start)
    view = replace(scene.view, probe=None)
    return replace(scene, ground=ground, racers=adjusted(scene, after), view=view)


def change_data(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Fit a model to the reader's own data: `{"model": "line_fit", "bytes": base64}`, or `{"to": text}`.

    Without any the model goes back to its usual data.
    """
    model = change.get("model")
    if not isinstance(model, str) or model not in LANDSCAPES:
        repairs.append(Repair("unknown_landscape", "f", shown(model), scene.ground.surface.id))
        return scene
    try:
        raw = as_table(change)
        return standing_on(scene, model if raw is None else fit(model, read_table(raw)))
    except TableError as error:
        repairs.append(unusable(error))
        return scene


def as_table(change: Change) -> bytes | str | None:
    """Return the table that came with a change, as text or as the bytes of a file; None where none came."""
    text, coded = change.get("to"), change.get("bytes")
    if isinstance(coded, str):
        try:
            return b64decode(coded, validate=True)
        except ValueError:
            return b"\0"  # as good as any file that holds no text
    return text if isinstance(text, str) else None


def change_start(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Start elsewhere: at the point, or at the point of the box that is nearest to it."""
    asked, old = as_point(change.get("to")), scene.ground.start
    if asked is None:
        repairs.append(Repair("not_a_point", "at", shown(change.get("to")), spell_point(old)))
        return scene
    box = scene.ground.surface.box
    x, y = (float(min(max(value, low), high)) + 0.0 for value, (low, high) in zip(asked, box, strict=True))
    far = (abs(a - b) > HAIR * (high - low) for a, b, (low, high) in zip(asked, (x, y), box, strict=True))
    if any(far):
        repairs.append(Repair("clamped", "at", f"{shown(asked[0])},{shown(asked[1])}", spell_point((x, y))))
    return replace(scene, ground=replace(scene.ground, start=(x, y)))


def as_point(raw: object) -> tuple[float, float] | None:
    """Return the point that a list of two numbers means, None if `raw` is no such list."""
    match as_numbers(raw):
        case [x, y]:
            return x, y
        case _:
            return None


def as_numbers(raw: object) -> list[float]:
    """Return the numbers of a short list of numbers, an empty list for anything else."""
    if not isinstance(raw, list | tuple):
        return []
    numbers = [as_number(number) for number in cast(Sequence[object], raw)[:5]]
    return [number for number in numbers if number is not None] if None not in numbers else []
