"""The surface in three dimensions: facets from the furthest to the nearest, and on it the courses."""

import math
from typing import Any

import numpy as np

from api.pictures import sampled
from charts import contours, heights
from charts.contour_map import TRAIL
from charts.number_format import format_level
from charts.palette import Theme
from charts.raster import tinted
from charts.surface import BASE, TOP, loss_marks
from export.drawing.camera import Camera, camera
from export.drawing.lanes import Drawn
from export.drawing.marks import mark
from export.drawing.svg import Layers, Rect, element, path_of, text
from landscapes.arrays import Floats
from scenes import Ground

CENTRED = {"text-anchor": "middle"}
FACETS = 56  # along the longer side
ASIDE, TALL = 1.0, 0.62  # halves of the longer side and of the height
LIFT = 0.012
"""Of the height: so much above the surface a course lies, or it would be swallowed."""
FAINT = 0.45
"""How much is seen of a course where the surface stands between it and the eye."""
HIDDEN = 0.01
"""What lies so much below the surface on its way to the eye is not seen."""


def surface_pane(
    ground: Ground, lanes: list[Drawn], within: Rect, theme: Theme, direction: tuple[float, float, float]
) -> Layers:
    """Return the surface in the part `within` of a picture, seen from a `direction`."""
    landscape, terrain, scale = sampled(ground)
    (x0, x1), (y0, y1) = landscape.box
    longest = max(x1 - x0, y1 - y0)
    half = np.array([ASIDE * (x1 - x0) / longest, ASIDE * (y1 - y0) / longest, TALL])
    eye = camera(half, within, direction)
    every = max(1, -(-max(terrain.loss.shape) // FACETS))
    rows, columns = (_every(size, every) for size in terrain.loss.shape)
    z = scale.height(terrain.loss[np.ix_(rows, columns)])
    x, y = terrain.x[columns], terrain.y[rows]

    def boxed(points: Floats, height: Floats) -> Floats:
        """Return points of the surface (N, 2) at heights (N,) in the box of the camera: (N, 3)."""
        return np.stack(
            [
                half[0] * (2 * (points[:, 0] - x0) / (x1 - x0) - 1),
                half[1] * (2 * (points[:, 1] - y0) / (y1 - y0) - 1),
                half[2] * (2 * (height - BASE) / (TOP - BASE) - 1),
            ],
            axis=1,
        )

    def height_at(points: Floats) -> Floats:
        """Return how high the surface is at points (N, 2), between its samples; NaN outside."""
        return _between(points, x, y, z)

    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    solid = boxed(corners, z.ravel()).reshape(*z.shape, 3)
    levels = [level for level, _ in heights.levels(scale)]
    lines = contours.lines(terrain.x, terrain.y, scale.shown(terrain.loss), levels)
    below = eye.seen(boxed(lines, np.full(len(lines), BASE)))[:, :2]
    names = _names(boxed, eye, landscape.box, landscape.axes, loss_marks(scale), scale, theme)
    still = [
        *_room(boxed, eye, landscape.box, theme),
        element("path", {"d": path_of(below), "fill": "none", "stroke": theme.ridge, "stroke-width": 0.8}),
        *_facets(solid, z, eye, theme),
        *names,
    ]
    # What is seen of a course does not depend on the step. It has points between, to bend with the land.
    courses = []
    for lane in lanes:
        points, pieces = _finely(lane.trajectory.points)
        up = height_at(points) + LIFT
        seen = eye.seen(boxed(points, up))[:, :2]
        heads = np.where(np.isfinite(up)[:, None], seen, np.nan)
        seen = seen.copy()
        seen[~_visible(points, up, boxed, height_at, half, eye.away)] = np.nan
        courses.append((lane, seen, heads, pieces))

    def moving(step: int) -> str:
        parts = []
        for lane, _, heads, pieces in courses:
            behind = {"d": path_of(heads[: step * pieces + 1]), "fill": "none", "stroke-linejoin": "round"}
            faint = {"stroke": lane.colour, "stroke-width": TRAIL, "stroke-opacity": FAINT}
            parts.append(element("path", {**behind, **faint}))
        for lane, seen, _, pieces in courses:
            line = {"d": path_of(seen[: step * pieces + 1]), "fill": "none", "stroke-linejoin": "round"}
            parts.append(element("path", {**line, "stroke": theme.paper, "stroke-width": TRAIL + 2}))
            pen = {"stroke": lane.colour, "stroke-width": TRAIL, "stroke-dasharray": lane.dashes}
            parts.append(element("path", {**line, **pen}))
        for lane, _, heads, pieces in courses:
            u, v = heads[min(step * pieces, len(heads) - 1)]
            if np.isfinite(u):
                parts.append(mark(lane.symbol, u, v, 11, fill=lane.colour, edge=theme.paper, width=1.6))
        return "".join(parts)

    return Layers("".join(still), moving)


def _every(size: int, every: int) -> Any:
    """Return every so many of `size` numbers, the last among them."""
    return np.unique(np.append(np.arange(0, size, every), size - 1))


def _facets(solid: Floats, z: Floats, eye: Camera, theme: Theme) -> list[str]:
    """Return the facets of a surface (H, W, 3) whose heights z (H, W) are all there, the furthest first."""
    cells = np.stack([solid[:-1, :-1], solid[:-1, 1:], solid[1:, 1:], solid[1:, :-1]], axis=2)
    high = np.stack([z[:-1, :-1], z[:-1, 1:], z[1:, 1:], z[1:, :-1]], axis=2)
    whole = np.isfinite(high).all(axis=2)
    cells, high = cells[whole], high[whole]
    normals = np.cross(cells[:, 2] - cells[:, 0], cells[:, 3] - cells[:, 1])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
    sun = np.array([-0.55, 0.35, 0.76])
    light = 1 + 0.42 * (np.clip(normals @ sun, 0, 1) - 0.72)
    colours = np.clip(tinted(high.mean(axis=1), theme.ramp) * light[:, None], 0, 255).round().astype(int)
    flat = eye.seen(cells.reshape(-1, 3)).reshape(-1, 4, 3)
    order = np.argsort(flat[:, :, 2].mean(axis=1))
    parts = []
    for k in order.tolist():
        colour = "#{:02x}{:02x}{:02x}".format(*colours[k])
        points = "L".join(f"{u:.1f} {v:.1f}" for u, v, _ in flat[k].tolist())
        parts.append(f'<path d="M{points}Z" fill="{colour}" stroke="{colour}"/>')
    return [element("g", {"stroke-width": 0.7, "stroke-linejoin": "round"}, *parts)] if parts else []


def _room(boxed: Any, eye: Camera, box: Any, theme: Theme) -> list[str]:
    """Return the base of the box and its three edges behind."""
    (x0, x1), (y0, y1) = _from_front(box, eye)
    corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])
    base = eye.seen(boxed(corners, np.full(5, BASE)))[:, :2]
    behind = np.array([[x1, y0], [x1, y1], [x0, y1]])
    up = [eye.seen(boxed(np.array([corner, corner]), np.array([BASE, TOP])))[:, :2] for corner in behind]
    pen = {"fill": "none", "stroke": theme.grid, "stroke-width": 1}
    return [element("path", {"d": path_of(line), **pen}) for line in (base, *up)]


