"""Heat maps of curvature and slope over the box, to lie in the place of the terrain's picture.

Curvature has a sign, and the sign is what matters: where the least eigenvalue of the Hessian is
negative the loss is not convex. So a layer of eigenvalues has two hues, one on each side of zero, and
between them a colour for zero alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from charts.extent import LARGEST
from charts.number_format import format_tick
from charts.palette import Theme
from charts.raster import data_uri, grown, tinted
from landscapes.arrays import Floats

Kind = Literal["lambda_min", "lambda_max", "condition", "gradient"]
KINDS: tuple[Kind, ...] = get_args(Kind)

STOPS = 25
"""Colours of a bar, odd in number: the middle one of a two-sided bar is zero's own."""

DECADES = 6
"""How many powers of ten below the largest value a two-sided scale can tell from zero at most."""

SEQUENTIAL_DECADES = 8
"""How many powers of ten a one-sided scale spans at most."""

SPIKE = 100.0
"""How many times as large as 99 % of the curvatures the largest on the scale is at most."""

NOISE = 1e-12
"""An eigenvalue below this part of the other, or of what is usual in the picture, is a rounded zero."""

APART = 0.19
"""The least distance between two ticks, in parts of the bar."""


@dataclass(frozen=True)
class Scale:
    """Which share of the bar, from 0 to 1, belongs to a value; and the values it is marked with.

    `share` takes arrays; `ticks` are values, rising.
    """

    share: Callable[[Floats], Floats]
    ticks: tuple[float, ...]


def layer(kind: str, eigenvalues: Floats, gradients: Floats, theme: Theme) -> dict[str, Any]:
    """Return a layer as JSON: {"image": data URI, "bar": {"colors": […], "ticks": [{"at", "label"}]}}.

    - `kind`: "lambda_min" and "lambda_max" are the eigenvalues of the Hessian, on a scale that is
      linear around zero and logarithmic further out; "condition" is max|λ| / min|λ| and "gradient"
      the gradient's length, both on a logarithmic scale.
    - `eigenvalues` (H, W, 2), rising along the last axis, and `gradients` (H, W, 2), on a grid over
      the box, first row at the bottom; NaN where there are none, which is shown as in `relief`.

    The image covers the box as the one of `relief` does. `colors` are evenly spaced from low to high,
    `at` is between 0 and 1. ValueError if `kind` is unknown.
    """
    if kind not in KINDS:
        raise ValueError(f"Expected one of {', '.join(KINDS)} as the kind of a layer, got {kind!r}.")
    values = _values(kind, eigenvalues, gradients)
    signed = kind in ("lambda_min", "lambda_max")
    scale = _two_sided(values) if signed else _one_sided(values)
    colours = _two_hues(theme) if signed else _one_hue(theme)
    undefined = np.isnan(values)
    shares = grown(np.where(undefined, np.nan, scale.share(values)))
    at = scale.share(np.array(scale.ticks))
    return {
        "image": data_uri(tinted(shares, colours), undefined, theme),
        "bar": {
            "colors": colours,
            "ticks": [
                {"at": round(float(share), 4), "label": format_tick(value)}
                for share, value in zip(at, scale.ticks, strict=True)
            ],
        },
    }


def _values(kind: str, eigenvalues: Floats, gradients: Floats) -> Floats:
    """Return what the layer shows, (H, W); NaN where it is undefined."""
    if kind == "gradient":
        return _defined(np.hypot(*np.moveaxis(_defined(gradients), -1, 0)))
    real = _defined(eigenvalues)
    small, large = np.sort(np.abs(real), axis=-1)[..., 0], np.abs(real).max(axis=-1)
    usual = np.median(large[large < LARGEST]) if (large < LARGEST).any() else 0.0
    noise = NOISE * np.maximum(large, usual)
    if kind == "condition":
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.where(np.isnan(large), np.nan, np.where(small <= noise, np.inf, large / small))
    real = np.where(np.abs(real) <= noise[..., None], 0.0, real)
    return real[..., 0 if kind == "lambda_min" else 1]


