"""The stretched bowl, steep across and gentle along.

It teaches why one learning rate is not enough: what is almost too much across the bowl is far too
little along it, so plain gradient descent zigzags while it creeps towards the minimum.
"""

from jax import Array

from catalog import Knob, Settings, Source
from landscapes.landscape import Landscape


def loss(p: Array, stretch: Array) -> Array:
    """Return x²/s + y² at `p` of shape (2,), with s the `stretch`."""
    x, y = p
    return x**2 / stretch + y**2


BOWL = Landscape(
    id="bowl",
    family="bowls",
    loss=loss,
    latex=r"\frac{x^{2}}{s} + y^{2}",
    box=((-8.0, 8.0), (-8.0, 8.0)),
    start=(-7.0, 2.0),
    source=Source("Saitoh", 2016, "Deep Learning from Scratch", "equation (6.2)"),
    gradient_rate=0.95,
    length_rate=0.3,
    steps=150,
    # The rate of plain gradient descent, so that momentum is all that differs; Polyak's best for s = 20 is
    # α = 4/(√2 + √(2/s))² = 1.3 and μ = ((√s − 1)/(√s + 1))² = 0.4, with wider swings.
    tuned=(("momentum", Settings(learning_rate=0.95, momentum=0.5)),),
    knobs=(Knob("stretch", "s", default=20.0, low=1.0, high=100.0, step=1.0),),
    minima=lambda stretch: ((0.0, 0.0),),
    checks=(((-7.0, 2.0), 6.45),),
)
