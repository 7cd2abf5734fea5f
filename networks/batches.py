"""What steps see of the data: mini-batches, drawn anew in each epoch, of examples that all lanes share."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from networks.data import Data
from networks.programs import AT_A_TIME, Shared


def chosen_examples(examples: int, batch: int | None, seed: int, first: int, count: int) -> Any:
    """Return which of `examples` the `count` steps from `first` on see: (AT_A_TIME, batch) int32.

    Every epoch has an order of its own, drawn from `seed` and its number; those that fill no batch are left
    out of it. (AT_A_TIME, 0) where `batch` is None: a step sees all.
    """
    if batch is None:
        return np.zeros((AT_A_TIME, 0), np.int32)
    chosen = np.zeros((AT_A_TIME, batch), np.int32)
    orders: dict[int, Any] = {}
    for k in range(count):
        epoch, place = divmod(first + k, examples // batch)
        if epoch not in orders:
            orders[epoch] = np.random.default_rng((seed, epoch)).permutation(examples)
        chosen[k] = orders[epoch][place * batch : (place + 1) * batch]
    return chosen


def shared(data: Data, drops: bool | None) -> Shared:
    """Return what all lanes have in common, before any step; see `Shared` and `at`.

    Arrays are JAX's: NumPy's would be copied at each call, all examples for a few steps.
    """
    return Shared(
        jnp.asarray(data.train_inputs),
        jnp.asarray(data.train_labels),
        np.int32(0),
        np.int32(0),
        None if drops is None else np.bool_(drops),
    )


def at(shared: Shared, first: int, count: int) -> Shared:
    """Return `shared` for the `count` steps from step `first` on."""
    return shared._replace(first=np.int32(first), count=np.int32(count))
