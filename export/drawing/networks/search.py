"""The lab on search: trials of rate and λ, at random and on a grid, and the best that so many find."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.number_format import format_power
from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.marks import mark
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, DOT, Chart, Marked
from export.drawing.networks.inks import inks, mixed
from export.drawing.networks.numbers import filled, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import HEAD, Key, Pane, Sheet, beside, cross, stacked
from export.drawing.svg import Rect, element, text

SHAPES = ("circle", "square")
"""Of random trials, and of those on the grid."""
ROOM = 0.04
"""Around the ranges of a search: of their decades, so that marks at their ends are whole."""
LETTER = 14.0  # px, for the λ beside its axis
HEADED = HEAD + 8  # px above each of the two pictures


def search_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_search.json`."""
    told, texts, theme = facts["search"], asked.texts("search"), asked.theme
    own, grid = inks(theme).accent, inks(theme).warn
    finding = told["finding"]
    lost = any(way["diverged"] for way in told["ways"])
    return Sheet(
        asked.title(asked.named("datasets")[asked.scene.network.search.data]),
        {
            "trials": Pane(
                "",
                lambda rect: _ways(told, texts, rect, theme),
                (
                    Key(texts["ramp"], own, "ramp"),
                    *([Key(texts["key_diverged"], grid, "cross")] if lost else []),
                ),
            ),
            "best": Pane(
                texts["best"],
                lambda rect: _best(told, rect, theme),
                (
                    Key(texts["circle"], own, width=2.6),
                    Key(texts["square"], grid, dashes=DASH, width=2.6),
                    Key(texts["key_searches"], theme.muted, dashes=DOT, width=1),
                ),
            ),
        },
        said=tuple(search_finding(finding, told["ways"], told["examples"], texts) if finding else ()),
    )


def _ways(told: Mapping[str, Any], texts: dict[str, str], rect: Rect, theme: Theme) -> str:
    places = (beside if rect.width >= 1.25 * rect.height else stacked)(rect, len(SHAPES))
    parts = []
    for way, shape, place in zip(told["ways"], SHAPES, places, strict=False):
        parts.append(text(place.x, place.y + 13, texts[shape], size=HEAD, fill=theme.ink))
        parts.append(_trials(way, shape, told["ranges"], texts, place.inset(0, 0, 0, HEADED), theme))
    return "".join(parts)


def _trials(
    way: Mapping[str, Any], shape: str, ranges: list[float], texts: dict[str, str], rect: Rect, theme: Theme
) -> str:
    """Return every trial where it stands, coloured by what it reaches; nothing is drawn between them."""
    r0, r1, d0, d1 = ranges
    x, y = _powers(r0, r1, texts["axis_rate"]), _powers(d0, d1)
    chart = Chart.within(rect.inset(LETTER, 0, 0, 0), x, y, theme)
    size = 9.0 if min(chart.frame.width, chart.frame.height) < 170 else 11.0
    marks, waits = [], {"fill": "none", "edge": theme.muted, "width": 1}
    reached = row(way["accuracy"])
    for k, (u, v) in enumerate(chart.at(row(way["rate"]), row(way["decay"]))):
        if k in way["diverged"]:
            marks.append(cross(u, v, size / 2, inks(theme).warn))
        elif not np.isfinite(reached[k]):
            marks.append(mark(shape, u, v, size, **waits))
        else:
            fill = mixed(theme.paper, inks(theme).accent, float(reached[k]))
            marks.append(mark(shape, u, v, size, fill=fill, edge=theme.ink, width=1.1))
    middle = chart.frame.y + chart.frame.height / 2 + 4
    frame = element("rect", {**chart.frame._asdict(), "fill": "none", "stroke": inks(theme).line})
    return text(rect.x, middle, "λ", size=12, fill=theme.ink) + frame + chart.whole((), marks, grid=False)


def _powers(low: float, high: float, title: str = "") -> Marked:
    """Return the axis of a range, with its powers of ten."""
    ends = math.log10(low), math.log10(high)
    powers = range(math.ceil(ends[0] - 1e-9), math.floor(ends[1] + 1e-9) + 1)
    marks = tuple((10.0**power, format_power(power)) for power in powers)
    more = 10 ** (ROOM * max(1.0, ends[1] - ends[0]))
    return Marked(low / more, high * more, True, title, marks, 1.5)


def _best(told: Mapping[str, Any], rect: Rect, theme: Theme) -> str:
    """Return the best that so many trials find: the mean, and between what 95 % of all searches lie."""
    chart = Chart.within(rect, Axis(0.5, told["budget"] + 0.5), Axis(0.0, 1.02), theme)
    pens = (inks(theme).accent, None), (inks(theme).warn, DASH)
    lines = []
    for way, (colour, dashes) in zip(told["ways"], pens, strict=False):
        if way["best"]:
            known = {name: row(values) for name, values in way["best"].items()}
            over = np.arange(1, len(known["mean"]) + 1)
            lines += [chart.line(over, known[name], colour, 1, DOT) for name in ("low", "high")]
            lines.append(chart.line(over, known["mean"], colour, 2.6, dashes))
    return chart.whole(lines)


def search_finding(
    finding: Mapping[str, Any], ways: list[Any], examples: int, texts: dict[str, str]
) -> list[str]:
    """Return the best trial, whether λ matters, and how random search compares with the grid."""
    shares = {name: percentage(finding[name]) for name in ("low", "high")}
    best = {name: spell(finding[name], 2) for name in ("rate", "decay")}
    reached = percentage(finding["accuracy"])
    found = [filled(texts["found_best"], **best, reached=reached, count=examples, **shares)]
    if finding["small"]:
        below = {"small": finding["small"], "limit": spell(finding["limit"], 2)}
        found.append(filled(texts["found_small"], **below, reached=percentage(finding["small_best"])))
    ends = {"least": spell(finding["decay_least"], 2), "largest": spell(finding["decay_largest"], 2)}
    rhos = {name: _rho(finding[f"by_{name}"], texts) for name in ("rate", "decay")}
    found.append(filled(texts["found_decay"], ten=finding["ten"], **ends, **rhos))
    if all(way["best"] for way in ways):
        own, grid = ([percentage(row(way["best"][name])[-1]) for name in END] for way in ways)
        means = dict(
            zip(("mean", "low", "high", "grid", "grid_low", "grid_high"), [*own, *grid], strict=True)
        )
        found.append(filled(texts["found_mean"], n=len(row(ways[0]["best"]["mean"])), **means))
    if finding["diverged"]:
        found.append(filled(texts["found_diverged"], diverged=finding["diverged"]))
    return found


END = ("mean", "low", "high")


def _rho(correlation: list[float], texts: dict[str, str]) -> str:
    value, low, high = (spell(each, 2) for each in correlation)
    return filled(texts["found_rho"], value=value, low=low, high=high)
