"""Two slices through losses as maps side by side, in the colours of one scale, and the bar of that."""

import base64
import io
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from charts import contours
from charts.palette import Theme
from charts.raster import tinted
from export.drawing.axes import Axis, pixels
from export.drawing.letters import length, shortened
from export.drawing.networks.number_text import spell
from export.drawing.svg import Rect, clipped, element, path_of, text
from landscapes.arrays import Floats

DEEPEST, SMALLEST = 1e4, 1e-12
"""Times the least loss with a colour of its own is the largest; and 0 has no logarithm."""
MOST_LEVELS, MOST_TICKS = 13, 7
EDGE = 1e-6
"""Of a decade: a contour line that close to an end is none."""
STEPS = ((1, 1.5, 2, 3, 4, 5, 7), 1), ((1, 2, 5), 1), ((1, 3), 1), ((1,), 1), ((1,), 2)
"""Which levels are tried: so many times every so manieth power of ten."""
FINE = 8
"""So many pixels of the image for a place of the grid."""
DRAWN_OUT = 1.35
"""A map may be drawn out along one of its sides so many times, not more."""
MIDDLE, LINE = 6.0, 0.55
"""Pixels from the middle to the ends of its mark, and the opacity of contour lines."""
SAID, BAR, GAP = 11.5, 9.0, 22.0
"""Pixels: of letters, of the bar's height, and between the maps."""
SHADES = 512


class Scale(NamedTuple):
    """From which loss to which colours go, and where contour lines run."""

    low: float
    high: float
    levels: list[float]


class Slice(NamedTuple):
    """A slice: its name, what is measured of it, its coordinates (N,) and losses (N, N), row by row."""

    head: str
    said: str
    side: Floats
    losses: Floats


def slice_scale(ends: Sequence[float]) -> Scale:
    """Return the logarithmic scale of losses between `ends`, as stage/networks/slice_scale.js has it."""
    high = max(ends[1], SMALLEST)
    low = min(max(ends[0], high / DEEPEST), high)
    first, last = math.log10(low) + EDGE, math.log10(high) - EDGE
    powers = [*range(math.floor(first), math.floor(last) + 1)] if first <= last else []
    for steps, every in STEPS:
        found = [float(f"{step}e{power}") for power in powers if power % every == 0 for step in steps]
        levels = [level for level in found if first < math.log10(level) < last]
        if len(levels) <= MOST_LEVELS:
            return Scale(low, high, levels)
    return Scale(low, high, [])


def heights_of(scale: Scale, losses: Floats) -> Floats:
    """Return where on their scale losses stand, from 0 to 1."""
    if scale.high <= scale.low:
        return np.where(np.isnan(losses), np.nan, 0.0)
    shares = np.log(np.maximum(losses, scale.low) / scale.low) / math.log(scale.high / scale.low)
    return np.clip(shares, 0.0, 1.0)


def slice_maps(slices: Sequence[Slice], scale: Scale | None, bar: str, rect: Rect, theme: Theme) -> str:
    """Return both maps, and below them the `bar` of their scale; without one nothing is known yet."""
    wide = (rect.width - GAP * (len(slices) - 1)) / len(slices)
    over, below = 18.0, 16.0 + 16.0
    ends = 34.0
    high = max(24.0, rect.height - over - below - ends)
    width = min(wide - 8, DRAWN_OUT * high)
    high = min(high, DRAWN_OUT * width)
    parts = []
    for nth, each in enumerate(slices):
        x = rect.x + nth * (wide + GAP) + (wide - width) / 2
        frame = Rect(x, rect.y + over, width, high)
        parts.append(_map(each, scale, frame, wide, theme))
    if scale:
        at = Rect(rect.x, rect.y + over + high + below + 6, rect.width, ends - 6)
        parts.append(_bar(scale, bar, at, theme))
    return "".join(parts)


