"""The round bowl, where every method works.

It teaches what the others are measured against: the negative gradient points straight at the minimum, so a
single learning rate suits every direction and every path is a straight line.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return x² + y² at `p` of shape (2,)."""
    x, y = p
    return x**2 + y**2


ROUND_BOWL = Landscape(
    id="round_bowl",
    family="bowls",
    loss=loss,
    latex=r"x^{2} + y^{2}",
    box=((-5.12, 5.12), (-5.12, 5.12)),
    start=(-4.0, 3.0),
    source=Source(
        "De Jong", 1975, "An Analysis of the Behavior of a Class of Genetic Adaptive Systems", "function F1"
    ),
    gradient_rate=0.1,
    length_rate=0.2,
    steps=160,
    minima=lambda: ((0.0, 0.0),),
    checks=(((3.0, 4.0), 25.0),),
)
