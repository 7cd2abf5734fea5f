"""Values on a grid as a raster image: a tint for each, and hatched paper where there is none."""

import base64
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts.palette import Theme
from landscapes.arrays import Floats

WIDTH = 640  # pixels; terrain is soft, so that a browser may stretch it

HATCH = 9  # pixels from one line of the hatching to the next
REACH = 3  # cells: from how far inside the image an interpolated pixel at an edge takes its colour


def rgb(colour: str) -> Floats:
    """Return the red, green and blue of "#rrggbb", from 0 to 255, of shape (3,)."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)


def tinted(shares: Floats, stops: Sequence[str]) -> Floats:
    """Return the colours (…, 3) that stand at `shares`, from 0 to 1, of a ramp of evenly spaced stops."""
    ramp = np.array([rgb(stop) for stop in stops])
    at = np.clip(shares, 0, 1) * (len(stops) - 1)
    return np.stack([np.interp(at, np.arange(len(stops)), ramp[:, c]) for c in range(3)], axis=-1)


def grown(values: Floats) -> Floats:
    """Return `values` (H, W) with what is NaN filled from its neighbours, as far as pixels look for it.

    What lies further away is 0; no pixel shows it.
    """
    if not np.isnan(values).any():
        return values
    rows, columns = values.shape
    filled = values.copy()
    for _ in range(REACH):
        missing = np.isnan(filled)
        known = np.pad(~missing, 1).astype(float)
        around = np.pad(np.where(missing, 0.0, filled), 1)
        cells = [np.s_[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
        count, total = (np.sum([each[cell] for cell in cells], axis=0) for each in (known, around))
        fill = missing & (count > 0)
        filled[fill] = total[fill] / count[fill]
    return np.nan_to_num(filled)


def data_uri(pixels: Floats, undefined: NDArray[np.bool_], theme: Theme) -> str:
    """Return a WebP data URI of colours (H, W, 3), first row at the bottom, hatched where `undefined`."""
    rows, columns = undefined.shape
    image = drawn(pixels, undefined, theme, (WIDTH, max(1, round(WIDTH * rows / columns))))
    return "data:image/webp;base64," + base64.b64encode(webp(image)).decode()


def webp(image: Image.Image) -> bytes:
    """Return the image as a file."""
    encoded = io.BytesIO()
    image.save(encoded, "WEBP", quality=84, method=4)
    return encoded.getvalue()


def drawn(pixels: Floats, undefined: NDArray[np.bool_], theme: Theme, size: tuple[int, int]) -> Image.Image:
    """Return an image of `size` (width, height) of colours (H, W, 3), hatched where `undefined`."""
    columns = undefined.shape[1]
    image = _resized(np.clip(pixels, 0, 255), size)
    if undefined.any():
        # A pixel wide edge along the middle between the last sample that is and the first that is not.
        share = np.asarray(_resized(255.0 * undefined, size), float)[..., None] / 255
        share = np.clip((share - 0.5) * size[0] / columns + 0.5, 0, 1)
        paper = _hatched(size, theme)
        image = Image.fromarray(((1 - share) * np.asarray(image) + share * paper).round().astype(np.uint8))
    return image


def _resized(pixels: NDArray[np.floating], size: tuple[int, int]) -> Image.Image:
    """Return an image of `size` (width, height) of colours or shades, first row at the bottom."""
    image = Image.fromarray(pixels.round().astype(np.uint8)[::-1])
    return image.resize(size, Image.Resampling.BICUBIC)


def _hatched(size: tuple[int, int], theme: Theme) -> Floats:
    """Return the colours of paper with fine diagonal lines."""
    width, height = size
    across = (np.arange(width)[None, :] + np.arange(height)[:, None]) % HATCH
    ink = np.clip(1.3 - np.abs(across - HATCH // 2) * 0.7, 0, 1)[..., None]
    return (1 - ink) * rgb(theme.paper) + ink * rgb(theme.hatch)