def _map(each: Slice, scale: Scale | None, frame: Rect, wide: float, theme: Theme) -> str:
    """Return a map with its name above, and below it the ends of its sides and what is measured."""
    middle, bottom = frame.x + frame.width / 2, frame.y + frame.height
    centred = {"text-anchor": "middle"}
    head, said = (shortened(words, wide, SAID * more) for words, more in ((each.head, 1.1), (each.said, 1)))
    parts = [
        text(middle, frame.y - 6, head, size=SAID, fill=theme.ink, **centred, **{"font-weight": 600}),
        text(middle, bottom + 29, said, size=SAID, fill=theme.ink, **centred),
    ]
    extent = float(each.side[-1]) if len(each.side) else 1.0
    for value, at in ((-extent, frame.x), (0.0, middle), (extent, frame.x + frame.width)):
        parts.append(text(at, bottom + 14, spell(value, 2), size=11, fill=theme.muted, **centred))
    edge = element("rect", {**frame._asdict(), "fill": "none", "stroke": theme.grid})
    if scale is None or not len(each.side):
        return "".join([*parts, edge])
    x, y = Axis(float(each.side[0]), extent), Axis(float(each.side[0]), extent)
    line = contours.lines(each.side, each.side, each.losses, scale.levels)
    pen = {"stroke": theme.ink, "stroke-width": 0.9, "stroke-opacity": LINE, "fill": "none"}
    inside = [_ground(each.losses, scale, frame, theme)]
    if len(line):
        inside.append(element("path", {"d": path_of(pixels(x, y, frame, line)), **pen}))
    up, long = frame.y + frame.height / 2, 2 * MIDDLE
    cross = f"M{middle - MIDDLE:.2f} {up:.2f}h{long:.2f}M{middle:.2f} {up - MIDDLE:.2f}v{long:.2f}"
    for colour, width in ((theme.paper, 5), (theme.ink, 2)):
        inside.append(element("path", {"d": cross, "fill": "none", "stroke": colour, "stroke-width": width}))
    name = f"slice-{round(frame.x)}-{round(frame.y)}"
    return "".join([*parts, clipped(name, frame._asdict(), *inside), edge])


def _ground(losses: Floats, scale: Scale, frame: Rect, theme: Theme) -> str:
    """Return the colours of all places, the middles of the grid's pixels; none where no loss is known."""
    known = np.isfinite(losses)
    colours = tinted(heights_of(scale, np.where(known, losses, scale.low)), theme.ramp)
    painted = np.concatenate([np.round(colours), 255.0 * known[..., None]], -1).astype(np.uint8)[::-1]
    side = len(losses)
    # Upwards is the second direction, and the first row of an image is its upper one.
    image = Image.fromarray(painted).resize((FINE * side, FINE * side), Image.Resampling.BILINEAR)
    w, h = frame.width / (side - 1), frame.height / (side - 1)
    place = {"x": frame.x - w / 2, "y": frame.y - h / 2, "width": frame.width + w, "height": frame.height + h}
    return element("image", {**place, "preserveAspectRatio": "none", "href": _source(image)})


def _source(image: Image.Image) -> str:
    """Return an image as an address that holds it."""
    encoded = io.BytesIO()
    image.save(encoded, "PNG")
    return "data:image/png;base64," + base64.b64encode(encoded.getvalue()).decode()


def _bar(scale: Scale, said: str, rect: Rect, theme: Theme) -> str:
    """Return the colours from the lowest loss to the highest, with the losses of some contour lines."""
    beside = length(said) * SAID + 12
    if beside > 0.5 * rect.width:
        said, beside = "", 12.0
    x, y, width = rect.x + beside, rect.y, rect.width - beside - 12
    parts = [text(rect.x, y + BAR, said, size=SAID, fill=theme.ink)] if said else []
    frame = {"x": x, "y": y, "width": width, "height": BAR}
    colours = np.round(tinted(np.linspace(0, 1, SHADES)[None], theme.ramp)).astype(np.uint8)
    ramp = {"preserveAspectRatio": "none", "href": _source(Image.fromarray(colours))}
    parts.append(element("image", {**frame, **ramp}))
    parts.append(element("rect", {**frame, "fill": "none", "stroke": theme.grid}))
    shown = scale.levels[:: math.ceil(len(scale.levels) / min(MOST_TICKS, max(2, int(width / 50)))) or 1]
    for level, share in zip(shown, heights_of(scale, np.array(shown, float)), strict=True):
        at = x + width * float(share)
        centred = {"text-anchor": "middle"}
        parts.append(text(at, y + BAR + 13, spell(level, 2), size=11, fill=theme.muted, **centred))
    return "".join(parts)
