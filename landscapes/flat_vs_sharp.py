"""A wide flat minimum beside a narrow sharp one, equally deep.

It teaches that minima of the same loss are not the same: a rate that is stable in the flat one cannot
settle in the sharp one once it exceeds two over the curvature. Just above that, gradient descent bounces
round the sharp minimum for ever; from about 4.6 over the curvature on (with the widths as they are
first) it is thrown out.
"""

from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape, Point

FLAT: Point = (-2.0, 0.0)
SHARP: Point = (2.0, 0.0)


def loss(p: Array, wide: Array, narrow: Array, gap: Array) -> Array:
    """Return A(B + δ)/(A + B) at `p` of shape (2,), with δ the `gap`.

    A is the squared distance to the flat minimum over w² (`wide`), B the squared distance to the
    sharp one over n² (`narrow`). This soft minimum of A and B + δ is smooth and has, whatever the
    knobs, exact minima of loss 0 and δ at the two centres; for δ = 0 its curvatures there are those
    of A and B, 2/w² and 2/n².
    Written over the common denominator, so that nothing is divided by a small width.
    """
    x, y = p
    a = (x - FLAT[0]) ** 2 + (y - FLAT[1]) ** 2
    b = (x - SHARP[0]) ** 2 + (y - SHARP[1]) ** 2
    return a * (b + gap * narrow**2) / (narrow**2 * a + wide**2 * b)


def minima(wide: float, narrow: float, gap: float) -> tuple[Point, ...]:
    """Return the deeper minimum, or both of them when they are equally deep."""
    if gap == 0:
        return FLAT, SHARP
    return (FLAT,) if gap > 0 else (SHARP,)


FLAT_VS_SHARP = Landscape(
    id="flat_vs_sharp",
    family="sharpness",
    loss=loss,
    latex=(
        r"\frac{\left((x+2)^{2} + y^{2}\right) \left((x-2)^{2} + y^{2} + \delta n^{2}\right)}"
        r"{n^{2} \left((x+2)^{2} + y^{2}\right) + w^{2} \left((x-2)^{2} + y^{2}\right)}"
    ),
    box=((-5.0, 5.0), (-5.0, 5.0)),
    start=(3.5, 2.0),
    source=Source(
        "Keskar et al.",
        2017,
        "On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima",
        "figure 1 (the formula is ours)",
        "https://arxiv.org/abs/1609.04836",
    ),
    gradient_rate=0.6,
    length_rate=0.2,
    steps=160,
    knobs=(
        Knob("wide", "w", default=2.0, low=1.0, high=3.0, step=0.05),
        Knob("narrow", "n", default=0.5, low=0.2, high=1.0, step=0.05),
        Knob("gap", r"\delta", default=0.0, low=-1.0, high=1.0, step=0.05),
    ),
    minima=minima,
    # Half-way between them, where A = 4/w² = 1 and B = 4/n² = 16.
    checks=(((0.0, 0.0), 16 / 17),),
)
