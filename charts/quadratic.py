"""The quadratic model of a point, drawn on the map: contour lines, where it holds, directions, slope."""

from itertools import pairwise
from typing import cast

import numpy as np
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from charts import contours, heights
from curvature.quadratic_model import WITHIN, QuadraticModel, cross
from landscapes.arrays import Floats
from landscapes.landscape import Box
from landscapes.terrain import Terrain

COLUMNS = 61
"""The model is smooth: a coarse grid has its contour lines."""

TURNS = (6.0, 12.0, 24.0)
"""By how many degrees a contour line turns from one of its points to the next: the first of these
with which all lines together have at most `MOST_POINTS`."""

MOST_POINTS = 1500

ARROW = 0.11
"""How long the arrow of the slope is, in diagonals of the box: it shows a direction."""

LEVEL = 1e-9
"""A slope that crosses less than this part of the picture's heights on one diagonal has no direction."""


def point_annotations(
    model: QuadraticModel,
    eigenvalues: Floats,
    eigenvectors: Floats,
    terrain: Terrain,
    scale: heights.Scale,
    least: float | None,
) -> dict[str, dict[str, Floats]]:
    """Return what the sheet of annotations shows of one point, by role, each {"x": (n,), "y": (n,)}.

    `eigenvalues` (2,) and `eigenvectors` (2, 2), in columns, are those of the model's Hessian;
    `terrain`, `scale` and `least` made the map. Pieces of a line are parted by NaN. Every role of a
    point is there, empty where there is nothing to show.
    """
    box = _box(terrain)
    arms = cross(model.point, eigenvalues, eigenvectors, box)
    lines = {
        "region": model_region(model, terrain),
        "model": model_contours(model, terrain, scale, least),
        "cross_up": contours.parted([arm.ends for arm in arms if arm.sign > 0]),
        "cross_down": contours.parted([arm.ends for arm in arms if arm.sign < 0]),
        "slope": _slope(model, scale, box),
        "probe": model.point[None, :],
    }
    return {role: {"x": line[:, 0], "y": line[:, 1]} for role, line in lines.items()}


def model_contours(
    model: QuadraticModel, terrain: Terrain, scale: heights.Scale, least: float | None
) -> NDArray[np.float32]:
    """Return the model's contour lines at the levels of the map, (N, 2), their pieces parted by NaN."""
    (x0, x1), (y0, y1) = _box(terrain)
    rows = max(2, round((COLUMNS - 1) * (y1 - y0) / (x1 - x0)) + 1)
    x, y = np.linspace(x0, x1, COLUMNS), np.linspace(y0, y1, rows)
    loss = model.value(np.stack(np.meshgrid(x, y), axis=-1))
    levels = [level for level, _ in heights.levels(scale, least)]
    lines = [line for level in levels for line in contours.at_level(x, y, loss, level)]
    drawn = contours.parted([])
    for turn in TURNS:
        drawn = contours.parted([_thinned(line, np.radians(turn)) for line in lines])
        if len(drawn) <= MOST_POINTS:
            break
    return drawn.astype(np.float32)


def model_region(model: QuadraticModel, terrain: Terrain) -> NDArray[np.float32]:
    """Return the part of the box where the model is off by at most 10 %, as closed rings, (N, 2).

    Rings are parted by NaN; holes turn the other way round than what they are in. See
    `QuadraticModel.error_share`. Where the loss is undefined the model does not hold.
    """
    share = model.error_share(np.stack(np.meshgrid(terrain.x, terrain.y), axis=-1), terrain.loss)
    # Far beyond the limit it does not matter how far; and a huge number would pull the edge to itself.
    ground = np.ma.masked_invalid(np.minimum(share, 10 * WITHIN))
    generator = contour_generator(terrain.x, terrain.y, ground, name="serial", fill_type=FillType.OuterOffset)
    # Of each polygon its points, and where its rings begin and end: what this fill type stands for.
    filled = cast("tuple[list[Floats], list[NDArray[np.uint32]]]", generator.filled(-1.0, WITHIN))
    rings = [
        points[start:stop]
        for points, offsets in zip(*filled, strict=True)
        for start, stop in pairwise(offsets)
    ]
    return contours.parted(rings).astype(np.float32)


def _slope(model: QuadraticModel, scale: heights.Scale, box: Box) -> Floats:
    """Return the arrow along −g, (2, 2), or no point where the ground is level."""
    diagonal = _diagonal(box)
    steepness = float(np.hypot(*model.gradient))
    if not steepness * diagonal > LEVEL * scale.span:
        return np.empty((0, 2))
    return np.stack([model.point, model.point - ARROW * diagonal * model.gradient / steepness])


def _thinned(line: Floats, turn: float) -> Floats:
    """Return the points of a smooth line that it needs: one at each `turn` (radians), and its ends."""
    direction = np.arctan2(*np.diff(line, axis=0).T[::-1])
    turned = np.cumsum((np.diff(direction) + np.pi) % (2 * np.pi) - np.pi)
    sector = np.floor(np.concatenate([[0.0], turned]) / turn)
    return line[np.concatenate([[True], np.diff(sector) != 0, [True]])]


def _diagonal(box: Box) -> float:
    (x0, x1), (y0, y1) = box
    return float(np.hypot(x1 - x0, y1 - y0))


def _box(terrain: Terrain) -> Box:
    """Return what the samples span."""
    x, y = terrain.x, terrain.y
    return (float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))
