"""Points that are the same but for rounding."""

import itertools

import numpy as np
from numpy.typing import NDArray

from curvature.eigen import Floats

MOST_IN_CHAINS = 500


def distinct(points: Floats, apart: float) -> NDArray[np.intp]:
    """Return the indices (m,), rising, of one point for each cluster of `points` (n, 2).

    The first of a cluster stands for it. Points closer than a small part of `apart` are always in one
    cluster, points further apart than 2·√2·`apart` never. By sorting, so that thousands cost no more
    than a few milliseconds: points are put into square cells four times over, the cells shifted by
    half in each direction, so that no cluster lies on an edge every time.
    """
    kept = np.arange(len(points))
    for shift in itertools.product((0.0, 0.5), repeat=2):
        cells = np.floor(points[kept] / apart + shift)
        _, first = np.unique(cells, axis=0, return_index=True)
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
