"""Flat and sharp minima: how the loss grows around them, and what a shift of the surface does to each.

The test loss is the training loss moved along the line from the flattest to the sharpest minimum, as in
the sketch of Keskar et al. 2017 (figure 1): what the shift costs in a minimum grows with its curvature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvature import curvature_at
from curvature.sharpness import sharpness, worst_loss
from descent.trajectory import Floats
from landscapes import Landscape
from studies.minima import AS_FLAT, Minimum, flattest, minima_of, sharpest

MOST = 6
SAMPLES = 401
BEYOND = 0.35
"""How far a slice goes on beyond the two minima, in their distance (in half a box where there is one)."""


@dataclass(frozen=True)
class FlatAndSharp:
    """The lowest minima, at most MOST of `count`, the lowest first, and how they bear a shift.

    `flattest`, `sharpest`: indices of these, both 0 where all are equally flat or there are none;
    `direction` (2,): the unit vector from the one to the other, (1, 0) where they are the same; `shift`
    (2,): how far the test loss is moved; `worst` (n,): the largest loss within the radius, `sharpness`
    (n,): the metric of Keskar et al. in per cent, `tested` (n,): the test loss. NaN where that is undefined.
    """

    minima: tuple[Minimum, ...]
    count: int
    flattest: int
    sharpest: int
    direction: Floats
    shift: Floats
    worst: Floats
    sharpness: Floats
    tested: Floats

    @property
    def differ(self) -> bool:
        """Return whether one minimum is flatter than another."""
        return self.flattest != self.sharpest

    def is_flattest(self, minimum: Minimum) -> bool:
        """Return whether `minimum` is as flat as the flattest one, and there are sharper ones."""
        return self.differ and _as_flat(minimum, self.minima[self.flattest])

    def is_sharpest(self, minimum: Minimum) -> bool:
        """Return whether `minimum` is as sharp as the sharpest one, and there are flatter ones."""
        return self.differ and _as_flat(minimum, self.minima[self.sharpest])


@dataclass(frozen=True)
class LossSlice:
    """Training and test loss along the line through the flattest and the sharpest minimum, within the box.

    `distances` (SAMPLES,) from the flattest one, `trained` and `tested` (SAMPLES,), NaN where undefined;
    `marked`: the distance and the loss of both minima, of one where they are the same.
    """

    distances: Floats
    trained: Floats
    tested: Floats
    marked: tuple[tuple[float, float], ...]


def compare_minima(
    landscape: Landscape, knobs: Mapping[str, Any], shift: float, radius: float
) -> FlatAndSharp:
    """Return the lowest minima, how sharp each is within `radius` > 0, and its loss after a `shift`."""
    every = minima_of(landscape, knobs)
    shown = every[:MOST]
    points = np.reshape([m.point for m in shown], (-1, 2))
    flat, sharp = (flattest(shown), sharpest(shown)) if shown else (0, 0)
    direction = np.array([1.0, 0.0])
    if flat != sharp:
        apart = np.subtract(shown[sharp].point, shown[flat].point)
        direction = apart / np.hypot(*apart)
    moved = shift * direction
    worst = worst_loss(landscape, knobs, points, radius)
    return FlatAndSharp(
        shown,
        len(every),
        flat,
        sharp,
        direction,
        moved,
        worst,
        sharpness(np.array([m.loss for m in shown]), worst),
        shifted_losses(landscape, knobs, points, moved),
    )


def shifted_losses(landscape: Landscape, knobs: Mapping[str, Any], points: Any, shift: Floats) -> Floats:
    """Return the loss (n,), moved by `shift` (2,), at each of `points` (n, 2); NaN where it is undefined."""
    return curvature_at(landscape, knobs, np.asarray(points, np.float64) - shift).losses


def loss_slice(landscape: Landscape, knobs: Mapping[str, Any], found: FlatAndSharp) -> LossSlice:
    """Return the slice through the two minima of `found`, which has one or more."""
    flat, sharp = found.minima[found.flattest], found.minima[found.sharpest]
    start, box = np.array(flat.point), np.array(landscape.box)
    apart = float(np.hypot(*np.subtract(sharp.point, start)))
    more = BEYOND * (apart or float(np.ptp(box, axis=1).min()))
    first, last = _within(start, found.direction, box, -more, apart + more)
    distances = np.linspace(first, last, SAMPLES)
    points = start + distances[:, None] * found.direction
    return LossSlice(
        distances,
        curvature_at(landscape, knobs, points).losses,
        shifted_losses(landscape, knobs, points, found.shift),
        ((0.0, flat.loss), (apart, sharp.loss)) if found.differ else ((0.0, flat.loss),),
    )


def _as_flat(one: Minimum, other: Minimum) -> bool:
    """Return whether two minima have the same λ_max, as far as numbers can tell."""
    return abs(one.largest - other.largest) <= AS_FLAT * abs(other.largest)


def _within(start: Floats, direction: Floats, box: Floats, first: float, last: float) -> tuple[float, float]:
    """Return the part of `first` … `last` along `direction` from `start` that lies in `box`; it holds 0."""
    for axis in range(2):
        if direction[axis]:
            ends = sorted((box[axis] - start[axis]) / direction[axis])
            first, last = max(first, min(ends[0], 0.0)), min(last, max(ends[1], 0.0))
    return first, last
