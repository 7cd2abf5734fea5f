"""The terrain as a picture: tinted by height, shaded as if lit from the north-west."""

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from charts.heights import Floats
from charts.palette import Theme

SUN = (-0.55, 0.55)  # the direction from which light comes, in (x, y); north-west by convention

WIDTH = 640  # pixels; relief is soft, so that a browser may stretch it


def relief(heights: Floats, theme: Theme) -> str:
    """Return heights in [0, 1] of shape (H, W), first row at the bottom, as a WebP data URI."""
    picture = io.BytesIO()
    rows, columns = heights.shape
    image = Image.fromarray(_pixels(heights, theme))
    image = image.resize((WIDTH, round(WIDTH * rows / columns)), Image.Resampling.BICUBIC)
    image.save(picture, "WEBP", quality=84, method=4)
    return "data:image/webp;base64," + base64.b64encode(picture.getvalue()).decode()


def _pixels(heights: Floats, theme: Theme) -> NDArray[np.uint8]:
    """Return RGB of shape (H, W, 3), first row at the top."""
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in theme.ramp], float)
    at = np.clip(heights, 0, 1) * (len(stops) - 1)
    tint = np.stack([np.interp(at, np.arange(len(stops)), stops[:, c]) for c in range(3)], axis=-1)
    slope_y, slope_x = np.gradient(heights)
    towards_sun = slope_x * SUN[0] + slope_y * SUN[1]
    # Slopes are judged against the steeper ones of the same picture; tanh keeps a cliff from going black.
    light = np.tanh(-towards_sun / (np.quantile(np.hypot(slope_x, slope_y), 0.9) + 1e-12))
    lit = tint * (1 + theme.shade * light[..., None])
    return np.clip(lit, 0, 255).round().astype(np.uint8)[::-1]
