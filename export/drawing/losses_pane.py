"""Loss against step: one curve for each lane, and where they are at a step."""

from typing import Any

import numpy as np

from charts.loss_curves import CURVE
from charts.palette import Theme
from export.drawing.axes import Axis, drawn_axes, pixels
from export.drawing.lanes import Drawn
from export.drawing.marks import mark
from export.drawing.svg import Layers, Rect, clipped, element, path_of
from landscapes.arrays import Floats

MARGINS = 70, 40, 12, 10  # px around the axes: left, below, right, above
DECADES = 16
"""A logarithmic axis reaches no further down than so many decades below its highest."""


def losses_pane(
    lanes: list[Drawn], least: float | None, within: Rect, theme: Theme, titles: tuple[str, str]
) -> Layers:
    """Return the chart in the part `within` of a picture; `least`, if any, is subtracted, on a log axis."""
    log = least is not None
    curves = [lane.trajectory.losses - (least or 0.0) for lane in lanes]
    return curves_pane(lanes, curves, _loss_axis(curves, log, titles[1]), within, theme, titles[0])


def curves_pane(
    lanes: list[Drawn], curves: list[Floats], y: Axis, within: Rect, theme: Theme, step_title: str
) -> Layers:
    """Return a chart of `curves`, one for each lane with a number for each step from 0 on."""
    frame = within.inset(*MARGINS)
    x = Axis(0.0, float(max(1, *(len(lane.trajectory.losses) - 1 for lane in lanes))), title=step_title)

    def at(steps: Any, values: Floats) -> Floats:
        values = np.maximum(values, y.low) if y.log else np.clip(values, -1e300, 1e300)
        return pixels(x, y, frame, np.stack([np.asarray(steps, float), values], axis=1))

    drawn = []
    for lane, curve in zip(lanes, curves, strict=True):
        pen = {"stroke": lane.colour, "stroke-width": CURVE, "stroke-dasharray": lane.dashes}
        line = path_of(at(np.arange(len(curve)), curve))
        drawn.append(element("path", {"d": line, "fill": "none", **pen}))

    def moving(step: int) -> str:
        head = frame.x + frame.width * step / x.high
        line = {"x1": head, "x2": head, "y1": frame.y, "y2": frame.y + frame.height}
        parts = [element("line", {**line, "stroke": theme.muted, "stroke-width": 1})]
        for lane, curve in zip(lanes, curves, strict=True):
            row = min(step, len(curve) - 1)
            ((u, v),) = at([row], curve[row : row + 1])
            if frame.y - 1 <= v <= frame.y + frame.height + 1:
                parts.append(mark(lane.symbol, u, v, 9, fill=lane.colour, edge=theme.paper, width=1.5))
        return "".join(parts)

    # A little larger than the axes, so that a curve that runs along one of them has its whole width.
    room = {"x": frame.x, "y": frame.y - 2, "width": frame.width, "height": frame.height + 4}
    name = f"curves-{round(within.x)}-{round(within.y)}"
    axes = drawn_axes(x, y, frame, theme, grid=True, aside=54)
    return Layers(axes + clipped(name, room, *drawn), moving)


def _loss_axis(curves: list[Floats], log: bool, title: str) -> Axis:
    values = np.concatenate(curves)
    values = values[np.isfinite(values) & (np.abs(values) < 1e300)]
    start = float(max(curve[0] for curve in curves))
    if log:
        positive = values[values > 0]
        if not positive.size:
            return Axis(0.1, 1.0, True, title)
        # What has left the valley would push all else into a corner.
        high = float(min(positive.max(), max(start, positive.min()) * 1e3))
        low = float(max(positive.min(), high / 10.0**DECADES))
        low = low if low < high / 10 else high / 10
        return Axis(10.0 ** np.floor(np.log10(low)), 10.0 ** (np.ceil(np.log10(high) * 4) / 4), True, title)
    low = float(values.min())
    high = float(min(values.max(), start + 2 * max(start - low, 1e-12)))
    room = 0.05 * max(high - low, 1e-12)
    return Axis(low - room, high + room, False, title)
