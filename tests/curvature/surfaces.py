"""Surfaces made for a test, from a function of x and y."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
from jax import Array

from landscapes import Box, Landscape

BOX: Box = ((-5.0, 5.0), (-5.0, 5.0))
ASKEW: Box = ((-4.0, 5.0), (-3.3, 6.0))
"""A box whose centre and axes are nowhere special."""


def surface(f: Callable[[Any, Any], Any], box: Box = BOX, smooth: bool = True) -> Landscape:
    """Return the landscape of f(x, y), as if a reader had typed it."""

    def loss(p: Array) -> Array:
        return jnp.asarray(f(p[0], p[1]), jnp.float64)

    return Landscape("formula", "typed", loss, "", box, (0.0, 0.0), None, 0.1, 0.1, smooth=smooth)