def _defined(values: Floats) -> Floats:
    """Return `values` (H, W) or (H, W, 2) with NaN for what is not finite, or both where one is not."""
    finite = np.abs(values) < LARGEST
    if values.ndim == 3:
        finite = finite.all(axis=-1, keepdims=True)
    return np.where(finite, values, np.nan)


def _two_sided(values: Floats) -> Scale:
    """Return the scale asinh(λ / unit), the same on both sides of zero.

    The slightest value that is not zero already has the first tint of its side.
    """
    sizes = np.abs(values[np.abs(values) < LARGEST])
    sizes = sizes[sizes > 0]
    few, many, most = np.quantile(sizes, [0.1, 0.99, 1]) if sizes.size else (0.1, 1.0, 1.0)
    most = min(float(most), SPIKE * float(many))
    unit = float(np.clip(few, most * 10.0**-DECADES, most / 10))
    first = 1 / (STOPS - 1)

    def share(value: Floats) -> Floats:
        with np.errstate(over="ignore"):
            part = np.minimum(np.arcsinh(np.abs(value) / unit) / np.arcsinh(most / unit), 1.0)
        return 0.5 + np.sign(value) * (first + (0.5 - first) * part)

    powers = range(int(np.ceil(np.log10(unit) - 1e-9)), int(np.floor(np.log10(most) + 1e-9)) + 1)
    kept = _apart([0.0, *(10.0**power for power in powers if sizes.size)], share)
    return Scale(share, (*(-value for value in reversed(kept[1:])), *kept))


def _one_sided(values: Floats) -> Scale:
    """Return a logarithmic scale; zero is at its low end, infinity at its high end."""
    sizes = values[(values > 0) & (values < LARGEST)]
    low, high = (float(q) for q in np.quantile(sizes, [0.01, 0.99])) if sizes.size else (1.0, 10.0)
    low = max(low, high * 10.0**-SEQUENTIAL_DECADES)
    high = max(high, low * 10)

    def share(value: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.clip(np.log10(value / low) / np.log10(high / low), 0.0, 1.0)

    decades = range(int(np.floor(np.log10(low))), int(np.floor(np.log10(high) + 1e-9)) + 1)
    # Within two decades there may be a single power of ten; then 2 and 5 help to read the bar.
    parts = (1, 2, 5) if high < 100 * low else (1,)
    round_ones = [part * 10.0**decade for decade in decades for part in parts]
    within = [value for value in round_ones if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
    ticks = _apart(within, share) if sizes.size else [0.0]
    if np.isinf(values).any():
        ticks = [*(tick for tick in ticks if tick > 0 and share(np.array(tick)) <= 1 - APART), np.inf]
    return Scale(share, tuple(ticks))


def _apart(values: list[float], share: Callable[[Floats], Floats]) -> list[float]:
    """Return those of `values`, rising, whose ticks do not touch one another; the first always stays."""
    kept = values[:1]
    for value in values[1:]:
        at, last = share(np.array([value, kept[-1]]))
        if at - last >= APART:
            kept.append(value)
    return kept


def _two_hues(theme: Theme) -> list[str]:
    """Return the bar from the lowest curvature to the highest."""
    half = STOPS // 2
    below, above = (_blend(side, half) for side in (theme.concave, theme.convex))
    return [*reversed(below), theme.level, *above]


def _one_hue(theme: Theme) -> list[str]:
    return _blend(theme.rising, STOPS)


def _blend(stops: tuple[str, ...], count: int) -> list[str]:
    """Return `count` colours along the ramp of `stops`."""
    colours = tinted(np.linspace(0, 1, count), stops).round().astype(int)
    return ["#" + "".join(f"{channel:02x}" for channel in colour) for colour in colours]
