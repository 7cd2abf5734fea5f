"""The Styblinski–Tang function: four wells of three depths.

It teaches that the coordinates of a separable loss are decided one by one: each of them falls into
its better or its worse well, and only one of the four combinations is the best.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape

# The least root of 4t³ − 32t + 5, where the derivative of t⁴ − 16t² + 5t vanishes.
WELL = -2.903534027771177


def loss(p: Array) -> Array:
    """Return (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2 at `p` of shape (2,)."""
    x, y = p
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


STYBLINSKI_TANG = Landscape(
    id="styblinski_tang",
    family="classics",
    loss=loss,
    latex=r"\frac{x^{4} - 16 x^{2} + 5 x + y^{4} - 16 y^{2} + 5 y}{2}",
    box=((-5.0, 5.0), (-5.0, 5.0)),
    start=(4.8, -1.0),
    source=Source(
        "Styblinski & Tang",
        1990,
        "Experiments in nonconvex optimization: stochastic approximation with function smoothing"
        " and simulated annealing",
        "Neural Networks 3(4), 467–483",
    ),
    gradient_rate=0.02,
    length_rate=0.2,
    steps=160,
    minima=lambda: ((WELL, WELL),),
    checks=(((WELL, WELL), -78.33233140754282), ((2.746802770990837, WELL), -64.19561235905536)),
)
