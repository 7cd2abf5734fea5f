"""The Branin function: three equally deep minima along a parabola.

It teaches that the best answer need not be one answer, and that the valley between two of them looks
like progress long before it is.
"""

import math

import jax.numpy as jnp
from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return (y − 5.1x²/(4π²) + 5x/π − 6)² + 10(1 − 1/(8π)) cos x + 10 at `p` of shape (2,)."""
    x, y = p
    bend = y - 5.1 * x**2 / (4 * jnp.pi**2) + 5 * x / jnp.pi - 6
    return bend**2 + 10 * (1 - 1 / (8 * jnp.pi)) * jnp.cos(x) + 10


BRANIN = Landscape(
    id="branin",
    family="classics",
    loss=loss,
    latex=(
        r"\left(y - \frac{5.1 x^{2}}{4 \pi^{2}} + \frac{5 x}{\pi} - 6\right)^{2}"
        r" + 10 \left(1 - \frac{1}{8 \pi}\right) \cos(x) + 10"
    ),
    box=((-5.0, 10.0), (0.0, 15.0)),
    start=(6.0, 14.0),
    source=Source(
        "Branin",
        1972,
        "Widely convergent method for finding multiple solutions of simultaneous nonlinear equations",
        "IBM Journal of Research and Development 16(5), 504–522",
    ),
    gradient_rate=0.05,
    length_rate=0.3,
    steps=220,
    # Where the square is zero and the cosine is −1.
    minima=lambda: ((-math.pi, 12.275), (math.pi, 2.275), (3 * math.pi, 2.475)),
    checks=(((math.pi, 2.275), 0.39788735772973816),),
    view="log",
)
