"""Curvature along a path."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from curvature.hessian import condition, curvature_at
from landscapes import Landscape
from landscapes.arrays import Floats


@dataclass(frozen=True)
class Along:
    """What the surface is like at every point of a path; NaN where it is undefined.

    `gradient_norms` (T+1,): |∇L|. `smallest` and `largest` (T+1,): the eigenvalues of the Hessian,
    λ_min <= λ_max. `conditions` (T+1,): max|λ| / min|λ|, infinite where an eigenvalue is 0. `hessians`
    (T+1, 2, 2): what they were taken from.
    """

    gradient_norms: Floats
    smallest: Floats
    largest: Floats
    conditions: Floats
    hessians: Floats


def along(landscape: Landscape, knobs: Mapping[str, Any], points: ArrayLike) -> Along:
    """Return gradient norms and curvatures of `landscape` under `knobs` at `points` (T+1, 2).

    Once one path was asked for, others compile nothing, whatever their length: see `curvature_at`.
    """
    found = curvature_at(landscape, knobs, points)
    with np.errstate(over="ignore"):
        norms = np.hypot(*found.gradients.T)
    smallest, largest = found.eigenvalues.T
    return Along(norms, smallest, largest, condition(found.eigenvalues), found.hessians)
