"""The Ackley function: a plain of small pits around one deep funnel with a sharp tip.

It teaches that a minimum need not be smooth: the gradient does not shrink on the way to the tip, so a
constant step never settles there; only a decaying one does.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return 20 + e − 20 exp(−0.2√((x² + y²)/2)) − exp((cos 2πx + cos 2πy)/2) at `p` of shape (2,).

    The root has a kink at the origin, where its derivatives are infinite. There the root is replaced by
    the constant 0, inside *and* outside of `where`, since JAX differentiates both branches: at the very
    tip the gradient is then 0, which is a subgradient, and the Hessian is that of the waves alone.
    """
    x, y = p
    square = (x**2 + y**2) / 2
    tip = square == 0
    distance = jnp.where(tip, 0.0, jnp.sqrt(jnp.where(tip, 1.0, square)))
    waves = (jnp.cos(2 * jnp.pi * x) + jnp.cos(2 * jnp.pi * y)) / 2
    return 20 * (1 - jnp.exp(-0.2 * distance)) + jnp.e - jnp.exp(waves)


ACKLEY = Landscape(
    id="ackley",
    family="minima",
    loss=loss,
    latex=(
        r"20 + e - 20 e^{-0.2 \sqrt{\frac{x^{2} + y^{2}}{2}}}"
        r" - e^{\frac{\cos(2 \pi x) + \cos(2 \pi y)}{2}}"
    ),
    box=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-2.5, 0.8),
    source=Source("Ackley", 1987, "A Connectionist Machine for Genetic Hillclimbing", "Kluwer"),
    gradient_rate=0.1,
    length_rate=0.3,
    steps=200,
    minima=lambda: ((0.0, 0.0),),
    # 20(1 − exp(−0.2)), where both waves are as high as at the origin.
    checks=(((1.0, 1.0), 3.625384938440363),),
    smooth=False,
)
