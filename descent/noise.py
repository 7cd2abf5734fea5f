"""The noise that a mini-batch would put on the gradient."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog.kept import Kept
from descent.run import MOST_STEPS
from descent.trajectory import Floats

_KEPT: Kept[Floats] = Kept(64)


@jax.jit
def _draw(seed: Array) -> Array:
    key = jax.random.key(seed)
    steps = jnp.arange(MOST_STEPS + 1)
    return jax.vmap(lambda t: jax.random.normal(jax.random.fold_in(key, t), (2,)))(steps)


def standard_noise(seed: int) -> Floats:
    """Return standard normal numbers of shape (MOST_STEPS + 1, 2): row t is what step t sees.

    Row t depends on `seed` and t alone (the key is folded with t), so that a longer run begins like a
    shorter one, and every method that is given the same seed sees the same noise at the same step.
    """
    return _KEPT.get(seed, lambda: np.asarray(_draw(np.uint32(seed))))
