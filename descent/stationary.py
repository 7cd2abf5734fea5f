"""What kind of point it is at which a run has come to rest."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np

from descent.remaining import loss_and_hessian
from landscapes import Landscape
from landscapes.arrays import Floats

Stationary = Literal["minimum", "saddle", "maximum", "degenerate"]

FLAT = 1e-9  # of the stronger curvature: a weaker one than this has no sign
WEAK = 1e-3  # of the stronger curvature: below it a curvature may be due to where exactly the run rests
AROUND = 100  # tolerances: how far around a point of weak curvature is looked
DIRECTIONS = 32
ROUNDING = 1e-14  # of the loss


class Rest(NamedTuple):
    """Where a run rests: how far from a critical point, by Newton's method, and of which kind that is."""

    away: float
    kind: Stationary


def rest(
    landscape: Landscape, knobs: Mapping[str, Any], point: Floats, gradient: Floats, tolerance: float
) -> Rest:
    """Return what `point` (2,), with its `gradient` (2,), is near to; `tolerance`: lengths that are alike.

    The eigenvalues of the Hessian tell the kind. Where one of them is (almost) zero they do not, as on
    the floor of a level valley or on a monkey saddle: then it is a minimum if the loss is nowhere lower on
    a circle around it.
    """
    loss, matrix = loss_and_hessian(landscape, knobs, point)
    if not (np.isfinite(matrix).all() and np.isfinite(gradient).all()):
        return Rest(np.inf, "degenerate")
    curvatures, axes = np.linalg.eigh(matrix)
    slopes, strengths = np.abs(gradient @ axes), np.abs(curvatures)
    with np.errstate(divide="ignore", over="ignore"):
        steps = np.divide(slopes, strengths, out=np.zeros(2), where=slopes > 0)
        away = float(np.hypot(*steps))
    strongest = strengths.max()
    signs = np.sign(curvatures) * (strengths > FLAT * strongest)
    if strengths.min() <= WEAK * strongest and not _falls(
        landscape, knobs, point, loss, strongest, tolerance
    ):
        return Rest(away, "minimum")
    if not signs.all():
        return Rest(away, "degenerate")
    return Rest(away, "minimum" if (signs > 0).all() else "maximum" if (signs < 0).all() else "saddle")


def _falls(
    landscape: Landscape,
    knobs: Mapping[str, Any],
    point: Floats,
    loss: float,
    strongest: float,
    tolerance: float,
) -> bool:
    """Return whether the loss around `point` is lower by more than a move of `tolerance` explains."""
    angles = 2 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    circle = point + AROUND * tolerance * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    losses = [loss_and_hessian(landscape, knobs, there)[0] for there in circle]
    explained = strongest * tolerance**2 / 2 + ROUNDING * abs(loss)
    return bool(np.nanmin(losses) < loss - explained)
