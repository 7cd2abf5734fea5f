"""Contour lines and their labels, as on a topographic sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from contourpy import LineType, contour_generator

from landscapes.arrays import Floats


@dataclass(frozen=True)
class Label:
    """Where a contour's loss is written: centre and angle (degrees, clockwise, −90 to 90)."""

    x: float
    y: float
    angle: float
    level: float


def lines(x: Floats, y: Floats, loss: Floats, levels: list[float]) -> Floats:
    """Return the contour lines at `levels` as one polyline (N, 2) whose pieces are parted by NaN.

    `loss` has shape (H, W). Lines end where it is not finite.
    """
    return parted([line for level in levels for line in at_level(x, y, loss, level)])


def parted(pieces: Sequence[Floats]) -> Floats:
    """Return polylines, each of shape (n, 2), as one (N, 2), a row of NaN after each."""
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for piece in pieces for part in (piece, gap)] or [np.empty((0, 2))])


def at_level(x: Floats, y: Floats, loss: Floats, level: float) -> list[Floats]:
    """Return the contour lines at one level, each of shape (N, 2)."""
    ground = loss if np.isfinite(loss).all() else np.ma.masked_invalid(loss)
    generator = contour_generator(x, y, ground, name="serial", line_type=LineType.Separate)
    return [np.asarray(line, float) for line in generator.lines(level)]


def labels(x: Floats, y: Floats, loss: Floats, levels: list[float]) -> list[Label]:
    """Return at most one label per level, well inside the box and apart from one another."""
    width, height = x[-1] - x[0], y[-1] - y[0]
    placed: list[Label] = []
    for level in levels:
        best, best_room = None, 0.09  # closer than 9 % of the box, two labels would touch
        for line in at_level(x, y, loss, level):
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