def _from_front(box: Any, eye: Camera) -> Any:
    """Return the sides of `box`, of each that in front first."""
    return [side if toward < 0 else side[::-1] for side, toward in zip(box, eye.away[:2], strict=True)]


def _names(
    boxed: Any, eye: Camera, box: Any, axes: tuple[str, str], marks: list[float], scale: Any, theme: Theme
) -> list[str]:
    """Return the names of the axes along the edges in front, and losses along the one on the left."""
    (x0, x1), (y0, y1) = _from_front(box, eye)
    # The corner furthest to the left has the losses, and the other one at the side the end of its axis.
    ends = np.array([[x1, y0], [x0, y1]])
    lefts = eye.seen(boxed(ends, np.full(2, BASE)))[:, 0]
    left = ends[int(lefts.argmin())]
    aside = np.where(lefts[1] < lefts[0], 1, -1)
    spots = np.array([[(x0 + x1) / 2, y0], [x0, (y0 + y1) / 2]])
    flat = eye.seen(boxed(spots, np.full(2, BASE)))[:, :2]
    parts = [
        text(u + by, v + 18, name, size=12, fill=theme.ink, **{"text-anchor": "middle"})
        for (u, v), name, by in zip(flat.tolist(), axes, (10 * aside, -14 * aside), strict=True)
    ]
    # Numbers stand below the front edges, a little way in from their ends.
    for (start, end), at in (((x0, x1), lambda x: (x, y0)), ((y0, y1), lambda y: (x0, y))):
        for share in (0.12, 0.88):
            value = _round_within(start + share * (end - start), abs(end - start))
            ((u, v),) = eye.seen(boxed(np.array([at(value)]), np.array([BASE])))[:, :2]
            parts.append(text(u, v + 15, format_level(value), size=10, fill=theme.muted, **CENTRED))
    for nth, loss in enumerate(marks):
        height = float(scale.height(np.array(loss)))
        ((u, v),) = eye.seen(boxed(left[None], np.array([height])))[:, :2]
        said = format_level(loss) if nth < len(marks) - 1 else f"L = {format_level(loss)}"
        parts.append(text(u - 6, v + 4, said, size=10, fill=theme.muted, **{"text-anchor": "end"}))
    return parts


