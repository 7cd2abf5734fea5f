"""A ring-shaped valley, flatter in some places than in others: the edge of stability in two dimensions.

Everywhere on the ring the loss is 0, and across it the curvature is 8(a²x² + y²), from 8a where it crosses
the x-axis to 8 where it crosses the y-axis. It teaches that a learning rate chooses among minima: where the
valley is steeper than 2/α, plain descent cannot stay, bounces from wall to wall, and is carried along the
ring to where it is as flat as the rate can bear.
"""

import math

from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape, Point


def loss(p: Array, flattest: Array) -> Array:
    """Return (1 − ax² − y²)² at `p` of shape (2,), with a the knob `flattest`."""
    x, y = p
    return (1 - flattest * x**2 - y**2) ** 2


def minima(flattest: float) -> tuple[Point, ...]:
    """Return sixteen points of the ring, which stand for all of it."""
    angles = [math.tau * k / 16 for k in range(16)]
    return tuple((math.cos(angle) / math.sqrt(flattest), math.sin(angle)) for angle in angles)


UNEVEN_RING = Landscape(
    id="uneven_ring",
    family="sharpness",
    loss=loss,
    latex=r"\left(1 - {a} x^{2} - y^{2}\right)^{2}",
    box=((-2.2, 2.2), (-1.76, 1.76)),
    start=(0.2, 1.3),
    source=Source(
        "Cohen, Kaur, Li, Kolter & Talwalkar",
        2021,
        "Gradient descent on neural networks typically occurs at the edge of stability",
        "(of networks; this model in two dimensions is ours)",
        "https://arxiv.org/abs/2103.00065",
    ),
    gradient_rate=0.3,
    length_rate=0.05,
    steps=200,
    knobs=(Knob("flattest", "a", default=0.5, low=0.25, high=1.0),),
    minima=minima,
    # On the ring, at its middle, and on the way out: 1 − 2 − 4 = −5.
    checks=(((0.0, 1.0), 0.0), ((0.0, 0.0), 1.0), ((2.0, 2.0), 25.0)),
    view="log",
)
