"""The banana valley.

It teaches that finding a valley is easy and following it is hard: the floor is curved and almost
level, its walls are steep, and the step that the walls allow is far too short for the floor.
"""

from jax import Array

from catalog import Knob, Settings, Source
from landscapes.landscape import Landscape


def loss(p: Array, walls: Array) -> Array:
    """Return (1 − x)² + b(y − x²)² at `p` of shape (2,), with b the steepness of the `walls`."""
    x, y = p
    return (1 - x) ** 2 + walls * (y - x**2) ** 2


ROSENBROCK = Landscape(
    id="rosenbrock",
    family="classics",
    loss=loss,
    latex=r"(1-x)^{2} + {b} \left(y - x^{2}\right)^{2}",
    box=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    source=Source(
        "Rosenbrock",
        1960,
        "An automatic method for finding the greatest or least value of a function",
        "The Computer Journal 3(3), 175–184",
    ),
    gradient_rate=0.001,
    length_rate=0.1,
    steps=300,
    # Fast enough for the floor of the valley, which plain steps of that size could not follow.
    tuned=(("momentum", Settings(learning_rate=0.0025, momentum=0.95)),),
    knobs=(Knob("walls", "b", default=100.0, low=1.0, high=1000.0, scale="log", step=0.1),),
    minima=lambda walls: ((1.0, 1.0),),
    checks=(((-1.2, 1.0), 24.2),),
    view="log",
)
