"""The noise that a mini-batch would put on the gradient."""

import jax
from jax import Array

from descent.kept import Kept
from descent.run import MOST_STEPS

_KEPT: Kept[Array] = Kept(64)


@jax.jit
def _draw(seed: Array) -> Array:
    key = jax.random.key(seed)
    steps = jax.numpy.arange(MOST_STEPS + 1)
    return jax.vmap(lambda t: jax.random.normal(jax.random.fold_in(key, t), (2,)))(steps)


def standard_noise(seed: int) -> Array:
    """Return standard normal numbers of shape (MOST_STEPS + 1, 2): row t is what step t sees.

    Row t depends on `seed` and t alone (the key is folded with t), so that a longer run begins like a
    shorter one, and every method that is given the same seed sees the same noise at the same step.
    """
    return _KEPT.get(seed, lambda: _draw(jax.numpy.uint32(seed)))
