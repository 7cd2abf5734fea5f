"""What is drawn of two networks besides their slices: losses, gradients, steps along these, and roughness."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.letters import wrapped
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.packed import positive, row
from export.drawing.networks.sheet import beside, stacked
from export.drawing.networks.training import BEHIND
from export.drawing.svg import Rect, text
from landscapes.arrays import Floats

SYMBOLS = "circle", "diamond"
BAND, FAINT = 0.16, 0.45
MANY = 24
"""Layers: of more than that the marks are smaller."""
LEAST = {"nonconvex": (50.0, 70.0), "variation": (1.5, 2.0)}
"""What the axes of roughness hold at least."""
HEAD, ABREAST = 11.5, 150.0
"""Pixels: of letters above charts of one pane, and how wide these are at least to stand side by side."""

Titled = Sequence[tuple[str, Callable[[Rect], str]]]


def arm_colours(theme: Theme) -> tuple[str, str]:
    """Return the colours of both networks."""
    return inks(theme).accent, inks(theme).warn


def titled(charts: Titled, rect: Rect, theme: Theme) -> str:
    """Return charts of one pane, each below its title: side by side where they are wide enough."""
    count = len(charts)
    abreast = (rect.width - 14 * (count - 1)) / count >= ABREAST or rect.height < 90 * count
    places = (beside if abreast else stacked)(rect, count)
    lines = [wrapped(title, place.width, HEAD)[:2] for (title, _), place in zip(charts, places, strict=True)]
    most = max(map(len, lines))
    parts = []
    for (_, draw), said, place in zip(charts, lines, places, strict=True):
        over = 15.0 * (most if abreast else len(said))
        parts += [
            text(place.x, place.y + 10 + 15 * nth, line, size=HEAD, fill=theme.ink)
            for nth, line in enumerate(said)
        ]
        parts.append(draw(place.inset(0, 0, 0, over)))
    return "".join(parts)


def _steps(arms: list[Any]) -> Axis:
    return Axis(0.0, max(1, *(arm["of"] for arm in arms)) * BEHIND)


def losses(arms: list[Any], at: int, rect: Rect, theme: Theme) -> str:
    """Return losses over the steps: of training solid, of validation dashed."""
    rows = [[positive(arm[f"{which}_loss"]) for which in ("train", "validation")] for arm in arms]
    chart = Chart.within(rect, _steps(arms), decades(_together(rows)), theme)
    lines = [chart.upright(at, theme.muted)]
    for arm, (train, validation), colour in zip(arms, rows, arm_colours(theme), strict=True):
        measured = row(arm["measured"])
        lines.append(chart.line(measured, validation, colour, 1.6, DASH))
        lines.append(chart.line(measured, train, colour, 2.2))
    return chart.whole(lines)


def gradients(arms: list[Any], rect: Rect, theme: Theme) -> str:
    """Return gradients layer by layer: before training dashed, at its end solid with marks."""
    rows = [[positive(each) for each in arm["gradients"]] for arm in arms]
    layers = max([1, *(len(each) for arm in rows for each in arm)])
    every = max(1, -(-layers // 8))
    marks = tuple((float(layer), str(layer)) for layer in range(1, layers + 1, every))
    across = Marked(0.5, layers + 0.5, marks=marks, often=2)
    chart = Chart.within(rect, across, decades(_together(rows)), theme)
    lines = []
    for arm, colour, symbol in zip(rows, arm_colours(theme), SYMBOLS, strict=True):
        for end, values in enumerate(arm):
            x = np.arange(1, len(values) + 1)
            lines.append(chart.line(x, values, colour, 2.2 if end else 1.8, None if end else DASH))
            if end:
                lines.append(chart.marks(x, values, symbol, colour, 5 if len(values) > MANY else 7))
    return chart.whole(lines)


def spans(arms: list[Any], names: tuple[str, str], at: int, rect: Rect, theme: Theme) -> str:
    """Return from where to where something goes along the gradient, over the steps of training.

    And of losses the one that a step sets out from, of all else the largest.
    """
    rows = [tuple(positive(arm[name]) for name in names) for arm in arms]
    middle = [positive(arm["loss"]) if names == ("low", "high") else rows[k][1] for k, arm in enumerate(arms)]
    chart = Chart.within(rect, _steps(arms), decades(_together([*rows, middle])), theme)
    lines = [chart.upright(at, theme.muted)]
    for arm, (low, high), values, colour in zip(arms, rows, middle, arm_colours(theme), strict=True):
        looks = row(arm["looks"])
        lines.append(chart.area(looks, low, high, colour, BAND))
        lines.append(chart.line(looks, values, colour, 2.2 if names == ("low", "high") else 1.4))
    return chart.whole(lines)


def smoothness(arms: list[Any], at: int, rect: Rect, theme: Theme) -> str:
    """Return the effective smoothness over the steps of training."""
    rows = [positive(arm["smoothness"]) for arm in arms]
    chart = Chart.within(rect, _steps(arms), decades(_together([rows])), theme)
    lines = [
        chart.line(row(arm["looks"]), values, colour, 2.2)
        for arm, values, colour in zip(arms, rows, arm_colours(theme), strict=True)
    ]
    return chart.whole([chart.upright(at, theme.muted), *lines])


def roughness(told: Mapping[str, Any], rect: Rect, asked: Asked) -> str:
    """Return how rough the slices of all seeds are, by both measures, and the means with intervals."""
    texts, theme = asked.texts("residual"), asked.theme

    def one(which: str) -> tuple[str, Callable[[Rect], str]]:
        found = told["finding"][which] if told["finding"] else None
        return texts[which], lambda place: _rough_rows(told["roughness"], which, found, place, theme)

    return titled([one("nonconvex"), one("variation")], rect, theme)


def _rough_rows(
    arms: Sequence[Mapping[str, Any]], which: str, found: Mapping[str, Any] | None, rect: Rect, theme: Theme
) -> str:
    unit = 100.0 if which == "nonconvex" else 1.0
    seeds = [np.array([unit * value for value in arm[which] if value is not None]) for arm in arms]
    means = [found[name] if found else None for name in ("own", "plain")]
    ends = [unit * mean[end] for mean in means if mean for end in ("low", "high")]
    values = np.concatenate([LEAST[which], ends, *seeds])
    more = 0.05 * float(values.max() - values.min())
    low, high = float(values.min()) - more, float(values.max()) + more
    marks = tuple(Axis(low, high).ticks(max(3, int(rect.width / 45))))
    x = Marked(low, high, marks=marks, often=2)
    chart = Chart.within(rect, x, Marked(0.5, 2.5), theme)
    lines = []
    both = zip(seeds, means, arm_colours(theme), SYMBOLS, strict=True)
    for lane, (each, mean, colour, symbol) in enumerate(both):
        y = len(seeds) - lane
        lines.append(chart.marks(each, np.full_like(each, y - 0.22), symbol, colour, 7))
        if mean:
            low, value, high = (unit * mean[name] for name in ("low", "value", "high"))
            lines.append(chart.line([low, high], [y + 0.15, y + 0.15], colour, 3))
            lines.append(chart.marks([value], [y + 0.15], symbol, colour, 10))
    return chart.whole(lines)


def _together(rows: Sequence[Sequence[Floats]]) -> Floats:
    """Return all values of some rows, one behind the other."""
    return np.concatenate([np.zeros(0), *(np.ravel(each) for arm in rows for each in arm)])
