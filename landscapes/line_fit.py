"""A straight line through points: the loss that most courses begin with.

It teaches that the data make the landscape: inputs that lie far from zero for how little they differ
make a canyon, and bringing them to mean 0 and variance 1 makes it a round bowl, with the same fit.
"""

from statistics import NormalDist
from typing import Any

import numpy as np

from catalog import Settings, Source
from landscapes.data.model import Data, Model
from landscapes.data.surface import on_the_shelf
from landscapes.landscape import Point


def losses(p: Any, data: Data, lib: Any) -> Any:
    """Return ½(θ₁x + θ₂ − y)² of each example at `p`; see `Model`."""
    (x,), y = data
    slope, intercept = p
    return (slope * x + intercept - y) ** 2 / 2


def minima(data: Data) -> tuple[Point, ...] | None:
    """Return the least-squares line, θ₁ = Σ(x − x̄)(y − ȳ)/Σ(x − x̄)² and θ₂ = ȳ − θ₁x̄.

    None if all x are equal: then there are many.
    """
    (x,), y = data
    centred = x - x.mean()
    if not centred.any():
        return None
    slope = float(centred @ (y - y.mean()) / (centred @ centred))
    return ((slope, float(y.mean() - slope * x.mean())),)


def sides(data: Data) -> tuple[Point, float]:
    """Return the fit, and three standard deviations of y (over those of x where these are small)."""
    (x,), y = data
    found = minima(data)
    middle = found[0] if found else (0.0, float(y.mean()))
    return middle, 3 * (y.std() or 1.0) / min(x.std() or 1.0, 1.0)


MODEL = Model(
    id="line_fit",
    losses=losses,
    latex=r"\frac{1}{2N} \sum_{i=1}^{N} \left(\theta_1 x_i + \theta_2 - y_i\right)^{2}",
    draws="line",
    minima=minima,
    sides=sides,
)


def _students() -> Data:
    """Return hours of study and points in a test of 60 students who never lived: y = 1 + x + noise.

    Evenly spread and as good as random, in any order and on any machine: the fractional parts of
    multiples of the golden section and of √3 (Weyl, 1916), the latter as quantiles of a normal distribution.
    """
    i = np.arange(1, 61)
    hours = np.round(0.4 + 3.4 * (i * (np.sqrt(5) - 1) / 2 % 1), 1)
    noise = [NormalDist(0, 0.5).inv_cdf(u) for u in i * np.sqrt(3) % 1]
    return Data(hours[None], np.round(1 + hours + noise, 1))


LINE_FIT = on_the_shelf(
    MODEL,
    _students(),
    box=((-2.0, 6.0), (-2.0, 6.0)),
    start=(-1.0, 4.5),
    length_rate=0.2,
    steps=200,
    # A long memory averages the noise of the mini-batches, so that it comes to stay near the minimum.
    tuned=(("momentum", Settings(learning_rate=0.005, momentum=0.95)),),
    gradient_rates={"none": 0.15, "minmax": 0.7, "standard": 1.0},
    source=Source(
        "Legendre",
        1805,
        "Nouvelles méthodes pour la détermination des orbites des comètes",
        "appendix, pp. 72–80 (the method; the data are ours)",
    ),
    # Half the mean square of the points; Σy² = 657.5, Σy = 187.4 and N = 60 by hand.
    checks=(((0.0, 0.0), 657.5 / 120), ((0.0, 1.0), (657.5 - 2 * 187.4 + 60) / 120)),
)
