"""What chance brings: noise on the gradient, and which examples are in a mini-batch.

All of it comes from a seed and a stream: lanes that share a stream see the same noise and the same
batches at the same step, whatever their method. Step t depends on seed, stream and t alone, so that a
longer run begins like a shorter one.
"""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog.cache import MB, SingleFlightCache
from descent.run import MOST_STEPS, Run
from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.programs import CompiledByShape

# Keys are told apart by what they are folded with; steps t ≤ MOST_STEPS are folded with t itself.
STREAM, SHUFFLES, DRAWS, STARTS = (part << 16 for part in (1, 2, 3, 4))


def draws_batches(run: Run, landscape: Landscape) -> bool:
    """Return whether the steps of `run` see parts of the data of `landscape`, drawn by chance."""
    examples = landscape.examples
    return examples is not None and (run.batch < examples.count or run.replacement)


def by_chance(run: Run, landscape: Landscape) -> bool:
    """Return whether another seed makes another run: gradients are noisy, or a mini-batch is not all data."""
    return run.sigma > 0 or draws_batches(run, landscape)


class Batching(NamedTuple):
    """How mini-batches are drawn: `size` examples at a time, shuffled anew for each epoch or not."""

    size: Any  # ()
    replacement: Any  # (), bool: whether each example is drawn from all of them


def key_of(seed: Array, stream: Array) -> Array:
    """Return the key of everything that `stream` of `seed` draws; stream 0 is the seed's own key."""
    key = jax.random.key(seed)
    other = jax.random.key_data(jax.random.fold_in(key, STREAM + stream))
    return jax.random.wrap_key_data(jnp.where(stream == 0, jax.random.key_data(key), other))


def noise_at(key: Array, t: Array) -> Array:
    """Return the standard normal numbers (2,) that step `t` sees."""
    return jax.random.normal(jax.random.fold_in(key, t), (2,))


def batches(count: Array, batching: Batching) -> Array:
    """Return how many batches there are in an epoch without replacement."""
    return -(-count // jnp.minimum(batching.size, count))


def order_at(key: Array, epoch: Array, count: Array, places: int) -> Array:
    """Return which turn each of `count` examples has in an epoch, a permutation of 0 … count-1: (places,)."""
    numbers = jax.random.uniform(jax.random.fold_in(jax.random.fold_in(key, SHUFFLES), epoch), (places,))
    # Of equal numbers the one at the lower place comes first; what is no example comes last.
    in_turn = jnp.argsort(jnp.where(jnp.arange(places) < count, numbers, jnp.inf), stable=True)
    return jnp.zeros(places, jnp.int32).at[in_turn].set(jnp.arange(places, dtype=jnp.int32))


def weights_in(order: Array, t: Array, count: Array, batching: Batching) -> Array:
    """Return how much each example weighs in the batch of step `t` of the epoch with the given `order`."""
    size = jnp.minimum(batching.size, count)
    first = (t % batches(count, batching)) * size
    chosen = (order >= first) & (order < jnp.minimum(first + size, count))
    # Whole numbers of 32 bits divided by each other would be rounded to floats of 32 bits.
    return chosen / jnp.minimum(size, count - first).astype(float)


def drawn_weights(key: Array, t: Array, count: Array, batching: Batching, places: int) -> Array:
    """Return how much each of `count` examples weighs in a batch that is drawn with replacement."""
    place = jnp.arange(places)
    size = jnp.minimum(batching.size, count)
    which = jax.random.randint(jax.random.fold_in(jax.random.fold_in(key, DRAWS), t), (places,), 0, count)
    times = jnp.zeros(places, jnp.int32).at[which].add(place < size)
    return times / size.astype(float)


STEPS = np.arange(MOST_STEPS + 1)

_NOISE: SingleFlightCache[Floats] = SingleFlightCache(4 * MB)
_WEIGHTS: SingleFlightCache[Floats] = SingleFlightCache(24 * MB)


# Not CompiledByShape: there is one shape only, and turning the seed must never wait for a program that was
# pushed out by those of many numbers of examples.
@jax.jit
def _all_noise(seed: Array, stream: Array) -> Array:
    key = key_of(seed, stream)
    return jax.vmap(lambda t: noise_at(key, t))(STEPS)


@partial(CompiledByShape, static=4)
def _all_weights(seed: Array, stream: Array, count: Array, batching: Batching, places: int) -> Array:
    """Return how much each of `count` examples weighs in the mini-batch of each step: rows of sum 1.

    There are `places` for them, `count` or more: what is in the others weighs nothing. They are the same
    weights, bit for bit, whatever the number of places.

    Without replacement an epoch is a random order of all examples, cut into batches; the last one
    is smaller where the size does not divide `count`. With replacement a batch is `size`
    independent draws, and an example may weigh twice.
    """
    key = key_of(seed, stream)

    def next_batch(order: Array, t: Array) -> tuple[Array, Array]:
        begins = t % batches(count, batching) == 0  # an epoch is sorted once, not at each of its steps
        order = jax.lax.cond(
            begins, lambda: order_at(key, t // batches(count, batching), count, places), lambda: order
        )
        return order, weights_in(order, t, count, batching)

    def without_replacement() -> Array:
        return jax.lax.scan(next_batch, jnp.zeros(places, jnp.int32), jnp.asarray(STEPS))[1]

    def with_replacement() -> Array:
        return jax.vmap(lambda t: drawn_weights(key, t, count, batching, places))(STEPS)

    return jax.lax.cond(batching.replacement, with_replacement, without_replacement)


def standard_noise(seed: int, stream: int = 0) -> Floats:
    """Return standard normal numbers of shape (MOST_STEPS + 1, 2): row t is what step t sees."""
    return _NOISE.get(
        (seed, stream), lambda: np.asarray(_all_noise(np.uint32(seed), np.uint32(stream)), np.float64)
    )


def batch_weights(
    seed: int, stream: int, count: int, size: int, replacement: bool, places: int | None = None
) -> Floats:
    """Return the weights (MOST_STEPS + 1, places) of `count` examples in the mini-batch of each step.

    `places`, as many as there are examples unless it is given: see `_all_weights`.
    """
    places = count if places is None else places
    given = (
        np.uint32(seed),
        np.uint32(stream),
        np.int32(count),
        Batching(np.int32(size), np.bool_(replacement)),
    )
    return _WEIGHTS.get(
        (seed, stream, count, size, replacement, places), lambda: np.asarray(_all_weights(*given, places))
    )
