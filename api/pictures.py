"""The figures of a ground, as the JSON that the stage fetches and a browser may keep for good."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from api.parts import in_parts
from api.sheets import sheets_json
from catalog.cache import MB, SingleFlightCache
from charts import heights
from charts.annotations import annotation_sheet
from charts.contour_map import ground_sheet, moving_sheet
from charts.fit_sheet import examples_sheet, fits_sheet
from charts.layers import layer
from charts.loss_curves import curves_sheet, playhead_sheet
from charts.palette import Theme
from charts.surface import surface
from curvature.hessian import curvature_at
from landscapes import Landscape, Point
from landscapes.terrain import Terrain, sample
from scenes import Ground
from scenes.knobs import LAYERS
from studies.global_minimum import global_minima, global_minima_parts
from studies.parts import Part

_OUTLINES: SingleFlightCache[str] = SingleFlightCache(MB, long_work=MB)


def terrain_json(ground: Ground, theme: Theme) -> str:
    """Return the sheets of the map and of the loss curves: {"map", "annotations", "movers", …}.

    A surface that is made of data has two more: "examples" and "fits".
    """
    landscape, terrain, scale = sampled(ground)
    published = landscape.minima(**landscape.settings(ground.knobs)) or ()
    least = global_minima(landscape, ground.knobs).loss
    return _sheets(landscape, terrain, scale, published, least, theme)


def _sheets(
    landscape: Landscape,
    terrain: Terrain,
    scale: heights.Scale,
    minima: tuple[Point, ...],
    least: float | None,
    theme: Theme,
) -> str:
    sheets = {
        "map": ground_sheet(terrain, scale, landscape.box, minima, least, theme, landscape.axes),
        "annotations": annotation_sheet(landscape.box, theme),
        "movers": moving_sheet(landscape.box, theme),
        "losses": curves_sheet(theme),
        "playhead": playhead_sheet(theme),
    }
    if landscape.examples:
        sheets |= {"examples": examples_sheet(theme), "fits": fits_sheet(theme)}
    return "{" + ",".join(f'"{name}":{sheet.to_json()}' for name, sheet in sheets.items()) + "}"


def outline_json(ground: Ground, theme: Theme) -> str:
    """Return the same sheets of a ground that nobody has sampled: on flat land, so that nothing is compiled.

    The stage covers it with what it samples itself. Most formulas have the same box, and so the same outline.
    """
    landscape = ground.surface
    shown = landscape.box, landscape.view, landscape.axes, bool(landscape.examples)
    return _OUTLINES.get((shown, theme), lambda: _outline(landscape, theme))


def _outline(landscape: Landscape, theme: Theme) -> str:
    (x0, x1), (y0, y1) = landscape.box
    flat = Terrain(np.array([x0, x1]), np.array([y0, y1]), np.zeros((2, 2)))
    return _sheets(landscape, flat, heights.scale(flat.loss, landscape.view), (), None, theme)


def relief_json(ground: Ground, theme: Theme) -> str:
    """Return the figure in three dimensions. It takes every second sample of the map: the same facts."""
    landscape, terrain, scale = sampled(ground)
    coarse = Terrain(terrain.x[::2], terrain.y[::2], terrain.loss[::2, ::2])
    return str(surface(coarse, scale, landscape.box, theme, landscape.axes).to_json())


def layer_json(kind: str, ground: Ground, theme: Theme) -> str:
    """Return the map coloured by a measure of its curvature, and the bar that says so."""
    landscape, terrain, _ = sampled(ground)
    x, y = np.meshgrid(terrain.x, terrain.y)
    found = curvature_at(landscape, ground.knobs, np.stack([x.ravel(), y.ravel()], axis=1))
    shape = (*terrain.loss.shape, 2)
    return json.dumps(layer(kind, found.eigenvalues.reshape(shape), found.gradients.reshape(shape), theme))


def sampled(ground: Ground):
    """Return the surface, its samples and the scale of its pictures."""
    landscape = ground.surface
    terrain = sample(landscape, ground.knobs)
    return landscape, terrain, heights.scale(terrain.loss, landscape.view)


PICTURES: dict[str, Callable[[Ground, Theme], str]] = {
    "terrain": terrain_json,
    "outline": outline_json,
    "relief": relief_json,
    **{f"layer-{kind}": partial(layer_json, kind) for kind in LAYERS},
    "experiments": sheets_json,
}
"""What is made of a ground for each theme, by the name under which the stage asks for it."""

PARTS: dict[str, Callable[[Landscape, Mapping[str, Any]], list[Part]]] = {"terrain": global_minima_parts}
"""What must be there before; of other pictures nothing."""


def picture(kind: str, ground: Ground, theme: Theme) -> str | dict[str, Any]:
    """Return the JSON of a picture; or, while that takes long, how much of what it needs is there."""
    parts = PARTS[kind](ground.surface, ground.knobs) if kind in PARTS else []
    return in_parts(parts, lambda: PICTURES[kind](ground, theme))
