"""Newton's method from many starts at once, for points where the gradient vanishes."""

import numpy as np

from curvature.eigen import eigen
from curvature.field import Field, Local
from curvature.work import Work
from landscapes.arrays import Floats

MOST_STEPS = 40

# All in diagonals of the box. A search has arrived where Newton's step is this short: not where the
# gradient is small, for on a plateau it is small everywhere.
ARRIVED = 1e-9
# How far beyond the edge a search may stray before it is given up.
STRAY = 0.1

# A direction counts as level where its curvature is below this part of the other direction's …
LEVEL = 1e-7
# … and its slope below this part of what the other direction's curvature makes across the box.
QUIET = 1e-14

# Where the determinant is above this part of the squared Hessian, neither direction is level.
SAFE = 1e-4


def grid(field: Field, cells: int) -> Floats:
    """Return starts (n, 2): the centres of `cells` × `cells` cells, and every second corner of them.

    The corners, those on the edge of the box too, are placed symmetrically around its centre, so that
    points in the middle or on an axis, where many surfaces have something special, are hit exactly.
    """
    low, high = np.transpose(field.landscape.box)
    centre, half = (low + high) / 2, (high - low) / 2
    inner = np.arange(1 - cells, cells, 2) / cells
    corners = np.arange(-(cells // 2), cells // 2 + 1, 2) / (cells // 2)
    units = [np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2) for side in (inner, corners)]
    return centre + half * np.concatenate(units)


def steps(here: Local, reach: float, quiet: float, across: bool = False) -> Floats:
    """Return Newton's step (n, 2) from each point, no longer than `reach`; NaN where it is undefined.

    Along each eigenvector by itself it is −slope/curvature. There is none along an eigenvector without
    slope, nor along one that is LEVEL with a slope below `quiet` times the other one's curvature: so
    lines of critical points are arrived at, and not run along. `across` leaves out the weaker
    curvature altogether.
    """
    # Most Hessians are far from singular and most steps short: they need no eigenvectors.
    (a, b), (_, c) = np.moveaxis(here.hessians, 0, -1)
    u, v = here.gradients.T
    determinant = a * c - b * b
    step = np.stack([b * v - c * u, b * u - a * v], axis=1) / determinant[:, None]
    safe = np.abs(determinant) > SAFE * (a * a + 2 * b * b + c * c)
    plain = safe & (np.hypot(*step.T) <= reach) & (not across)
    step[~plain] = _steps_apart(here.take(~plain), reach, quiet, across)
    return step


def _steps_apart(here: Local, reach: float, quiet: float, across: bool) -> Floats:
    """Return what `steps` does, eigenvector by eigenvector."""
    values, vectors = eigen(here.hessians)
    slopes = np.einsum("nij,ni->nj", vectors, here.gradients)
    sizes, others = np.abs(values), np.abs(values[:, ::-1])
    still = (slopes == 0) | ((sizes <= LEVEL * others) & (np.abs(slopes) <= quiet * others))
    if across:
        weaker = np.argmin(sizes, axis=1)
        still |= weaker[:, None] == [0, 1]
    most = 2 * reach
    short = np.abs(slopes) < most * sizes
    parts = np.where(short, -slopes / np.where(short, values, 1.0), -most * np.sign(slopes))
    parts[still] = 0.0
    lengths = np.hypot(*parts.T)
    parts *= np.where(lengths > reach, reach / np.where(lengths > reach, lengths, 1.0), 1.0)[:, None]
    return np.einsum("nij,nj->ni", vectors, parts)


def search(field: Field, starts: Floats, reach: float, across: bool = False) -> Work[Local]:
    """Return what the searches from `starts` (n, 2) arrive at, in the box; many of it more than once.

    It pauses at every step. Those that have arrived or strayed too far leave the batch, so that later steps
    cost less. Where a root is multiple, steps shrink by a constant factor and take long; what is still on
    its way at the end is put at the limit of that series (Aitken's process) and looked at again.
    """
    diagonal = field.diagonal
    low, high = np.transpose(field.landscape.box)
    points, before = starts, np.zeros_like(starts)
    arrived: list[Local] = []
    for _ in range(2):
        for _ in range(MOST_STEPS):
            yield
            here = field.at(points)
            step = steps(here, reach, QUIET * diagonal, across)
            length = np.hypot(*step.T)
            done = length <= ARRIVED * diagonal
            arrived.append(here.take(done))
            lost = (points < low - STRAY * diagonal) | (points > high + STRAY * diagonal)
            going = ~done & np.isfinite(length) & ~lost.any(axis=1)
            before_last, before, points = before[going], step[going], (points + step)[going]
            if not len(points):
                break
        if not len(points):
            break
        # `before` is the last step taken, `before_last` the one before it.
        share = (before * before_last).sum(axis=1) / (before_last**2).sum(axis=1)
        bend = np.hypot(*(before - share[:, None] * before_last).T)
        series = (share > 0.2) & (share < 0.995) & (bend <= 0.01 * np.hypot(*before.T))
        # `points` has already taken the step `before`; what follows it is before · share + …
        points = (points + before * (share / (1 - share))[:, None])[series]
        before = np.zeros_like(points)
        if not len(points):
            break
    return inside(field, join(arrived))


def polish(field: Field, here: Local, quiet: float, count: int = 3) -> Work[Local]:
    """Return `here` moved by up to `count` more steps, each point where its gradient was smallest.

    With a pause at every step.
    """
    best, size = here, np.hypot(*here.gradients.T)
    for _ in range(count):
        yield
        step = steps(here, 1e-2 * field.diagonal, quiet * field.diagonal)
        here = field.at(here.points + step)
        now = np.hypot(*here.gradients.T)
        better = now < size
        mask = [better.reshape(-1, *[1] * (part.ndim - 1)) for part in best]
        best = Local(*(np.where(m, new, old) for m, new, old in zip(mask, here, best, strict=True)))
        size = np.where(better, now, size)
    return best


def inside(field: Field, here: Local) -> Local:
    """Return those of `here` that lie in the box, its edge included."""
    low, high = np.transpose(field.landscape.box)
    slack = 1e-12 * field.diagonal
    return here.take(((here.points >= low - slack) & (here.points <= high + slack)).all(axis=1))


def join(parts: list[Local]) -> Local:
    """Return all `parts`, at least one, as one."""
    return Local(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
