"""The lab on the size of mini-batches: three lanes over epochs, and the time and noise of each size."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import SYMBOLS, Theme
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.lane_names import lane_colours
from export.drawing.networks.numbers import filled, fixed, percentage, spell
from export.drawing.networks.packed import positive, row, row_at
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.networks.training import BEHIND
from export.drawing.svg import Rect

COLOURS = ("sgd", "momentum", "adam")
"""The lanes have the colours of these methods, which are told apart."""


def batches_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_batches.json`; its playhead counts epochs."""
    told, texts, theme = facts["batch"], asked.texts("batch"), asked.theme
    lab = asked.scene.network.batch
    lanes, colours = told["lanes"], lane_colours(COLOURS, theme)
    names = [texts[f"lane_{lane['id']}"] for lane in lanes]
    at = asked.step(lab.length)
    own, other = inks(theme).accent, inks(theme).warn
    found = batch_finding(told["finding"], told["examples"], names, texts) if told["finding"] else []
    return Sheet(
        asked.title(asked.named("datasets")[lab.data]),
        {
            "losses": Pane(
                texts["losses"],
                lambda rect: _losses(lanes, colours, at, lab.length, rect, theme),
                (Key(texts["key_train"], theme.ink), Key(texts["key_validation"], theme.ink, dashes=DASH)),
            ),
            "times": Pane(
                texts["times"],
                lambda rect: _times(told, rect, theme),
                (Key(texts["key_update"], own), Key(texts["key_epoch"], other)),
            ),
            "variance": Pane(
                texts["variance"],
                lambda rect: _variances(told, rect, theme),
                (Key(texts["key_law"], theme.ink, dashes=DASH, width=1.5), Key(texts["key_drawn"], own)),
            ),
        },
        lanes=tuple(
            Key(f"{name} {_reached(lane, at, texts)}", colour, "mark", symbol=SYMBOLS[k])
            for k, (name, lane, colour) in enumerate(zip(names, lanes, colours, strict=True))
        ),
        said=tuple(found),
    )


def _reached(lane: Mapping[str, Any], at: int, texts: dict[str, str]) -> str:
    """Return what a lane has reached at the last epoch that the playhead has passed."""
    epochs = row(lane["epochs"])
    if not len(epochs):
        return "…"
    nth = row_at(epochs, at)
    share, updates = row(lane["validation_accuracy"])[nth], int(row(lane["updates"])[nth])
    return filled(texts["reached"], validation=percentage(share), updates=updates)


def _losses(lanes: list[Any], colours: list[str], at: int, length: int, rect: Rect, theme: Theme) -> str:
    known = [[positive(lane[f"{which}_loss"]) for which in ("train", "validation")] for lane in lanes]
    axis = decades(np.concatenate([values for pair in known for values in pair]))
    chart = Chart.within(rect, Axis(0.0, length * BEHIND), axis, theme)
    lines, heads = [], [chart.upright(at, theme.muted)]
    for k, (lane, (train, validation)) in enumerate(zip(lanes, known, strict=True)):
        epochs = row(lane["epochs"])
        lines.append(chart.line(epochs, train, colours[k]))
        lines.append(chart.line(epochs, validation, colours[k], dashes=DASH))
        nth = row_at(epochs, at)
        heads.append(chart.marks(epochs[nth : nth + 1], validation[nth : nth + 1], SYMBOLS[k], colours[k]))
    return chart.whole(lines, heads)


def _times(told: Mapping[str, Any], rect: Rect, theme: Theme) -> str:
    """Return the time of an update and of an epoch against the size, as shares of those with all examples."""
    update, epoch = positive(told["update"]), positive(told["epoch"])
    sizes = row(told["sizes"])[: len(update)]
    chart = Chart.within(rect, _sizes(told), decades([*update, *epoch]), theme)
    lines = []
    for values, colour, symbol in (
        (update, inks(theme).accent, "circle"),
        (epoch, inks(theme).warn, "square"),
    ):
        lines += [chart.line(sizes, values, colour), chart.marks(sizes, values, symbol, colour)]
    return chart.whole(lines)


def _variances(told: Mapping[str, Any], rect: Rect, theme: Theme) -> str:
    """Return the variance of the gradient against the size, with its intervals, on the line of the law.

    With all examples there is none, which has no place on this axis.
    """
    sizes, drawn, half = (row(told[name]) for name in ("sizes", "variance", "half"))
    some = drawn > 0
    sizes, drawn, half = sizes[some], drawn[some], half[some]
    law, own = positive(told["law"]), inks(theme).accent
    lows = np.maximum(drawn - half, 1e-9 * drawn)
    chart = Chart.within(rect, _sizes(told), decades([*drawn, *lows, *(drawn + half), *law]), theme)
    lines = [chart.line(row(told["line"]), law, theme.ink, 1.5, DASH)]
    for size, low, high in zip(sizes, lows, drawn + half, strict=True):
        lines.append(chart.line([size, size], [low, high], own, 3))
    return chart.whole([*lines, chart.marks(sizes, drawn, "circle", own)])


def _sizes(told: Mapping[str, Any]) -> Axis:
    return decades([*row(told["sizes"]), *row(told["line"])])


def batch_finding(
    finding: Mapping[str, Any], count: int, names: list[str], texts: dict[str, str]
) -> list[str]:
    """Return where the lanes end, how well the law of the variance holds, and what a small batch costs."""
    lanes = finding["lanes"]
    found = [
        filled(texts["found_lane"], lane=name, count=finding["validated"], **_end(end))
        if end
        else filled(texts["found_diverged"], lane=name)
        for name, end in zip(names, lanes, strict=True)
    ]
    _, decayed, grown = lanes
    if decayed and grown:
        apart = decayed["low"] > grown["high"] or grown["low"] > decayed["high"]
        found.append(texts["found_apart" if apart else "found_alike"])
    law = {name: finding[name] for name in ("held", "sizes", "draws")}
    update = f"{spell(100 * finding['update'], 2)}%"
    time = filled(texts["found_time"], update=update, count=count, epoch=spell(finding["epoch"], 2))
    return [*found, filled(texts["found_law"], **law), time]


def _end(end: Mapping[str, Any]) -> dict[str, Any]:
    shares = {name: f"{fixed(100 * end[name], 1)}%" for name in ("low", "high")}
    told = {"loss": spell(end["loss"], 2), "updates": end["updates"]}
    return {**told, "validation": percentage(end["validation"]), **shares}
