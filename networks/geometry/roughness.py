"""How rough a slice through a loss is, measured on its samples."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-5
"""Second differences smaller than this part of the losses they are of may come from single precision."""
LEVEL = 1e-6
"""A line whose losses differ by no more than this part of the largest is level."""


@dataclass(frozen=True)
class Roughness:
    """What is measured of a slice; None where too few of its losses are finite.

    - `nonconvex`: the share of its inner points at which the smaller eigenvalue of the slice's own 2 × 2
      Hessian is negative: 0 for a convex function. Where a slice bends downwards so does the whole loss;
      the reverse need not hold (Li et al., 2018, Visualizing the loss landscape of neural nets, section 6).
    - `variation`: the mean, over its rows and columns, of the total variation divided by the range, so that
      units do not matter: 1 on a slope, at most 2 where the function is convex, more for each further hill.
    """

    nonconvex: float | None
    variation: float | None


def roughness(a: Any, b: Any, losses: Any) -> Roughness:
    """Return how rough the `losses` (rows, columns) at `a` (columns,) and `b` (rows,) are.

    Coordinates are evenly spaced. What is not finite is left out, with all that would be made of it. Raises
    ValueError for other shapes, or fewer than three rows or columns.
    """
    values = np.asarray(losses, float)
    x, y = np.asarray(a, float), np.asarray(b, float)
    if values.ndim != 2 or values.shape != (len(y), len(x)) or min(values.shape) < 3:
        raise ValueError(
            "Expected losses of shape (rows, columns), three of each or more, with a coordinate for each;"
            f" got {values.shape} with {len(y)} and {len(x)}."
        )
    smallest, doubt = smallest_eigenvalues(x, y, values)
    known = np.isfinite(smallest)
    share = float((smallest[known] < -doubt[known]).mean()) if known.any() else None
    lines = [each for line in (*values, *values.T) if (each := _variation(line)) is not None]
    return Roughness(share, float(np.mean(lines)) if lines else None)


def smallest_eigenvalues(a: Floats, b: Floats, losses: Floats) -> tuple[Floats, Floats]:
    """Return the smaller eigenvalue of the Hessian at inner points, and how far rounding may be off.

    Both are (rows − 2, columns − 2), by central differences of second order; NaN where one of the nine
    losses is not finite.
    """
    dx, dy = a[1] - a[0], b[1] - b[0]
    with np.errstate(invalid="ignore"):
        middle = losses[1:-1, 1:-1]
        xx = (losses[1:-1, 2:] - 2 * middle + losses[1:-1, :-2]) / dx**2
        yy = (losses[2:, 1:-1] - 2 * middle + losses[:-2, 1:-1]) / dy**2
        xy = (losses[2:, 2:] - losses[2:, :-2] - losses[:-2, 2:] + losses[:-2, :-2]) / (4 * dx * dy)
        smallest = (xx + yy) / 2 - np.hypot((xx - yy) / 2, xy)
        nine = np.lib.stride_tricks.sliding_window_view(np.abs(losses), (3, 3)).max(axis=(2, 3))
        doubt = ROUNDING * nine / min(dx, dy) ** 2
    smallest[~np.isfinite(nine)] = np.nan
    return smallest, doubt


def _variation(line: Floats) -> float | None:
    """Return the total variation of a line divided by its range: 0 where it is level, None where unknown."""
    if not np.isfinite(line).all():
        return None
    between = float(line.max() - line.min())
    if between <= LEVEL * float(np.abs(line).max()):
        return 0.0
    return float(np.abs(np.diff(line)).sum()) / between
