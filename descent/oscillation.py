"""Oscillations of a path: those that repeat themselves and those that grow."""

import numpy as np

from descent.since import apart, since
from landscapes.arrays import Floats

LONGEST_CYCLE = 16
SHORTEST = 8  # steps in which an oscillation has to show
SAME = 1e-3
GROWTH = 1e-2


def cycling_since(points: Floats, negligible: float) -> int | None:
    """Return the step since which `points` (T+1, 2) walk through the same p points again and again, or None.

    2 <= p <= 16: over the last two rounds (at least 8 steps) every point is within 1/1000 of the cycle's
    size of where it was one round before, and that size is more than `negligible`.
    """
    back = points[-2 : -2 - LONGEST_CYCLE : -1]
    away = apart(back, points[-1])
    for period in np.flatnonzero(away <= SAME * away.max(initial=0)) + 1:
        size = away[:period].max()
        if period < 2 or size <= negligible:
            continue
        change = apart(points[period:], points[:-period])
        begin = since(change <= SAME * size)
        if len(change) - begin >= max(2 * period, SHORTEST):
            return begin
    return None


def growing_since(points: Floats, negligible: float) -> int | None:
    """Return the step since which the moves through `points` (T+1, 2) turn back and grow, or None.

    Over at least the last 8 moves, each points back against the one before and is longer than the one
    two before, the last is longer than `negligible`, and they grow by 1 % or more in all. Growth that
    fades is none, as of a path that swings into a cycle: in the second half it is at least half of what
    it is in the first.
    """
    moves = np.diff(points, axis=0)
    if len(moves) < SHORTEST:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        length = np.hypot(*moves.T)
        back = (moves[1:] * moves[:-1]).sum(axis=1) < 0
        begin = since(back[1:] & back[:-1] & (length[2:] > length[:-2]))
    middle = (len(moves) - 1 - begin) // 4 * 2  # even, as moves to and fro may differ in length
    if len(moves) - begin < SHORTEST or not length[-1] > negligible:
        return None
    first, second, third = np.log(length[[-1 - 2 * middle, -1 - middle, -1]])
    return begin if third - first >= np.log1p(GROWTH) and 2 * (third - second) >= second - first else None
