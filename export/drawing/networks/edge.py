"""The lab on the edge of stability: the largest eigenvalue of each rate beside its bound, and the losses."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from charts.palette import SYMBOLS, Theme
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, decades
from export.drawing.networks.lane_names import lane_colours
from export.drawing.networks.number_text import filled, fixed, percentage, spell
from export.drawing.networks.packed import positive, row, row_at
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.networks.training import BEHIND
from export.drawing.svg import Rect
from landscapes.arrays import Floats

COLOURS = ("sgd", "momentum", "adam", "rmsprop")
"""The rates have the colours of these methods, which are told apart."""
BEYOND = 30.0
"""Times the largest loss at the start: what is larger flies off (stage/networks/edge_curves.js)."""
FAR, LOW = 4.0, 0.01
"""Times a bound: larger eigenvalues are not drawn, and smaller ones than that of the least have no axis."""
BAND = 0.16
RIGHT = 0.05
"""So far from its bound an eigenvalue is still at it."""


def edge_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_edge.json`."""
    told, texts, theme = facts["edge"], asked.texts("edge"), asked.theme
    lab, runs = asked.scene.network.edge, told["runs"]
    at, colours = asked.step(lab.length), lane_colours(COLOURS, theme)
    lanes = tuple(
        Key(_standing(run, at, asked), colour, "mark", symbol=symbol)
        for run, colour, symbol in zip(runs, colours, SYMBOLS, strict=False)
    )
    return Sheet(
        asked.title(asked.named("datasets").get(lab.data)),
        {
            "sharpness": Pane(
                texts["sharpness"],
                lambda rect: _sharpness(runs, colours, at, lab.length, rect, theme),
                (Key(texts["key_sharpness"], theme.ink), Key(texts["key_bound"], theme.ink, dashes=DASH)),
            ),
            "losses": Pane(texts["losses"], lambda rect: _losses(runs, colours, at, lab.length, rect, theme)),
        },
        f"{asked.ui['step_axis']} {at}",
        lanes=lanes,
        said=tuple(edge_finding(told, texts)),
    )


def _standing(run: Mapping[str, Any], at: int, asked: Asked) -> str:
    """Return a rate with its largest eigenvalue at a step, and the bound of that."""
    rate, steps, values = f"α = {spell(run['rate'], 3)}", row(run["steps"]), _shown(run)
    if not len(steps):
        return f"{rate} …"
    value = float(values[row_at(steps, at)])
    now = spell(value, 3) if np.isfinite(value) else "…"
    colon = "：" if asked.language == "zh" else ": "
    return rate + colon + filled(asked.texts("edge")["reached"], now=now, bound=spell(run["bound"], 3))


def _shown(run: Mapping[str, Any]) -> Floats:
    """Return the largest eigenvalues of a run, NaN where they are far beyond its bound."""
    values = positive(run["sharpness"])
    return np.where(values < FAR * run["bound"], values, np.nan)


def _sharpness(runs: Sequence[Any], colours: list[str], at: int, steps: int, rect: Rect, theme: Theme) -> str:
    bounds = [run["bound"] for run in runs]
    rows = [_shown(run) for run in runs]
    values = np.concatenate([bounds, *rows])
    up = decades(values[values > LOW * min(bounds)])
    chart = Chart.within(rect, Axis(0.0, steps * BEHIND), up, theme)
    pairs = [*zip(runs, rows, colours, strict=False)]
    lines = [chart.line([0, steps], [run["bound"]] * 2, colour, 1.5, DASH) for run, _, colour in pairs]
    lines += [chart.line(row(run["steps"]), values, colour) for run, values, colour in pairs]
    return chart.whole([*lines, chart.upright(at, theme.muted)], _heads(chart, runs, rows, colours, at))


def _losses(runs: Sequence[Any], colours: list[str], at: int, steps: int, rect: Rect, theme: Theme) -> str:
    """Return losses over the steps, in a band of all that they were since the look before."""
    most = BEYOND * max([1e-300, *(run["first_loss"] or 0.0 for run in runs)])
    rows, lows, highs = [], [], []
    for run in runs:
        losses, low, high = (positive(run[name]) for name in ("losses", "low", "high"))
        rows.append(np.where(losses < most, losses, np.nan))
        lows.append(np.where((low < most) & np.isfinite(high), low, np.nan))
        highs.append(np.minimum(high, most))
    chart = Chart.within(
        rect, Axis(0.0, steps * BEHIND), decades(np.concatenate([*rows, *lows, *highs])), theme
    )
    lines = [
        chart.area(row(run["steps"]), low, high, colour, BAND)
        for run, low, high, colour in zip(runs, lows, highs, colours, strict=False)
    ]
    lines += [
        chart.line(row(run["steps"]), losses, colour, 1.5)
        for run, losses, colour in zip(runs, rows, colours, strict=False)
    ]
    return chart.whole([*lines, chart.upright(at, theme.muted)], _heads(chart, runs, rows, colours, at))


def _heads(chart: Chart, runs: Sequence[Any], rows: list[Floats], colours: list[str], at: int) -> list[str]:
    """Return where every run stands at a step; one that has no number there has no mark."""
    heads = []
    for run, values, colour, symbol in zip(runs, rows, colours, SYMBOLS, strict=False):
        steps = row(run["steps"])
        nth = slice(row_at(steps, at), row_at(steps, at) + 1)
        heads.append(chart.marks(steps[nth], values[nth], symbol, colour))
    return heads


def edge_finding(told: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """Return where the eigenvalue of each rate settles, whether losses fall steadily, and what is assumed."""
    if not told["finding"]:
        return []
    rates = [spell(run["rate"], 3) for run in told["runs"]]
    said = [filled(texts["found_limit"], limit=spell(told["limit"], 4))]
    said += [_settled(found, rate, texts) for found, rate in zip(told["finding"], rates, strict=True)]
    whole = [
        (found, rate) for found, rate in zip(told["finding"], rates, strict=True) if found["last"] is not None
    ]
    if whole:
        most, rate = max(whole, key=lambda each: each[0]["rises"])
        ends = {name: spell(most[name], 2) for name in ("first", "last")}
        said.append(filled(texts["found_loss"], rate=rate, rises=percentage(most["rises"]), **ends))
    said += [texts["found_frozen"]] if told["frozen"] else []
    return [*said, texts["found_classes"]] if told["classes"] > 0 else said


def _settled(found: Mapping[str, Any], rate: str, texts: Mapping[str, str]) -> str:
    median, reached = found["median"], found["reached"]
    if found["diverged"] >= 0:
        return filled(texts["found_gone"], rate=rate, step=found["diverged"])
    if median is None or found["low"] is None or found["high"] is None:
        return filled(texts["found_short"], rate=rate)
    ratios = {name: fixed(found[name], 3) for name in ("median", "low", "high")}
    if median < 1 - RIGHT:
        name = "found_below" if reached is None else "found_left"
    else:
        name = "found_above" if median > 1 + RIGHT else "found_at"
    return filled(texts[name], rate=rate, bound=spell(found["bound"], 4), step=reached or 0, **ratios)
