"""A plateau that ends in a cliff.

It teaches both troubles of recurrent networks on one picture: on the plateau the gradient nearly
vanishes and plain gradient descent crawls; at the edge it explodes and throws the next step far
across the valley, unless the gradient is clipped or normalised.
"""

import math

import jax
from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape, Point

FLOOR = 2.0


def loss(p: Array, steepness: Array) -> Array:
    """Return 2/(1 + exp(kx)) + ((x − 2)² + y²)/100 at `p` of shape (2,), with k the `steepness`."""
    x, y = p
    # The sigmoid is the same step, without the overflow of exp far from the edge.
    return 2 * jax.nn.sigmoid(-steepness * x) + ((x - FLOOR) ** 2 + y**2) / 100


def minima(steepness: float) -> tuple[Point, ...]:
    """Return the minimum, just beyond x = 2: the foot of the step still pushes a little.

    Solves 2k·s(1 − s) = (x − 2)/50 with s = 1/(1 + exp(kx)) by Newton's method from x = 2.
    """
    x = FLOOR
    for _ in range(20):
        s = 1 / (1 + math.exp(steepness * x))
        slope = (x - FLOOR) / 50 - 2 * steepness * s * (1 - s)
        x -= slope / (1 / 50 + 2 * steepness**2 * s * (1 - s) * (1 - 2 * s))
    return ((x, 0.0),)


CLIFF = Landscape(
    id="cliff",
    family="cliffs",
    loss=loss,
    latex=r"\frac{2}{1 + e^{k x}} + \frac{(x-2)^{2} + y^{2}}{100}",
    box=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-4.0, 2.5),
    source=Source(
        "Pascanu, Mikolov & Bengio",
        2013,
        "On the difficulty of training recurrent neural networks",
        "figure 6 (the formula is ours)",
        "https://arxiv.org/abs/1211.5063",
    ),
    gradient_rate=1.0,
    length_rate=0.3,
    steps=200,
    knobs=(Knob("steepness", "k", default=10.0, low=2.0, high=100.0, scale="log", step=0.05),),
    minima=minima,
    checks=(((0.0, 0.0), 1.04),),
)
