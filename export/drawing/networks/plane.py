"""The plane of two inputs in the colours of what a network says everywhere, and the examples on it."""

import base64
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts import contours
from charts.palette import Theme
from charts.raster import rgb
from export.drawing.axes import Axis, drawn_axes, pixels
from export.drawing.marks import mark
from export.drawing.networks.asked import Asked
from export.drawing.networks.inks import class_colours
from export.drawing.networks.packed import row, row_at, unpacked_bytes
from export.drawing.networks.sheet import Key, Pane
from export.drawing.svg import Rect, clipped, element, path_of
from landscapes.arrays import Floats

SHAPES = ("circle", "triangle-up", "square", "diamond", "pentagon", "triangle-down", "star")
"""Of examples, by their class."""
WASH = 0.32
"""How much of a class' colour is on the ground where the network is sure."""
MOST, HALF = 255, 127.5
DRAWN_OUT = 1.7
"""Two inputs are no lengths: the picture may be drawn out along one of them so many times, not more."""
SMALL = 340  # px of a picture on which marks are smaller
POINT, RING = 6.5, 6.0  # px: a mark, and from its middle to the ring around it where it is said wrongly
MARGINS = 30, 24, 8, 4  # px around the plane: left, below, right, above


def plane_pane(seen: Mapping[str, Any], at: int, caption: str, asked: Asked) -> Pane:
    """Return the plane as the network of `net_boundary.json` sees it at a step."""
    ui, theme = asked.ui, asked.theme
    colours = class_colours(theme)
    keys = (
        Key(ui["net_key_training"], colours[0], "mark"),
        Key(ui["net_key_validation"], colours[0], "hollow"),
        Key(ui["net_key_wrong"], theme.ink, "ring"),
    )
    return Pane(caption, lambda rect: _plane(seen, at, rect, theme), keys)


def _plane(seen: Mapping[str, Any], at: int, rect: Rect, theme: Theme) -> str:
    x0, x1, y0, y1 = seen["box"]
    frame = _framed(rect.inset(*MARGINS), (x1 - x0, y1 - y0))
    x, y = Axis(x0, x1), Axis(y0, y1)
    grid, classes = seen["grid"], seen["classes"]
    frames = unpacked_bytes(seen["frames"]).reshape(-1, grid, grid)
    points = row(seen["points"]).reshape(-1, 2)
    labels, held = unpacked_bytes(seen["labels"]), unpacked_bytes(seen["validation"])
    parts = []
    wrong = np.zeros(len(labels), bool)
    if len(frames):
        values = frames[min(row_at(row(seen["measured"]), at), len(frames) - 1)]
        parts.append(_ground(values, classes, frame, theme))
        if classes == 2:
            across = np.linspace(x0, x1, grid), np.linspace(y0, y1, grid)
            line = pixels(x, y, frame, contours.lines(*across, values.astype(float), [HALF]))
            pen = {"stroke": theme.ink, "stroke-width": 1.6, "fill": "none"}
            parts.append(element("path", {"d": path_of(line), **pen}))
        wrong = said(values, classes, (x.share(points[:, 0]), y.share(points[:, 1]))) != labels
    parts += _examples(pixels(x, y, frame, points), labels, held, wrong, frame, theme)
    edge = element("rect", {**frame._asdict(), "fill": "none", "stroke": theme.grid})
    name = f"plane-{round(frame.x)}-{round(frame.y)}"
    return drawn_axes(x, y, frame, theme, grid=False) + clipped(name, frame._asdict(), *parts) + edge


def said(values: NDArray[np.uint8], classes: int, shares: tuple[Floats, Floats]) -> NDArray[np.int64]:
    """Return the class that a frame gives to points, which are told as shares of its box.

    Between the places of its grid the value lies between theirs; of more than two classes the nearest place
    says it.
    """
    grid = len(values)
    u, v = (np.clip(share * (grid - 1), 0, grid - 1) for share in shares)
    if classes > 2:
        nearest = values[np.floor(v + 0.5).astype(int), np.floor(u + 0.5).astype(int)]
        return class_of(nearest, classes)
    left, low = (np.minimum(np.floor(each).astype(int), grid - 2) for each in (u, v))
    right, up, known = u - left, v - low, values.astype(float)
    below = known[low, left] + right * (known[low, left + 1] - known[low, left])
    above = known[low + 1, left] + right * (known[low + 1, left + 1] - known[low + 1, left])
    return (below + up * (above - below) > HALF).astype(int)


def class_of(values: NDArray[np.uint8], classes: int) -> NDArray[np.int64]:
    """Return the classes that values of a frame stand for, of more than two."""
    return np.floor(values.astype(float) * (classes - 1) / MOST + 0.5).astype(int)


def _framed(within: Rect, sides: tuple[float, float]) -> Rect:
    """Return the largest rectangle for the plane, drawn out along one of its sides, but not much."""
    units = within.width / sides[0], within.height / sides[1]
    width, height = (
        min(unit, DRAWN_OUT * min(units)) * side for unit, side in zip(units, sides, strict=True)
    )
    return Rect(within.x + (within.width - width) / 2, within.y, width, height)


def _ground(values: NDArray[np.uint8], classes: int, frame: Rect, theme: Theme) -> str:
    """Return the colours of all places; the places of the grid are the middles of its pixels."""
    colours = np.array([rgb(each) for each in class_colours(theme)])
    if classes > 2:
        chosen = class_of(values, classes) % len(colours)
        share = np.full(values.shape, WASH)
    else:
        sure = 2 * values.astype(float) / MOST - 1
        chosen, share = (sure >= 0).astype(int), WASH * np.abs(sure)
    paper = rgb(theme.paper)
    painted = paper + share[..., None] * (colours[chosen] - paper)
    encoded = io.BytesIO()
    # Upwards is y, and the first row of an image is its upper one.
    Image.fromarray(np.round(painted).astype(np.uint8)[::-1]).save(encoded, "PNG")
    grid = len(values)
    w, h = frame.width / (grid - 1), frame.height / (grid - 1)
    place = {"x": frame.x - w / 2, "y": frame.y - h / 2, "width": frame.width + w, "height": frame.height + h}
    source = "data:image/png;base64," + base64.b64encode(encoded.getvalue()).decode()
    # Between two of three classes there is no third.
    how = {"image-rendering": "optimizeSpeed"} if classes > 2 else {}
    return element("image", {**place, "preserveAspectRatio": "none", **how, "href": source})


def _examples(places: Floats, labels: Any, held: Any, wrong: Any, frame: Rect, theme: Theme) -> list[str]:
    colours = class_colours(theme)
    unit = 0.75 if frame.width < SMALL else 1.0
    parts = []
    for (u, v), label, hollow in zip(places, labels, held, strict=True):
        colour = colours[label % len(colours)]
        fill, edge = (theme.paper, colour) if hollow else (colour, theme.paper)
        shape = SHAPES[label % len(SHAPES)]
        parts.append(mark(shape, u, v, POINT * unit, fill=fill, edge=edge, width=1.3 if hollow else 0.8))
    for u, v in places[wrong]:
        ring = {"cx": float(u), "cy": float(v), "r": RING * unit, "fill": "none"}
        parts.append(element("circle", {**ring, "stroke": theme.ink, "stroke-width": 1.5}))
    return parts
