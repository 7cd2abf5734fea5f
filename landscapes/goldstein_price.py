"""The Goldstein–Price function: four minima on ground that climbs from three to a million.

It teaches scale: the slope changes so much within the box that a learning rate for the raw gradient that
is safe at the start is tiny near the end. Dividing by past gradients is no cure, as a divisor that
remembers the steep start stays large.
"""

from jax import Array

from catalog import Settings, Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return the product of two quartic factors (see `latex`) at `p` of shape (2,)."""
    x, y = p
    first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    second = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return first * second


GOLDSTEIN_PRICE = Landscape(
    id="goldstein_price",
    family="classics",
    loss=loss,
    latex=(
        r"\left(1 + \left(x + y + 1\right)^{2}"
        r" \left(19 - 14 x + 3 x^{2} - 14 y + 6 x y + 3 y^{2}\right)\right)"
        r" \left(30 + \left(2 x - 3 y\right)^{2}"
        r" \left(18 - 32 x + 12 x^{2} + 48 y - 36 x y + 27 y^{2}\right)\right)"
    ),
    box=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.3, 0.7),
    source=Source(
        "Goldstein & Price",
        1971,
        "On descent from local minima",
        "Mathematics of Computation 25(115), 569–574",
    ),
    gradient_rate=2e-5,
    length_rate=0.05,
    steps=200,
    tuned=(("momentum", Settings(learning_rate=5e-6, momentum=0.85)),),
    minima=lambda: ((0.0, -1.0),),
    # The three local minima.
    checks=(((-0.6, -0.4), 30.0), ((1.8, 0.2), 84.0), ((1.2, 0.8), 840.0)),
    view="log",
)
