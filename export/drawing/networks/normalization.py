"""The lab on normalisation: which starting weights, rates or sizes of batches a network learns with."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.letters import length
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH, DOT, Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.numbers import filled, fixed, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import Key, Pane, Sheet, cross
from export.drawing.svg import Rect, text

COLUMNS = 4
SIZE = 11.0
BAND = 0.16
SYMBOLS = {"test": "circle", "train": "square", "plain": "diamond"}


def normalization_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_scales.json`, `net_rates.json` or `net_modes.json`."""
    lab, texts, theme = asked.scene.network.normalization, asked.texts("normalization"), asked.theme
    told = facts["normalization"]
    name = asked.named("normalizations")[told["norm"]]
    own, plain = inks(theme).accent, inks(theme).warn
    if lab.vary == "batches":
        two = told["norm"] == "batch"
        first = filled(texts["key_test"], name=name) if two else name
        train = [Key(filled(texts["key_train"], name=name), theme.ink, dashes=DOT)] if two else []
        keys = Key(first, own), *train, Key(texts["plain"], plain, dashes=DASH)
        pane = Pane(texts["batches"], lambda rect: _modes(told, rect, theme), keys)
        finding = modes_finding(told["finding"], told["seeds"], name, texts) if told["finding"] else []
    else:
        keys = Key(name, own, width=2.6), Key(texts["plain"], plain, dashes=DASH)
        if any(step >= 0 for each in told["rows"] for step in each["diverged"]):
            keys = *keys, Key(texts["diverged"], plain, "cross")
        pane = Pane(texts[lab.vary], lambda rect: _grid(told, lab.vary, texts, rect, theme), keys)
        values = row(told["values"])
        finding = []
        if told["finding"] and lab.vary == "rates":
            finding = rates_finding(told["finding"], name, texts)
        elif told["finding"]:
            finding = scales_finding(told["finding"], values, name, asked)
    return Sheet(asked.title(asked.named("datasets")[lab.data]), {"curves": pane}, said=tuple(finding))


