"""How an export shall look, as a link says it beside its scene: the size, the theme, what of the stage."""

import math
from dataclasses import dataclass
from typing import Any, Literal, get_args

from api.networks.panes import PANES as LAB_PANES
from api.page import scene_part
from charts.palette import THEMES, Theme, theme_id
from locales import LANGUAGES
from scenes import query, read
from scenes.scene import View

Pane = Literal["stage", "map", "surface", "losses", "measures", "data"]
PANES: tuple[Pane, ...] = get_args(Pane)

EYE = (-0.95, -1.65, 1.35)
"""The direction from which the stage shows a surface, too (charts/surface.py)."""
LEAST, MOST = 120, 2400
"""How many CSS pixels a side of a picture may have."""
LOWEST, STEEPEST = 0.05, 1.5
"""Radians above the horizon from which a surface is seen."""
SCALES = (1.0, 4.5)
MOST_PIXELS = 20e6
"""So many pixels at most, sides times scale: 80 MB of colours while it is drawn."""
OWN = ("pane", "size", "scale", "paper", "eye")


@dataclass(frozen=True)
class Options:
    """What of a scene is drawn, and how.

    - `pane`: the whole "stage", or the "map", the "surface" in three dimensions, the "losses", the "measures"
      below them (learning rates, unless the scene says another), or the "data" with the fits to them. Of a
      scene that opens a lab of networks: the whole lab, "stage", or one of its charts
      (`api.networks.panes.PANES`).
    - `width`, `height`: in CSS pixels; `scale`: how many pixels of a PNG are one of them.
    - `transparent`: nothing is drawn behind the picture.
    - `theme`: the colours; `language`: of words and names.
    - `eye`: the direction, as x, y and z, from which the surface is seen in three dimensions.
    """

    pane: str = "stage"
    width: int = 1280
    height: int = 720
    scale: float = 1.0
    transparent: bool = False
    theme: Theme = THEMES["light"]
    language: str = "en"
    eye: tuple[float, float, float] = EYE


def options_of(link: str, **usual: Any) -> tuple[str, Options]:
    """Return the scene that `link` spells, without what is ours or the reader's, and the options it names.

    `usual` has options that hold where the link names none. Raises ValueError for one that cannot be: what
    was expected, what came.
    """
    said = dict(query.split(link))
    scene = query.join(pair for pair in query.split(scene_part(link)) if pair[0] not in OWN)
    options = Options(**usual)
    view = read(scene)[0].view
    pane, panes = said.get("pane", options.pane), panes_of(view)
    if pane not in panes:
        raise ValueError(f"Expected pane to be one of {', '.join(panes)}; got {pane[:40]!r}.")
    width, height = _size(said["size"]) if "size" in said else (options.width, options.height)
    scale = _scale(said["scale"]) if "scale" in said else options.scale
    if width * height * scale**2 > MOST_PIXELS:
        raise ValueError(
            f"Expected a picture of at most {MOST_PIXELS / 1e6:g} million pixels, {width}×{height} at scale"
            f" {scale:g} has {width * height * scale**2 / 1e6:.0f} million; take a smaller size or scale."
        )
    paper = said.get("paper", "none" if options.transparent else "solid")
    if paper not in ("solid", "none"):
        raise ValueError(f"Expected paper to be solid or none; got {paper[:40]!r}.")
    scheme, language = said.get("theme", options.theme.scheme), said.get("lang", options.language)
    if scheme not in ("light", "dark"):
        raise ValueError(f"Expected theme to be light or dark; got {scheme[:40]!r}.")
    if language not in LANGUAGES:
        raise ValueError(f"Expected lang to be one of {', '.join(LANGUAGES)}; got {language[:40]!r}.")
    return scene, Options(
        pane,
        width,
        height,
        scale,
        paper == "none",
        THEMES[theme_id(scheme, view.tint)],
        language,
        _eye(said.get("eye")),
    )


def panes_of(view: View) -> tuple[str, ...]:
    """Return what can be drawn of a scene: the whole stage, and its panes by their names."""
    return ("stage", *LAB_PANES[view.lab]) if view.page == "networks" else PANES


def _size(text: str) -> tuple[int, int]:
    sides = text.lower().replace("×", "x").split("x")
    if len(sides) == 2 and all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
        width, height = int(sides[0]), int(sides[1])
        if LEAST <= width <= MOST and LEAST <= height <= MOST:
            return width, height
    raise ValueError(
        f"Expected size to be width and height in pixels, from {LEAST} to {MOST}, such as 1280x720;"
        f" got {text[:40]!r}."
    )


def _eye(text: str | None) -> tuple[float, float, float]:
    """Return the direction that `text` spells, from above the horizon and not from right above."""
    if text is None:
        return EYE
    try:
        x, y, z = (float(part) for part in text.split(","))
        flat = math.hypot(x, y)
        if not (math.isfinite(flat + z) and max(flat, abs(z)) > 0 and flat + abs(z) < 1e6):
            raise ValueError
    except ValueError:
        raise ValueError(
            "Expected eye to be three numbers, the direction from which the surface is seen, such as"
            f" -1,-1.6,1.3; got {text[:40]!r}."
        ) from None
    # What is painted from the furthest to the nearest has no underside, and "up" is nothing from above.
    steepness = min(max(math.atan2(z, flat), LOWEST), STEEPEST)
    around = math.atan2(y, x)
    level = math.cos(steepness)
    return level * math.cos(around), level * math.sin(around), math.sin(steepness)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not SCALES[0] <= scale <= SCALES[1]:
        raise ValueError(f"Expected scale from {SCALES[0]:g} to {SCALES[1]:g}; got {text[:40]!r}.")
    return scale
