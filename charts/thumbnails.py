"""Small pictures of surfaces, as their maps have them: relief and contour lines."""

import re
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from charts import contours, heights
from charts.palette import Theme
from charts.raster import drawn, webp
from charts.relief import coloured
from landscapes.arrays import Floats
from landscapes.terrain import Terrain

SIZE = (192, 144)
"""Pixels: 96 × 72 of a page, on a screen that has two for one."""

FINE = 3  # times as many pixels each way to draw lines on
STROKE = 4  # of these


def sprite(grounds: Sequence[tuple[Terrain, str]], theme: Theme) -> bytes:
    """Return a WebP of all `grounds`, one below the other: samples, and the scale, "linear" or "log"."""
    width, height = SIZE
    strip = Image.new("RGB", (width, height * len(grounds)))
    for nth, (terrain, view) in enumerate(grounds):
        strip.paste(thumbnail(terrain, view, theme), (0, nth * height))
    return webp(strip)


def thumbnail(terrain: Terrain, view: str, theme: Theme) -> Image.Image:
    """Return the middle of a map, as much of it as fills a picture of SIZE."""
    scale = heights.scale(terrain.loss, view)
    ground = scale.height(terrain.loss)
    rows, columns = ground.shape
    whole = _covering(columns / rows)
    image = drawn(coloured(ground, theme), np.isnan(ground), theme, whole)
    levels = heights.levels(scale, float(np.nanmin(terrain.loss)))
    for wanted, pen in ((False, theme.contour), (True, theme.contour_index)):
        chosen = [level for level, is_index in levels if is_index is wanted]
        lines = contours.lines(terrain.x, terrain.y, scale.shown(terrain.loss), chosen)
        colour, opacity = _ink(pen)
        strokes = _strokes(lines, terrain, whole).point(_faded(opacity))
        image.paste(Image.new("RGB", whole, colour), mask=strokes)
    left, top = ((a - b) // 2 for a, b in zip(whole, SIZE, strict=True))
    return image.crop((left, top, left + SIZE[0], top + SIZE[1]))


def _covering(shape: float) -> tuple[int, int]:
    """Return the smallest size in which a picture that is `shape` times as wide as high covers SIZE."""
    width, height = SIZE
    return max(width, round(height * shape)), max(height, round(width / shape))


def _strokes(lines: Floats, terrain: Terrain, size: tuple[int, int]) -> Image.Image:
    """Return a mask of `size`: where lines (N, 2), whose pieces are parted by NaN, run over the ground."""
    canvas = Image.new("L", (size[0] * FINE, size[1] * FINE))
    pen = ImageDraw.Draw(canvas)
    low, high = (np.array([terrain.x[end], terrain.y[end]]) for end in (0, -1))
    at = (lines - low) / (high - low)
    at[:, 1] = 1 - at[:, 1]  # pixels count from the top
    at *= np.array(canvas.size) - 1
    for piece in np.split(at, np.flatnonzero(np.isnan(at[:, 0]))):
        line = piece[~np.isnan(piece[:, 0])]
        if len(line) > 1:
            pen.line([*map(tuple, line.tolist())], fill=255, width=STROKE)
    return canvas.resize(size, Image.Resampling.BOX)


def _ink(colour: str) -> tuple[tuple[int, int, int], float]:
    """Return red, green and blue, and the opacity, of "rgba(…)"."""
    red, green, blue, opacity = (float(part) for part in re.findall(r"[\d.]+", colour))
    return (int(red), int(green), int(blue)), opacity


def _faded(opacity: float) -> list[int]:
    """Return the table by which a mask becomes one of this opacity."""
    return [round(value * opacity) for value in range(256)]
