r"""The canyon, an ill-conditioned quadratic that can be turned against the axes.

It teaches the condition number: the steepest curvature is kept at 1, the gentlest is 1/κ, and plain
gradient descent needs some κ steps. Turned, it also shows what per-coordinate methods cannot do:
they rescale x and y, and that helps only while the canyon lies along one of them.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Knob, Settings, Source
from landscapes.landscape import Landscape


def loss(p: Array, condition: Array, turn: Array) -> Array:
    """Return (across² + along²/κ)/2 at `p` of shape (2,).

    κ is the `condition` number; the floor makes an angle of `turn` full circles with the x axis.
    """
    x, y = p
    cosine, sine = jnp.cos(2 * jnp.pi * turn), jnp.sin(2 * jnp.pi * turn)
    along, across = x * cosine + y * sine, y * cosine - x * sine
    return (across**2 + along**2 / condition) / 2


CANYON = Landscape(
    id="canyon",
    family="bowls",
    loss=loss,
    latex=(
        r"\frac{\left(y \cos(2 \pi \varphi) - x \sin(2 \pi \varphi)\right)^{2}}{2}"
        r" + \frac{\left(x \cos(2 \pi \varphi) + y \sin(2 \pi \varphi)\right)^{2}}{2 \kappa}"
    ),
    box=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-3.5, -1.5),
    source=Source("Goh", 2017, "Why Momentum Really Works", "Distill", "https://distill.pub/2017/momentum/"),
    gradient_rate=1.8,
    length_rate=0.2,
    steps=200,
    # The rate of plain gradient descent, so that momentum is all that differs; Polyak's best for κ = 100 is
    # α = 4/(1 + 1/√κ)² = 3.3 and μ = ((√κ − 1)/(√κ + 1))² = 0.67, with wider swings.
    tuned=(("momentum", Settings(learning_rate=1.8, momentum=0.75)),),
    knobs=(
        Knob("condition", r"\kappa", default=100.0, low=1.0, high=1e4, scale="log", step=0.1),
        Knob("turn", r"\varphi", default=0.125, low=0.0, high=0.25, step=0.005),
    ),
    minima=lambda condition, turn: ((0.0, 0.0),),
    # In the directions along and across: r²/(2κ) and r²/2.
    checks=(((3.0, 3.0), 0.09), ((-3.0, 3.0), 9.0)),
    view="log",
)
