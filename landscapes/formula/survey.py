"""An expression looked at on a coarse grid, before anything is compiled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscapes.arrays import Floats
from landscapes.formula.expression import Expression
from landscapes.landscape import Box

COARSE = 24
FINE = 40
LARGEST_LOSS = 1e300
"""Above it, differences and squares of losses overflow."""
LEAST_DEFINED = 0.01
STEP = 2e-3
"""How far apart losses are subtracted, as a share of the side: far enough for rounding errors not to
be taken for curvature, near enough for most waves that a picture can show."""


def middles(box: Box, cells: int) -> tuple[Floats, Floats]:
    """Return x and y of shape (cells, cells): the middles of the cells, so that no axis is hit."""
    axes = (low + (np.arange(cells) + 0.5) * (high - low) / cells for low, high in box)
    x, y = np.meshgrid(*axes)
    return x, y


def usable(loss: Floats) -> NDArray[np.bool_]:
    """Return where `loss` is a number that can be drawn."""
    return np.abs(loss) < LARGEST_LOSS  # nan is not


def is_defined(expression: Expression, box: Box) -> bool:
    """Return whether there is something to see: a hundredth of the box.

    The unit disc in the default box is 3 % of it.
    """
    return bool(usable(expression.on(*middles(box, COARSE))).mean() >= LEAST_DEFINED)


@dataclass(frozen=True)
class Survey:
    """Losses, lengths of gradients and largest absolute eigenvalues of Hessians, each of shape (N,).

    By central differences, at those points of a grid where all of them are finite; from there on
    everything is approximate, which is enough to choose a start and a rate.
    """

    loss: Floats
    slope: Floats
    curvature: Floats


def survey(expression: Expression, box: Box) -> Survey:
    """Look at `expression` on a grid over `box`."""
    x, y = middles(box, FINE)
    (x0, x1), (y0, y1) = box
    h, k = STEP * (x1 - x0), STEP * (y1 - y0)
    at = {(i, j): expression.on(x + i * h, y + j * k) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    loss = at[0, 0]
    with np.errstate(all="ignore"):
        gradient = (at[1, 0] - at[-1, 0]) / (2 * h), (at[0, 1] - at[0, -1]) / (2 * k)
        xx = (at[1, 0] - 2 * loss + at[-1, 0]) / h**2
        yy = (at[0, 1] - 2 * loss + at[0, -1]) / k**2
        xy = (at[1, 1] - at[1, -1] - at[-1, 1] + at[-1, -1]) / (4 * h * k)
        # The eigenvalues are the mean of the diagonal, more or less a radius (Mohr's circle).
        curvature = np.abs(xx + yy) / 2 + np.hypot((xx - yy) / 2, xy)
        # What rounding alone may make of a flat place.
        noise = 16 * np.finfo(float).eps * np.abs(loss) / min(h, k) ** 2
        curvature = np.where(curvature > noise, curvature, 0.0)
        slope = np.hypot(*gradient)
    good = usable(loss) & np.isfinite(slope) & np.isfinite(curvature)
    return Survey(loss[good], slope[good], curvature[good])
