"""The examples that a surface is made of, and each lane's fit to them at a step."""

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis, drawn_axes, pixels
from export.drawing.lanes import Drawn
from export.drawing.marks import mark
from export.drawing.svg import Layers, Rect, clipped, element, path_of
from landscapes.arrays import Floats
from landscapes.landscape import Examples

MARGINS = 56, 40, 12, 10  # px around the axes: left, below, right, above
ROOM = 0.08
"""Of the spread of the data, on each side."""
BENDS = 80  # pieces of a curve


def data_pane(examples: Examples, lanes: list[Drawn], within: Rect, theme: Theme) -> Layers:
    """Return the chart in the part `within` of a picture."""
    frame = within.inset(*MARGINS)
    inputs, targets = np.asarray(examples.inputs, float), np.asarray(examples.targets, float)
    rows = inputs.reshape(len(targets), -1)
    parted = examples.model == "boundary"
    points = rows[:, :2] if parted else np.stack([rows[:, 0], targets], axis=1)
    names = ("x₁", "x₂") if parted else ("x", "y")
    x, y = (Axis(*_span(points[:, axis]), title=names[axis]) for axis in (0, 1))
    looks = [("circle", theme.muted), ("circle", theme.negative), ("triangle-up", theme.positive)]
    marks = []
    for (u, v), target in zip(pixels(x, y, frame, points), targets, strict=True):
        symbol, colour = looks[1 + int(target)] if parted else looks[0]
        marks.append(mark(symbol, u, v, 6.5, fill=colour, edge=theme.paper, width=0.8))

    def moving(step: int) -> str:
        fits = []
        for lane in lanes:
            theta = lane.trajectory.points[min(step, len(lane.trajectory.points) - 1)]
            line = pixels(x, y, frame, fit(examples.model, theta, (x.low, x.high)))
            pen = {"stroke": lane.colour, "stroke-width": 2.2, "stroke-dasharray": lane.dashes}
            fits.append(element("path", {"d": path_of(line), "fill": "none", **pen}))
        return clipped(f"fits-{round(within.x)}-{round(within.y)}", frame._asdict(), *fits)

    return Layers(drawn_axes(x, y, frame, theme, grid=True, aside=40) + "".join(marks), moving)


def fit(model: str, theta: Floats, span: tuple[float, float]) -> Floats:
    """Return the line (N, 2) that the parameters θ (2,) of a model draw over inputs of `span`.

    "line": y = θ₁ x + θ₂; "curve": y = θ₂ tanh(θ₁ x); "boundary": where θ·x = 0.
    """
    (a, b), (low, high) = theta, span
    if model == "boundary":
        far = 100 * max(abs(low), abs(high)) / max(float(np.hypot(a, b)), 1e-300)
        return np.array([[-b * far, a * far], [b * far, -a * far]])
    across = np.linspace(low, high, BENDS + 1)
    return np.stack([across, a * across + b if model == "line" else b * np.tanh(a * across)], axis=1)


def _span(values: Floats) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = ROOM * (high - low) or 1.0
    return low - room, high + room
