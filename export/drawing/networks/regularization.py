"""The lab on regularisation: five lanes side by side, the gaps at their ends, and norms of weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from charts.palette import SYMBOLS, Theme
from export.drawing.axes import Axis
from export.drawing.letters import length, wrapped
from export.drawing.marks import mark
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, DOT, Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.lane_names import lane_colours
from export.drawing.networks.numbers import filled, fixed, percentage
from export.drawing.networks.packed import positive, row, row_at
from export.drawing.networks.sheet import Key, Pane, Sheet, stacked
from export.drawing.networks.training import BEHIND, share_axis
from export.drawing.svg import Rect, text

COLOURS = ("sgd", "momentum", "adam", "rmsprop", "nesterov")
"""The lanes have the colours of these methods, which are told apart."""
GAP_OPACITY = 0.2
HEAD, SAID = 12.5, 11.0  # px of letters above the charts of a lane
NARROW = 105.0  # px: narrower charts of five lanes stand in two rows
FLAT = 64.0  # px: where charts would be lower, those of losses are left out


def regularization_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_regularization.json`."""
    told, texts, theme = facts["regularization"], asked.texts("regularization"), asked.theme
    lab = asked.scene.network.regularization
    colours = lane_colours(COLOURS, theme)
    lanes = told["lanes"]
    names = [texts[f"lane_{lane['id']}"] for lane in lanes]
    at = asked.step(lab.length)
    finding = told["finding"]
    keys = (
        Key(texts["key_train"], theme.ink),
        Key(texts["key_validation"], theme.ink, dashes=DASH),
        Key(texts["key_gap"], theme.ink, "area"),
    )
    return Sheet(
        asked.title(asked.named("datasets")[lab.data]),
        {
            "lanes": Pane("", lambda rect: _lanes(lanes, names, colours, at, rect, asked), keys),
            "gaps": Pane(texts["gaps"], lambda rect: _gaps(finding, names, colours, rect, theme)),
            "norms": Pane(texts["norms"], lambda rect: _norms(lanes, colours, at, rect, theme)),
        },
        f"{asked.ui['step_axis']} {at}",
        said=tuple(regularization_finding(finding, names, asked) if finding else ()),
        broad=0.6,
    )


