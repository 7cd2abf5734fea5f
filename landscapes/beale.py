"""Beale's function: a flat basin between four corners that rise steeply.

It teaches how badly one learning rate fits a whole landscape: near the minimum the floor is almost
level, a little further out the slope is thousands of times steeper.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)² at `p` of shape (2,)."""
    x, y = p
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


BEALE = Landscape(
    id="beale",
    family="classics",
    loss=loss,
    latex=(
        r"\left(1.5 - x + x y\right)^{2} + \left(2.25 - x + x y^{2}\right)^{2}"
        r" + \left(2.625 - x + x y^{3}\right)^{2}"
    ),
    box=((-4.5, 4.5), (-4.5, 4.5)),
    start=(1.0, 1.5),
    source=Source(
        "Beale",
        1958,
        "On an iterative method for finding a local minimum of a function of more than one variable",
        "Princeton University, Technical Report 25",
    ),
    gradient_rate=0.01,
    length_rate=0.3,
    steps=250,
    minima=lambda: ((3.0, 0.5),),
    # The starting point of Moré, Garbow & Hillstrom (1981), problem 5.
    checks=(((1.0, 1.0), 14.203125),),
    view="log",
)
