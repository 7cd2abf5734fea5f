"""The saddle, flat at its centre and no place to stay.

It teaches that a vanishing gradient is not a minimum: a start almost on the ridge is drawn to the
saddle point, waits there, and then leaves; how long it waits is what tells the methods apart.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return x² − y² at `p` of shape (2,)."""
    x, y = p
    return x**2 - y**2


SADDLE = Landscape(
    id="saddle",
    family="saddles",
    loss=loss,
    latex=r"x^{2} - y^{2}",
    box=((-3.0, 3.0), (-3.0, 3.0)),
    start=(-2.5, 0.01),
    source=Source(
        "Dauphin et al.",
        2014,
        "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization",
        url="https://arxiv.org/abs/1406.2572",
    ),
    gradient_rate=0.1,
    length_rate=0.1,
    steps=40,
    checks=(((0.0, 0.0), 0.0), ((2.0, 1.0), 3.0)),
)
