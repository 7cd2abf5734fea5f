"""Loss, gradient and curvature of a surface at many points."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from curvature.eigen import eigen
from curvature.field import Field
from landscapes import Landscape
from landscapes.arrays import Floats


class Curvature(NamedTuple):
    """What a surface is like at each of n points.

    `eigenvectors[k][:, j]` is the unit vector of `eigenvalues[k][j]`; its first component that is not
    negligible is positive. What is undefined at a point is NaN there: everything where the loss or its
    gradient is not finite, what comes of the Hessian where that alone is not.
    """

    losses: Floats  # (n,)
    gradients: Floats  # (n, 2)
    hessians: Floats  # (n, 2, 2)
    eigenvalues: Floats  # (n, 2), rising
    eigenvectors: Floats  # (n, 2, 2)


def curvature_at(landscape: Landscape, knobs: Mapping[str, Any], points: Any) -> Curvature:
    """Return the curvature of `landscape` at `points` (n, 2), derived by automatic differentiation.

    Compiled once for a landscape and its choices: other numbers of points and other values of number
    knobs compile nothing. Raises ValueError for knobs that the landscape does not have or accept.
    """
    found = Field.of(landscape, knobs).at(points)
    return Curvature(*found[1:], *eigen(found.hessians))


def condition(eigenvalues: Any) -> Floats:
    """Return max|λ| / min|λ| (…) of `eigenvalues` (…, 2): 1 for a round bowl, inf where one is zero.

    NaN where they are NaN.
    """
    sizes = np.sort(np.abs(np.asarray(eigenvalues, np.float64)), axis=-1)
    least, most = sizes[..., 0], sizes[..., 1]
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        ratio = most / least
    return np.where(least == 0, np.inf, ratio)
