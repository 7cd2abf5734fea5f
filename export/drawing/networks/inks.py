"""Colours that the stage's styles give to labs and `charts.palette` does not name (stage/stage.css)."""

from typing import NamedTuple

import numpy as np

from charts.palette import Theme
from charts.raster import rgb


class Inks(NamedTuple):
    """`accent` and `warn` tell two curves apart, `good` is a third; `line` is for what counts no more."""

    accent: str
    warn: str
    good: str
    line: str


SCHEMES = {
    "light": Inks("#0b5cad", "#9a3412", "#0a6b50", "#ddd8cc"),
    "dark": Inks("#6cb3f5", "#ffb27d", "#5fd3a8", "#2d3740"),
}


def inks(theme: Theme) -> Inks:
    """Return the colours of labs in a theme."""
    return SCHEMES[theme.scheme]


def class_colours(theme: Theme) -> tuple[str, ...]:
    """Return the colours of classes in their order; an eighth has that of the first again."""
    own = inks(theme)
    return theme.negative, theme.positive, own.good, theme.accent, own.warn, own.accent, theme.muted


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour "#rrggbb" of which `share` is `other`'s."""
    channels = np.round(rgb(one) + share * (rgb(other) - rgb(one))).astype(int)
    return "#" + "".join(f"{channel:02x}" for channel in channels)
