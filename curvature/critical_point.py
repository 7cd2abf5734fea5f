"""What is known of the places where a gradient vanishes."""

from dataclasses import dataclass
from typing import Literal

from landscapes import Point
from landscapes.arrays import Floats

Kind = Literal["minimum", "saddle", "maximum", "degenerate"]
KINDS: tuple[Kind, ...] = ("minimum", "saddle", "maximum", "degenerate")

POINT = 720
"""Bytes that a critical point takes: to add it up for ten thousand of them takes a second."""


@dataclass(frozen=True)
class CriticalPoint:
    """One point where the gradient vanishes.

    - `gradient_norm`: what is left of the gradient there, as a certificate.
    - `eigenvalues` of the Hessian, rising; `eigenvectors[i][j]` is component i of the vector of
      eigenvalue j, as in `Curvature`.
    - `kind`: what the signs of the eigenvalues say; "degenerate" where an eigenvalue is zero as far as
      numbers can tell, and the Hessian says nothing. Where the surface has a kink, it has no Hessian:
      then the losses around the point decide.
    - `index`: how often the gradient turns around itself on a small circle around the point, 1 for a
      minimum or a maximum and −1 for a saddle; None if that could not be measured.
    - `published`: whether it is one of the minima that the landscape is published with.
    """

    point: Point
    loss: float
    gradient_norm: float
    eigenvalues: tuple[float, float]
    eigenvectors: tuple[tuple[float, float], tuple[float, float]]
    kind: Kind
    index: int | None
    published: bool


@dataclass(frozen=True, eq=False)
class CriticalCurve:
    """A curve of points where the gradient vanishes, as the floor of a level valley.

    `points` (n, 2) are in order along it, evenly spaced, read-only; `closed` says that the last one is
    followed by the first. `loss` and `eigenvalues`, rising, are those of the point in the middle.
    `index` is that of CriticalPoint, measured around a closed curve; None for an open one.
    """

    points: Floats
    closed: bool
    loss: float
    eigenvalues: tuple[float, float]
    index: int | None


@dataclass(frozen=True, eq=False)
class CriticalPoints:
    """What a search for critical points has found in a box, and whether that is all.

    - `points`: minima, saddles, maxima and degenerate points, the lower loss first.
    - `curves`: the curves of critical points; points on them are not among `points`.
    - `flat`: whether the gradient is zero on a whole area; points of that are not listed.
    - `winding`: how often the gradient turns around itself along the edge of the box; None where it
      vanishes, jumps or is undefined on the edge, or turns too often to be followed.
    - `complete`: whether nothing contradicts that these are all: by the theorem of Poincaré and Hopf
      the indices of everything inside must add up to the winding number. Only a search that missed
      points whose indices cancel could pass this test.
    """

    points: tuple[CriticalPoint, ...]
    curves: tuple[CriticalCurve, ...]
    flat: bool
    winding: int | None
    complete: bool

    @property
    def nbytes(self) -> int:
        """Return about how many bytes these take."""
        return POINT * len(self.points) + sum(curve.points.nbytes + POINT for curve in self.curves)
