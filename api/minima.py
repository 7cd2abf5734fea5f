"""The minima of a surface, as places where runs end."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from api.global_minimum import critical_parts, lowest
from api.parts import Part
from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from curvature import CriticalPoint, critical_points, curvature_at
from landscapes import Point
from scenes import Ground

AS_LOW = 1e-9
"""A minimum whose loss is no further above the least one (against losses near one) is global."""
AROUND, RAYS = 1e-3, 16
"""How far around a point its pit is looked for, in diagonals, and in how many directions."""
AS_FLAT = 1e-6
"""Curvatures that differ by no more than this part are equal."""


@dataclass(frozen=True)
class Bottom:
    """A minimum: where it is, its loss, the largest eigenvalue of its Hessian (NaN where it has none)."""

    point: Point
    loss: float
    largest: float
    everywhere: bool  # whether no other is lower: the global minimum, or one of them


_BOTTOMS: SingleFlightCache[tuple[Bottom, ...]] = SingleFlightCache(4 * MB, only_long_work=True)


def bottoms(ground: Ground) -> tuple[Bottom, ...]:
    """Return the minima of `ground`, the lowest first: those that were found in its box."""
    surface = ground.surface
    key = surface, Settings(surface.settings(ground.knobs))
    return _BOTTOMS.get(key, lambda: _bottoms(ground))


def bottoms_parts(ground: Ground) -> list[Part]:
    """Return the parts in which these are found."""
    return [*critical_parts(ground), partial(bottoms, ground)]


def _bottoms(ground: Ground) -> tuple[Bottom, ...]:
    surface = ground.surface
    _, least = lowest(ground)
    diagonal = float(np.hypot(*np.ptp(surface.box, axis=1)))
    critical = critical_points(surface, ground.knobs).points
    found = [
        p.point
        for p in critical
        if p.kind == "minimum" or (p.kind == "degenerate" and p.index == 1 and _in_a_pit(ground, p, diagonal))
    ]
    here = curvature_at(surface, ground.knobs, np.reshape(found, (-1, 2)))
    made = [
        Bottom(
            (float(point[0]), float(point[1])),
            float(loss),
            float(largest),
            least is not None and bool(loss <= least + AS_LOW * (1 + abs(least))),
        )
        for point, loss, largest in zip(found, here.losses, here.eigenvalues[:, 1], strict=True)
    ]
    return tuple(sorted(made, key=lambda b: (b.loss, b.point)))


def _in_a_pit(ground: Ground, found: CriticalPoint, diagonal: float) -> bool:
    """Return whether a degenerate critical point is in a pit, as that of x⁴ + y⁴ is."""
    angles = 2 * np.pi * np.arange(RAYS) / RAYS
    ring = found.point + AROUND * diagonal * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    around = curvature_at(ground.surface, ground.knobs, ring).losses
    return bool((around > found.loss).all())


def flattest(minima: tuple[Bottom, ...]) -> int:
    """Return which of `minima`, at least one, has the least λ_max; the first of several."""
    sizes = np.array([b.largest for b in minima])
    if np.isnan(sizes).all():
        return 0
    return int(np.flatnonzero(sizes <= np.nanmin(sizes) * (1 + AS_FLAT))[0])


def sharpest(minima: tuple[Bottom, ...]) -> int:
    """Return which of `minima`, at least one, has the largest λ_max; the first of several."""
    sizes = np.array([b.largest for b in minima])
    if np.isnan(sizes).all():
        return 0
    return int(np.flatnonzero(sizes >= np.nanmax(sizes) * (1 - AS_FLAT))[0])


def equally_flat(minima: tuple[Bottom, ...]) -> bool:
    """Return whether all of `minima`, at least one, have the same λ_max, as far as numbers can tell."""
    return flattest(minima) == sharpest(minima)
