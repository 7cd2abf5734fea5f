"""The lab on training: what one network says of the data, and losses and accuracies of all."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import SYMBOLS
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart, decades
from export.drawing.networks.examples import examples_pane
from export.drawing.networks.lane_names import lane_colours, lane_names
from export.drawing.networks.numbers import filled, fixed, percentage, spell
from export.drawing.networks.packed import row, row_at
from export.drawing.networks.plane import plane_pane
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect
from landscapes.arrays import Floats

BEYOND = 30.0
"""Times the largest loss at the start: what is larger flies off."""
FAINT, BAND = 0.4, 0.16
BEHIND = 1.015
"""An axis of steps reaches a little further than the last one, so that a mark on it is seen."""


def training_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_train.json`, `net_boundary.json` and perhaps `net_band.json`."""
    scene, ui, theme = asked.scene, asked.ui, asked.theme
    trainers = scene.network.trainers
    names = lane_names(trainers, asked.words)
    colours = lane_colours([each.optimizer for each in trainers], theme)
    told = facts["train"]
    lanes = [{**lane, **{name: row(lane[name]) for name in ROWS}} for lane in told["lanes"]]
    at = asked.step(scene.network.net.steps)
    shown = min(scene.view.net_lane, len(trainers)) - 1
    seen = facts["boundary"]
    picture = plane_pane if seen["kind"] == "boundary" else examples_pane
    reached = _reached(lanes[shown], at)
    step = int(lanes[shown]["measured"][row_at(lanes[shown]["measured"], at)]) if reached != "…" else 0
    caption = filled(ui["net_caption"], lane=names[shown], step=step, reached=reached)
    band = facts.get("band")
    bands = band["lanes"] if band else []
    keys = (
        Key(ui["net_key_training"], theme.muted),
        Key(ui["net_key_validation"], theme.muted, dashes=DASH),
        *([Key(ui["net_key_band"], theme.muted, "area")] if bands else []),
    )
    return Sheet(
        asked.title(asked.named("datasets")[scene.network.net.data]),
        {
            "data": picture(seen, at, caption, asked),
            "losses": Pane(
                ui["net_losses"], lambda rect: _losses(lanes, bands, colours, at, rect, asked), keys
            ),
            "accuracies": Pane(
                ui["net_accuracies"], lambda rect: _accuracies(lanes, bands, colours, at, rect, asked), ()
            ),
        },
        f"{ui['step_axis']} {at}",
        tuple(
            Key(f"{name} {_reached(lane, at)}{_ending(lane, ui)}", colour, "mark", symbol=SYMBOLS[k])
            for k, (name, lane, colour) in enumerate(zip(names, lanes, colours, strict=True))
        ),
        tuple(_said(told, band, names, asked)),
    )


ROWS = (
    *("losses", "loss_steps", "measured"),
    *("train_loss", "validation_loss", "train_accuracy", "validation_accuracy"),
)


def _reached(lane: Mapping[str, Any], at: float) -> str:
    """Return the share of the validation examples that a lane has right."""
    if not len(lane["measured"]):
        return "…"
    share = lane["validation_accuracy"][row_at(lane["measured"], at)]
    return percentage(share) if np.isfinite(share) else "…"


def _ending(lane: Mapping[str, Any], ui: dict[str, str]) -> str:
    """Return how a lane ended, nothing where it just came to its last step."""
    kind, step = lane["ending"]["kind"], lane["ending"]["step"]
    name = {"diverged": "net_diverged", "dead": "net_died"}.get(kind)
    return f" ({filled(ui[name], step=step)})" if name else ""


def _losses(lanes: list[Any], bands: list[Any], colours: list[str], at: int, rect: Rect, asked: Asked) -> str:
    first = max([lane["losses"][0] for lane in lanes if len(lane["losses"])], default=1.0)
    most = BEYOND * first

    def shown(values: Floats) -> Floats:
        return np.where((values > 0) & (values < most), values, np.nan)

    names = ("losses", "train_loss", "validation_loss")
    lows = [shown(row(band["loss_low"])) for band in bands]
    highs = [np.minimum(row(band["loss_high"]), most) for band in bands]
    values = [*(shown(lane[name]) for lane in lanes for name in names), *lows, *highs]
    chart = Chart.within(rect, _steps(lanes), decades(np.concatenate(values)), asked.theme)
    parts = _areas(chart, bands, lows, highs, colours)
    for lane, colour in zip(lanes, colours, strict=True):
        parts.append(chart.line(lane["loss_steps"], shown(lane["losses"]), colour, 1, opacity=FAINT))
        parts += _pair(chart, lane, "loss", colour, shown)
    return chart.whole(parts, _heads(chart, lanes, "validation_loss", colours, at, asked, shown))


