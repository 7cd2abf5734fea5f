"""Two wells with a pass between them.

It teaches that where you end depends on where you start, and that a heavy ball may cross a pass that
a careful step cannot. The tilt makes one well deeper without moving either minimum.
"""

from jax import Array

from catalog import Knob, Source
from landscapes.landscape import Landscape, Point


def loss(p: Array, tilt: Array) -> Array:
    """Return (x² − 1)² + τ(x − x³/3) + y² at `p` of shape (2,), with τ the `tilt`.

    A cubic tilt, not the usual linear one: ∂/∂x = (x² − 1)(4x − τ), so the minima stay at x = ±1 and
    only the pass moves, to x = τ/4.
    """
    x, y = p
    return (x**2 - 1) ** 2 + tilt * (x - x**3 / 3) + y**2


def minima(tilt: float) -> tuple[Point, ...]:
    """Return the deeper of the minima (±1, 0), whose losses are ±2τ/3; both of them without tilt."""
    left, right = (-1.0, 0.0), (1.0, 0.0)
    if tilt == 0:
        return left, right
    return (left,) if tilt > 0 else (right,)


DOUBLE_WELL = Landscape(
    id="double_well",
    family="minima",
    loss=loss,
    latex=r"\left(x^{2} - 1\right)^{2} + {\tau} \left(x - \frac{x^{3}}{3}\right) + y^{2}",
    box=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.9, 1.5),
    source=Source(
        "Kramers",
        1940,
        "Brownian motion in a field of force and the diffusion model of chemical reactions",
        "Physica 7(4), 284–304 (the tilt is ours)",
    ),
    gradient_rate=0.04,
    length_rate=0.1,
    steps=180,
    knobs=(Knob("tilt", r"\tau", default=0.0, low=-2.0, high=2.0, step=0.05),),
    minima=minima,
    checks=(((0.0, 0.0), 1.0), ((2.0, 1.0), 10.0)),
)
