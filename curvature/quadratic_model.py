"""The second-order Taylor model of a loss around a point, how far it holds, and its principal directions.

m(θ) = L(θ′) + gᵀ(θ − θ′) + ½ (θ − θ′)ᵀ H (θ − θ′), the model that Newton's method and trust regions
descend (Nocedal and Wright 2006, Numerical Optimization, equation 2.14).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from landscapes.arrays import Floats
from landscapes.landscape import Box

WITHIN = 0.1
"""The share of its own terms by which the model may be off where it is said to hold."""

ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""An error below this part of the terms that were added up is no error of the model."""

LONGEST = 0.09
"""Half the length of the longer arm of a cross, in diagonals of the box."""

SHORTEST = 0.015
"""And of the shorter one at least, so that it can be seen."""

COMPRESSION = 0.25
"""Arms are as long as this power of the curvature: condition numbers run over decades, lengths cannot."""

ZERO = 1e-9
"""A curvature below this part of the other one is a rounded zero; along it there is no arm."""


@dataclass(frozen=True, eq=False)
class QuadraticModel:
    """The model around `point` (2,), made of the `loss`, `gradient` (2,) and `hessian` (2, 2) there.

    ValueError if one of them has another shape or is not finite.
    """

    point: Floats
    loss: float
    gradient: Floats
    hessian: Floats

    def __post_init__(self) -> None:
        """Keep the facts as arrays of float64, once they are found usable."""
        for name, shape in (("point", (2,)), ("loss", ()), ("gradient", (2,)), ("hessian", (2, 2))):
            value = np.asarray(getattr(self, name), float)
            if value.shape != shape or not np.isfinite(value).all():
                raise ValueError(f"Expected {name} to be finite and of shape {shape}, got {value.tolist()}.")
            object.__setattr__(self, name, value if shape else float(value))

    def value(self, points: ArrayLike) -> Floats:
        """Return the model's losses (…) at `points` (…, 2)."""
        along, bent = self._terms(points, self.hessian)
        with np.errstate(over="ignore", invalid="ignore"):
            return self.loss + along + bent

    def error_share(self, points: ArrayLike, true_losses: ArrayLike) -> Floats:
        """Return how far the model is off at `points` (…, 2): |m − L| in parts of |gᵀd| + ½ dᵀ|H|d, (…).

        |H| = V|Λ|Vᵀ has the absolute values of the eigenvalues of H = VΛVᵀ, so that uphill and
        downhill terms do not cancel (as in saddle-free Newton: Dauphin et al. 2014, arXiv 1406.2572).
        Errors of rounding count as none; an error where the model does not change at all is inf; and
        where `true_losses` (…) or the model are not finite the share is NaN.
        """
        losses = np.asarray(true_losses, float)
        eigenvalues, eigenvectors = np.linalg.eigh(self.hessian)
        along, bent = self._terms(points, (eigenvectors * np.abs(eigenvalues)) @ eigenvectors.T)
        away = np.hypot(*np.moveaxis(np.asarray(points, float) - self.point, -1, 0))
        slope, curvature = np.hypot(*self.gradient), np.abs(eigenvalues).max()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            error = np.abs(self.value(points) - losses)
            added = abs(self.loss) + np.abs(losses) + slope * away + curvature * away**2 / 2
            share = np.where(error <= ROUNDING * added, 0.0, error / (np.abs(along) + bent))
        return np.where(np.isfinite(error), share, np.nan)

    def _terms(self, points: ArrayLike, hessian: Floats) -> tuple[Floats, Floats]:
        """Return gᵀd and ½ dᵀHd at `points`, d being the way there from the model's own point."""
        away = np.asarray(points, float) - self.point
        with np.errstate(over="ignore", invalid="ignore"):
            return away @ self.gradient, ((away @ hessian) * away).sum(axis=-1) / 2


@dataclass(frozen=True, eq=False)
class Arm:
    """One bar of a cross: its two `ends` (2, 2), a point a row, and the `sign` of the curvature along it."""

    ends: Floats
    sign: Literal[-1, 1]


def cross(point: ArrayLike, eigenvalues: ArrayLike, eigenvectors: ArrayLike, box: Box) -> tuple[Arm, ...]:
    """Return the principal directions at `point` (2,) as at most two bars through it.

    `eigenvalues` (2,) are those of the Hessian, `eigenvectors` (2, 2) has theirs as columns. The bar
    of the larger |λ| reaches 9 % of the diagonal of `box` to both sides, the other less, as the
    fourth root of |λ|, but no less than 1.5 %. Along a direction without curvature there is no bar,
    and none at all where an eigenvalue is not finite.
    """
    centre, values, vectors = (np.asarray(each, float) for each in (point, eigenvalues, eigenvectors))
    sizes = np.abs(values)
    if not np.isfinite(values).all() or sizes.max() == 0:
        return ()
    (x0, x1), (y0, y1) = box
    diagonal = float(np.hypot(x1 - x0, y1 - y0))
    shares = np.maximum(LONGEST * (sizes / sizes.max()) ** COMPRESSION, SHORTEST)
    return tuple(
        Arm(centre + diagonal * shares[j] * np.outer((-1, 1), vectors[:, j]), 1 if values[j] > 0 else -1)
        for j in range(2)
        if sizes[j] > ZERO * sizes.max()
    )
