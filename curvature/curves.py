"""Curves of critical points: followed from a point on them, step by step."""

import numpy as np

from curvature.classify import is_critical
from curvature.critical_point import CriticalCurve
from curvature.eigen import eigen
from curvature.field import Field, Local
from curvature.newton import LEVEL, QUIET, inside, steps
from curvature.winding import polygon, winding_number
from curvature.work import Work
from landscapes.arrays import Floats, Mask

STEP = 0.01
"""The distance between neighbours on a curve, in diagonals of the box."""
MOST_STEPS = 600
MOST_CURVES = 32
MOST_ROUNDS = 12
TOGETHER = 8

# Rounding leaves a slope along a curve; this part of what its curvature makes across the box is allowed.
SLOPE = 10 * QUIET
# How near to a curve a point must be to be one of it, in steps: the curve bends between its points.
NEAR = 0.2
CORRECTIONS = 4
STILL = 1e-13


def on_a_curve(field: Field, here: Local) -> Mask:
    """Return whether the gradient stays zero (n,) one step away from each critical point.

    To one side at least: a curve may end, at a kink or at the edge of where the surface is defined.
    """
    heading = _along(here)
    found = np.zeros(len(here.points), bool)
    for side in (1.0, -1.0):
        there = _corrected(field, here.points + side * STEP * field.diagonal * heading)
        apart = np.hypot(*(there.points - here.points).T)
        found |= _critical(field, there) & (apart > 0.5 * STEP * field.diagonal)
    return found & is_critical(field, here)


