"""Logistic regression with two weights: which of two players wins.

It teaches that the curvature is made of the inputs here too: two inputs that go together make a long
valley, and whitening them makes it nearly round.
"""

from statistics import NormalDist
from typing import Any

import numpy as np

from catalog import Settings, Source
from landscapes.arrays import Floats
from landscapes.data.model import Data, Model
from landscapes.data.surface import on_the_shelf
from landscapes.landscape import Point

NEWTON_STEPS = 25


def losses(p: Any, data: Data, lib: Any) -> Any:
    """Return ln(1 + exp z) − yz of each example at `p`, with z = θ·x; see `Model`.

    That is −ln of the probability 1/(1 + exp(−z)) of the class y = 1, or of the other one for y = 0, in a
    form that does not overflow.
    """
    (x1, x2), y = data
    z = p[0] * x1 + p[1] * x2
    return lib.logaddexp(0.0, z) - y * z


def minima(data: Data) -> tuple[Point, ...] | None:
    """Return the minimum, by Newton's method from (0, 0); it is finite because the classes overlap."""
    x, y = data
    weights = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-(weights @ x)))
        weights = weights - np.linalg.solve((x * p * (1 - p)) @ x.T, x @ (p - y))
    return ((float(weights[0]), float(weights[1])),)


def sides(data: Data) -> tuple[Point, float]:
    """Return the origin, and enough for the minimum to lie well inside."""
    return (0.0, 0.0), 1.5 * max(abs(weight) for found in minima(data) or () for weight in found)


MODEL = Model(
    id="logistic",
    losses=losses,
    latex=(
        r"\frac{1}{N} \sum_{i=1}^{N} \left(\ln\left(1 + e^{z_i}\right) - y_i z_i\right),"
        r"\quad z_i = \theta_1 x_{i1} + \theta_2 x_{i2}"
    ),
    draws="boundary",
    minima=minima,
    sides=sides,
    scalings=("none", "minmax", "standard", "whitened"),
)


def _matches() -> Data:
    """Return the strengths of two players in 60 matches that were never played, and whether the first won.

    Like plays against like, so the strengths go together (correlation ½); the first wins with probability
    1/(1 + exp(1.8 (x₂ − x₁))) (Bradley & Terry, 1952), without an advantage for either. As good as random:
    fractional parts of multiples of irrational numbers, the first two of Roberts (2018), R₂.
    """
    i = np.arange(1, 61)
    both, between = (_normal(0.5 + i * share) for share in (0.7548776662466927, 0.5698402909980532))
    common, own = 0.7 * np.sqrt(0.75) * both, 0.7 * np.sqrt(0.25) * between
    strengths = np.round(1.8 + np.stack([common + own, common - own]), 1)
    chance = 1 / (1 + np.exp(1.8 * (strengths[1] - strengths[0])))
    return Data(strengths, (i * np.sqrt(3) % 1 < chance).astype(float))


def _normal(numbers: Any) -> Floats:
    """Return the quantiles of the standard normal distribution at the fractional parts of `numbers`."""
    return np.array([NormalDist().inv_cdf(u) for u in numbers % 1])


LOGISTIC = on_the_shelf(
    MODEL,
    _matches(),
    box=((-8.0, 8.0), (-8.0, 8.0)),
    start=(-5.0, 3.0),
    length_rate=0.3,
    steps=250,
    # A long memory averages the noise of the mini-batches, so that it comes to stay near the minimum.
    tuned=(("momentum", Settings(learning_rate=0.02, momentum=0.95)),),
    gradient_rates={"none": 0.5, "minmax": 10.0, "standard": 3.0, "whitened": 5.0},
    source=Source(
        "Cox",
        1958,
        "The regression analysis of binary sequences",
        "Journal of the Royal Statistical Society B 20(2), 215–242 (the method; the data are ours)",
        "https://doi.org/10.1111/j.2517-6161.1958.tb00292.x",
    ),
    # Both weights 0 give every match the chance ½, whatever the data.
    checks=(((0.0, 0.0), float(np.log(2))),),
)
