"""The lab on paths between solutions: losses on them, barriers of all pairs, and the lines from the start."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, DOT, Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.number_text import filled, percentage, spell
from export.drawing.networks.packed import positive, row
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect

PATHS = "straight", "matched", "bent"
DASHES = {"straight": DASH, "matched": DOT, "bent": None}
SYMBOLS = {"straight": "circle", "matched": "square", "bent": "diamond"}
FAINT = 0.28
"""Of pairs after the first."""
ROUNDING = 1e-6
"""Of a loss in single precision: less is 0 (stage/networks/line_findings.js)."""


def lines_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_lines.json`."""
    told, texts, theme = facts["lines"], asked.texts("lines"), asked.theme
    lab = asked.scene.network.lines
    colours = path_colours(theme)
    keys = [Key(texts[name], colours[name], dashes=DASHES[name]) for name in PATHS]
    found = lines_finding(told["finding"], told["second"], texts) if "parts" not in told else []
    return Sheet(
        asked.title(asked.named("datasets")[lab.data]),
        {
            "paths": Pane(texts[lab.drawn], lambda rect: _paths(told, lab.drawn, rect, texts, theme)),
            "barriers": Pane(
                texts["barriers"], lambda rect: _barriers(told["finding"], rect, texts, theme), most=320
            ),
            "start": Pane(texts["start"], lambda rect: _starts(told, rect, texts, theme), most=320),
        },
        lanes=tuple(keys),
        said=tuple(found),
    )


def path_colours(theme: Theme) -> dict[str, str]:
    """Return the colour of each path."""
    own = inks(theme)
    return {"straight": own.warn, "matched": theme.ink, "bent": own.accent}


def _rows(pair: Mapping[str, Any], what: str) -> dict[str, Any]:
    return {path["id"]: path[what] for path in pair["paths"]}


def _paths(told: Mapping[str, Any], what: str, rect: Rect, texts: dict[str, str], theme: Theme) -> str:
    t = row(told["places"])
    pairs = [{name: row(text) for name, text in _rows(pair, what).items()} for pair in told["pairs"]]
    within = (t >= 0) & (t <= 1)
    rows = [pair[name][within] for pair in pairs for name in PATHS]
    known = np.concatenate(rows) if rows else np.zeros(0)
    known = known[np.isfinite(known)]
    top = 1.12 * max(float(known.max(initial=0.0)), 1e-3)
    up = Axis(0.0, 1.03) if what == "accuracy" else Axis(-0.02 * top, top)
    ends = ((-0.5, "−0.5"), (0.0, texts["one"]), (0.5, "0.5"), (1.0, texts["other"]), (1.5, "1.5"))
    chart = Chart.within(rect, Marked(-0.5, 1.5, title="t", marks=ends), up, theme)
    colours, lines = path_colours(theme), []
    for number, pair in reversed([*enumerate(pairs)]):
        width, opacity = (1.2, FAINT) if number else (2.8, 1.0)
        lines += [chart.line(t, pair[name], colours[name], width, DASHES[name], opacity) for name in PATHS]
    return chart.whole(lines)


def _barriers(finding: Mapping[str, Any] | None, rect: Rect, texts: dict[str, str], theme: Theme) -> str:
    each = finding["each"] if finding else {name: [] for name in PATHS}
    means = (finding["barriers"] if finding else None) or {}
    values = [value for name in PATHS for value in each[name] if value is not None]
    top = 1.12 * max([1e-3, *values, *(mean["high"] for mean in means.values())])
    names = tuple((float(k), texts[f"short_{name}"]) for k, name in enumerate(PATHS))
    chart = Chart.within(rect, Marked(-0.5, 2.5, marks=names, often=3), Axis(-0.06 * top, top), theme)
    colours, drawn = path_colours(theme), []
    for place, name in enumerate(PATHS):
        step = 0.5 / max(len(each[name]) - 1, 1)
        known = [(place - 0.195 + k * step, value) for k, value in enumerate(each[name]) if value is not None]
        if name in means:
            mean, x = means[name], place + 0.38
            drawn.append(chart.line([place - 0.36, x], [mean["value"]] * 2, colours[name], 1.6))
            drawn.append(chart.line([x, x], [mean["low"], mean["high"]], colours[name], 4))
        if known:
            x, y = zip(*known, strict=True)
            drawn.append(chart.marks(x, y, SYMBOLS[name], colours[name], 7))
    return chart.whole(drawn)


def _starts(told: Mapping[str, Any], rect: Rect, texts: dict[str, str], theme: Theme) -> str:
    t = row(told["places"])
    starts = [positive(_rows(pair, "loss")["start"]) for pair in told["pairs"]]
    axis = decades(np.concatenate(starts) if starts else [])
    ends = ((0.0, texts["first"]), (1.0, texts["solution"]))
    chart = Chart.within(rect, Marked(-0.5, 1.5, marks=ends, often=2), axis, theme)
    lines = []
    for number, losses in reversed([*enumerate(starts)]):
        width, opacity = (1.2, FAINT) if number else (2.4, 1.0)
        lines.append(chart.line(t, losses, inks(theme).accent, width, opacity=opacity))
    return chart.whole(lines)


def lines_finding(finding: Mapping[str, Any] | None, second: str, texts: dict[str, str]) -> list[str]:
    """Return barriers with their intervals, what matching takes off, and what the start's lines do."""
    if not finding:
        return [texts["found_nothing"]]
    pairs, lower = finding["pairs"], finding["lower"]
    end_loss, end_right = spell(finding["end_loss"], 2), percentage(finding["end_accuracy"])
    ends = filled(texts["found_ends"], loss=end_loss, right=end_right)
    lost = [filled(texts["found_gone"], gone=finding["gone"])] if finding["gone"] else []
    start = filled(texts["found_start"], falling=finding["falling"], pairs=pairs)
    barriers, removed = finding["barriers"], finding["removed"]
    if not barriers or not removed:
        return [ends, texts["found_few"], start, *lost]
    right = {name: percentage(share) for name, share in finding["accuracy"].items()}
    straight = filled(
        texts["found_straight"], pairs=pairs, right=right["straight"], **_interval(barriers["straight"])
    )
    zero = max(value or 0.0 for value in finding["each"]["matched"]) < ROUNDING
    matched = {"pairs": pairs, "lower": lower, "right": right["matched"], **_interval(barriers["matched"])}
    after = filled(texts["found_zero" if zero else "found_matched"], **matched)
    by = _interval(removed)
    less = texts["found_removed" if removed["low"] > 0 else "found_unsure"]
    less = [] if zero else [filled(less, removed=by["mean"], low=by["low"], high=by["high"])]
    twins = [texts["found_twins"]] if zero and second == "permuted" else []
    bent = filled(texts["found_bent"], right=right["bent"], **_interval(barriers["bent"]))
    return [straight, after, *less, *twins, bent, start, ends, *lost]


def _interval(mean: Mapping[str, float]) -> dict[str, str]:
    names = {"mean": "value", "low": "low", "high": "high"}
    return {name: "0" if abs(mean[of]) < ROUNDING else spell(mean[of], 2) for name, of in names.items()}
