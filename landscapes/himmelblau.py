"""Himmelblau's function: four minima, all equally deep.

It teaches basins of attraction: four answers are right, and the start and the method decide which one
you get.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return (x² + y − 11)² + (x + y² − 7)² at `p` of shape (2,)."""
    x, y = p
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


HIMMELBLAU = Landscape(
    id="himmelblau",
    family="classics",
    loss=loss,
    latex=r"\left(x^{2} + y - 11\right)^{2} + \left(x + y^{2} - 7\right)^{2}",
    box=((-6.0, 6.0), (-6.0, 6.0)),
    start=(4.2, 5.4),
    source=Source("Himmelblau", 1972, "Applied Nonlinear Programming", "McGraw-Hill"),
    gradient_rate=0.01,
    length_rate=0.2,
    steps=170,
    minima=lambda: (
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    ),
    # The only maximum.
    checks=(((-0.2708445906673476, -0.9230385564799815), 181.6165215225827),),
    view="log",
)
