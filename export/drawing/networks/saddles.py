"""The lab on saddles: critical points by loss and index, the spectrum of one, and the ways down from it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, Marked
from export.drawing.networks.inks import inks
from export.drawing.networks.number_text import filled, fixed, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect, element
from landscapes.arrays import Floats

SYMBOLS = "triangle-up", "square", "circle"
SHARES = tuple((share / 10, f"{10 * share}%") for share in range(6))
FEWEST = 4
"""So many points have a correlation."""


def saddles_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_saddles.json`."""
    told, texts, theme = facts["saddles"], asked.texts("saddles"), asked.theme
    own, left = inks(theme), told["left"]
    colours = own.warn, theme.ink, own.accent
    lanes = [
        Key(
            filled(texts["key_network"], parameters=each["parameters"], found=len(row(each["loss"]))),
            *(colour, "mark"),
            symbol=symbol,
        )
        for each, colour, symbol in zip(told["networks"], colours, SYMBOLS, strict=True)
    ]
    lanes.append(Key(texts["key_predicted"], theme.muted, "mark", symbol="cross"))
    found = saddles_finding(told, told["finding"], texts) if told["finding"] else []
    return Sheet(
        asked.title(asked.named("datasets")[asked.scene.network.saddles.data]),
        {
            "points": Pane(texts["points"], lambda rect: _points(told, colours, rect, texts, theme)),
            "spectrum": Pane(
                texts["spectrum"],
                lambda rect: _spectrum(left, rect, texts, theme),
                (Key(texts["key_semicircle"], theme.ink, dashes=DASH),),
                most=320,
            ),
            "ways": Pane(
                texts["ways"],
                lambda rect: _ways(left, rect, texts, theme),
                (Key(texts["key_way"], own.accent), Key(texts["key_line"], own.warn, dashes=DASH)),
                most=320,
            ),
        },
        lanes=tuple(lanes),
        said=tuple(found),
    )


def _around(values: Any, title: str) -> Axis:
    """Return an axis that holds all `values` that are known, with a little room."""
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    if not known.size:
        return Axis(0.0, 1.0, title=title)
    low, high = float(known.min()), float(known.max())
    room = max(0.06 * (high - low), 1e-9, 1e-3 * abs(high))
    return Axis(low - room, high + room, title=title)


def _points(
    told: Mapping[str, Any], colours: tuple[str, ...], rect: Rect, texts: dict[str, str], theme: Theme
) -> str:
    rows = [
        {name: row(each[name]) for name in ("loss", "negative", "predicted")} for each in told["networks"]
    ]
    across = _around(np.concatenate([each["loss"] for each in rows]), texts["axis_loss"])
    chart = Chart.within(rect, across, Marked(-0.02, 0.52, marks=SHARES), theme)
    drawn = []
    for each, colour, symbol in zip(rows, colours, SYMBOLS, strict=True):
        drawn.append(chart.marks(each["loss"], each["predicted"], "cross", colour, 8))
        drawn.append(chart.marks(each["loss"], each["negative"], symbol, colour, 9))
    left = told["left"]
    if left:
        at = left["number"]
        ((x, y),) = chart.at(rows[-1]["loss"][at : at + 1], rows[-1]["negative"][at : at + 1])
        ring = {"cx": x, "cy": y, "r": 9, "fill": "none", "stroke": theme.ink, "stroke-width": 1.6}
        drawn.append(element("circle", ring))
    return chart.whole(drawn)


