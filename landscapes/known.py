"""What is known of a surface, put into numbers."""

from functools import lru_cache

import jax.numpy as jnp

from catalog import Settings
from landscapes.landscape import Landscape


@lru_cache(maxsize=512)
def least_loss(landscape: Landscape, knobs: Settings) -> float | None:
    """Return the loss at the global minimum, from the surface's own formula; None where there is none."""
    minima = landscape.minima(**knobs)
    return min(float(landscape.loss(jnp.array(m), **knobs)) for m in minima) if minima else None
