"""Examples that are images, or rows of numbers, with what a network takes each of them for."""

import base64
import io
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts.palette import Theme
from charts.raster import rgb
from export.drawing.networks.asked import Asked
from export.drawing.networks.inks import inks
from export.drawing.networks.packed import row, row_at, unpacked_bytes
from export.drawing.networks.sheet import Pane
from export.drawing.svg import Rect, element, path_of, text

MOST = 255
CELL = 58.0  # px: no cell is lower
SIZE = 11
GAP = 4.0


def examples_pane(seen: Mapping[str, Any], at: int, caption: str, asked: Asked) -> Pane:
    """Return as many examples for validation of `net_boundary.json` as there is room for."""
    return Pane(caption, lambda rect: _examples(seen, at, rect, asked.theme))


def _examples(seen: Mapping[str, Any], at: int, rect: Rect, theme: Theme) -> str:
    count, size = seen["count"], seen["size"]
    images = unpacked_bytes(seen["images"]).reshape(count, *size)
    truth = unpacked_bytes(seen["truth"])
    predicted = unpacked_bytes(seen["predicted"]).reshape(-1, count)
    taken = predicted[min(row_at(row(seen["measured"]), at), len(predicted) - 1)] if len(predicted) else None
    columns = max(1, min(math.ceil(math.sqrt(count)), int(rect.width / 50)))
    rows = max(1, min(math.ceil(count / columns), int(rect.height / CELL)))
    wide, high = (rect.width + GAP) / columns, (rect.height + GAP) / rows
    parts = []
    for k in range(min(count, rows * columns)):
        cell = Rect(rect.x + k % columns * wide, rect.y + k // columns * high, wide - GAP, high - GAP)
        parts.append(_cell(images[k], int(truth[k]), None if taken is None else int(taken[k]), cell, theme))
    return "".join(parts)


def _cell(image: NDArray[np.uint8], truth: int, taken: int | None, cell: Rect, theme: Theme) -> str:
    right = taken is None or taken == truth
    colour = theme.muted if right else inks(theme).warn
    box = {**cell._asdict(), "rx": 5, "fill": "none", "stroke": inks(theme).line if right else colour}
    said = "…" if taken is None else str(taken) if right else f"{taken} ≠ {truth}"
    middle = {"text-anchor": "middle", "font-weight": None if right else 600}
    base = cell.y + cell.height - 4
    parts = [
        element("rect", box),
        text(cell.x + cell.width / 2, base, said, size=SIZE, fill=colour, **middle),
    ]
    inside = cell.inset(4, SIZE + 6, 4, 3)
    parts.append(_curve(image[0], inside, theme) if len(image) == 1 else _image(image, inside, theme))
    return "".join(parts)


def _image(image: NDArray[np.uint8], within: Rect, theme: Theme) -> str:
    """Return an image in ink on paper, as large as fits."""
    ink = np.empty((*image.shape, 4), np.uint8)
    ink[..., :3], ink[..., 3] = rgb(theme.ink).astype(np.uint8), image
    encoded = io.BytesIO()
    Image.fromarray(ink).save(encoded, "PNG")
    source = "data:image/png;base64," + base64.b64encode(encoded.getvalue()).decode()
    return element("image", {**within._asdict(), "image-rendering": "optimizeSpeed", "href": source})


def _curve(values: NDArray[np.uint8], within: Rect, theme: Theme) -> str:
    """Return a row of numbers as the curve that it is."""
    x = within.x + within.width * (np.arange(len(values)) + 0.5) / len(values)
    y = within.y + within.height * (1 - values / MOST)
    return element("path", {"d": path_of(np.stack([x, y], 1)), "fill": "none", "stroke": theme.ink})
