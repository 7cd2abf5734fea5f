"""Peaks: three hills, three hollows, and a plain that runs out to the horizon.

It teaches that a landscape can be rough in the middle and silent at the rim: a start that is too far
out has almost no slope to follow.
"""

import jax.numpy as jnp
from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return the sum of three bent Gaussians (see `latex`) at `p` of shape (2,)."""
    x, y = p
    return (
        3 * (1 - x) ** 2 * jnp.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * jnp.exp(-(x**2) - y**2)
        - jnp.exp(-((x + 1) ** 2) - y**2) / 3
    )


PEAKS = Landscape(
    id="peaks",
    family="classics",
    loss=loss,
    latex=(
        r"3 (1-x)^{2} e^{-x^{2} - (y+1)^{2}}"
        r" - 10 \left(\frac{x}{5} - x^{3} - y^{5}\right) e^{-x^{2} - y^{2}}"
        r" - \frac{e^{-(x+1)^{2} - y^{2}}}{3}"
    ),
    box=((-3.0, 3.0), (-3.0, 3.0)),
    start=(-1.0, -1.0),
    source=Source(
        "MathWorks",
        None,
        "MATLAB, function peaks",
        url="https://www.mathworks.com/help/matlab/ref/peaks.html",
    ),
    gradient_rate=0.03,
    length_rate=0.1,
    steps=250,
    minima=lambda: ((0.22827892055636909, -1.6255349574999967),),
    # The highest peak and the two lesser hollows.
    checks=(
        ((-0.009317581959954108, 1.581367962939), 8.106213589442337),
        ((-1.3473962443682108, 0.20451886609700518), -3.04984940280026),
        ((0.2964455538468321, 0.3201962476668344), -0.06493586825552672),
    ),
)
