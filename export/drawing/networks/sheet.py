"""A lab as one picture: its title, who is who, its charts, and what was found; or one of its charts alone."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from charts.palette import Theme
from export.drawing.letters import length, shortened, wrapped
from export.drawing.marks import mark
from export.drawing.svg import Rect, document, element, text
from export.options import Options

MARGIN = 16.0  # px around everything
GAP = 14.0  # px between two charts
TITLE, NAME, HEAD, KEY, SAID = 20, 13, 12.5, 11.5, 12.5  # px of letters
LINE = 1.4  # sizes of letters from one line to the next
SAID_MOST, SAID_LESS, SMALL = 0.2, 0.11, 450
"""Of the height for sentences, of that of a picture that is no higher than so many pixels for fewer.

Those that have no room any more are left out.
"""
WIDE = 1.15
"""A picture that is so many times as wide as high has its charts side by side, not one below the other."""
HERO = 0.6
"""The large chart's share of the longer side."""
LEAST = 225.0  # px: narrower charts stand one below the other
LOW = 96.0  # px: the key of a lower chart is left out
TIGHT = 310.0  # px: where there is no more, what stands below a broad chart is left out


class Key(NamedTuple):
    """What something drawn means, and how it looks."""

    said: str
    colour: str
    kind: Literal["line", "mark", "hollow", "area", "ring", "ramp", "cross"] = "line"
    dashes: str | None = None
    width: float = 2.0
    symbol: str = "circle"


class Pane(NamedTuple):
    """One chart, or several that belong together: `draw` fills a rectangle, no higher than `most` pixels."""

    title: str
    draw: Callable[[Rect], str]
    keys: tuple[Key, ...] = ()
    most: float = math.inf


@dataclass(frozen=True)
class Sheet:
    """What is drawn of a lab.

    `aside` stands at the right of the title; `lanes` below it. The first of the `panes` is the large one, and
    stands above all others where it is `broad`: it has that share of the height then. `said`: sentences.
    """

    title: str
    panes: Mapping[str, Pane]
    aside: str = ""
    lanes: tuple[Key, ...] = ()
    said: tuple[str, ...] = ()
    broad: float = 0.0


def drawn(sheet: Sheet, options: Options) -> str:
    """Return the picture as SVG: the whole of `sheet`, or the pane that `options` names, with its keys."""
    theme, width, height = options.theme, options.width, options.height
    paper = {"width": width, "height": height, "fill": theme.paper}
    parts = [] if options.transparent else [element("rect", paper)]
    if options.pane == "stage":
        head, top = _head(sheet, width, theme)
        said, bottom = _said(sheet.said, width, height, theme)
        area = Rect(MARGIN, top, width - 2 * MARGIN, bottom - top)
        parts += [head, said]
        parts += [_pane(pane, rect, theme) for pane, rect in _places(sheet, area)]
    else:
        rect = Rect(MARGIN, MARGIN / 2, width - 2 * MARGIN, height - MARGIN)
        pane = sheet.panes[options.pane]
        parts.append(_pane(pane._replace(keys=(*sheet.lanes, *pane.keys)), rect, theme))
    return document(width, height, options.language, sheet.title, *parts)


def _head(sheet: Sheet, width: int, theme: Theme) -> tuple[str, float]:
    """Return title and lanes, and where they end."""
    beside = length(sheet.aside) * NAME + 12 if sheet.aside else 0.0
    room = width - 2 * MARGIN - beside
    size = min(TITLE, max(NAME, room / max(1.0, 1.1 * length(sheet.title))))
    title = shortened(sheet.title, room + 0.01, 1.1 * size)  # half bold letters are a little wider
    parts = [text(MARGIN, MARGIN + 14, title, size=size, fill=theme.ink, **{"font-weight": 600})]
    if sheet.aside:
        end = {"text-anchor": "end"}
        parts.append(text(width - MARGIN, MARGIN + 14, sheet.aside, size=NAME, fill=theme.muted, **end))
    keys, bottom = drawn_keys(sheet.lanes, MARGIN, MARGIN + 22, width - 2 * MARGIN, theme, NAME)
    return "".join([*parts, keys]), bottom + (8 if sheet.lanes else 4)


def _said(said: tuple[str, ...], width: int, height: int, theme: Theme) -> tuple[str, float]:
    """Return as many sentences as have room at the bottom, and where they begin."""
    lines: list[str] = []
    most = (SAID_MOST if height > SMALL else SAID_LESS) * height
    for sentence in said:
        more = wrapped(sentence, width - 2 * MARGIN, SAID)
        if (len(lines) + len(more)) * SAID * LINE > most:
            break
        lines += more
    top = height - MARGIN / 2 - len(lines) * SAID * LINE
    parts = [
        text(MARGIN, top + (nth + 0.85) * SAID * LINE, line, size=SAID, fill=theme.ink)
        for nth, line in enumerate(lines)
    ]
    return "".join(parts), top - (4 if lines else 0)