def _round_within(value: float, length: float) -> float:
    """Return `value` rounded to a twentieth of the power of ten that is nearest to a side's `length`."""
    unit = 10.0 ** round(math.log10(length)) / 20
    return round(value / unit) * unit


def _finely(points: Floats) -> tuple[Floats, int]:
    """Return a course (N, 2) with points between, and how many of its pieces are one step."""
    pieces = max(1, min(12, 4000 // len(points)))
    rows = np.arange((len(points) - 1) * pieces + 1) / pieces
    columns = [np.interp(rows, np.arange(len(points)), points[:, axis]) for axis in (0, 1)]
    return np.stack(columns, axis=1), pieces


def _between(points: Floats, x: Floats, y: Floats, z: Floats) -> Floats:
    """Return z (H, W), sampled at x (W,) and y (H,), at `points` (N, 2); NaN outside of the samples."""
    with np.errstate(invalid="ignore"):
        inside = (points >= [x[0], y[0]]).all(axis=1) & (points <= [x[-1], y[-1]]).all(axis=1)
    u = np.interp(points[:, 0], x, np.arange(len(x)))
    v = np.interp(points[:, 1], y, np.arange(len(y)))
    i, j = (np.minimum(at.astype(int), size - 2) for at, size in ((v, len(y)), (u, len(x))))
    a, b = v - i, u - j
    lower, upper = ((1 - b) * z[row, j] + b * z[row, j + 1] for row in (i, i + 1))
    value = (1 - a) * lower + a * upper
    return np.where(inside, value, np.nan)


def _visible(points: Floats, up: Floats, boxed: Any, height_at: Any, half: Floats, away: Floats) -> Any:
    """Return which points (N, 2) at heights (N,) no part of the surface hides from the eye."""
    # In the box of the camera to points and heights: the same directions, in other units.
    origin, unit = boxed(np.zeros((1, 2)), np.zeros(1))[0], boxed(np.ones((1, 2)), np.ones(1))[0]
    rate = away / (unit - origin)
    hidden = np.zeros(len(points), bool)
    reach = 2 * half[2] / away[2]
    for far in np.linspace(0.02, 1.0, 60) * reach:
        way = points + far * rate[:2]
        hidden |= height_at(way) > up + far * rate[2] + HIDDEN
    return ~hidden & np.isfinite(up)
