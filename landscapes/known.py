"""What is known of a surface, put into numbers."""

import jax.numpy as jnp

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from landscapes.landscape import Landscape

_LEAST: SingleFlightCache[float | None] = SingleFlightCache(4 * MB)


def least_loss(landscape: Landscape, knobs: Settings) -> float | None:
    """Return the loss at the global minimum, from the surface's own formula; None where there is none."""
    return _LEAST.get((landscape, knobs), lambda: _least_loss(landscape, knobs))


def _least_loss(landscape: Landscape, knobs: Settings) -> float | None:
    minima = landscape.minima(**knobs)
    return (
        min(float(landscape.loss(jnp.array(m), **landscape.arguments(knobs))) for m in minima)
        if minima
        else None
    )
