"""The lab on the book: one of its figures, ours over several seeds, with what is printed on it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.letters import length, shortened
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import Chart, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.lane_names import lane_colours
from export.drawing.networks.numbers import filled, spell
from export.drawing.networks.packed import positive, row
from export.drawing.networks.sheet import HEAD, Key, Pane, Sheet, beside, stacked
from export.drawing.svg import Rect, text

LOGARITHMIC = ("loss", "std")
OTHERS = ("sgd", "momentum", "adam", "rmsprop")
"""The lanes have the colours of these methods, where they are no methods themselves."""
BAND = 0.22
DIGITS = 4  # as many as the book prints
MARK = 11.0  # px
SIZE, ROW = 11.5, 18.0  # px: of letters in the table, and from one row to the next


def book_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_book.json`. Raises ValueError for a figure that was not computed."""
    words, theme, chosen = asked.words["network"]["book"], asked.theme, asked.scene.view.figure
    one = next((each for each in facts["book"]["experiments"] if each["id"] == chosen), None)
    if one is None:
        raise ValueError(words["texts"]["not_run"])
    texts = words["texts"]
    methods = [
        lane["id"] if chosen == "optimizers" else OTHERS[k % len(OTHERS)]
        for k, lane in enumerate(one["lanes"])
    ]
    colours = lane_colours(methods, theme)
    keys = (
        Key(filled(texts["key_median"], seeds=one["seeds"]), theme.muted, width=2.2),
        Key(filled(texts["key_band"], band=one["band"]), theme.muted, "area"),
        Key(texts["key_printed"], theme.muted, "mark", symbol="diamond"),
    )
    if one["trials"]:
        keys = keys[-1:]
    return Sheet(
        asked.title(words["figures"][chosen]),
        {
            "curves": Pane("", lambda rect: _charts(one, words, colours, rect, theme), keys),
            "printed": Pane(
                texts["table"],
                lambda rect: _table(one, words, rect, theme),
                most=(len(one["rows"]) + 3) * ROW,
            ),
        },
        "",
        tuple(
            Key(words["lanes"][lane["id"]], colour, "mark")
            for lane, colour in zip(one["lanes"], colours, strict=True)
        ),
        tuple([*book_finding(one, texts), _settings(one, words)]),
        broad=0.55,
    )


def _settings(one: Mapping[str, Any], words: Any) -> str:
    """Return where in the book an experiment stands, and its settings."""
    section = filled(words["texts"]["section"], section=one["section"])
    return f"{section} · {filled(words['about'][one['id']], **one['settings'])}"


def _charts(one: Mapping[str, Any], words: Any, colours: list[str], rect: Rect, theme: Theme) -> str:
    """Return a chart for each curve of the experiment."""
    names = [curve["id"] for curve in one["lanes"][0]["curves"]] if one["lanes"] else ["outcome"]
    places = (beside if rect.width >= 1.25 * rect.height else stacked)(rect, len(names))
    title = words["axes"].get(one["axis"], words["axes"]["rate"])
    parts = []
    for name, place in zip(names, places, strict=True):
        parts.append(text(place.x, place.y + 13, words["curves"][name], size=HEAD, fill=theme.ink))
        below = place.inset(0, 0, 0, HEAD + 8)
        if one["trials"]:
            parts.append(_trials(one, title, below, theme))
        else:
            parts.append(_curve(one, name, title, colours, below, theme))
    return "".join(parts)


def _curve(
    one: Mapping[str, Any], name: str, title: str, colours: list[str], rect: Rect, theme: Theme
) -> str:
    x, log = row(one["x"]), name in LOGARITHMIC
    told = []
    for lane, colour in zip(one["lanes"], colours, strict=True):
        sent = next((curve for curve in lane["curves"] if curve["id"] == name), None)
        if sent is None:
            continue
        median, low, high = ((positive if log else row)(sent[key]) for key in ("median", "low", "high"))
        marks = [each for each in one["rows"] if each["lane"] == lane["id"] and each["curve"] == name]
        places = np.array([(each["x"], each["printed"]) for each in marks], float).reshape(-1, 2)
        told.append((colour, median, low, high, places))
    values = [array for _, median, low, high, places in told for array in (median, low, high, places[:, 1])]
    y = decades(np.concatenate(values)) if log else Axis(-0.02, 1.04)
    chart = Chart.within(rect, _across(one, x, title), y, theme)
    lines = [chart.area(x, low, high, colour, BAND) for colour, _, low, high, _ in told]
    lines += [chart.line(x, median, colour, 2.2) for colour, median, *_ in told]
    marks = [
        chart.marks(places[:, 0], places[:, 1], "diamond", colour, MARK, theme.ink)
        for colour, *_, places in told
    ]
    return chart.whole(lines, marks)


