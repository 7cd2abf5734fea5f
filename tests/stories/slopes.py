"""The slopes on which methods are tried, and the defaults of their knobs."""

from collections.abc import Callable

import jax.numpy as jnp
from jax import Array

from optimizers import OPTIMIZERS
from tests.stories.paths import quadratic

START = (3.0, 2.0)
ROUND = quadratic(1.0, 1.0)
SADDLE = quadratic(1.0, -1.0)


def steady(slope: float) -> Callable[[Array, Array], Array]:
    """Return the gradient of a slope that is the same everywhere."""
    return lambda t, p: jnp.full(2, slope)


def usual(method: str, knob: str) -> float:
    """Return the default of a knob of ours."""
    (found,) = (each for each in OPTIMIZERS[method].knobs if each.id == knob)
    return float(found.default)
