"""The minima of a surface, as places where runs end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from curvature import CriticalPoint, critical_points, curvature_at
from landscapes import Landscape, Point
from studies.global_minimum import global_minima
from studies.parts import Part, critical_point_parts

AS_LOW = 1e-9
"""A minimum whose loss is no further above the least one (against losses near one) is global."""
AROUND, RAYS = 1e-3, 16
"""How far around a point its pit is looked for, in diagonals, and in how many directions."""
AS_FLAT = 1e-6
"""Curvatures that differ by no more than this part are equal."""


@dataclass(frozen=True)
class Minimum:
    """A minimum: where it is, its loss, the largest eigenvalue of its Hessian (NaN where it has none)."""

    point: Point
    loss: float
    largest: float
    is_global: bool  # whether no other is lower


_MINIMA: SingleFlightCache[tuple[Minimum, ...]] = SingleFlightCache(4 * MB, only_long_work=True)


def minima_of(landscape: Landscape, knobs: Mapping[str, Any]) -> tuple[Minimum, ...]:
    """Return the minima that were found in the box of `landscape`, the lowest first.

    Raises ValueError for knobs that it does not have.
    """
    settings = Settings(landscape.settings(knobs))
    return _MINIMA.get((landscape, settings), lambda: _found(landscape, settings))


def minima_parts(landscape: Landscape, knobs: Mapping[str, Any]) -> list[Part]:
    """Return the parts in which `minima_of` finds its answer."""
    return [*critical_point_parts(landscape, knobs), partial(minima_of, landscape, knobs)]


def _found(landscape: Landscape, knobs: Mapping[str, Any]) -> tuple[Minimum, ...]:
    least = global_minima(landscape, knobs).loss
    diagonal = float(np.hypot(*np.ptp(landscape.box, axis=1)))
    found = [
        p.point
        for p in critical_points(landscape, knobs).points
        if p.kind == "minimum"
        or (p.kind == "degenerate" and p.index == 1 and _is_in_a_pit(landscape, knobs, p, diagonal))
    ]
    here = curvature_at(landscape, knobs, np.reshape(found, (-1, 2)))
    made = [
        Minimum(
            (float(point[0]), float(point[1])),
            float(loss),
            float(largest),
            least is not None and bool(loss <= least + AS_LOW * (1 + abs(least))),
        )
        for point, loss, largest in zip(found, here.losses, here.eigenvalues[:, 1], strict=True)
    ]
    return tuple(sorted(made, key=lambda m: (m.loss, m.point)))


def _is_in_a_pit(
    landscape: Landscape, knobs: Mapping[str, Any], found: CriticalPoint, diagonal: float
) -> bool:
    """Return whether a degenerate critical point is in a pit, as that of x⁴ + y⁴ is."""
    angles = 2 * np.pi * np.arange(RAYS) / RAYS
    ring = found.point + AROUND * diagonal * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    around = curvature_at(landscape, knobs, ring).losses
    return bool((around > found.loss).all())


def flattest(minima: Sequence[Minimum]) -> int:
    """Return which of `minima`, at least one, has the least λ_max; the first of several."""
    sizes = np.array([m.largest for m in minima])
    if np.isnan(sizes).all():
        return 0
    return int(np.flatnonzero(sizes <= np.nanmin(sizes) * (1 + AS_FLAT))[0])


def sharpest(minima: Sequence[Minimum]) -> int:
    """Return which of `minima`, at least one, has the largest λ_max; the first of several."""
    sizes = np.array([m.largest for m in minima])
    if np.isnan(sizes).all():
        return 0
    return int(np.flatnonzero(sizes >= np.nanmax(sizes) * (1 - AS_FLAT))[0])


def equally_flat(minima: Sequence[Minimum]) -> bool:
    """Return whether all of `minima`, at least one, have the same λ_max, as far as numbers can tell."""
    return flattest(minima) == sharpest(minima)