def follow(field: Field, seeds: Floats) -> Work[tuple[tuple[CriticalCurve, ...], bool]]:
    """Return, after pauses, the curves through `seeds` (n, 2), each once, and whether these were all.

    They are not if there are more than MOST_CURVES, or if MOST_ROUNDS do not account for every seed.
    """
    curves: list[tuple[Floats, bool]] = []
    dropped = False
    for _ in range(MOST_ROUNDS):
        if not len(seeds) or len(curves) > MOST_CURVES:
            break
        chosen = np.arange(0, len(seeds), -(-len(seeds) // TOGETHER))
        traced = yield from _traced(field, seeds[chosen])
        found = [curve for curve in traced if is_critical(field, field.at(curve[0])).all()]
        dropped |= len(found) < len(chosen)
        # The longer first: where one stops early, at a kink, another may have come from the other side.
        for line, closed in sorted(found, key=lambda curve: -len(curve[0])):
            yield
            if not any(near(line, *known, field.diagonal).mean() > 0.5 for known in curves):
                curves.append((line, closed))
        covered = np.isin(np.arange(len(seeds)), chosen)
        for curve in curves:
            yield
            covered |= near(seeds, *curve, field.diagonal)
        seeds = seeds[~covered]
    described = []
    for curve in curves[:MOST_CURVES]:
        yield
        described.append(_described(field, *curve))
    return tuple(described), not (dropped or len(seeds) or len(curves) > MOST_CURVES)


def near(points: Floats, line: Floats, closed: bool, diagonal: float) -> Mask:
    """Return whether each of `points` (n, 2) lies on `line` (m, 2) as far as its steps can tell (n,)."""
    reach = NEAR * STEP * diagonal
    found = ((points >= line.min(axis=0) - reach) & (points <= line.max(axis=0) + reach)).all(axis=1)
    ends = np.roll(line, -1, axis=0) if closed else line[1:]
    begins = line if closed else line[:-1]
    sides = ends - begins
    offset = points[found][:, None] - begins
    length = np.maximum((sides**2).sum(axis=1), np.finfo(float).tiny)
    share = np.clip((offset * sides).sum(axis=2) / length, 0, 1)
    distance = np.hypot(*np.moveaxis(offset - share[..., None] * sides, -1, 0))
    found[found] = (distance <= reach).any(axis=1)
    return found


def _along(here: Local) -> Floats:
    """Return the unit vector (n, 2) of the weaker curvature at each point."""
    values, vectors = eigen(here.hessians)
    return np.take_along_axis(vectors, np.abs(values).argmin(axis=1)[:, None, None], axis=2)[:, :, 0]


def _corrected(field: Field, points: Floats) -> Local:
    """Return where the strong curvature leads from each of `points`, which are near a curve."""
    here = field.at(points)
    for _ in range(CORRECTIONS):
        step = steps(here, STEP * field.diagonal, 0.0, across=True)
        if (np.hypot(*step.T) <= STILL * field.diagonal).all():
            break
        here = field.at(here.points + step)
    return here


def _critical(field: Field, here: Local) -> Mask:
    """Return whether the gradient and one curvature are zero, as far as numbers tell (n,)."""
    sizes = np.sort(np.abs(eigen(here.hessians)[0]), axis=1)
    slope = np.hypot(*here.gradients.T)
    return (slope <= SLOPE * sizes[:, 1] * field.diagonal) & (sizes[:, 0] <= LEVEL * sizes[:, 1])


def _traced(field: Field, seeds: Floats) -> Work[list[tuple[Floats, bool]]]:
    """Return for each of `seeds` (n, 2) the points of its curve, in order, and whether it is closed."""
    h, count = STEP * field.diagonal, len(seeds)
    # One walker for each direction along each curve: all of them go at the same time.
    here = _corrected(field, seeds)
    points, heading = np.concatenate([here.points, here.points]), _along(here)
    heading = np.concatenate([heading, -heading])
    paths = [[point.copy()] for point in points]
    closed = np.zeros(2 * count, np.bool_)
    going: Mask = np.asarray(np.isfinite(heading).all(axis=1))
    for step in range(MOST_STEPS):
        who = np.flatnonzero(going)
        if not len(who):
            break
        yield
        guess = points[who] + h * heading[who]
        there = _corrected(field, guess)
        moved = there.points - points[who]
        good = _critical(field, there) & (np.hypot(*(there.points - guess).T) <= h / 2)
        good &= (moved * heading[who]).sum(axis=1) > 0
        turned = _along(there)
        cosine = (turned * heading[who]).sum(axis=1)
        # Where curves cross, the Hessian knows no direction: straight on.
        ahead = np.where(np.abs(cosine)[:, None] > 0.7, turned * np.sign(cosine)[:, None], heading[who])
        for k, w in enumerate(who):
            if not good[k]:
                going[w] = False
                continue
            if _share_inside(field, points[w], there.points[k]) < 1:
                going[w] = False
                paths[w] += _last(field, points[w], there.points[k])
                continue
            gap = np.hypot(*(there.points[k] - paths[w][0]))
            if step >= 3 and gap <= 0.75 * h:
                going[w], closed[w] = False, True
                if gap > 0.25 * h:
                    paths[w].append(there.points[k])
                continue
            paths[w].append(there.points[k])
            points[w], heading[w] = there.points[k], ahead[k]
    return [
        (np.array(paths[k]), True) if closed[k] else (np.array([*paths[count + k][:0:-1], *paths[k]]), False)
        for k in range(count)
    ]


def _last(field: Field, begin: Floats, end: Floats) -> list[Floats]:
    """Return where a curve from `begin`, in the box, to `end`, outside, meets the edge; none if at once."""
    start = begin
    for _ in range(2 * CORRECTIONS):
        share = _share_inside(field, begin, end)
        middle = _corrected(field, (begin + share * (end - begin))[None]).points[0]
        if _share_inside(field, begin, middle) < 1:
            end = middle
        else:
            begin = middle
    end = begin
    if np.hypot(*(end - start)) <= STILL * field.diagonal:
        return []
    low, high = np.transpose(field.landscape.box)
    return [np.clip(end, low, high)]


def _share_inside(field: Field, begin: Floats, end: Floats) -> float:
    """Return which part of the way from `begin`, in the box, to `end` lies in the box."""
    low, high = np.transpose(field.landscape.box)
    along = end - begin
    room = np.where(along > 0, high - begin, begin - low)
    shares = np.where(along == 0, np.inf, np.maximum(room, 0) / np.where(along == 0, 1.0, np.abs(along)))
    return float(min(1.0, shares.min()))


def _described(field: Field, points: Floats, closed: bool) -> CriticalCurve:
    points = points + 0.0
    points.setflags(write=False)
    here = field.at(points[len(points) // 2])
    low, high = eigen(here.hessians)[0][0]
    return CriticalCurve(
        points=points,
        closed=closed,
        loss=float(here.losses[0]),
        eigenvalues=(float(low), float(high)),
        index=_index(field, points) if closed and len(points) > 2 else None,
    )


def _index(field: Field, points: Floats) -> int | None:
    """Return the index of a closed curve: windings along it just outside, less those just inside."""
    ahead = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    area = (points[:, 0] * np.roll(points[:, 1], -1) - points[:, 1] * np.roll(points[:, 0], -1)).sum()
    if area < 0:
        points, ahead = points[::-1], -ahead[::-1]
    outward = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) / np.hypot(*ahead.T)[:, None]
    around = [
        winding_number(field.gradients, polygon(points + side * STEP * field.diagonal / 2 * outward))
        for side in (1, -1)
    ]
    return None if around[0] is None or around[1] is None else around[0] - around[1]


def clear_of(curves: tuple[CriticalCurve, ...], field: Field, here: Local) -> Work[Local]:
    """Return, after pauses, those of `here` that lie on none of `curves`."""
    on = np.zeros(len(here.points), bool)
    for curve in curves:
        yield
        on |= near(here.points, curve.points, curve.closed, field.diagonal)
    return inside(field, here.take(~on))