def _places(sheet: Sheet, area: Rect) -> list[tuple[Pane, Rect]]:
    """Return the panes and where they stand."""
    first, *others = sheet.panes.values()
    if not others or (sheet.broad and area.height < TIGHT):
        return [(first, area)]
    x, y, width, height = area
    count = len(others)
    if not sheet.broad and width >= WIDE * height:
        large = width * HERO - GAP / 2
        column = Rect(x + large + GAP, y, width - large - GAP, height)
        return [(first, Rect(x, y, large, height)), *_below(others, column)]
    abreast = (width - (count - 1) * GAP) / count >= min(LEAST, 0.45 * width)
    share = sheet.broad or (0.52 if abreast else 1.4 / (1.4 + count))
    low = min(height * (1 - share) - 6, max(pane.most for pane in others) if abreast else math.inf)
    below = Rect(x, y + height - low, width, low)
    rest = [*zip(others, beside(below, count), strict=True)] if abreast else _below(others, below)
    return [(first, Rect(x, y, width, height - low - 6)), *rest]


def _below(panes: list[Pane], area: Rect) -> list[tuple[Pane, Rect]]:
    """Return `panes` one below the other: of more than two as many as have room for their keys."""
    shown = panes[: max(2, int((area.height + 6) / (LOW + 6)))]
    return [*zip(shown, stacked(area, len(shown)), strict=True)]


def stacked(area: Rect, count: int) -> list[Rect]:
    """Return equal parts of `area`, one below the other."""
    each = (area.height - (count - 1) * 6) / count
    return [Rect(area.x, area.y + k * (each + 6), area.width, each) for k in range(count)]


def beside(area: Rect, count: int) -> list[Rect]:
    """Return equal parts of `area`, side by side."""
    each = (area.width - (count - 1) * GAP) / count
    return [Rect(area.x + k * (each + GAP), area.y, each, area.height) for k in range(count)]


def _pane(pane: Pane, rect: Rect, theme: Theme) -> str:
    """Return a pane below its title and, where there is room for it, its key."""
    lines = wrapped(pane.title, rect.width, HEAD) if pane.title else []
    lines = lines[: 3 if rect.height >= 1.5 * LOW else 2]
    parts = [
        text(rect.x, rect.y + 13 + nth * HEAD * LINE, line, size=HEAD, fill=theme.ink)
        for nth, line in enumerate(lines)
    ]
    top = rect.y + len(lines) * HEAD * LINE
    if rect.height >= LOW:
        keys, bottom = drawn_keys(pane.keys, rect.x, top, rect.width, theme, KEY)
        parts.append(keys)
        top = bottom
    return "".join(parts) + pane.draw(Rect(rect.x, top + 6, rect.width, rect.y + rect.height - top - 6))


def drawn_keys(
    keys: tuple[Key, ...], x: float, y: float, width: float, theme: Theme, size: float
) -> tuple[str, float]:
    """Return what `keys` mean, in as many lines as they need below `y`, and where they end."""
    if not keys:
        return "", y
    parts, left, base, swatch = [], x, y + size * LINE, 2.0 * size
    for key in keys:
        said = shortened(key.said, width - swatch, size)
        wide = swatch + length(said) * size + size
        if left > x and left + wide - size > x + width:
            left, base = x, base + size * LINE
        parts.append(_swatch(key, Rect(left, base - size, swatch - 0.5 * size, size * 1.1), theme))
        parts.append(text(left + swatch, base, said, size=size, fill=theme.ink))
        left += wide
    return "".join(parts), base + 4


def _swatch(key: Key, rect: Rect, theme: Theme) -> str:
    """Return what a key looks like in the chart, in the middle of `rect`."""
    x, y, width, height = rect
    middle, across = y + 0.62 * height, x + width / 2
    if key.kind == "line":
        pen = {"stroke": key.colour, "stroke-width": key.width, "stroke-dasharray": key.dashes}
        return element("line", {"x1": x, "y1": middle, "x2": x + width, "y2": middle, **pen})
    if key.kind in ("mark", "hollow"):
        hollow = key.kind == "hollow"
        look = (
            {"fill": theme.paper, "edge": key.colour} if hollow else {"fill": key.colour, "edge": theme.paper}
        )
        return mark(key.symbol, across, middle, 0.8 * height, **look, width=1.4 if hollow else 1)
    if key.kind == "ring":
        ring = {"cx": across, "cy": middle, "r": 0.42 * height, "fill": "none"}
        return element("circle", {**ring, "stroke": key.colour, "stroke-width": 1.5})
    if key.kind == "cross":
        return cross(across, middle, 0.36 * height, key.colour)
    box = {"x": x, "y": middle - 0.35 * height, "width": width, "height": 0.7 * height}
    if key.kind == "area":
        return element("rect", {**box, "fill": key.colour, "fill-opacity": 0.25})
    steps = 8
    return "".join(
        element(
            "rect",
            {
                **box,
                "x": x + k * width / steps,
                "width": width / steps + 0.3,
                "fill": key.colour,
                "fill-opacity": k / (steps - 1),
            },
        )
        for k in range(steps)
    ) + element("rect", {**box, "fill": "none", "stroke": theme.ink, "stroke-width": 0.8})


def cross(x: float, y: float, half: float, colour: str) -> str:
    """Return a cross with its middle at a point."""
    whole = 2 * half
    way = f"M{x - half:.2f} {y - half:.2f}l{whole:.2f} {whole:.2f}m0 {-whole:.2f}l{-whole:.2f} {whole:.2f}"
    return element("path", {"d": way, "fill": "none", "stroke": colour, "stroke-width": 2})
