"""The monkey saddle: three ways down, and no curvature at all at the centre.

It teaches where second derivatives go blind: the Hessian at the origin is zero, so neither Newton's
method nor the eigenvalues can say that this is a saddle; only the turning of the gradient can.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return x³ − 3xy² at `p` of shape (2,)."""
    x, y = p
    return x**3 - 3 * x * y**2


MONKEY_SADDLE = Landscape(
    id="monkey_saddle",
    family="saddles",
    loss=loss,
    latex=r"x^{3} - 3 x y^{2}",
    box=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.6, 0.02),
    source=Source("Hilbert & Cohn-Vossen", 1952, "Geometry and the Imagination", "chapter IV"),
    gradient_rate=0.01,
    length_rate=0.04,
    steps=80,
    checks=(((0.0, 0.0), 0.0), ((1.0, 1.0), -2.0)),
)
