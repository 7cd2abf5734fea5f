"""How a link says what is descended: a surface of the shelf, or a formula and its box."""

import re
from dataclasses import replace

from catalog import Repair
from landscapes import LANDSCAPES, Box, Landscape, Point
from landscapes.data import TableError, fit, parse_rows
from landscapes.find import Which
from landscapes.formula import DEFAULT_BOX, Formula, FormulaError, read_box, read_formula
from landscapes.formula.operations import FUNCTIONS
from landscapes.penalty import L2
from scenes import syntax
from scenes.defaults import DEFAULT_LANDSCAPE, default_ground
from scenes.network_slice import SLICE, SliceTable, slice_of_table
from scenes.points import read_numbers, read_point, spell_box, spell_point
from scenes.read_knobs import read_settings
from scenes.repairs import Repairs
from scenes.scene import Ground

Single = dict[str, str]
_BEHIND_FUNCTION = "|".join(rf"(?<={function})" for function in FUNCTIONS)
NO_PLUS = re.compile(rf"(?:{_BEHIND_FUNCTION})\++|\++(?=[*/^),]|$)", re.IGNORECASE)
LOST_PLUS = re.compile(r"(?<=[\w).]) +(?=[\w(.])")
"""Pluses that add nothing to a term."""


def read_ground(single: Single, repairs: Repairs) -> Ground:
    """Return the surface, its knobs and the start."""
    which: Which | None = read_formula_of(single, repairs)
    settings: syntax.Pairs = []
    if which is None and is_slice(single):
        return read_slice(single, repairs)
    if SliceTable.parameter in single:
        repairs.append(
            Repair("slice_without_surface", SliceTable.parameter, single[SliceTable.parameter], "")
        )
    if which is None:
        which, settings = syntax.parse(single.get("f", DEFAULT_LANDSCAPE))
        if which not in LANDSCAPES:
            repairs.append(Repair("unknown_landscape", "f", which, DEFAULT_LANDSCAPE))
            which, settings = DEFAULT_LANDSCAPE, []
        if "data" in single:
            which = read_data(which, single["data"], repairs)
    elif "data" in single:
        repairs.append(Repair("data_without_model", "data", single["data"], ""))
    return finished(which, settings, single, repairs)


def is_slice(single: Single) -> bool:
    """Return whether the surface is a slice through a network's loss."""
    return syntax.parse(single.get("f", SLICE if SliceTable.parameter in single else ""))[0] == SLICE


def read_slice(single: Single, repairs: Repairs) -> Ground:
    """Return the slice that a link spells, `f=slice&through=moons:depth=3`, and where it is begun."""
    if "data" in single:
        repairs.append(Repair("data_without_model", "data", single["data"], ""))
    table = SliceTable.read(single.get(SliceTable.parameter), repairs)
    settings = syntax.parse(single.get("f", SLICE))[1]
    return finished(slice_of_table(table), settings, single, repairs)


def finished(which: Which, settings: syntax.Pairs, single: Single, repairs: Repairs) -> Ground:
    """Return the ground that is `which`, with its knobs as `settings` say, and the start."""
    if L2.id in single:
        settings = [*settings, (L2.id, single[L2.id])]
    ground = default_ground(which)
    usual = ground.surface
    ground = replace(ground, knobs=read_settings(usual.id, usual.knobs, ground.knobs, settings, repairs))
    surface = ground.surface
    start = read_start(single["at"], surface, surface.start, repairs) if "at" in single else surface.start
    return replace(ground, start=start)


def read_data(model: str, text: str, repairs: Repairs) -> Which:
    """Return the model on the data of the reader, on its usual ones, with a repair, where there are none."""
    try:
        return fit(model, parse_rows(text))
    except TableError as error:
        repairs.append(unusable(error))
        repairs.append(Repair("unusable_data", "data", text, model))
        return model


def unusable(error: TableError, parameter: str = "data") -> Repair:
    """Return what is wrong with a table, as a repair. Its key is one of `locales/*/tables.toml`."""
    return Repair(error.why, parameter, error.value, str(error.line or ""))


def read_formula_of(single: Single, repairs: Repairs) -> Formula | None:
    """Return the reader's own formula, None where there is none or it cannot be used."""
    if "formula" not in single:
        if "box" in single:
            repairs.append(Repair("box_without_formula", "box", single["box"], ""))
        return None
    text = single["formula"]
    box = read_box_of(single["box"], repairs) if "box" in single else DEFAULT_BOX
    try:
        formula = linked_formula(text, box)
        if "f" in single:
            repairs.append(Repair("formula_wins", "f", single["f"], formula.text))
        return formula
    except FormulaError as error:
        repairs.append(explain(error))
        instead = syntax.parse(single.get("f", DEFAULT_LANDSCAPE))[0]
        repairs.append(Repair("unreadable_formula", "formula", text, instead))
        return None


def explain(error: FormulaError) -> Repair:
    """Return what is wrong with a formula, as a repair: its key is one of `locales/*/formulas.toml`."""
    return Repair(error.why, "formula", error.value, error.suggestion)


def linked_formula(text: str, box: Box) -> Formula:
    """Return the formula that `text` spells in a link, where forms write a plus for a space: `x+*+y`.

    Our links hold no spaces, and whoever takes them apart as forms do makes spaces of their pluses: between
    two terms a space is a plus. A plus is a space only where the formula cannot be read otherwise and no sum
    could be meant: behind a function, and before what begins no term. Raises FormulaError, of what came.
    """
    refused: dict[str, FormulaError] = {}
    for other in dict.fromkeys((LOST_PLUS.sub("+", text), text, NO_PLUS.sub(" ", text))):
        try:
            return read_formula(other, box)
        except FormulaError as error:
            refused[other] = error
    raise refused[text]


def read_box_of(text: str, repairs: Repairs) -> Box:
    """Return the box that `text` spells as `x0,x1,y0,y1`, the default one if it spells none."""
    try:
        return read_box(read_numbers(text))
    except FormulaError:
        repairs.append(Repair("not_a_box", "box", text, spell_box(DEFAULT_BOX)))
        return DEFAULT_BOX


def read_start(text: str, surface: Landscape, usual: Point, repairs: Repairs) -> Point:
    """Return the point that `text` spells if the box holds it, else `usual`."""
    point = read_point(text)
    if point is not None and surface.contains(point):
        return point
    why = "not_a_point" if point is None else "outside_box"
    repairs.append(Repair(why, "at", text, spell_point(usual)))
    return usual


def read_probe(text: str | None, surface: Landscape, repairs: Repairs) -> Point | None:
    """Return the point that is asked about, None if there is none in the box."""
    if text is None:
        return None
    point = read_point(text)
    if point is not None and surface.contains(point):
        return point
    repairs.append(Repair("no_probe", "probe", text, ""))
    return None
