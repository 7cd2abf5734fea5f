"""The start, rates and view that a formula nobody has seen before begins with."""

import math
from collections.abc import Iterator
from typing import Literal

import numpy as np

from landscapes.arrays import Floats, Mask
from landscapes.defaults import RING, rate_near
from landscapes.formula.expression import Expression
from landscapes.formula.survey import Survey, middles, usable
from landscapes.landscape import Box, Point

NEUTRAL_RATE = 0.1

GRID = 48
QUADRANTS = (0.5, 0.0, 1.0, 1.5)  # times π: where each begins, the upper left one first
WITHIN = (0.28, 0.2, 0.36, 0.14)  # times π: away from axes and diagonals, where symmetry holds a descent
FLOOR = 10.0
"""How many times higher the highest loss is than the median when most of the ground looks flat. The
surfaces of the shelf that are read on a log view are, nearly all, the ones above it."""


def start(expression: Expression, box: Box, found: Survey) -> Point:
    """Return where a race starts: high up, not on the highest spikes, well inside, with short numbers.

    From a ring at 70 % of the half sides, beginning at the upper left; where nothing on it will do,
    from within the ring, then from the whole box. The formula is defined there, and if possible around.
    """
    ceiling = float(np.quantile(found.loss, 0.9)) if found.loss.size else math.inf
    everywhere = list(_grid(box, 1.0))
    for points, reach in (
        (_ring(box), 0.01),
        (_grid(box, RING), 0.01),
        (everywhere, 0.01),
        (everywhere, 0.0),
    ):
        x, y = np.transpose([_short(point, box) for point in points])
        loss = np.where(_defined_around(expression, box, x, y, reach), expression.on(x, y), np.nan)
        for allowed in (loss <= ceiling, np.isfinite(loss)):
            if allowed.any():
                best = int(np.where(allowed, loss, -np.inf).argmax())
                return float(x[best]), float(y[best])
    return _short(next(_ring(box)), box)


def _ring(box: Box) -> Iterator[Point]:
    """Yield points on the ring, the upper left ones first."""
    (x0, x1), (y0, y1) = box
    for within in WITHIN:
        for quadrant in QUADRANTS:
            angle = math.pi * (quadrant + within)
            across, up = RING * math.cos(angle) / 2, RING * math.sin(angle) / 2
            yield (x0 + x1) / 2 + across * (x1 - x0), (y0 + y1) / 2 + up * (y1 - y0)


def _grid(box: Box, share: float) -> Iterator[Point]:
    """Yield the middles of the cells of a grid over the inner `share` of `box`, the upper ones first."""
    middle, half = [(low + high) / 2 for low, high in box], [share * (high - low) / 2 for low, high in box]
    x, y = middles(
        ((middle[0] - half[0], middle[0] + half[0]), (middle[1] - half[1], middle[1] + half[1])), GRID
    )
    yield from zip(x[::-1].ravel().tolist(), y[::-1].ravel().tolist(), strict=True)


def _short(point: Point, box: Box) -> Point:
    """Return `point` in as few digits as a fiftieth of the shorter side allows: a link is read aloud."""
    digits = -math.floor(math.log10(min(high - low for low, high in box) / 50))
    x, y = (round(value, digits) + 0.0 for value in point)
    return x, y


def _defined_around(expression: Expression, box: Box, x: Floats, y: Floats, reach: float) -> Mask:
    """Return where the loss is defined, and so are its neighbours at `reach` times the sides."""
    i, j = (reach * (high - low) for low, high in box)
    around = ((0.0, 0.0), (i, 0.0), (-i, 0.0), (0.0, j), (0.0, -j))
    return np.all([usable(expression.on(x + u, y + v)) for u, v in around], axis=0)


def gradient_rate(found: Survey, box: Box) -> float:
    """Return one over the curvature that nine tenths of the box stay below.

    But never a step that crosses the box: on a plane, a hundredth of the diagonal is one.
    """
    if not found.loss.size:
        return NEUTRAL_RATE
    curvature, slope = np.quantile(found.curvature, 0.9), np.quantile(found.slope, 0.5)
    if curvature * _diagonal(box) > 1e-3 * slope:
        return rate_near(1 / curvature)
    return rate_near(_diagonal(box) / 100 / slope) if slope else NEUTRAL_RATE


def length_rate(box: Box) -> float:
    """Return a step that is a length: 1.5 % of the diagonal."""
    return rate_near(0.015 * _diagonal(box))


def view(found: Survey) -> Literal["linear", "log"]:
    """Return "log" where a linear picture would show a flat floor below a few peaks."""
    if not found.loss.size:
        return "linear"
    least, median, most = np.quantile(found.loss, [0.0, 0.5, 1.0])
    return "log" if most - least > FLOOR * (median - least) > 0 else "linear"


def _diagonal(box: Box) -> float:
    (x0, x1), (y0, y1) = box
    return math.hypot(x1 - x0, y1 - y0)