def _lanes(lanes: list[Any], names: list[str], colours: list[str], at: int, rect: Rect, asked: Asked) -> str:
    """Return the charts of all lanes: accuracies, and losses below them where there is room."""
    columns = len(lanes) if rect.width / len(lanes) >= NARROW else (len(lanes) + 1) // 2
    rows = -(-len(lanes) // columns)
    each = (rect.width + 10) / columns
    values = {
        "accuracy": share_axis(
            np.concatenate([row(lane[f"{w}_accuracy"]) for lane in lanes for w in BOTH]), 1.03
        ),
        "loss": decades(np.concatenate([row(lane[f"{w}_loss"]) for lane in lanes for w in BOTH])),
    }
    lines = {k: wrapped(_reached(lane, at, asked), each - 10, SAID)[:3] for k, lane in enumerate(lanes)}
    above = 20 + 14 * max(map(len, lines.values()))
    parts = []
    for k, (lane, name, colour, symbol) in enumerate(zip(lanes, names, colours, SYMBOLS, strict=False)):
        line = stacked(rect, rows)[k // columns]
        cell = Rect(rect.x + k % columns * each, line.y, each - 10, line.height)
        parts.append(mark(symbol, cell.x + 6, cell.y + 8, 10, fill=colour, edge=asked.theme.paper, width=1))
        bold = {"font-weight": 600}
        size = min(HEAD, (cell.width - 16) / (1.1 * length(name)))
        parts.append(text(cell.x + 16, cell.y + 13, name, size=size, fill=asked.theme.ink, **bold))
        for nth, words in enumerate(lines[k]):
            parts.append(text(cell.x, cell.y + 28 + 14 * nth, words, size=SAID, fill=asked.theme.muted))
        below = cell.inset(0, 0, 0, above)
        charts = [*values.items()][: 2 if below.height >= 2 * FLAT else 1]
        for (measure, axis), place in zip(charts, stacked(below, len(charts)), strict=True):
            parts.append(_lane(lane, measure, axis, colour, at, place, asked))
    return "".join(parts)


BOTH = ("train", "validation")


def _lane(lane: Any, measure: str, y: Axis, colour: str, at: int, place: Rect, asked: Asked) -> str:
    """Return one lane: the gap as an area, and faintly what would have come after it stopped."""
    theme, ui = asked.theme, asked.ui
    name = ui["net_accuracies" if measure == "accuracy" else "net_losses"]
    said = text(place.x, place.y + 11, name, size=SAID, fill=theme.muted)
    x = row(lane["measured"])
    train, validation = ((positive if measure == "loss" else row)(lane[f"{w}_{measure}"]) for w in BOTH)
    chart = Chart.within(place.inset(0, 0, 0, 14), Axis(0.0, lane["of"] * BEHIND), y, theme)
    until = len(x) if lane["stop"] is None else int((x <= lane["stop"]).sum())
    lines = [chart.area(x[:until], train[:until], validation[:until], colour, GAP_OPACITY)]
    for values, dashes in ((train, None), (validation, DASH)):
        if until < len(x):
            lines.append(chart.line(x[until - 1 :], values[until - 1 :], inks(theme).line, 1.5, dashes))
        lines.append(chart.line(x[:until], values[:until], colour, 2, dashes))
    return said + chart.whole([*lines, chart.upright(at, theme.muted)])


def _reached(lane: Any, at: int, asked: Asked) -> str:
    """Return what a lane has right where the playhead stands; one that has stopped, what it had then."""
    texts, measured, stop = asked.texts("regularization"), row(lane["measured"]), lane["stop"]
    if not len(measured):
        return "…"
    nth = row_at(measured, at if stop is None else min(stop, at))
    shares = {which: percentage(row(lane[f"{which}_accuracy"])[nth]) for which in BOTH}
    said = filled(texts["reached"], **shares)
    return filled(texts["stopped"], reached=said, step=stop) if stop is not None and stop <= at else said


def _gaps(finding: Any, names: list[str], colours: list[str], rect: Rect, theme: Theme) -> str:
    """Return the gaps at the end in percentage points, with their intervals, and a line at the first."""
    ends: list[Any] = [None] * len(names) if finding is None else finding["lanes"]
    count = len(names)
    marks = tuple((float(count - k), name) for k, name in enumerate(names))
    y = Marked(0.5, count + 0.5, marks=marks, often=count)
    values = [100 * end[name] for end in ends if end for name in ("gap_low", "gap_high")]
    low, high = min([0.0, *values]), max([1.0, *values])
    more = 0.06 * (high - low)
    chart = Chart.within(rect, Axis(low - more, high + more), y, theme)
    if finding is None:  # no gap, no scale
        chart = Chart(chart.frame, Marked(0, 1), y, theme)
    lines = [chart.upright(100 * ends[0]["gap"], theme.muted, DOT)] if ends[0] else []
    for k, end in enumerate(ends):
        if end:
            at = count - k
            lines.append(chart.line([100 * end["gap_low"], 100 * end["gap_high"]], [at, at], colours[k], 3))
            lines.append(chart.marks([100 * end["gap"]], [at], SYMBOLS[k], colours[k], 10))
    return chart.whole(lines, grid=False)


def _norms(lanes: list[Any], colours: list[str], at: int, rect: Rect, theme: Theme) -> str:
    """Return the norm of all weights over the steps, and where a lane stops that has none of its own."""
    values = [row(lane["norms"]) for lane in lanes]
    high = float(np.nanmax(np.concatenate([*values, np.ones(1)])))
    axis = Axis(0.0, max(lane["of"] for lane in lanes) * BEHIND)
    chart = Chart.within(rect, axis, Axis(0.0, 1.06 * high), theme)
    lines = [chart.upright(at, theme.muted)]
    for k, (lane, norms) in enumerate(zip(lanes, values, strict=True)):
        measured = row(lane["measured"])
        if lane["stop"] is None:
            lines.append(chart.line(measured, norms, colours[k]))
        else:
            nth = row_at(measured, lane["stop"])
            lines.append(
                chart.marks(measured[nth : nth + 1], norms[nth : nth + 1], SYMBOLS[k], colours[k], 10)
            )
    return chart.whole(lines)


def regularization_finding(finding: Mapping[str, Any], names: Sequence[str], asked: Asked) -> list[str]:
    """Return how wide the gap is, which are smaller beyond chance, and how dropout comes by its own."""
    texts, lanes, dropout = asked.texts("regularization"), finding["lanes"], finding["dropout"]
    first, early = lanes[0], lanes[-1]
    found = []
    if first:
        found.append(filled(texts["found_gaps"], count=finding["examples"], **_gap(first)))
    lost = [name for name, end in zip(names, lanes, strict=True) if end is None]
    if lost:
        found.append(filled(texts["diverged"], lanes=asked.list(lost)))
    if first:
        close = [
            filled(texts["found_gap"], lane=names[lane], **_gap(lanes[lane])) for lane in finding["smaller"]
        ]
        smaller = filled(texts["found_smaller"], lanes=asked.list(close))
        found.append(smaller if close else texts["found_alike"])
    if dropout:
        points = {name: _points(dropout[name]) for name in ("validation", "low", "high")}
        taken = {"gap": _points(-dropout["closed"]), "training": _points(-dropout["training"])}
        found.append(filled(texts["found_dropout"], **taken, **points))
        found.append(texts[_verdict(dropout)])
    return [*found, filled(texts["found_stop"], step=early["step"])] if early else found


def _verdict(dropout: Mapping[str, float]) -> str:
    """Return how dropout closes the gap, if it does: chance has a part in what validation says alone."""
    if dropout["closed"] <= 0:
        return "found_open"
    if dropout["low"] > 0:
        return "found_both" if dropout["training"] > 0 else "found_better"
    return "found_worse" if dropout["high"] < 0 else "found_unsure"


def _gap(end: Mapping[str, float]) -> dict[str, str]:
    return {
        name: _points(end[key]) for name, key in (("gap", "gap"), ("low", "gap_low"), ("high", "gap_high"))
    }


def _points(share: float) -> str:
    return fixed(100 * share, 1)