def _grid(told: Mapping[str, Any], vary: str, texts: dict[str, str], rect: Rect, theme: Theme) -> str:
    """Return accuracies over epochs for each of the values: with the normalisation, and without it."""
    values, epochs = row(told["values"]), told["epochs"]
    rows = -(-len(values) // COLUMNS)
    wide, high = (rect.width + 12) / COLUMNS, rect.height / rows
    curves = [row(each["train"]).reshape(len(values), -1) for each in told["rows"]]
    looks = [("accent", 2.6, None), ("warn", 2.0, "5 3")]
    parts = []
    for k, value in enumerate(values):
        cell = Rect(rect.x + k % COLUMNS * wide, rect.y + k // COLUMNS * high, wide - 12, high - 6)
        parts.append(
            _head(f"{'α' if vary == 'rates' else 'σ'} {spell(value, 2)}", told, k, texts, cell, theme)
        )
        chart = Chart(cell.inset(1, 1, 1, SIZE + 7), Axis(0.0, float(epochs)), Axis(0.0, 1.0), theme)
        for end in (0.0, 1.0):
            parts.append(chart.line([0, epochs], [end, end], inks(theme).line, 1))
        for which in reversed(range(len(curves))):
            ink, width, dashes = looks[which]
            colour, known = getattr(inks(theme), ink), curves[which][k]
            over = np.arange(len(known))
            parts.append(chart.line(over, known, colour, width, dashes))
            if told["rows"][which]["diverged"][k] >= 0:
                last = max(0, int(np.isfinite(known).sum()) - 1)
                ((u, v),) = chart.at([last], np.nan_to_num(known[last : last + 1]))
                parts.append(cross(u, v, 4, colour))
    return "".join(parts)


def _head(head: str, told: Mapping[str, Any], k: int, texts: dict[str, str], cell: Rect, theme: Theme) -> str:
    """Return the value that a chart is of, and what both networks reach, as far as there is room."""
    ends = [_reached(each, k, texts) for each in told["rows"]]
    said = " · ".join(ends)
    base = cell.y + SIZE
    parts = [text(cell.x, base, head, size=SIZE, fill=theme.ink, **{"font-weight": 600})]
    if (length(head) + length(said) + 1.5) * SIZE <= cell.width:
        end = {"text-anchor": "end"}
        parts.append(text(cell.x + cell.width, base, said, size=SIZE, fill=theme.muted, **end))
    return "".join(parts)


def _reached(each: Mapping[str, Any], k: int, texts: dict[str, str]) -> str:
    """Return what was measured last, in words."""
    if each["diverged"][k] >= 0:
        return texts["diverged"]
    known = row(each["train"]).reshape(len(each["diverged"]), -1)[k]
    known = known[np.isfinite(known)]
    return percentage(float(known[-1])) if len(known) else "…"


def _modes(told: Mapping[str, Any], rect: Rect, theme: Theme) -> str:
    """Return what is right on validation data against the size of batches, with bands over seeds."""
    sizes = row(told["values"])
    span = decades(sizes)
    marks = tuple((float(size), spell(size, 3)) for size in sizes)
    chart = Chart.within(
        rect, Marked(span.low, span.high, True, marks=marks, often=2), Axis(0.0, 1.02), theme
    )
    pens = {
        "test": (inks(theme).accent, None),
        "train": (theme.ink, DOT),
        "plain": (inks(theme).warn, DASH),
    }
    lines = [
        chart.area(sizes, row(each["low"]), row(each["high"]), pens[each["id"]][0], BAND)
        for each in told["lines"]
    ]
    for each in told["lines"]:
        colour, dashes = pens[each["id"]]
        mean = row(each["mean"])
        lines.append(chart.line(sizes, mean, colour, 2.4, dashes))
        lines.append(chart.marks(sizes, mean, SYMBOLS[each["id"]], colour, 9))
    return chart.whole(lines)


def scales_finding(finding: Mapping[str, Any], scales: Any, name: str, asked: Asked) -> list[str]:
    """Return for which starting weights a network learns with the normalisation, and for which without."""
    texts = asked.texts("normalization")
    counts = {key: finding[key] for key in ("better", "worse", "held")}
    ends = {key: percentage(finding[key]) for key in ("low", "high")}
    found = [filled(texts["found"], name=name, all=len(scales), **counts, **ends)]
    against = [
        filled(
            texts["found_against"],
            sigma=spell(scales[int(k)], 2),
            own=percentage(own),
            plain=percentage(plain),
        )
        for k, own, plain in finding["against"]
    ]
    if against:
        found.append(filled(texts["found_worse"], which=asked.list(against)))
    learned = {"learned": finding["learned"], "without": finding["learned_without"]}
    return [*found, filled(texts["found_learned"], **learned, enough=percentage(finding["enough"]))]


def rates_finding(finding: Mapping[str, Any], name: str, texts: dict[str, str]) -> list[str]:
    """Return up to which rates a network learned, with the normalisation and without."""
    seeds, enough = len(finding["own"]), percentage(finding["enough"])
    found = []
    for which, key, top in ((name, "own", "top"), (texts["found_plain"], "plain", "top_plain")):
        known = [rate for rate in finding[key] if rate is not None]
        if not known:
            found.append(filled(texts["found_no_rate"], which=which, seeds=seeds, enough=enough))
            continue
        least, most = spell(min(known), 2), spell(max(known), 2)
        upto = least if least == most else filled(texts["found_from_to"], least=least, most=most)
        told = {"which": which, "count": len(known), "seeds": seeds, "upto": upto, "enough": enough}
        found.append(filled(texts["found_rate"], **told))
        if finding[top]:
            found.append(filled(texts["found_beyond"], which=which, beyond=finding[top], seeds=seeds))
    if finding["ratio"] is None:
        return [*found, texts["found_no_ratio"]]
    numbers = {key: spell(finding[key], 2) for key in ("ratio", "low", "high", "apart")}
    return [*found, filled(texts["found_ratio"], **numbers)]


def modes_finding(finding: Mapping[str, Any], seeds: int, name: str, texts: dict[str, str]) -> list[str]:
    """Return what small batches do with a normalisation and without, and how far the modes are apart."""
    small, large = finding["ends"]
    sides = {
        f"{side}_{size}": percentage(end[key])
        for size, end in (("large", large), ("small", small))
        for side, key in (("own", "test"), ("plain", "plain"))
    }
    counts = {"seeds": seeds, "count": finding["validated"], "small": small["size"], "large": large["size"]}
    found = [filled(texts["found_sizes"], name=name, **counts, **sides)]
    for end in (small, large):
        gain = _points(end["gain"], "gain")
        found.append(filled(texts["found_gain"], size=end["size"], name=name, **gain))
    for end in (small, large):
        if end["train"] is not None and end["apart"]:
            shares = {key: percentage(end[key]) for key in ("test", "train")}
            apart = _points(end["apart"], "apart")
            found.append(filled(texts["found_modes"], size=end["size"], **shares, **apart))
    furthest = finding["furthest"]
    return found if furthest is None else [*found, filled(texts["found_furthest"], size=furthest)]


def _points(difference: Mapping[str, float], value: str) -> dict[str, str]:
    keys = ((value, "value"), ("low", "low"), ("high", "high"))
    return {name: fixed(100 * difference[key], 1) for name, key in keys}
