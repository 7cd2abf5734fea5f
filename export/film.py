"""A race as a film: what stays put is drawn once, and of each frame only what moves."""

import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import av
import numpy as np
from PIL import Image

from export.drawing.stage import Picture
from export.options import options_of
from export.picture import pictured, rasterised

MOST_FRAMES = 120
PER_SECOND = 25
REST = 1.6  # s for which the end is seen
MOST_PIXELS = 1280 * 720
"""Of one frame; some five seconds of one core in all."""
CLEAR = 255
"""In a GIF the number of the colour that lets the frame before be seen; others have lower numbers."""
USUAL = {"width": 960, "height": 540}


def as_webp(link: str, home: str) -> bytes:
    """Return the race of `link` as an animated WebP that begins anew; ValueError for bad options."""
    frames, times = _frames(link)
    return _saved(frames, times, "WEBP", quality=72, method=2)


def as_gif(link: str, home: str) -> bytes:
    """Return the same as a GIF, in 256 colours for all frames."""
    frames, times = _frames(link)
    # One table of colours, that of the last frame: others would flicker, and be larger.
    table = frames[-1].quantize(CLEAR, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    painted = [frame.quantize(palette=table, dither=Image.Dither.NONE) for frame in frames]
    # What is as in the frame before is left as it is: a tenth of the size.
    numbers = [np.asarray(frame) for frame in painted]
    for nth in range(1, len(painted)):
        fresh = np.where(numbers[nth] == numbers[nth - 1], np.uint8(CLEAR), numbers[nth])
        painted[nth] = Image.fromarray(fresh, "P")
        painted[nth].putpalette(painted[0].getpalette() or [])
    return _saved(painted, times, "GIF", optimize=False, disposal=1, transparency=CLEAR)


def as_mp4(link: str, home: str) -> bytes:
    """Return the same as MP4 (H.264, yuv420p: what every player plays), played once."""
    frames, _ = _frames(link, even=True)
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as film:
        stream: Any = film.add_stream("libx264", rate=PER_SECOND, options={"crf": "20", "preset": "veryfast"})
        stream.width, stream.height = frames[0].size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, PER_SECOND)
        still = round(REST * PER_SECOND)
        for frame in (*frames, *[frames[-1]] * still):
            film.mux(stream.encode(av.VideoFrame.from_image(frame)))
        film.mux(stream.encode())
    return written.getvalue()


def _saved(frames: list[Image.Image], times: list[int], kind: str, **more: Any) -> bytes:
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=times, loop=0, **more)
    return written.getvalue()


def _frames(link: str, even: bool = False) -> tuple[list[Image.Image], list[int]]:
    """Return the frames of a film, and for how many milliseconds each is seen.

    `even`: sides have even numbers of pixels, as H.264 wants them.
    """
    scene, options = options_of(link, **USUAL)
    pixels = options.width * options.height * options.scale**2
    if pixels > MOST_PIXELS:
        raise ValueError(
            f"Expected a film of at most {MOST_PIXELS / 1e6:.2g} million pixels, such as 1280x720; got"
            f" {options.width}x{options.height} at scale {options.scale:g}. Take a smaller size or scale."
        )
    if options.transparent:
        raise ValueError("Expected paper=solid, since a film has no transparent paper; got none.")
    if even:
        options = replace(options, width=options.width // 2 * 2, height=options.height // 2 * 2)
    drawn = pictured((scene, options))
    frames = list(_drawn(drawn, options.scale))
    return frames, [1000 // PER_SECOND] * (len(frames) - 1) + [round(1000 * REST)]


def _drawn(drawn: Picture, scale: float) -> Iterator[Image.Image]:
    """Yield a frame for each step, or for so many of them that lie evenly."""
    still = _opened(rasterised(drawn.framed(drawn.still), scale))
    steps = np.unique(np.linspace(0, drawn.last, min(drawn.last + 1, MOST_FRAMES)).round().astype(int))
    for step in steps.tolist():
        moving = _opened(rasterised(drawn.framed(drawn.moving(step)), scale))
        yield Image.alpha_composite(still, moving).convert("RGB")


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")
