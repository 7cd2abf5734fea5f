"""The lab on activation functions: the chosen one with its derivative among all others, and each alone."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.letters import shortened
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart
from export.drawing.networks.inks import inks, mixed
from export.drawing.networks.numbers import filled, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect, element, text
from landscapes.arrays import Floats

SEEN = -1.6, 3.2
"""What functions do between these values is what they are known by."""
LAYERS = 10  # that a gradient passes
FLAT = 0.1  # a slope that lets hardly anything through
FAINT = 0.55  # of the paper in the lines of the functions that are not chosen
NAME = 11


def activations_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_activations.json`."""
    ui, theme, names = asked.ui, asked.theme, asked.named("activations")
    curves = [
        {"id": each["id"], **{name: row(each[name]) for name in ("x", "value", "derivative")}}
        for each in facts["activations"]["activations"]
    ]
    chosen = asked.scene.network.net.activation
    one = next(each for each in curves if each["id"] == chosen)
    others = mixed(theme.muted, theme.paper, FAINT)
    keys = (
        Key(ui["net_key_function"], inks(theme).accent, width=3.2),
        Key(ui["net_key_derivative"], inks(theme).warn, dashes=DASH),
        Key(ui["net_key_others"], others, width=1.2),
    )
    return Sheet(
        asked.title(names[chosen]),
        {
            "function": Pane("", lambda rect: _function(curves, one, others, rect, theme), keys),
            "functions": Pane("", lambda rect: _each(curves, chosen, names, rect, theme)),
        },
        said=tuple(activation_finding(one, names[chosen], ui)),
    )


def _function(curves: list[Any], one: Any, others: str, rect: Rect, theme: Theme) -> str:
    x = one["x"]
    chart = Chart.within(rect, Axis(float(x[0]), float(x[-1])), Axis(*SEEN), theme)
    lines = [chart.line(x, each["value"], others, 1.2) for each in curves if each is not one]
    lines.append(chart.line(x, one["derivative"], inks(theme).warn, 2.4, DASH))
    lines.append(chart.line(x, one["value"], inks(theme).accent, 3.2))
    return chart.whole(lines)


def _each(curves: list[Any], chosen: str, names: dict[str, str], rect: Rect, theme: Theme) -> str:
    """Return every function by itself, as many in a row as are about twice as wide as high."""
    count = len(curves)
    columns = min(range(1, count + 1), key=lambda n: abs(math.log(_ratio(rect, n, count) / 1.5)))
    rows = math.ceil(count / columns)
    wide, high = rect.width / columns, rect.height / rows
    parts = []
    for k, each in enumerate(curves):
        cell = Rect(rect.x + k % columns * wide, rect.y + k // columns * high, wide - 6, high - 6)
        picked = each["id"] == chosen
        edge = inks(theme).accent if picked else inks(theme).line
        parts.append(
            element(
                "rect",
                {**cell._asdict(), "rx": 6, "fill": "none", "stroke": edge, "stroke-width": 1 + picked},
            )
        )
        frame = cell.inset(4, NAME + 7, 4, 4)
        chart = Chart(frame, Axis(float(each["x"][0]), float(each["x"][-1])), Axis(*SEEN), theme)
        within = element(
            "svg",
            {**frame._asdict(), "viewBox": " ".join(f"{side:.2f}" for side in frame)},
            chart.line(each["x"], each["derivative"], inks(theme).warn, 1.3, "3 2"),
            chart.line(each["x"], each["value"], inks(theme).accent, 1.8),
        )
        middle = {"text-anchor": "middle", "font-weight": 600 if picked else None}
        name = shortened(names[each["id"]], cell.width - 4, NAME)
        base = cell.y + cell.height - 5
        parts += [within, text(cell.x + cell.width / 2, base, name, size=NAME, fill=theme.ink, **middle)]
    return "".join(parts)


def _ratio(rect: Rect, columns: int, count: int) -> float:
    return (rect.width / columns) / (rect.height / math.ceil(count / columns))


def activation_finding(one: Mapping[str, Floats], name: str, ui: dict[str, str]) -> list[str]:
    """Return how much of a gradient a function lets through: at best, and where hardly anything."""
    x, sizes = one["x"], np.abs(one["derivative"])
    first = int(sizes.argmax())
    slope = float(sizes[first])
    most = {"slope": spell(slope, 3), "at": spell(float(x[first]), 2), "product": spell(slope**LAYERS, 3)}
    ends = {"from": spell(float(x[0]), 2), "to": spell(float(x[-1]), 2)}
    share = percentage(float((sizes < FLAT).mean()))
    return [
        filled(ui["net_found_slope"], name=name, layers=LAYERS, **most),
        filled(ui["net_found_flat"], flat=FLAT, share=share, **ends),
    ]
