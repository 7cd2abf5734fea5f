"""How losses become heights: which contour lines, which shade, which z."""

from dataclasses import dataclass

import numpy as np

from charts.extent import extent
from landscapes.arrays import Floats

NICE = (1.0, 2.0, 5.0)

FINEST = 2e-3
"""On the "log" view: which part of the whole height range is the unit of the heights."""

DEEPEST = 1e-14
"""And the smallest part that it may be, where most of the ground lies far below the highest."""

MOST_DECADES = 12

HAIR = 1e-6
"""A line at the floor itself, up to this part of a step, is none."""

PIECES = 12
"""On the "linear" view: about how many steps the height range is cut into."""

FINE = (0.01, 0.03, 0.1, 0.25, 0.5)
"""And the finer lines below the first step: parts of a step above the least loss."""

APART = 0.2
"""Finer lines end this part of a step below the first one."""

DEEPER = 10.0
"""On the "log" view: the heights reach further down than usual where their unit is so many times as small."""

DECADES = 4
"""On the "log" view: how many upper decades have lines."""


@dataclass(frozen=True)
class Scale:
    """The scale of one picture: `floor` is its lowest loss, `span` its height range.

    On the "log" view, heights are log(1 + (L − floor) / unit), so that the bottom of a valley is
    seen as well as its rim.
    """

    view: str
    floor: float
    span: float
    unit: float

    def height(self, loss: Floats) -> Floats:
        """Return heights between 0 (the floor) and 1 (the highest loss of the picture).

        What lies beyond is cut to them; what is NaN stays NaN.
        """
        with np.errstate(over="ignore"):
            above = np.clip(np.asarray(loss) - self.floor, 0.0, self.span)
        if self.view == "log":
            return np.log1p(above / self.unit) / np.log1p(self.span / self.unit)
        return above / self.span

    def shown(self, loss: Floats) -> Floats:
        """Return `loss` with NaN for what is cut off: contour lines end before the wall of a pole."""
        with np.errstate(over="ignore"):
            above = loss - self.floor
        return np.where((above >= 0) & (above <= self.span), loss, np.nan)


def scale(loss: Floats, view: str) -> Scale:
    """Return the scale of the losses `loss` of shape (H, W), as `extent` bounds them.

    The heights of the "log" view begin with the upper decades; they reach further down where
    otherwise half of the ground would be flat (exp(10x)).
    """
    floor, top = extent(loss, view)
    span = top - floor
    unit = span * FINEST
    if view == "log":
        within = loss[(loss >= floor) & (loss <= top)]
        middle = float(np.median(within)) - floor if within.size else 0.0
        if 0 < middle < unit / 2:
            unit = max(middle, span * DEEPEST)
    return Scale(view, floor, span, unit)


def nice_step(span: float, pieces: int) -> float:
    """Return a step 1, 2 or 5 times a power of ten that cuts `span` into about `pieces`."""
    power = 10.0 ** np.floor(np.log10(span / pieces))
    return float(min((n * power for n in (*NICE, 10.0)), key=lambda s: abs(span / s - pieces)))


def levels(scale: Scale, least: float | None = None) -> list[tuple[float, bool]]:
    """Return the losses at which contour lines run, rising, and whether each one is labelled.

    Linear: every nice step; and where the least loss is known, finer lines below the first step, so
    that the ground around a minimum is not bare. Log: 1, 2 and 5 in each of the upper four decades.
    """
    if scale.view == "log":
        return _decades(scale, least)
    step = nice_step(scale.span, PIECES)
    first = int(np.ceil(scale.floor / step + HAIR))
    last = int(np.floor((scale.floor + scale.span) / step))
    coarse = [(k * step, k % 2 == 0) for k in range(first, last + 1)]
    if least is None or not coarse:
        return coarse
    fine = [least + step * part for part in FINE]
    return [(level, False) for level in fine if scale.floor < level < coarse[0][0] - APART * step] + coarse


def _decades(scale: Scale, least: float | None) -> list[tuple[float, bool]]:
    """Return levels 1, 2 and 5 times powers of ten above the least loss, the powers labelled.

    Each is rounded to its power of ten: the losses that stand on the map are round ones. Where the
    heights reach further down than usual, only powers of ten are left, and of those not too many.
    """
    top = int(np.floor(np.log10(scale.span)))
    base = scale.floor if least is None else least
    if scale.unit < scale.span * FINEST / DEEPER:
        low = int(np.ceil(np.log10(scale.unit)))
        step = -(-(top - low + 1) // MOST_DECADES)
        powers = {round(base + 10.0**decade, -decade) for decade in range(top, low - 1, -step)}
        return [(level, True) for level in sorted(powers) if level > scale.floor]
    above = [
        (n, decade)
        for decade in range(top - DECADES + 1, top + 1)
        for n in NICE
        if n * 10.0**decade < scale.span
    ]
    rounded = {round(base + n * 10.0**d, -d): n == 1.0 or d == top for n, d in reversed(above)}
    return sorted((level, labelled) for level, labelled in rounded.items() if level > scale.floor)
