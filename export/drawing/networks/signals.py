"""The lab on starting weights: histograms of activations and gradients, layer by layer, and their spreads."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.letters import length
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.numbers import filled, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import Pane, Sheet
from export.drawing.svg import Rect, element, text
from landscapes.arrays import Floats
from scenes.network_knobs import NORMAL_INPUTS

SIGNALS = ("activations", "gradients")
SYMBOLS = {"activations": "circle", "gradients": "square"}
HEAVY = 0.005
"""Share of a layer's values that counts when a common axis is chosen, or that is a trouble."""
NARROWEST = 1.0  # px that a bin has at least: all values in one place are seen as a line
SIZE, LINE = 11.5, 14.0  # px: of letters, and from one line to the next
TOP = 20.0, 34.0  # px above the histograms, for names and ends of their axes: in one line, or two


def signals_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_signals.json`."""
    told, ui, theme = facts["signals"], asked.ui, asked.theme
    inside = asked.scene.network.inside
    layers = told["layers"]
    colours = {"activations": inks(theme).accent, "gradients": inks(theme).warn}
    return Sheet(
        asked.title(asked.named("datasets")[inside.data]),
        {
            "histograms": Pane("", lambda rect: _histograms(layers, colours, rect, asked)),
            **{
                name: Pane(
                    ui[f"net_spread_{name}"],
                    lambda rect, name=name: _spreads(layers, name, colours, rect, theme),
                )
                for name in SIGNALS
            },
        },
        "" if inside.data == NORMAL_INPUTS else f"{ui['step_axis']} {told['step']}",
        said=tuple(signal_finding(layers, told["equal"], ui)),
    )


def common_axis(histograms: list[tuple[Floats, Floats]]) -> tuple[float, float]:
    """Return the ends between which all `histograms` (edges, counts) lie, but for a few values far out."""
    ends = [_inner(*each) for each in histograms]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return (low, high) if high > low else (low - 1, low + 1)


def _inner(edges: Floats, counts: Floats) -> tuple[float, float]:
    """Return where a histogram begins and ends, without bins at its ends that are nearly empty."""
    heavy = np.flatnonzero(counts > HEAVY * counts.sum())
    # Values that are all the same have a bin somewhere in the middle, whose width says nothing.
    if len(heavy) < 2:
        return float(edges[0]), float(edges[-1])
    return float(edges[heavy[0]]), float(edges[heavy[-1] + 1])


def _histograms(layers: list[Any], colours: dict[str, str], rect: Rect, asked: Asked) -> str:
    """Return a row for each layer, and a column for each signal with one axis for all of its layers."""
    ui, theme = asked.ui, asked.theme
    names = [filled(ui["net_layer"], layer=nth + 1) for nth in range(len(layers))]
    notes = [_notes(layer, ui) for layer in layers]
    left = max([0.0, *(length(name) * SIZE for name in names)]) + 8
    right = max([0.0, *(length(line) * SIZE for note in notes for line in note)]) + 8
    wide = (rect.width - left - right - 14) / 2
    axes = {
        signal: common_axis([(row(layer[signal]["edges"]), row(layer[signal]["counts"])) for layer in layers])
        for signal in SIGNALS
    }
    heads = [(ui[f"net_{signal}"], [spell(end, 2) for end in axes[signal]]) for signal in SIGNALS]
    fit = all((length(name) + 2 * max(map(length, ends))) * 12 + 8 < wide for name, ends in heads)
    over = TOP[0 if fit else 1]
    high = (rect.height - over) / max(1, len(layers))
    parts = []
    for column, signal in enumerate(SIGNALS):
        x = rect.x + left + column * (wide + 14)
        pairs = [(row(layer[signal]["edges"]), row(layer[signal]["counts"])) for layer in layers]
        parts.append(_axis_head(*heads[column], Rect(x, rect.y + 11, wide, over - TOP[0]), theme))
        for nth, pair in enumerate(pairs):
            cell = Rect(x, rect.y + over + nth * high + 3, wide, high - 5)
            parts += _bars(*pair, axes[signal], cell, colours[signal], theme)
    for nth, (name, note) in enumerate(zip(names, notes, strict=True)):
        base = rect.y + over + (nth + 1) * high - 4
        parts.append(text(rect.x, base, name, size=SIZE, fill=theme.muted))
        shown = note[: max(1, int(high / LINE))]
        for k, line in enumerate(shown):
            at = base - (len(shown) - 1 - k) * LINE
            fill = theme.ink if k == 0 else inks(theme).warn
            parts.append(text(rect.x + rect.width - right + 8, at, line, size=SIZE, fill=fill))
    return "".join(parts)


def _axis_head(name: str, ends: list[str], place: Rect, theme: Theme) -> str:
    """Return the name of a column, and the ends of its axis beside it or so many pixels below."""
    x, base, wide, below = place
    middle = {"text-anchor": "middle", "font-weight": 600}
    right = {"text-anchor": "end"}
    return (
        text(x + wide / 2, base, name, size=12, fill=theme.ink, **middle)
        + text(x, base + below, ends[0], size=10.5, fill=theme.muted)
        + text(x + wide, base + below, ends[1], size=10.5, fill=theme.muted, **right)
    )


def _bars(
    edges: Floats, counts: Floats, axis: tuple[float, float], cell: Rect, colour: str, theme: Theme
) -> list[str]:
    """Return a histogram as high as its fullest bin."""
    low, high = axis
    x, y, width, height = cell
    across = x + width * (edges - low) / (high - low)
    parts = []
    zero = x - width * low / (high - low)
    if x < zero < x + width:
        line = {"x1": zero, "x2": zero, "y1": y, "y2": y + height}
        parts.append(element("line", {**line, "stroke": inks(theme).line}))
    most, outline = float(counts.max(initial=0)), []
    for k in np.flatnonzero(counts):
        begin, end = max(across[k], x), min(across[k + 1], x + width)
        if end < x or begin > x + width:
            continue
        wider = max(0.0, NARROWEST - (end - begin)) / 2
        top = height * counts[k] / most
        outline.append(
            f"M{begin - wider:.2f} {y + height:.2f}v{-top:.2f}h{end - begin + 2 * wider:.2f}v{top:.2f}z"
        )
    parts.append(element("path", {"d": "".join(outline), "fill": colour}))
    base = {"x1": x, "x2": x + width, "y1": y + height, "y2": y + height}
    return [*parts, element("line", {**base, "stroke": inks(theme).line})]


def _notes(layer: Mapping[str, Any], ui: dict[str, str]) -> list[str]:
    """Return the spread of a layer, and what is wrong with it."""
    lost = layer["activations"]["lost"] + layer["gradients"]["lost"]
    found = [f"σ {spell(layer['std'], 2)}"]
    for name in ("dead", "saturated"):
        if layer[name] and layer[name] > HEAVY:
            found.append(filled(ui[f"net_{name}"], share=percentage(layer[name])))
    return [*found, filled(ui["net_lost"], count=lost)] if lost else found


def _spreads(layers: list[Any], signal: str, colours: dict[str, str], rect: Rect, theme: Theme) -> str:
    """Return standard deviations over layers; of activations those that theory foretells as well."""
    count = len(layers)
    forward = signal == "activations"
    measured = _shown([layer["std" if forward else "gradient_std"] for layer in layers])
    theory = _shown([layer["theory"] for layer in layers]) if forward else np.full(count, np.nan)
    marks = tuple((float(nth), str(nth)) for nth in range(1, count + 1))
    x = Marked(0.7, count + 0.3, marks=marks, often=3)
    chart = Chart.within(rect, x, decades([*measured, *theory]), theme)
    over = np.arange(1, count + 1)
    lines = [
        chart.line(over, measured, colours[signal]),
        chart.marks(over, measured, SYMBOLS[signal], colours[signal]),
        chart.line(over, theory, theme.ink, dashes=DASH),
    ]
    return chart.whole(lines)


def _shown(values: list[float | None]) -> Floats:
    """Return what has a place on a logarithmic axis."""
    return np.array([value if value is not None and 0 < value < 3e38 else np.nan for value in values], float)


def signal_finding(layers: list[Any], equal: bool, ui: dict[str, str]) -> list[str]:
    """Return what becomes of signals from the first layer to the last."""
    if not layers:
        return []
    first, last = layers[0], layers[-1]

    def mean(name: str) -> str:
        return percentage(sum(layer[name] or 0.0 for layer in layers) / len(layers))

    way = {"layers": len(layers), "from": spell(first["std"], 2), "to": spell(last["std"], 2)}
    theory = last["theory"]
    spread = (
        filled(ui["net_found_spread"], **way)
        if theory is None
        else filled(ui["net_found_theory"], **way, theory=spell(theory, 2))
    )
    back = {"from": spell(last["gradient_std"], 2), "to": spell(first["gradient_std"], 2)}
    units = filled(ui["net_found_units"], dead=mean("dead"), saturated=mean("saturated"))
    found = [spread, filled(ui["net_found_back"], **back), units]
    return [*found, ui["net_found_equal"]] if equal else found
