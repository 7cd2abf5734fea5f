"""The pieces of a chart: axes, and lines, areas, marks and rules between them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from charts.palette import Theme
from export.drawing.axes import SIZE, TICK, Axis, drawn_axes, pixels
from export.drawing.letters import length
from export.drawing.marks import mark
from export.drawing.networks.numbers import spell
from export.drawing.svg import Rect, clipped, element, path_of
from landscapes.arrays import Floats

DASH, DOT = "6 4", "2 3"
FINE = (1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9)
WIDE, SOME = 2.5, 1.2  # decades: over more than that every one, or two, of ten numbers are marked
ROOM = 0.06, 0.1
"""Around what is drawn on a logarithmic axis: a share of its decades, and decades at least."""
EDGE = 1e-9
LOW = 62.0  # px: a chart that is lower has two numbers at its upright axis


@dataclass(frozen=True)
class Marked(Axis):
    """An axis with marks of its own: values and what is written there.

    `often`: how many of them have room where one number of an axis has that is not known beforehand.
    """

    marks: tuple[tuple[float, str], ...] = ()
    often: float = 1.0

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return every one, or every second or third, so that they have room where `most` numbers have."""
        return list(self.marks[:: max(1, math.ceil(len(self.marks) / max(1, self.often * most)))])


@dataclass(frozen=True)
class Decades(Axis):
    """A logarithmic axis of any length: with marks at powers of ten, and between them where it is short."""

    log: bool = True

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return about `most` values and what is written there."""
        low, high = math.log10(self.low), math.log10(self.high)
        wide = high - low > WIDE
        every = math.ceil((high - low) / max(1, most)) if wide else 1
        steps = (1,) if wide else (1, 3) if high - low > SOME else (1, 2, 5)
        found = _within(low, high, every, steps)
        if len(found) < 2:
            found = _within(low, high, 1, (1,) if wide else FINE)
        found = found[:: max(1, math.ceil(len(found) / (most + 1)))]
        return [(value, spell(value, 2)) for value in found]


def decades(values: Iterable[float], room: float = ROOM[0], title: str = "") -> Decades:
    """Return a logarithmic axis that holds all of `values` that are positive, with a little room."""
    shown = np.array([value for value in values if math.isfinite(value) and value > 0])
    if not shown.size:
        return Decades(0.1, 10.0, title=title)
    low, high = math.log10(shown.min()), math.log10(shown.max())
    more = max((high - low) * room, ROOM[1])
    return Decades(10 ** (low - more), 10 ** (high + more), title=title)


def _within(low: float, high: float, every: int, steps: Sequence[float]) -> list[float]:
    """Return those multiples of every `every`th power of ten that lie between two powers."""
    found = [
        step * 10.0**power
        for power in range(math.floor(low), math.floor(high) + 1)
        if power % every == 0
        for step in steps
    ]
    return [value for value in found if low - EDGE <= math.log10(value) <= high + EDGE]


@dataclass(frozen=True)
class Chart:
    """A chart in its frame; everything that it draws is SVG, cut at the frame by `whole`."""

    frame: Rect
    x: Axis
    y: Axis
    theme: Theme

    @classmethod
    def within(cls, rect: Rect, x: Axis, y: Axis, theme: Theme) -> Self:
        """Return the chart that fills `rect`, with as much room for its numbers as they need."""
        below = TICK + 16 + (16 if x.title and rect.width > 150 else 0)
        high = rect.height - below
        if high < LOW and not isinstance(y, Marked):  # two numbers have room, and say how far it is
            ends = y.ticks(2)
            y = Marked(y.low, y.high, y.log, y.title, tuple({ends[0], ends[-1]}), 2)
        names = [length(said) * SIZE for _, said in y.ticks(max(2, int(high / 45)))]
        left = max([20.0, *names]) + TICK + 6
        last = x.ticks(max(2, int((rect.width - left) / 70)))[-1:]
        right = max([8.0, *(length(said) * SIZE / 2 for _, said in last)])
        return cls(rect.inset(left, below, right, 6), x, y, theme)

    def at(self, x: Any, y: Any) -> Floats:
        """Return points (N, 2) in pixels."""
        return pixels(self.x, self.y, self.frame, np.stack([np.asarray(x, float), np.asarray(y, float)], 1))

    def line(
        self, x: Any, y: Any, colour: str, width: float = 2, dashes: str | None = None, opacity: float = 1
    ) -> str:
        """Return a line through points; it breaks where one is NaN."""
        pen = {
            "stroke": colour,
            "stroke-width": width,
            "stroke-dasharray": dashes,
            "stroke-linejoin": "round",
        }
        faint = None if opacity == 1 else opacity
        return element("path", {"d": path_of(self.at(x, y)), "fill": "none", **pen, "stroke-opacity": faint})

    def area(self, x: Any, low: Any, high: Any, colour: str, opacity: float) -> str:
        """Return the area between two lines over the same x, where both are known."""
        x, low, high = (np.asarray(values, float) for values in (x, low, high))
        there = np.isfinite(low) & np.isfinite(high)
        if there.sum() < 2:
            return ""
        around = np.concatenate([self.at(x, high)[there], self.at(x, low)[there][::-1]])
        return element("path", {"d": path_of(around) + "Z", "fill": colour, "fill-opacity": opacity})

    def marks(self, x: Any, y: Any, symbol: str, colour: str, size: float = 8, edge: str = "") -> str:
        """Return a mark at each point that is known."""
        places = [place for place in self.at(x, y) if np.isfinite(place).all()]
        pen = {"edge": edge or self.theme.paper, "width": 1.2}
        return "".join(mark(symbol, u, v, size, fill=colour, **pen) for u, v in places)

    def upright(self, x: float, colour: str, dashes: str | None = None) -> str:
        """Return a line across the whole height."""
        return self.line([x, x], [self.y.low, self.y.high], colour, 1, dashes)

    def whole(self, lines: Iterable[str], on_top: Iterable[str] = (), grid: bool = True) -> str:
        """Return the axes with `lines`, cut at the frame, and what is `on_top`, which is not."""
        x, y, width, height = self.frame
        room = {"x": x, "y": y - 2, "width": width, "height": height + 4}
        name = f"chart-{round(x)}-{round(y)}"
        axes = drawn_axes(replace(self.x), self.y, self.frame, self.theme, grid=grid)
        return axes + clipped(name, room, *lines) + "".join(on_top)
