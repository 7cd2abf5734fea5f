"""The smallest deep network: two weights in a row, one weight penalty, and a saddle at zero.

Fitting x·y to 1 gives two curved valleys with a saddle between them. It teaches that symmetry makes
saddles (swap the signs of both weights and nothing changes), that a start between the valleys must
pass close to zero, and that the penalty picks the balanced point of each valley, its flattest one.
"""

import math

from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape, Point


def loss(p: Array, penalty: Array) -> Array:
    """Return ((xy − 1)² + λ(x² + y²))/2 at `p` of shape (2,), with λ the `penalty`."""
    x, y = p
    return ((x * y - 1) ** 2 + penalty * (x**2 + y**2)) / 2


def minima(penalty: float) -> tuple[Point, ...]:
    """Return the two balanced minima; without penalty, they stand for two whole valleys of minima."""
    weight = math.sqrt(1 - penalty)
    return (weight, weight), (-weight, -weight)


SADDLE_BETWEEN_VALLEYS = Landscape(
    id="saddle_between_valleys",
    family="saddles",
    loss=loss,
    latex=r"\frac{\left(x y - 1\right)^{2} + {\lambda} \left(x^{2} + y^{2}\right)}{2}",
    box=((-3.0, 3.0), (-3.0, 3.0)),
    start=(-2.4, 2.5),
    source=Source(
        "Saxe, McClelland & Ganguli",
        2014,
        "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
        url="https://arxiv.org/abs/1312.6120",
    ),
    gradient_rate=0.1,
    length_rate=0.1,
    steps=250,
    knobs=(Knob("penalty", r"\lambda", default=0.1, low=0.0, high=0.9),),
    minima=minima,
    # At the minima λ − λ²/2, at the saddle 1/2.
    checks=(((math.sqrt(0.9), math.sqrt(0.9)), 0.095), ((0.0, 0.0), 0.5)),
    view="log",
)
