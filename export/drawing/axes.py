"""Axes: where marks stand, and how they are drawn around a rectangle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from charts.heights import nice_step
from charts.number_format import format_level, format_tick
from charts.palette import Theme
from export.drawing.svg import Rect, element, text
from landscapes.arrays import Floats

TICK = 4  # px, how long a mark is
SIZE = 11  # px, of the numbers
SMALL = 110  # px: axes that are no longer have no name

MIDDLE = {"text-anchor": "middle"}


@dataclass(frozen=True)
class Axis:
    """One axis: its range, whether it is logarithmic, and its name."""

    low: float
    high: float
    log: bool = False
    title: str = ""

    def share(self, values: Floats) -> Floats:
        """Return where `values` lie between low (0) and high (1); NaN where a logarithm has none."""
        if not self.log:
            return (values - self.low) / (self.high - self.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            return (np.log10(values) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return about `most` values that are marked, at most, and what is written there."""
        if self.log:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            every = max(1, math.ceil((last - first + 1) / max(2, most)))
            return [(10.0**power, format_tick(10.0**power)) for power in range(first, last + 1, every)]
        step = nice_step(self.high - self.low, max(2, most - 1))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(k * step, format_level(k * step)) for k in range(first, last + 1)]


def pixels(x: Axis, y: Axis, frame: Rect, points: Floats) -> Floats:
    """Return `points` (N, 2) as pixels of `frame`, y upwards."""
    across = frame.x + frame.width * x.share(points[:, 0])
    return np.stack([across, frame.y + frame.height * (1 - y.share(points[:, 1]))], axis=1)


def drawn_axes(x: Axis, y: Axis, frame: Rect, theme: Theme, *, grid: bool, aside: float = 36) -> str:
    """Return the marks, numbers and names of two axes around `frame`, and lines across it if `grid`.

    The name of the upright one stands `aside` pixels left of it.
    """
    left, bottom = frame.x, frame.y + frame.height
    parts: list[str] = []
    pen = {"stroke": theme.grid, "stroke-width": 1}
    for value, said in x.ticks(max(2, int(frame.width / 70))):
        at = left + frame.width * float(x.share(np.array(value)))
        parts += [_line((at, bottom), (at, bottom + TICK), pen)]
        parts += [text(at, bottom + TICK + 12, said, size=SIZE, fill=theme.muted, **MIDDLE)]
    for value, said in y.ticks(max(2, int(frame.height / 45))):
        at = bottom - frame.height * float(y.share(np.array(value)))
        begin = (left, at) if grid else (left - TICK, at)
        parts += [_line(begin, (left + frame.width, at) if grid else (left, at), pen)]
        parts += [text(left - TICK - 3, at + 4, said, size=SIZE, fill=theme.muted, **{"text-anchor": "end"})]
    middle, centre = left + frame.width / 2, frame.y + frame.height / 2
    if x.title and frame.width > SMALL:
        parts += [text(middle, bottom + 32, x.title, size=12, fill=theme.ink, **MIDDLE)]
    if y.title and frame.height > SMALL:
        turned = {"transform": f"rotate(-90 {left - aside:.1f} {centre:.1f})"}
        parts += [text(left - aside, centre, y.title, size=12, fill=theme.ink, **MIDDLE, **turned)]
    return "".join(parts)


def _line(begin: Sequence[float], end: Sequence[float], pen: dict[str, object]) -> str:
    return element("line", {"x1": begin[0], "y1": begin[1], "x2": end[0], "y2": end[1], **pen})