def _spectrum(left: Mapping[str, Any] | None, rect: Rect, texts: dict[str, str], theme: Theme) -> str:
    title = texts["axis_eigenvalue"]
    if not left:
        return Chart.within(rect, Axis(-1.0, 1.0, title=title), Axis(0.0, 1.0), theme).whole([])
    edges, counts = row(left["edges"]), row(left["counts"])
    centre, radius = left["centre"], left["radius"]
    width = float(edges[1] - edges[0]) or 1.0
    heights = np.repeat(np.log10(1 + counts / max(counts.sum(), 1) / width), 2)
    x = np.repeat(edges, 2)[1:-1]
    round_ = centre - radius * np.cos(np.pi * np.arange(81) / 80)
    inside = np.maximum(radius**2 - (round_ - centre) ** 2, 0)
    density = np.log10(1 + 2 / (np.pi * max(radius, 1e-12) ** 2) * np.sqrt(inside))
    top = 1.08 * float(max(heights.max(), density.max()))
    chart = Chart.within(rect, _around([*x, *round_], title), Axis(0.0, top), theme)
    steps = np.concatenate([x[:1], x, x[-1:]]), np.concatenate([[0.0], heights, [0.0]])
    lines = [chart.upright(0.0, theme.muted), chart.line(*steps, inks(theme).accent)]
    return chart.whole([*lines, chart.line(round_, density, theme.ink, dashes=DASH)])


def _ways(left: Mapping[str, Any] | None, rect: Rect, texts: dict[str, str], theme: Theme) -> str:
    title = texts["axis_distance"]
    if not left:
        return Chart.within(rect, Axis(-1.0, 1.0, title=title), Axis(0.0, 1.0), theme).whole([])
    ways = [_with_point(way, left["loss"]) for way in left["ways"]]
    low = min(float(losses.min()) for _, losses in ways)
    high = left["loss"]
    up = Axis(low - 0.08 * (high - low), high + 0.5 * (high - low) + 1e-9)
    chart = Chart.within(rect, _around(np.concatenate([at for at, _ in ways]), title), up, theme)
    own = inks(theme)
    line = chart.line(row(left["line"]["at"]), row(left["line"]["loss"]), own.warn, dashes=DASH)
    lines = [line, *(chart.line(at, losses, own.accent, 2.6) for at, losses in ways)]
    return chart.whole([*lines, chart.marks([0.0], [high], "circle", theme.ink, 9)])


def _with_point(way: Mapping[str, str], loss: float) -> tuple[Floats, Floats]:
    return np.concatenate([[0.0], row(way["at"])]), np.concatenate([[loss], row(way["loss"])])


def saddles_finding(told: Mapping[str, Any], finding: list[Any], texts: dict[str, str]) -> list[str]:
    """Return how the index follows the loss, what random matrices would give, and what was not found."""
    known = [each for each in finding if each is not None]
    if not known:
        return [texts["found_nothing"]]
    last = known[-1]
    sure = sum(each["distinct"] >= FEWEST and each["rho"][1] > 0 for each in known)
    rises = filled(texts["found_rises" if sure == len(known) else "found_some"], sure=sure, all=len(known))
    shares = {name: percentage(last[name]) for name in ("predicted", "found")}
    wigner = filled(texts["found_wigner"], parameters=last["parameters"], **shares)
    counts = {
        name: sum(each[name] for each in known) for name in ("searches", "failed", "distinct", "minima")
    }
    accepted = filled(texts["found_accepted"], bound=spell(told["bound"], 2), **counts)
    flat = percentage(max(each["flat"] for each in known))
    zero = filled(texts["found_flat"], tolerance=spell(told["tolerance"], 2), flat=flat)
    each = [_relation(one, texts) for one in known]
    return [rises, *each, wigner, _way(told["left"], told["aside"], texts), accepted, zero]


def _relation(one: Mapping[str, Any], texts: dict[str, str]) -> str:
    counts = {name: one[name] for name in ("parameters", "distinct")}
    if one["distinct"] < FEWEST:
        return filled(texts["found_few"], **counts)
    rho, low, high = (fixed(value, 2) for value in one["rho"])
    ends = {name: percentage(one[name]) for name in ("least", "largest")}
    return filled(texts["found_rho"], rho=rho, low=low, high=high, **counts, **ends)


def _way(left: Mapping[str, Any] | None, aside: float, texts: dict[str, str]) -> str:
    if not left:
        return texts["found_no_way"]
    one, other = (spell(left["loss"] if end is None else end, 3) for end in left["ends"])
    values = {"loss": spell(left["loss"], 3), "negative": left["negative"], "all": left["parameters"]}
    smallest = spell(left["smallest"], 2)
    return filled(texts["found_way"], aside=aside, one=one, other=other, smallest=smallest, **values)
