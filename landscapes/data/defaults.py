"""The box, start and rates that data nobody has seen before begin with."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from landscapes.arrays import Floats
from landscapes.data.model import Data, Model
from landscapes.data.surface import Layout
from landscapes.defaults import LARGEST_RATE, LEAST_RATE, RING, rate_near
from landscapes.landscape import Box, Point

ANGLES = (0.78, 0.28, 1.28, 1.78)  # times π: off the axes and the diagonals, the upper left one first
HIGH = 0.9
"""A start may be higher than this share of the box, but not on its highest corners."""
GRID = 24
TURNS = 24
WATCHED = 100

Loss = Callable[[Floats], Floats]
"""From points (2, M) to losses (M,)."""


def default_layout(model: Model, data: Data) -> Layout:
    """Return how the loss of `model` on `data`, scaled already, is best shown and first descended.

    The box is a square with the minimum inside, if there is one; the start is high up on a ring at 70 % of
    the half sides; the rate is one over the largest curvature at the start and at the minimum, or less: so
    that a hundred steps of plain descent, and of a heavy ball (β = 0.9) at a tenth of it, get lower and
    stay in the box. Approximate, by differences of losses; nothing is compiled.
    """

    def loss(points: Floats) -> Floats:
        return model.losses(points[:, :, None], data, np).mean(axis=1)

    middle, half = model.sides(data)
    return layout_on(loss, _square(middle, half), model.minima(data) or ())


def layout_on(loss: Loss, box: Box, minima: Sequence[Point]) -> Layout:
    """Return how `loss` over `box`, with these `minima`, is best first descended, as in `default_layout`."""
    halves = [(high - low) / 2 for low, high in box]
    start = _start(loss, box)
    places = np.transpose([start, *minima])
    curvature = float(np.abs(np.linalg.eigvalsh(_hessians(loss, places, 1e-3 * min(halves)))).max())
    rate = rate_near(1 / curvature) if curvature else LARGEST_RATE
    for _ in range(TURNS):
        if _is_safe(loss, box, start, rate) or rate <= LEAST_RATE:
            break
        rate = rate_near(rate / 2)
    return Layout(box, start, rate, rate_near(0.03 * math.hypot(*halves)))


def _square(middle: Point, half: float) -> Box:
    """Return the box around `middle`, with ends in as few digits as a fiftieth of its sides allows."""
    half = _short(half, half)
    x, y = ((_short(at - half, half), _short(at + half, half)) for at in (_short(at, half) for at in middle))
    return x, y


def _short(value: float, half: float) -> float:
    """Return `value` rounded to less than a fiftieth of the sides: a link is read aloud."""
    return round(float(value), -math.floor(math.log10(half / 25))) + 0.0


def _start(loss: Loss, box: Box) -> Point:
    """Return the highest point of four on the ring that is not among the highest tenth of the box."""
    ring = []
    for angle in ANGLES:
        x, y = math.cos(math.pi * angle), math.sin(math.pi * angle)
        ring.append(_on_ring(box, x, y))
    grid = np.stack(np.meshgrid(*(np.linspace(low, high, GRID) for low, high in box))).reshape(2, -1)
    losses = loss(np.transpose(ring))
    allowed = losses <= np.quantile(loss(grid), HIGH)
    best = int(np.where(allowed, losses, -np.inf).argmax()) if allowed.any() else int(losses.argmin())
    return ring[best]


def _on_ring(box: Box, x: float, y: float) -> Point:
    """Return where the ring of `box` is in the direction (x, y), in few digits."""
    sides = ((low, (high - low) / 2) for low, high in box)
    a, b = (
        _short(low + half + RING * half * part, half) for (low, half), part in zip(sides, (x, y), strict=True)
    )
    return a, b


def _hessians(loss: Loss, points: Floats, h: float) -> Floats:
    """Return the Hessians (M, 2, 2) at `points` (2, M), by central differences over `h`."""
    at = {(i, j): loss(points + h * np.array([[i], [j]])) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    xx = at[1, 0] - 2 * at[0, 0] + at[-1, 0]
    yy = at[0, 1] - 2 * at[0, 0] + at[0, -1]
    xy = (at[1, 1] - at[1, -1] - at[-1, 1] + at[-1, -1]) / 4
    return np.moveaxis(np.array([[xx, xy], [xy, yy]]), 2, 0) / h**2


def _is_safe(loss: Loss, box: Box, start: Point, rate: float) -> bool:
    """Return whether both descents that `default_layout` tells of get lower and stay in `box`."""
    low, high = np.transpose(box)[:, :, None]
    h = 1e-5 * (high - low).max()
    shifts = h * np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])[:, None]
    rates, keeps = np.array([rate, rate / 10]), np.array([0.0, 0.9])
    p, velocity = np.transpose([start, start]), np.zeros((2, 2))
    for _ in range(WATCHED):
        around = loss((p[:, :, None] + shifts).reshape(2, -1)).reshape(2, 2, 2)
        gradient = (around[:, :, 0] - around[:, :, 1]).T / (2 * h)
        velocity = keeps * velocity - rates * gradient
        p = p + velocity
        if not ((low <= p) & (p <= high)).all():
            return False
    return bool((loss(p) < loss(np.transpose([start]))).all())
