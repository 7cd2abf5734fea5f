"""Elements of SVG as text. What stands in them is escaped; numbers have two digits behind the point."""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, NamedTuple

import numpy as np

from charts.number_format import SUPERSCRIPTS
from landscapes.arrays import Floats

FAR = 1e5
"""Pixels: what is further away is drawn this far, since not every reader of SVG takes larger numbers."""

FAMILIES = {
    "en": "Inter, 'DejaVu Sans', sans-serif",
    "zh": "'Noto Sans CJK SC', 'Noto Sans SC', 'WenQuanYi Micro Hei', 'PingFang SC', 'Microsoft YaHei'",
}
"""Fonts by language: what draws a PNG takes a letter that the first font lacks from any other."""


LOWERED = {raised: plain for plain, raised in SUPERSCRIPTS.items()} | {ord("⁻"): "−"}
RAISED = re.compile("([" + "".join(map(chr, LOWERED)) + "]+)")


class Rect(NamedTuple):
    """A part of a picture, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, left: float, bottom: float, right: float, top: float) -> "Rect":
        """Return the rectangle inside that leaves so much room at each side."""
        return Rect(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)


class Layers(NamedTuple):
    """A part of a picture: what stays put, and what is seen at a step on top of it, both SVG."""

    still: str
    moving: Callable[[int], str]


def document(width: int, height: int, language: str, title: str, *parts: str) -> str:
    """Return `parts` as a document, in pixels, with the fonts of a language."""
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    about = {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": FAMILIES[language], "role": "img"}
    return element("svg", about, element("title", {}, escape(title)), *parts)


def clipped(name: str, to: Mapping[str, Any], *inside: str) -> str:
    """Return what is `inside`, cut at a rectangle; `name` is no other's in the picture."""
    path = element("clipPath", {"id": name}, element("rect", to))
    return path + element("g", {"clip-path": f"url(#{name})"}, *inside)


def element(name: str, attributes: Mapping[str, Any], *inside: str) -> str:
    """Return an element; `inside` is SVG already. Attributes that are None are left out."""
    said = "".join(
        f' {key}="{escape(_spelled(value))}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(x: float, y: float, said: str, *, size: float, fill: str, **more: Any) -> str:
    """Return a text that begins, ends or has its middle (text-anchor) at x, on the line y.

    Powers are set as such: few fonts have all of the raised digits.
    """
    attributes = {"x": x, "y": y, "font-size": size, "fill": fill, **more}
    up, down = {"dy": -0.38 * size, "font-size": 0.76 * size}, {"dy": 0.38 * size}
    parts, raised = [], False
    for piece in RAISED.split(escape(said, quote=False)):
        if not piece:
            continue
        if RAISED.fullmatch(piece):
            parts.append(element("tspan", up, piece.translate(LOWERED)))
            raised = True
        else:
            parts.append(element("tspan", down, piece) if raised else piece)
            raised = False
    return element("text", attributes, *parts)


def path_of(points: Floats) -> str:
    """Return polylines (N, 2) in pixels as the d of a path; pieces are parted by NaN."""
    parts, pen_up = [], True
    for x, y in np.clip(points, -FAR, FAR).tolist():
        if x != x or y != y:
            pen_up = True
            continue
        parts.append(f"{'M' if pen_up else 'L'}{x:.2f} {y:.2f}")
        pen_up = False
    return "".join(parts)


def _spelled(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
