"""The terrain as a picture: tinted by height, shaded as if lit from the north-west."""

import numpy as np

from charts.palette import Theme
from charts.raster import data_uri, grown, tinted
from landscapes.arrays import Floats

STEEP = 0.9  # the quantile of slopes against which others are judged
SUN = (-0.55, 0.55)  # the direction from which light comes, in (x, y); north-west by convention


def relief(heights: Floats, theme: Theme) -> str:
    """Return heights in [0, 1] of shape (H, W), first row at the bottom, as a WebP data URI.

    Where a height is NaN the paper shows, hatched.
    """
    return data_uri(coloured(heights, theme), np.isnan(heights), theme)


def coloured(heights: Floats, theme: Theme) -> Floats:
    """Return the colours (H, W, 3) of heights (H, W), from 0 to 255 or, where light falls, a little more."""
    undefined = np.isnan(heights)
    ground = grown(heights)
    slope_y, slope_x = np.gradient(ground)
    steepness = np.hypot(slope_x, slope_y)[~undefined]
    # Slopes are judged against the steeper ones of the same picture; tanh keeps a cliff from going black.
    steep = np.quantile(steepness, STEEP) if steepness.size else 0.0
    light = np.tanh(-(slope_x * SUN[0] + slope_y * SUN[1]) / (steep + 1e-12))
    return tinted(ground, theme.ramp) * (1 + theme.shade * light[..., None])
