"""Contour lines and their labels, as on a topographic sheet."""

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from contourpy import LineType, contour_generator

from charts.heights import Floats

WIDTH = 800  # pixels of the drawing; it is stretched to the map, the width of its lines is not


@dataclass(frozen=True)
class Label:
    """Where a contour's loss is written: centre and angle (degrees, clockwise, −90 to 90)."""

    x: float
    y: float
    angle: float
    level: float


def drawing(x: Floats, y: Floats, loss: Floats, pens: Sequence[tuple[list[float], str, float]]) -> str:
    """Return contour lines as an SVG data URI over the box, one pen (levels, colour, pixels) after another.

    A picture, not traces: plotly.js redraws every trace of the map on each frame of a playback.
    """
    generator = contour_generator(x, y, loss, name="serial", line_type=LineType.Separate)
    height = round(WIDTH * (y[-1] - y[0]) / (x[-1] - x[0]))
    to_pixels = np.array([WIDTH / (x[-1] - x[0]), -height / (y[-1] - y[0])])
    corner = np.array([x[0], y[-1]])
    paths = []
    for levels, colour, width in pens:
        strokes = [
            "M" + " ".join(f"{u:.1f},{v:.1f}" for u, v in (np.asarray(line) - corner) * to_pixels)
            for level in levels
            for line in generator.lines(level)
        ]
        paths.append(
            f'<path d="{"".join(strokes)}" stroke="{colour}" stroke-width="{width}"'
            ' vector-effect="non-scaling-stroke"/>'
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' preserveAspectRatio="none" fill="none" stroke-linejoin="round">{"".join(paths)}</svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def labels(x: Floats, y: Floats, loss: Floats, levels: list[float]) -> list[Label]:
    """Return at most one label per level, well inside the box and apart from one another."""
    generator = contour_generator(x, y, loss, name="serial", line_type=LineType.Separate)
    width, height = x[-1] - x[0], y[-1] - y[0]
    placed: list[Label] = []
    for level in levels:
        best, best_room = None, 0.09  # closer than 9 % of the box, two labels would touch
        for line in generator.lines(level):
            line = np.asarray(line)
            if len(line) < 12:
                continue
            for k in range(4, len(line) - 4, max(1, len(line) // 48)):
                u, v = (line[k, 0] - x[0]) / width, (line[k, 1] - y[0]) / height
                edge = min(u, 1 - u, v, 1 - v)
                if edge < 0.05:
                    continue
                apart = [math.hypot((line[k, 0] - p.x) / width, (line[k, 1] - p.y) / height) for p in placed]
                # Labels on the right half leave the usual start, on the left, in the clear.
                room = min([*apart, 0.35]) + 0.1 * u
                if room > best_room and min([*apart, 1.0]) > 0.09:
                    best, best_room = _label(line, k, level), room
        if best is not None:
            placed.append(best)
    return placed


def _label(line: Floats, k: int, level: float) -> Label:
    """Return the label at vertex `k`, turned along the line, never upside down."""
    along = line[k + 4] - line[k - 4]
    angle = -math.degrees(math.atan2(along[1], along[0]))
    return Label(float(line[k, 0]), float(line[k, 1]), (angle + 90) % 180 - 90, level)
