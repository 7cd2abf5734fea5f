"""Which examples are in the mini-batches of many runs at once, for a few steps; see `descent.randomness`.

`batch_weights` says what a mini-batch is, and makes those of one run. Here the same random numbers are sorted
for many runs at once, outside of XLA, whose sort is slower, and kept as one byte an example.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from descent.randomness import DRAWS, SHUFFLES, Batching, key_of
from landscapes.programs import CompiledByShape

# One call draws for so many seeds in a row, and for so many epochs, or steps where examples are drawn with
# replacement: other numbers of either are more calls and compile nothing.
SEEDS, TIMES = 40, 8

MOST_EXAMPLES = 256
"""A random number of 52 bits and the place of an example among so many fit into 64 bits."""

BEYOND = np.uint64(np.iinfo(np.uint64).max)
"""More than every such number."""

Counts = NDArray[np.uint8]

_DRAWN: SingleFlightCache[Counts] = SingleFlightCache(19 * MB, only_long_work=True)
"""Half a megabyte each for 200 examples. Seeds in a row are asked for by neighbours, and for other rates."""


class Batches(NamedTuple):
    """Mini-batches of M runs for S steps."""

    times: Counts  # (S, places, M): how often each example is in the batch
    sizes: NDArray[np.float64]  # (S,): how many there are in all


def batches_of(
    seeds: NDArray[np.uint32],
    stream: int,
    at: int,
    steps: int,
    count: int,
    batching: Batching,
    places: int | None = None,
) -> Batches:
    """Return the mini-batches of runs with `seeds` (M,) in `steps` steps from `at` on.

    Equal seeds see equal batches, and are drawn for once. The weights of `batch_weights` are `times / sizes`.
    There are `places` for the `count` examples, as many as they are unless it is given. Raises ValueError
    for more than 256 places.
    """
    places = count if places is None else places
    if places > MOST_EXAMPLES:
        raise ValueError(f"Expected at most {MOST_EXAMPLES} examples, got {places}; draw from fewer.")
    size, replacement = min(int(batching.size), count), bool(batching.replacement)
    groups, place = np.divmod(seeds, np.uint32(SEEDS))
    times = np.empty((steps, places, len(seeds)), np.uint8)
    for group in np.unique(groups).tolist():
        here = groups == group
        key = group, stream, at, steps, (count, places), size, replacement
        times[:, :, here] = _DRAWN.get(key, partial(_drawn, *key))[:, :, place[here]]
    return Batches(times, _sizes(at, steps, count, size, replacement))


def _drawn(
    group: int, stream: int, at: int, steps: int, counts: tuple[int, int], size: int, replacement: bool
) -> Counts:
    """Return how often each example is in the batch of each step: (S, places, SEEDS), for seeds in a row.

    `counts`: how many examples there are, and how many places for them.
    """
    seeds = ((group * SEEDS + np.arange(SEEDS, dtype=np.uint64)) % 2**32).astype(np.uint32)
    draw = _with_replacement if replacement else _without_replacement
    return draw(seeds, np.uint32(stream), at, steps, *counts, size)


def _sizes(at: int, steps: int, count: int, size: int, replacement: bool) -> NDArray[np.float64]:
    """Return how many examples are in the batch of each step (S,): the last of an epoch may be smaller."""
    if replacement:
        return np.full(steps, float(size))
    first = (np.arange(at, at + steps) % -(-count // size)) * size
    return np.minimum(size, count - first).astype(float)


def _without_replacement(
    seeds: NDArray[np.uint32], stream: np.uint32, at: int, steps: int, count: int, places: int, size: int
) -> Counts:
    """Return whether each example is in the batch of each step of M runs: (S, places, M)."""
    in_epoch = -(-count // size)
    epochs = np.arange(at, at + steps) // in_epoch
    times = np.empty((steps, places, len(seeds)), np.uint8)
    block = min(TIMES, steps)
    for first in range(epochs[0], epochs[-1] + 1, block):
        rows, columns = (
            np.asarray(keys)
            for keys in _orders((places, block), seeds, stream, np.int32(first), np.int32(count))
        )
        ranked = np.sort(rows[: epochs[-1] + 1 - first], axis=2)
        # What is not below the last of an epoch is beyond all keys; so is what is no example.
        ends = np.concatenate([ranked, np.full((*ranked.shape[:2], 1), BEYOND)], axis=2)
        here = np.flatnonzero((epochs >= first) & (epochs < first + block))
        begin = ((at + here) % in_epoch) * size
        epoch = epochs[here] - first
        low, high = ends[epoch, :, begin], ends[epoch, :, np.minimum(begin + size, count)]
        for k, step in enumerate(here):
            keys = columns[epoch[k]]
            np.logical_and(keys >= low[k], keys < high[k], out=times[step].view(np.bool_))
    return times


def _with_replacement(
    seeds: NDArray[np.uint32], stream: np.uint32, at: int, steps: int, count: int, places: int, size: int
) -> Counts:
    """Return how often each example is in the batch of each step of M runs: (S, places, M)."""
    made = []
    block = min(TIMES, steps)
    for first in range(at, at + steps, block):
        cells = np.asarray(_cells((places, block), seeds, stream, np.int32(first), np.int32(count)))[:, :size]
        made.append(np.bincount(cells.ravel(), minlength=block * places * len(seeds)).astype(np.uint8))
    return np.concatenate(made).reshape(-1, places, len(seeds))[:steps]


@partial(CompiledByShape, static=0)
def _orders(
    sizes: tuple[int, int], seeds: Array, stream: Array, first: Array, count: Array
) -> tuple[Array, Array]:
    """Return numbers of which the smaller come earlier: (block, M, places), and as (block, places, M).

    They are in the order of the uniform numbers of `order_at`, which are made of the same bits, and among
    equal ones in the order of their places. `sizes`: places and block.
    """
    places, block = sizes
    place = jnp.arange(places, dtype=jnp.uint64)

    def row(key: Array, epoch: Array) -> Array:
        bits = jax.random.bits(
            jax.random.fold_in(jax.random.fold_in(key, SHUFFLES), epoch), (places,), jnp.uint64
        )
        return jnp.where(place < count, (bits >> 12 << 8) | place, BEYOND)

    keys = jax.vmap(key_of, (0, None))(seeds, stream)
    rows = jax.vmap(jax.vmap(row, (0, None)), (None, 0))(keys, first + jnp.arange(block))
    return rows, rows.transpose(0, 2, 1)


@partial(CompiledByShape, static=0)
def _cells(sizes: tuple[int, int], seeds: Array, stream: Array, first: Array, count: Array) -> Array:
    """Return which cell of an array (block, places, M) each draw adds one to: (block, places, M).

    Smaller batches take the first of them. `sizes`: places and block.
    """
    places, block = sizes

    def row(key: Array, t: Array) -> Array:
        key = jax.random.fold_in(jax.random.fold_in(key, DRAWS), t)
        return jax.random.randint(key, (places,), 0, count)

    keys = jax.vmap(key_of, (0, None))(seeds, stream)
    steps = first + jnp.arange(block)
    which = jax.vmap(jax.vmap(row, (0, None), -1), (None, 0))(keys, steps)
    plane = jnp.arange(block)[:, None, None] * places
    return (plane + which) * len(seeds) + jnp.arange(len(seeds))
