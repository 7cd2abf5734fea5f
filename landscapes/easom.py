"""A needle's eye in a plain: nearly all of it is flat, and the minimum is a narrow pit.

It teaches that a gradient can be of little use: away from the pit it is so small that plain steps
hardly move, and on almost half of the map downhill leads away from the pit, towards one of four hollows
that are 0.00008 deep. Methods that divide by the recent size of the gradient make headway, into the pit
or into such a hollow.
"""

import math

import jax.numpy as jnp
from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return −cos x · cos y · exp(−(x − π)² − (y − π)²) at `p` of shape (2,)."""
    x, y = p
    return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - jnp.pi) ** 2) - (y - jnp.pi) ** 2)


EASOM = Landscape(
    id="easom",
    family="cliffs",
    loss=loss,
    latex=r"-\cos(x) \cos(y) e^{-(x-\pi)^{2} - (y-\pi)^{2}}",
    box=((0.0, 6.5), (0.0, 6.5)),
    start=(1.5, 1.8),
    source=Source("Easom", 1990, "A Survey of Global Optimization Techniques", "University of Louisville"),
    gradient_rate=0.3,
    length_rate=0.1,
    steps=150,
    minima=lambda: ((math.pi, math.pi),),
    checks=(((math.pi, math.pi), -1.0),),
)
