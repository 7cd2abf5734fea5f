"""Points that are the same but for rounding."""

import numpy as np
from numpy.typing import NDArray

from landscapes.arrays import Floats

MOST_IN_CHAINS = 500
SHIFTS = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5))


def distinct(points: Floats, apart: float) -> NDArray[np.intp]:
    """Return the indices (m,), rising, of one point for each cluster of `points` (n, 2).

    The first of a cluster stands for it. Points closer than a small part of `apart` are always in one
    cluster, points further apart than 2·√2·`apart` never. By sorting, so that thousands cost no more
    than a few milliseconds: points are put into square cells four times over, the cells shifted by
    half in each direction, so that no cluster lies on an edge every time.
    """
    kept = np.arange(len(points))
    for shift in SHIFTS:
        _, first = np.unique(_cells(points[kept], apart, shift), return_index=True)
        kept = kept[np.sort(first)]
    return kept


def without_chains(points: Floats, link: float, most: int) -> NDArray[np.intp]:
    """Return the indices (m,) of those of `points` (n, 2) that are in no chain.

    A chain is `most` points or more, each closer than `link` to another one of them.
    """
    count = len(points)
    if count < most:
        return np.arange(count)
    if count > MOST_IN_CHAINS:
        return np.arange(0)
    linked = np.hypot(*np.moveaxis(points[:, None] - points, -1, 0)) <= link
    # Squaring the matrix of links doubles the length of the chains that it sees.
    while not np.array_equal(further := linked @ linked, linked):
        linked = further
    return np.flatnonzero(linked.sum(axis=1) < most)


def unseen(arrivals: Floats, apart: float) -> float:
    """Return how many points were probably missed by searches that ended at `arrivals` (n, 2).

    From how many points were arrived at once only, f₁, and how many twice, f₂: about f₁²/(2 f₂) (Chao
    1984, Nonparametric estimation of the number of classes in a population). Where every point was
    found by many searches none is missing; where most were found by one, most are missing. Arrivals
    within `apart` are at one point.
    """
    # Shifted, for round numbers would lie on the edges of cells.
    _, visits = np.unique(_cells(arrivals, apart, (0.37, 0.37)), return_counts=True)
    once, twice = (int((visits == count).sum()) for count in (1, 2))
    return once * (once - 1) / (2 * (twice + 1))


def _cells(points: Floats, side: float, shift: tuple[float, float]) -> NDArray[np.int64]:
    """Return a number for each of `points` (n, 2): equal where they are in one square cell."""
    if not len(points):
        return np.empty(0, np.int64)
    across, up = np.floor((points - points.min(axis=0)) / side + shift).astype(np.int64).T
    return across * (up.max() + 1) + up
