"""The lab on slices: the loss on a plane as a map, all paths on it, and how far from it they are."""

import base64
import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from charts import contours, heights
from charts.palette import SYMBOLS, Theme
from charts.raster import drawn
from charts.relief import coloured
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, Chart
from export.drawing.networks.lane_names import lane_colours, lane_names
from export.drawing.networks.number_text import filled, percentage, spell
from export.drawing.networks.packed import row, row_at
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.networks.training import BEHIND
from export.drawing.svg import Rect, element
from landscapes.arrays import Floats

FAINT = 0.45
RELIEF = 600  # px, the longer side of the relief


def slice_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_slice.json`."""
    told, texts = facts["slice"], asked.words["network"]["slice"]["texts"]
    network, theme = asked.scene.network, asked.theme
    names = lane_names(network.trainers, asked.words)
    colours = lane_colours([each.optimizer for each in network.trainers], theme)
    at = asked.step(network.net.steps)
    paths = [
        {**each, **{name: row(each[name]) for name in ("steps", "a", "b", "relative", "shown", "true")}}
        for each in told["paths"]
    ]
    races = [
        {**each, **{name: row(each[name]) for name in ("steps", "a", "b", "losses")}} for each in told["race"]
    ]
    keys = (
        Key(texts["key_path"], theme.ink),
        *([Key(texts["key_race"], theme.ink, dashes=DASH)] if races else []),
    )
    return Sheet(
        asked.title(asked.named("datasets")[network.net.data]),
        {
            "plane": Pane(
                " · ".join([filled(texts["caption"], lane=names[told["lane"]]), *_axis_names(told, texts)]),
                lambda rect: _plane(told, paths, races, colours, at, rect, theme),
                keys,
            ),
            "distances": Pane(
                texts["distances_title"],
                lambda rect: _distances(paths, colours, at, network.net.steps, rect, theme),
            ),
        },
        f"{asked.ui['step_axis']} {at}",
        tuple(
            Key(_standing(lane, name, paths, at), colour, "mark", symbol=SYMBOLS[lane])
            for lane, (name, colour) in enumerate(zip(names, colours, strict=True))
        ),
        tuple(slice_finding(told, paths, races, names, texts)),
    )


def _standing(lane: int, name: str, paths: list[dict[str, Any]], at: int) -> str:
    """Return a trainer with its distance from the plane."""
    path = next((each for each in paths if each["lane"] == lane), None)
    if path is None:
        return f"{name} …"
    share = path["relative"][row_at(path["steps"], at)]
    return f"{name} {percentage(float(share) if np.isfinite(share) else 0.0)}"


def _plane(
    told: Mapping[str, Any], paths: Any, races: Any, colours: list[str], at: int, rect: Rect, theme: Theme
) -> str:
    a, b = row(told["a"]), row(told["b"])
    if not len(a):
        return ""
    losses = row(told["losses"]).reshape(len(b), len(a))
    chart = Chart.within(rect, Axis(a[0], a[-1]), Axis(b[0], b[-1]), theme)
    parts = _ground(a, b, losses, chart, theme) if np.isfinite(losses).any() else []
    for trails, dashes in ((paths, None), (races, DASH)):
        for each in trails:
            colour, now = colours[each["lane"]], row_at(each["steps"], at) + 1
            parts.append(chart.line(each["a"], each["b"], colour, 2, dashes, FAINT))
            parts.append(chart.line(each["a"][:now], each["b"][:now], theme.paper, 4))
            parts.append(chart.line(each["a"][:now], each["b"][:now], colour, 2.2, dashes))
    for each in paths:
        nth = row_at(each["steps"], at)
        place = each["a"][nth : nth + 1], each["b"][nth : nth + 1]
        parts.append(chart.marks(*place, SYMBOLS[each["lane"]], colours[each["lane"]], 9))
    parts.append(chart.marks([0.0], [0.0], "cross", theme.ink, 10))
    return chart.whole(parts, grid=False)


def _axis_names(told: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, str]:
    """Return what both axes are."""
    shares = told["shares"]
    if shares is not None:
        a, b = (percentage(share).replace("%", "") for share in shares)
        return filled(texts["axis_path"], axis="a", percent=a), filled(
            texts["axis_path"], axis="b", percent=b
        )
    kind = {"hessian": ("hessian_a", "hessian_b"), "random": ("random", "random")}
    across, up = kind.get(told["kind"], ("ends_a", "ends_b"))
    return filled(texts[f"axis_{across}"], axis="a"), filled(texts[f"axis_{up}"], axis="b")


def _ground(a: Floats, b: Floats, losses: Floats, chart: Chart, theme: Theme) -> list[str]:
    """Return relief and contour lines, as maps have them; the outermost places stand at the edges."""
    scale, frame = heights.scale(losses, "log"), chart.frame
    high = scale.height(losses)
    longer = RELIEF / max(frame.width, frame.height)
    size = max(1, round(frame.width * longer)), max(1, round(frame.height * longer))
    encoded = io.BytesIO()
    drawn(coloured(high, theme), np.isnan(high), theme, size).convert("RGB").save(encoded, "PNG")
    w, h = frame.width / (len(a) - 1), frame.height / (len(b) - 1)
    place = {"x": frame.x - w / 2, "y": frame.y - h / 2, "width": frame.width + w, "height": frame.height + h}
    source = "data:image/png;base64," + base64.b64encode(encoded.getvalue()).decode()
    parts = [element("image", {**place, "preserveAspectRatio": "none", "href": source})]
    for wanted, colour, width in ((False, theme.contour, 0.9), (True, theme.contour_index, 1.1)):
        chosen = [level for level, indexed in heights.levels(scale) if indexed is wanted]
        line = contours.lines(a, b, scale.shown(losses), chosen)
        if len(line):
            parts.append(chart.line(line[:, 0], line[:, 1], colour, width))
    return parts


def _distances(paths: Any, colours: list[str], at: int, steps: int, rect: Rect, theme: Theme) -> str:
    chart = Chart.within(rect, Axis(0.0, steps * BEHIND), Axis(-0.02, 1.04), theme)
    lines, heads = [], [chart.upright(at, theme.muted)]
    for each in paths:
        colour, nth = colours[each["lane"]], row_at(each["steps"], at)
        lines.append(chart.line(each["steps"], each["relative"], colour))
        place = each["steps"][nth : nth + 1], each["relative"][nth : nth + 1]
        heads.append(chart.marks(*place, SYMBOLS[each["lane"]], colour))
    return chart.whole(lines, heads)


def slice_finding(
    told: Mapping[str, Any], paths: Any, races: Any, names: list[str], texts: Mapping[str, str]
) -> list[str]:
    """Return what was found, or why there is no plane, and then where the picture misleads."""
    lane, finding = told["lane"], told["finding"]
    if told["diverged"] is not None:
        return [filled(texts["diverged"], lane=names[lane], step=told["diverged"])]
    if told["flat"]:
        return [texts["flat"]]
    if finding is None:
        return []
    found = []
    for name in ("own", "others"):
        if finding[name] is not None:
            percent = percentage(finding[name]).replace("%", "")
            found.append(filled(texts[f"found_{name}"], lane=names[lane], percent=percent))
    true = {each["lane"]: spell(float(each["true"][-1]), 3) for each in paths}
    for race in races:
        said = {"lane": names[race["lane"]], "space": true[race["lane"]], "step": race["diverged"]}
        name = "found_race" if race["diverged"] < 0 else "found_race_diverged"
        plane = spell(float(race["losses"][-1]), 3) if len(race["losses"]) else ""
        found.append(filled(texts[name], **said, plane=plane))
    for each in finding["warnings"]:
        numbers = {name: spell(each[name], 3 if name.endswith("here") else 2) for name in NUMBERS}
        percent = percentage(each["share"]).replace("%", "")
        found.append(
            filled(texts[f"warn_{each['id']}"], lane=names[each["lane"]], percent=percent, **numbers)
        )
    return found


NUMBERS = "ratio", "factor", "here", "there"
