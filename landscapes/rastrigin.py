"""The Rastrigin function: a bowl under a regular grid of 121 pits.

It teaches that local information is not enough: every pit looks like the answer from inside, and only
noise or momentum of the right size feels the bowl beneath.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape


def loss(p: Array, amplitude: Array) -> Array:
    """Return 2A + x² − A cos 2πx + y² − A cos 2πy at `p` of shape (2,), with A the `amplitude`."""
    x, y = p
    waves = 2 - jnp.cos(2 * jnp.pi * x) - jnp.cos(2 * jnp.pi * y)
    return x**2 + y**2 + amplitude * waves


RASTRIGIN = Landscape(
    id="rastrigin",
    family="minima",
    loss=loss,
    latex=r"2 A + x^{2} - A \cos(2 \pi x) + y^{2} - A \cos(2 \pi y)",
    box=((-5.12, 5.12), (-5.12, 5.12)),
    start=(-4.3, 3.3),
    source=Source("Rastrigin", 1974, "Systems of Extremal Control", "Nauka, Moscow"),
    gradient_rate=0.003,
    length_rate=0.2,
    steps=150,
    knobs=(Knob("amplitude", "A", default=10.0, low=0.0, high=20.0, step=0.5),),
    minima=lambda amplitude: ((0.0, 0.0),),
    # At whole numbers the waves vanish, at half numbers they are highest.
    checks=(((1.0, 2.0), 5.0), ((0.5, 0.5), 40.5)),
)
