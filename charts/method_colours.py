"""The colour of a method is its own, whatever else is raced: by id, on light and on dark paper.

The eight that are raced most have the lane colours of the palette, which are furthest apart. The others were
sought among all colours that keep 4.5:1 against the paper, as far as possible from these and from one another
for usual and for colour-blind eyes; so many cannot all be far apart: dash, marker and name say the same.
"""

from functools import cache

import numpy as np

from charts.palette import DARK, LIGHT, Theme
from charts.raster import rgb

FIRST = ("sgd", "momentum", "adagrad", "adam", "rmsprop", "adamw", "nesterov", "lion")

COLOURS = {
    **{method: (LIGHT.lanes[place], DARK.lanes[place]) for place, method in enumerate(FIRST)},
    "adadelta": ("#0d4411", "#08ed5e"),
    "nadam": ("#1c6333", "#12b524"),
    "amsgrad": ("#1073cd", "#7cb8d3"),
    "adamax": ("#c82da1", "#ec6cf5"),
    "radam": ("#a23985", "#e36ac5"),
    "adabelief": ("#7d0c07", "#bcb262"),
    "yogi": ("#e20452", "#dcec11"),
    "adan": ("#6a69a6", "#43fdcf"),
    "sam": ("#6d2979", "#adc428"),
    "newton": ("#5b01c4", "#f6ffbf"),
    "damped_newton": ("#0103ab", "#a0dcbf"),
    "saddle_free_newton": ("#3b05e9", "#67b38f"),
    "negative_curvature": ("#3a0886", "#37cc8b"),
}

SHADES = (3.2, 6.5, 13.0)
"""Contrasts with the paper that shades may have: a colour has the two that are furthest from its own."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours "#rrggbb" (WCAG 2.2), from 1 to 21."""
    low, high = sorted(_luminance(rgb(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@cache
def method_colours(theme: Theme) -> dict[str, list[str]]:
    """Return of each method, by id, its colour and two shades of it, the one that differs more first."""
    return {
        method: [own, *_shades(own, theme)]
        for method, pair in COLOURS.items()
        for own in (pair[theme.scheme == "dark"],)
    }


def _shades(colour: str, theme: Theme) -> list[str]:
    own = contrast(colour, theme.paper)
    far = sorted(SHADES, key=lambda wanted: -abs(np.log(wanted / own)))
    return [_mixed(colour, theme.paper if wanted < own else theme.ink, theme, wanted) for wanted in far[:2]]


def _mixed(colour: str, end: str, theme: Theme, wanted: float) -> str:
    """Return the colour between `colour` and `end` whose contrast with the paper is nearest to `wanted`."""
    way = [(1 - share) * rgb(colour) + share * rgb(end) for share in np.linspace(0, 1, 101)]
    spelled = ["#" + "".join(f"{round(channel):02x}" for channel in each) for each in way]
    return min(spelled, key=lambda each: abs(contrast(each, theme.paper) - wanted))


def _luminance(channels: np.ndarray) -> float:
    share = channels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
