"""The six-hump camel: six minima, two of them global, with seven saddles and two maxima between.

It teaches to count: minima and maxima less saddles add up to one, as they must in any box at whose
edge the ground rises.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return (4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y² at `p` of shape (2,)."""
    x, y = p
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2


SIX_HUMP_CAMEL = Landscape(
    id="six_hump_camel",
    family="classics",
    loss=loss,
    latex=(r"\left(4 - 2.1 x^{2} + \frac{x^{4}}{3}\right) x^{2} + x y + \left(4 y^{2} - 4\right) y^{2}"),
    box=((-2.0, 2.0), (-1.5, 1.5)),
    start=(1.9, 1.2),
    source=Source("Dixon & Szegő", 1978, "Towards Global Optimisation 2", "pages 1–15"),
    gradient_rate=0.03,
    length_rate=0.15,
    steps=180,
    minima=lambda: (
        (0.08984201310031806, -0.7126564030207396),
        (-0.08984201310031806, 0.7126564030207396),
    ),
    # A global minimum and the two kinds of local ones.
    checks=(
        ((0.08984201310031806, -0.7126564030207396), -1.0316284534898774),
        ((1.703606714969981, -0.7960835686726251), -0.21546382438371764),
        ((1.6071047529201972, 0.5686514548841314), 2.1042503103112584),
    ),
)
