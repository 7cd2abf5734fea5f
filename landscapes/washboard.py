"""A slope of small ripples.

It teaches what momentum is for: small steps come to rest in the first ripple, while a heavy ball
has the speed to roll over all of them.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape


def loss(p: Array, ripple: Array) -> Array:
    """Return √(1 + x²)/2 + y²/4 + a(1 − cos 2πx) at `p` of shape (2,), with a the `ripple`.

    The root gives a slope that stays the same far from the minimum, so that no ripple is easier to
    leave than the next; being even, slope and ripples keep the minimum exactly at the origin.
    """
    x, y = p
    return jnp.sqrt(1 + x**2) / 2 + y**2 / 4 + ripple * (1 - jnp.cos(2 * jnp.pi * x))


WASHBOARD = Landscape(
    id="washboard",
    family="minima",
    loss=loss,
    latex=r"\frac{\sqrt{1 + x^{2}}}{2} + \frac{y^{2}}{4} + {a} \left(1 - \cos(2 \pi x)\right)",
    box=((-8.0, 4.0), (-6.0, 6.0)),
    start=(-7.3, 4.0),
    source=Source(
        "Polyak",
        1964,
        "Some methods of speeding up the convergence of iteration methods",
        "USSR Computational Mathematics and Mathematical Physics 4(5), 1–17 (the formula is ours)",
    ),
    gradient_rate=0.2,
    length_rate=0.2,
    steps=200,
    knobs=(Knob("ripple", "a", default=0.1, low=0.0, high=0.5),),
    minima=lambda ripple: ((0.0, 0.0),),
    checks=(((0.0, 0.0), 0.5),),
)
