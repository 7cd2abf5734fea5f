"""How sharp a minimum is: how much worse the loss becomes within a small distance of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from curvature.field import Field
from landscapes import Landscape
from landscapes.arrays import Floats

# The disc around a point is looked at on a polar grid of so many radii and angles …
RINGS, RAYS = 16, 64
# … and from the best so many of those, the loss is climbed in so many steps.
CLIMBERS, CLIMBS = 4, 40


def worst_loss(landscape: Landscape, knobs: Mapping[str, Any], points: Any, radius: float) -> Floats:
    """Return the largest loss within `radius` of each of `points` (n, 2): of shape (n,).

    It is the largest on a polar grid, climbed from by gradient ascent that is projected back into the
    disc. Where the loss is undefined it does not count; NaN where it is undefined in the whole disc.
    Compiles nothing that critical points have not compiled. Raises ValueError unless `radius` > 0 and
    for knobs that the landscape does not have or accept.
    """
    if not 0 < radius < np.inf:
        raise ValueError(f"Expected a finite radius > 0, got {radius}.")
    field = Field.of(landscape, knobs)
    centres = np.asarray(points, np.float64).reshape(-1, 2)
    if not len(centres):
        return np.zeros(0)
    here = field.at((centres[:, None] + radius * _disc()).reshape(-1, 2))
    losses = _comparable(here.losses).reshape(len(centres), -1)
    best = np.argsort(-losses, axis=1, kind="stable")[:, :CLIMBERS]
    climbed = _climbed(field, centres, here.points.reshape(*losses.shape, 2), best, radius)
    worst = np.maximum(losses.max(axis=1), climbed)
    return np.where(np.isfinite(worst), worst, np.nan)


def sharpness(losses: Floats, worst: Floats) -> Floats:
    """Return 100 · (worst − L) / (1 + L) of losses L (n,): in per cent, 0 for a plain.

    Keskar et al. 2017, On Large-Batch Training for Deep Learning, metric 2.1, with a disc in
    place of their box, so that it does not depend on the axes. NaN where L <= −1: the metric takes
    losses to be positive.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(losses > -1, 100 * (worst - losses) / (1 + losses), np.nan)


def _disc() -> Floats:
    """Return the centre and the polar grid of the unit disc, its edge included: (RINGS·RAYS + 1, 2)."""
    radii = np.arange(1, RINGS + 1)[:, None] / RINGS
    angles = 2 * np.pi * np.arange(RAYS) / RAYS
    rings = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=-1)
    return np.concatenate([np.zeros((1, 2)), rings.reshape(-1, 2)])


def _comparable(losses: Floats) -> Floats:
    """Return the losses with the undefined ones below all others."""
    return np.where(np.isnan(losses), -np.inf, losses)


def _climbed(field: Field, centres: Floats, grid: Floats, best: Any, radius: float) -> Floats:
    """Return the largest loss (n,) that the climbers from `grid` (n, m, 2) at `best` (n, k) come to."""
    middle = np.repeat(centres, best.shape[1], axis=0)
    here = field.at(np.take_along_axis(grid, best[..., None], axis=1).reshape(-1, 2))
    points, losses, slopes = here.points, _comparable(here.losses), here.gradients
    length = np.full(len(points), radius / RINGS)
    for _ in range(CLIMBS):
        with np.errstate(divide="ignore", invalid="ignore"):
            uphill = np.nan_to_num(slopes / np.hypot(*slopes.T)[:, None])
        away = points + length[:, None] * uphill - middle
        away *= np.minimum(1.0, radius / np.maximum(np.hypot(*away.T), 1e-300))[:, None]
        there = field.at(middle + away)
        higher = _comparable(there.losses) > losses
        points = np.where(higher[:, None], there.points, points)
        losses = np.where(higher, there.losses, losses)
        slopes = np.where(higher[:, None], there.gradients, slopes)
        # A long step is thrown back on the edge, where it is one of a power iteration.
        length = np.where(higher, np.minimum(2 * length, 1e3 * radius), length / 4)
    return losses.reshape(best.shape).max(axis=1)