def _across(one: Mapping[str, Any], x: Any, title: str) -> Axis:
    if one["axis"] == "scale":
        return decades(x, 0.03, title)
    room = 0.03 * float(x[-1] - x[0])
    return Axis(float(x[0]) - room, float(x[-1]) + room, title=title)


def _trials(one: Mapping[str, Any], title: str, rect: Rect, theme: Theme) -> str:
    """Return the trials of one search: the share that is right against the rate, and the printed best."""
    rates, found = row(one["trials"]["rates"]), row(one["trials"]["found"])
    printed = {each["outcome"]: each["printed"] for each in one["rows"]}
    chart = Chart.within(rect, decades(rates, 0.03, title), Axis(-0.02, 1.04), theme)
    lines = [chart.marks(rates, found, "circle", inks(theme).accent, 7)]
    book = [printed["rate_of_best"]], [printed["best"]]
    return chart.whole(lines, [chart.marks(*book, "diamond", inks(theme).warn, MARK, theme.ink)])


def _table(one: Mapping[str, Any], words: Any, rect: Rect, theme: Theme) -> str:
    """Return the printed numbers beside ours, as many rows as there is room for."""
    texts, rows = words["texts"], one["rows"]
    head = [
        texts["col_what"],
        texts["col_printed"],
        filled(texts["col_ours"], band=one["band"]),
        texts["col_agree"],
    ]
    cells = [
        [
            place(each, one["axis"], words),
            _number(each["printed"]),
            filled(texts["ours"], **{name: _number(each[name]) for name in ("median", "low", "high")}),
            texts["yes" if each["agree"] else "no"],
        ]
        for each in rows
    ]
    shown = [head, *cells[: max(0, int(rect.height / ROW) - 1)]]
    widths = [max(length(line[column]) for line in shown) * SIZE + 14 for column in range(1, 4)]
    what = max(length(line[0]) for line in shown) * SIZE + 24
    widths = [max(60.0, min(what, rect.width - sum(widths))), *widths]
    parts = []
    for nth, line in enumerate(shown):
        x, base = rect.x, rect.y + (nth + 0.75) * ROW
        for column, (said, wide) in enumerate(zip(line, widths, strict=True)):
            bad = nth > 0 and column == 3 and not rows[nth - 1]["agree"]
            fill = theme.muted if nth == 0 else inks(theme).warn if bad else theme.ink
            room = min(wide - 8, rect.x + rect.width - x)
            parts.append(text(x, base, shortened(said, room, SIZE), size=SIZE, fill=fill))
            x += wide
    return "".join(parts)


def place(each: Mapping[str, Any], axis: str, words: Any) -> str:
    """Return where a printed number stands."""
    if each["outcome"]:
        return words["outcomes"][each["outcome"]]
    named = {"lane": words["lanes"][each["lane"]], "curve": words["curves"][each["curve"]]}
    return filled(words["at"][axis], **named, x=_number(each["x"]))


def book_finding(one: Mapping[str, Any], texts: dict[str, str]) -> list[str]:
    """Return how many printed numbers lie in our band, and what a band is worth."""
    agree = sum(each["agree"] for each in one["rows"])
    within = f"{int(100 * one['within'] + 0.5)}%"
    return [
        filled(texts["found"], agree=agree, count=len(one["rows"]), band=one["band"], seeds=one["seeds"]),
        filled(texts["found_next"], seeds=one["seeds"], within=within),
    ]


def _number(value: float | None) -> str:
    return spell(value, DIGITS)
