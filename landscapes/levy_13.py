"""Lévy's function no. 13: a bowl crossed by waves of two directions that grow outwards.

It teaches humility about lists of minima: the box holds thousands of critical points, more than a
search from a grid finds, and an honest program says so.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Settings, Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return sin²3πx + (x − 1)²(1 + sin²3πy) + (y − 1)²(1 + sin²2πy) at `p` of shape (2,)."""
    x, y = p
    return (
        jnp.sin(3 * jnp.pi * x) ** 2
        + (x - 1) ** 2 * (1 + jnp.sin(3 * jnp.pi * y) ** 2)
        + (y - 1) ** 2 * (1 + jnp.sin(2 * jnp.pi * y) ** 2)
    )


LEVY_13 = Landscape(
    id="levy_13",
    family="minima",
    loss=loss,
    latex=(
        r"\sin^{2}(3 \pi x) + (x-1)^{2} \left(1 + \sin^{2}(3 \pi y)\right)"
        r" + (y-1)^{2} \left(1 + \sin^{2}(2 \pi y)\right)"
    ),
    box=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-4.5, 4.0),
    source=Source(
        "Levy & Montalvo",
        1985,
        "The tunneling algorithm for the global minimization of functions",
        "SIAM Journal on Scientific and Statistical Computing 6(1), 15–29",
    ),
    gradient_rate=3e-4,
    length_rate=0.3,
    steps=300,
    # Fast enough to run through the waves, slow enough to stay in the deepest; larger rates do so by luck:
    # a start moved by one unit in the last place ends elsewhere.
    tuned=(("momentum", Settings(learning_rate=0.0015, momentum=0.95)),),
    minima=lambda: ((1.0, 1.0),),
    # With x and y whole all sines vanish.
    checks=(((3.0, 4.0), 13.0),),
    view="log",
)