def _accuracies(
    lanes: list[Any], bands: list[Any], colours: list[str], at: int, rect: Rect, asked: Asked
) -> str:
    lows, highs = ([row(band[f"accuracy_{end}"]) for band in bands] for end in ("low", "high"))
    values = [lane[name] for lane in lanes for name in ("train_accuracy", "validation_accuracy")]
    axis = share_axis(np.concatenate([*values, *lows, *highs]))
    chart = Chart.within(rect, _steps(lanes), axis, asked.theme)
    parts = _areas(chart, bands, lows, highs, colours)
    for lane, colour in zip(lanes, colours, strict=True):
        parts += _pair(chart, lane, "accuracy", colour)
    return chart.whole(parts, _heads(chart, lanes, "validation_accuracy", colours, at, asked))


def share_axis(values: Floats, high: float = 1.02) -> Axis:
    """Return the axis of shares that are right: from below the least of them to one."""
    known = values[np.isfinite(values)]
    least = float(min(1.0, known.min())) if known.size else 0.0
    return Axis(max(0.0, np.floor(10 * least) / 10) - 0.02, high)


def _steps(lanes: list[Any]) -> Axis:
    return Axis(0.0, max(lane["of"] for lane in lanes) * BEHIND)


def _areas(chart: Chart, bands: list[Any], lows: Any, highs: Any, colours: list[str]) -> list[str]:
    return [
        chart.area(row(band["measured"])[: len(low)], low, high, colour, BAND)
        for band, low, high, colour in zip(bands, lows, highs, colours, strict=False)
    ]


def _pair(chart: Chart, lane: Any, what: str, colour: str, shown: Any = lambda values: values) -> list[str]:
    return [
        chart.line(lane["measured"], shown(lane[f"train_{what}"]), colour),
        chart.line(lane["measured"], shown(lane[f"validation_{what}"]), colour, dashes=DASH),
    ]


def _heads(
    chart: Chart,
    lanes: list[Any],
    name: str,
    colours: list[str],
    at: int,
    asked: Asked,
    shown: Any = lambda values: values,
) -> list[str]:
    """Return the playhead, and on it where every lane stands."""
    parts = [chart.upright(at, asked.theme.muted)]
    for k, (lane, colour) in enumerate(zip(lanes, colours, strict=True)):
        if len(lane["measured"]):
            nth = row_at(lane["measured"], at)
            place = lane["measured"][nth : nth + 1], shown(lane[name])[nth : nth + 1]
            parts.append(chart.marks(*place, SYMBOLS[k], colour))
    return parts


def _said(
    told: Mapping[str, Any], band: Mapping[str, Any] | None, names: list[str], asked: Asked
) -> list[str]:
    """Return what was found: of further seeds where there are some."""
    if "parts" in told:
        return []
    if band is None:
        return training_finding(told["finding"], names, asked)
    if band.get("dear"):
        return [*training_finding(told["finding"], names, asked), *_dear(band, asked.ui)]
    return [] if "parts" in band else band_finding(band, names, asked)


def training_finding(finding: Mapping[str, Any] | None, names: list[str], asked: Asked) -> list[str]:
    """Return which network is right most often, and whom chance alone may have put behind it."""
    ui = asked.ui
    if finding is None:
        return [ui["net_found_nothing"]]
    shares = {name: percentage(finding[name]) for name in ("low", "high")}
    best = {"lane": names[finding["lane"]], "count": finding["examples"]}
    found = [filled(ui["net_found_best"], **best, **shares, reached=percentage(finding["accuracy"]))]
    others = [names[lane] for lane in finding["alike"] if lane != finding["lane"]]
    if len(names) > 1:
        close = filled(ui["net_found_close"], others=asked.list(others))
        found.append(close if others else ui["net_found_alone"])
    gap = finding["gap"]
    side = ui["net_found_below" if gap < 0 else "net_found_above"]
    return [*found, filled(side, points=spell(abs(100 * gap), 2))]


def band_finding(band: Mapping[str, Any], names: list[str], asked: Asked) -> list[str]:
    """Return who is better, seed by seed, and by how much."""
    ui, finding = asked.ui, band["finding"]
    if finding is None:
        return [ui["net_found_nothing"]]

    def shares(of: Mapping[str, Any], value: str) -> dict[str, str]:
        return {
            name: fixed(100 * of[key], 1)
            for name, key in ((value, "value"), ("low", "low"), ("high", "high"))
        }

    found = [
        filled(
            ui["net_band_best"], lane=names[finding["lane"]], seeds=band["seeds"], **shares(finding, "mean")
        )
    ]
    for other in finding["others"]:
        same = other["low"] == 0 and other["high"] == 0
        name = "same" if same else "better" if other["low"] > 0 else "alike"
        found.append(filled(ui[f"net_band_{name}"], lane=names[other["lane"]], **shares(other, "by")))
    for lost in finding["diverged"]:
        told = {"lane": names[lost["lane"]], "count": lost["seeds"], "seeds": band["seeds"]}
        found.append(filled(ui["net_band_diverged"], **told))
    return found


def _dear(band: Mapping[str, Any], ui: dict[str, str]) -> list[str]:
    """Return what further seeds would cost where that is too much."""
    dear = band["dear"]
    cost = {name: spell(dear[name], 2) for name in ("cost", "most")}
    said = filled(ui["net_band_dear"], seeds=band["seeds"], **cost)
    return [said, filled(ui["net_band_fewer"], steps=dear["steps"])] if dear["steps"] else [said]
