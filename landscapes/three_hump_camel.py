"""The three-hump camel: one global minimum between two shallower ones.

It teaches what a local minimum is: stationary, surrounded by higher ground, and not the answer.
"""

from jax import Array

from catalog import Source
from landscapes.landscape import Landscape


def loss(p: Array) -> Array:
    """Return 2x² − 1.05x⁴ + x⁶/6 + xy + y² at `p` of shape (2,)."""
    x, y = p
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


THREE_HUMP_CAMEL = Landscape(
    id="three_hump_camel",
    family="classics",
    loss=loss,
    latex=r"2 x^{2} - 1.05 x^{4} + \frac{x^{6}}{6} + x y + y^{2}",
    box=((-2.5, 2.5), (-2.5, 2.5)),
    start=(2.1, 1.5),
    source=Source(
        "Jamil & Yang",
        2013,
        "A literature survey of benchmark functions for global optimisation problems",
        "section 3",
        "https://arxiv.org/abs/1308.4008",
    ),
    gradient_rate=0.05,
    length_rate=0.1,
    steps=200,
    minima=lambda: ((0.0, 0.0),),
    # The two local minima.
    checks=(
        ((1.7475523458302888, -0.8737761729151444), 0.2986384422368598),
        ((-1.7475523458302888, 0.8737761729151444), 0.2986384422368598),
    ),
)
