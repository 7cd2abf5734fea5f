"""Three minima, of which the widest is the deepest.

It teaches to ask at which learning rate a comparison was made. At 0.1 for all, Adam finds the global
minimum from more starts than SGD, momentum and RMSProp; at their usual defaults hardly any run gets there
within 200 steps; at 15 plain gradient descent gets there from every start: a step that is too long for
the two narrow minima cannot stay in them. All slopes are gentle, which makes the difference large between
methods whose step is a multiple of the gradient and methods whose step is a length.
"""

import math

import jax.numpy as jnp
from jax import Array

from catalog import Source
from landscapes.landscape import Landscape, Point

# A hollow: its depth, how sharp it is (1/(2·width²)), and where its middle would be without the others.
GLOBAL, HOLLOWS = (0.12, 1 / 3, (1.0, 1.0)), ((0.08, 2.0, (-2.0, 1.0)), (0.1, 1.5, (0.5, -2.0)))
BOWL = 1 / 250


def loss(p: Array) -> Array:
    """Return (x² + y²)/250 less three Gaussians (see `latex`) at `p` of shape (2,)."""
    x, y = p
    total = BOWL * (x**2 + y**2)
    for depth, sharpness, (a, b) in (GLOBAL, *HOLLOWS):
        total = total - depth * jnp.exp(-sharpness * ((x - a) ** 2 + (y - b) ** 2))
    return total


def minima() -> tuple[Point, ...]:
    """Return the global minimum, by Newton's method from (1, 1), the middle of the widest hollow."""
    x, y = GLOBAL[2]
    for _ in range(20):
        slope_x, slope_y, xx, xy, yy = 2 * BOWL * x, 2 * BOWL * y, 2 * BOWL, 0.0, 2 * BOWL
        for depth, sharpness, (a, b) in (GLOBAL, *HOLLOWS):
            u, v = x - a, y - b
            weight = 2 * sharpness * depth * math.exp(-sharpness * (u**2 + v**2))
            slope_x, slope_y = slope_x + weight * u, slope_y + weight * v
            xx += weight * (1 - 2 * sharpness * u**2)
            yy += weight * (1 - 2 * sharpness * v**2)
            xy -= weight * 2 * sharpness * u * v
        determinant = xx * yy - xy**2
        x -= (yy * slope_x - xy * slope_y) / determinant
        y -= (xx * slope_y - xy * slope_x) / determinant
    return ((x, y),)


THREE_MINIMA = Landscape(
    id="three_minima",
    family="sharpness",
    loss=loss,
    latex=(
        r"\frac{x^{2} + y^{2}}{250}"
        r" - 0.12 e^{-\frac{(x-1)^{2} + (y-1)^{2}}{3}}"
        r" - 0.08 e^{-2 \left((x+2)^{2} + (y-1)^{2}\right)}"
        r" - 0.1 e^{-\frac{3}{2} \left((x-0.5)^{2} + (y+2)^{2}\right)}"
    ),
    box=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-3.5, -1.0),
    source=Source(
        "Dupont",
        2018,
        "Interactive visualization of optimization algorithms in deep learning",
        "(the idea; the formula is ours)",
        "https://emiliendupont.github.io/2018/01/24/optimization-visualization/",
    ),
    gradient_rate=3.0,
    length_rate=0.1,
    steps=200,
    minima=minima,
    checks=(
        (
            (1.0, 1.0),
            2 / 250 - 0.12 - 0.08 * math.exp(-18.0) - 0.1 * math.exp(-1.5 * 9.25),
        ),
    ),
)
