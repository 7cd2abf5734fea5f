"""How a run ended, judged from its path."""

import numpy as np
from numpy.typing import NDArray

from descent.trajectory import Ending, Floats
from landscapes import Box

FAR = 1e4
NEAR = 1e-4
QUIET = 5
LONGEST_CYCLE = 16
SAME = 1e-3


def _apart(a: Floats, b: Floats) -> Floats:
    """Return the distances between points (n, 2); infinite where a float cannot hold them."""
    with np.errstate(over="ignore"):
        return np.hypot(*(a - b).T)


def since(condition: NDArray[np.bool_]) -> int:
    """Return the first index from which `condition` holds to the end; its length if it does not."""
    broken = np.flatnonzero(~condition)
    return int(broken[-1]) + 1 if len(broken) else 0


def ending(points: Floats, steps: int, box: Box, remaining: float) -> Ending:
    """Return how the run through `points` (T+1, 2), of which `steps` were asked for, ended.

    Lengths are compared with the diagonal of `box`, so that no verdict depends on the units of a
    surface. The first of these that fits:

    - `diverged`: it has fewer than `steps` steps, because the next number was not finite, or is
      10,000 diagonals from the centre. Step: since when it is that far, or else the last.
    - `cycling`: it walks through the same p points again and again, 2 <= p <= 16: over the last two
      rounds (at least 8 steps) every point is within 1/1000 of the cycle's size of where it was one
      round before, and that size is not negligible (1/10,000). Step: since when.
    - `left_the_box`: the last point is outside. Step: the first of those that stayed outside.
    - `converged`: it settled where there is nothing left to gain. Settled: at least the last five
      moves (or fewer, if nothing moves at all) stay within 1/10,000 of where it ended; step: since
      when. Nothing left: the bottom of the surface's quadratic model there (`remaining`) is as
      near. Neither is enough alone: AdaGrad that has slowed down, and any method on a plateau,
      moves as little as one that arrived, and a heavy ball passes the bottom at full speed.
    - `spent`: its steps were used up before any of these. Step: the last.
    """
    low, high = np.transpose(box)
    diagonal = np.hypot(*(high - low))
    last = len(points) - 1
    far = _apart(points, (low + high) / 2) > FAR * diagonal
    if last < steps or far[-1]:
        return Ending("diverged", min(since(far), last))
    if (cycle := _cycling_since(points, NEAR * diagonal)) is not None:
        return Ending("cycling", cycle)
    outside = ((points < low) | (points > high)).any(axis=1)
    if outside[-1]:
        return Ending("left_the_box", since(outside))
    away = _apart(points, points[-1])
    settled = since(away <= NEAR * diagonal)
    moves = last - settled
    quiet = moves >= QUIET or (moves > 0 and not away[settled:].any())
    if quiet and remaining <= NEAR * diagonal:
        return Ending("converged", settled)
    return Ending("spent", last)


def _cycling_since(points: Floats, negligible: float) -> int | None:
    """Return the step since which `points` (T+1, 2) repeat themselves, or None."""
    back = points[-2 : -2 - LONGEST_CYCLE : -1]
    away = _apart(back, points[-1])
    for period in np.flatnonzero(away <= SAME * away.max(initial=0)) + 1:
        size = away[:period].max()
        if period < 2 or size <= negligible:
            continue
        change = _apart(points[period:], points[:-period])
        begin = since(change <= SAME * size)
        if len(change) - begin >= max(2 * period, 8):
            return begin
    return None
