"""A race as a film, in parts: what stays put is drawn once, and of each frame only what moves."""

import io
import time
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import av
import numpy as np
from PIL import Image

from catalog.cache import MB, SingleFlightCache
from export.drawing.stage import Picture
from export.options import options_of
from export.picture import pictured, rasterised

MOST_FRAMES = 120
MOST_PIXELS = 1280 * 720
"""Of one frame."""
MOST_IN_ALL = 36e6
"""Pixels of all frames: 120 of 640x360, 39 of 1280x720. To write them takes some two seconds of one core."""
SECONDS = 0.2
"""A part goes on for so long; the frame that it has begun then it ends."""
LASTS = 5.0  # s from the first frame to the last, but no more than PER_SECOND frames each
PER_SECOND = 25
REST = 1.6  # s for which the end is seen
CLEAR = 255
"""In a GIF the number of the colour that lets the frame before be seen; others have lower numbers."""
USUAL = {"width": 640, "height": 360}


@dataclass(frozen=True)
class Reel:
    """What is drawn of a film so far, as PNG: what stays put, and what moves at the first of the `steps`."""

    picture: Picture
    steps: tuple[int, ...]
    still: bytes
    moving: tuple[bytes, ...] = ()


def _bytes(kept: tuple[Any, Reel]) -> int:
    _, reel = kept
    return 2 * len(reel.picture.still) + len(reel.still) + sum(len(png) for png in reel.moving)


_REELS: SingleFlightCache[Reel] = SingleFlightCache(8 * MB, _bytes, only_long_work=True)


def as_webp(link: str, home: str) -> bytes | None:
    """Return the race of `link` as an animated WebP that begins anew; None while there is more to draw.

    Raises ValueError for options that cannot be.
    """
    reel = _go_on(link)
    return reel and _saved(_frames(reel), "WEBP", quality=72, method=2)


def as_gif(link: str, home: str) -> bytes | None:
    """Return the same as a GIF, in 255 colours for all frames."""
    reel = _go_on(link)
    if reel is None:
        return None
    frames = _frames(reel)
    # One table of colours, that of the last frame: others would flicker, and be larger.
    table = frames[-1].quantize(CLEAR, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    painted = [frame.quantize(palette=table, dither=Image.Dither.NONE) for frame in frames]
    # What is as in the frame before is left as it is: a tenth of the size.
    numbers = [np.asarray(frame) for frame in painted]
    for nth in range(1, len(painted)):
        fresh = np.where(numbers[nth] == numbers[nth - 1], np.uint8(CLEAR), numbers[nth])
        painted[nth] = Image.fromarray(fresh, "P")
        painted[nth].putpalette(painted[0].getpalette() or [])
    return _saved(painted, "GIF", optimize=False, disposal=1, transparency=CLEAR)


def as_mp4(link: str, home: str) -> bytes | None:
    """Return the same as MP4 (H.264, yuv420p: what every player plays), played once."""
    reel = _go_on(link)
    if reel is None:
        return None
    frames, written = _frames(reel), io.BytesIO()
    width, height = (side // 2 * 2 for side in frames[0].size)  # H.264 wants even numbers
    rate = round(_per_second(len(frames)))
    with av.open(written, "w", format="mp4") as film:
        stream: Any = film.add_stream("libx264", rate=rate, options={"crf": "20", "preset": "veryfast"})
        stream.width, stream.height = width, height
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, rate)
        for frame in (*frames, *[frames[-1]] * round(REST * rate)):
            film.mux(stream.encode(av.VideoFrame.from_image(frame.crop((0, 0, width, height)))))
        film.mux(stream.encode())
    return written.getvalue()


def _go_on(link: str) -> Reel | None:
    """Draw for a moment; return the whole of it when all is drawn."""
    scene, options = options_of(link, **USUAL)
    sides = round(options.width * options.scale), round(options.height * options.scale)
    if sides[0] * sides[1] > MOST_PIXELS:
        raise ValueError(
            f"Expected a film of at most {MOST_PIXELS / 1e6:.2g} million pixels, such as 1280x720; got"
            f" {options.width}x{options.height} at scale {options.scale:g}. Take a smaller size or scale."
        )
    if options.transparent:
        raise ValueError("Expected paper=solid, since a film has no transparent paper; got none.")
    key = scene, options
    began = time.monotonic()
    reel = _REELS.peek(key)
    if reel is None:
        picture = pictured((scene, options))
        most = min(MOST_FRAMES, int(MOST_IN_ALL / (sides[0] * sides[1])))
        steps = np.linspace(0, picture.last, min(picture.last + 1, most)).round().astype(int)
        still = rasterised(picture.framed(picture.still), options.scale)
        reel = Reel(picture, tuple(np.unique(steps).tolist()), still)
    while len(reel.moving) < len(reel.steps) and time.monotonic() - began < SECONDS:
        step = reel.steps[len(reel.moving)]
        drawn = rasterised(reel.picture.framed(reel.picture.moving(step)), options.scale)
        reel = replace(reel, moving=(*reel.moving, drawn))
    _REELS.forget(key)
    _REELS.get(key, lambda: reel)
    return reel if len(reel.moving) == len(reel.steps) else None


def _frames(reel: Reel) -> list[Image.Image]:
    still = _opened(reel.still)
    return [Image.alpha_composite(still, _opened(png)).convert("RGB") for png in reel.moving]


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _per_second(frames: int) -> float:
    return min(PER_SECOND, max(1.0, (frames - 1) / LASTS))


def _saved(frames: list[Image.Image], kind: str, **more: Any) -> bytes:
    """Return an animation that begins anew after its end was seen for a while."""
    times = [round(1000 / _per_second(len(frames)))] * (len(frames) - 1) + [round(1000 * REST)]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=times, loop=0, **more)
    return written.getvalue()
