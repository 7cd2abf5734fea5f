"""A network of one hidden unit: ŷ = θ₂ tanh(θ₁x), two weights and nothing else.

It teaches what every network has and no line: a saddle at the origin, where both weights are small and
neither learns, and minima that come in pairs, because changing both signs changes nothing.
"""

from statistics import NormalDist
from typing import Any

import numpy as np

from catalog import Source
from landscapes.arrays import Floats
from landscapes.data.model import Data, Model
from landscapes.data.scaling import FLAT
from landscapes.data.surface import on_the_shelf
from landscapes.landscape import Point

LEAST, MOST, TRIED = 1e-3, 1e3, 600
"""The range of θ₁, over the largest |x|, within which a minimum is looked for, and at how many values."""
NEWTON_STEPS = 50
FARTHEST = 20.0


def losses(p: Any, data: Data, lib: Any) -> Any:
    """Return ½(θ₂ tanh(θ₁x) − y)² of each example at `p`; see `Model`."""
    (x,), y = data
    first, second = p
    return (second * lib.tanh(first * x) - y) ** 2 / 2


def minima(data: Data) -> tuple[Point, ...] | None:
    """Return the two global minima, (θ₁, θ₂) and (−θ₁, −θ₂), or None where no finite one is found.

    A straight line is fitted the better the smaller θ₁ is, and a step the larger it is: from the end of
    the grid, Newton's method then leads away.

    For each θ₁ the best θ₂ is known, Σ y tanh(θ₁x)/Σ tanh²(θ₁x) (variable projection, Golub & Pereyra,
    1973). What is left is a function of θ₁ > 0: searched on a grid, and refined by Newton's method.
    """
    (x,), y = data
    largest = float(np.abs(x).max())
    if not largest or not y.any():
        return None
    tried = np.geomspace(LEAST, MOST, TRIED) / largest
    t = np.tanh(tried[:, None] * x)
    gained = (t @ y) ** 2 / np.square(t).sum(axis=1)  # twice N times what the loss is less than ½ mean y²
    best = int(gained.argmax())
    found = _refined(np.array([tried[best], t[best] @ y / (t[best] @ t[best])]), x, y)
    if found is None:
        return None
    first, second = found
    return (first, second), (-first, -second)


def _refined(p: Floats, x: Floats, y: Floats) -> Point | None:
    """Return the minimum next to `p` by Newton's method, None if it leads elsewhere."""
    begin = p
    for _ in range(NEWTON_STEPS):
        t = np.tanh(p[0] * x)
        inner, rest = x * (1 - t**2), p[1] * t - y
        gradient = np.array([rest @ (p[1] * inner), rest @ t])
        mixed = inner @ (p[1] * t + rest)
        bent = p[1] ** 2 * (inner @ inner) - 2 * p[1] * (rest @ (inner * t * x))
        hessian = np.array([[bent, mixed], [mixed, t @ t]])
        low, high = np.linalg.eigvalsh(hessian)
        if low <= FLAT * high:
            return None
        p = p - np.linalg.solve(hessian, gradient)
    return (float(p[0]), float(p[1])) if np.allclose(p, begin, rtol=0.1) else None


def sides(data: Data) -> tuple[Point, float]:
    """Return the origin, and enough for both minima to lie well inside.

    Where there are none, or so far out that nothing else could be seen, enough for θ₂ to reach the
    targets when the unit saturates.
    """
    found = minima(data)
    reach = float(np.abs(found).max()) if found else FARTHEST
    if reach >= FARTHEST:
        reach = float(np.abs(data.targets).max())
    return (0.0, 0.0), max(1.5 * reach, 3.0)


MODEL = Model(
    id="two_weight_network",
    losses=losses,
    latex=r"\frac{1}{2N} \sum_{i=1}^{N} \left(\theta_2 \tanh\left(\theta_1 x_i\right) - y_i\right)^{2}",
    draws="curve",
    minima=minima,
    sides=sides,
    alike=True,
)


def _amplifier() -> Data:
    """Return 48 input and output voltages of an overdriven amplifier: y = 2 tanh(0.3x) + noise.

    Evenly spread and as good as random, like the data of `line_fit`.
    """
    i = np.arange(1, 49)
    volts = np.round(1 + 6 * (2 * (i * (np.sqrt(5) - 1) / 2 % 1) - 1), 1)
    noise = [NormalDist(0, 0.2).inv_cdf(u) for u in i * np.sqrt(3) % 1]
    return Data(volts[None], np.round(2 * np.tanh(0.3 * volts) + noise, 1))


TWO_WEIGHT_NETWORK = on_the_shelf(
    MODEL,
    _amplifier(),
    box=((-3.0, 3.0), (-3.0, 3.0)),
    start=(-1.0, 1.2),
    length_rate=0.1,
    gradient_rates={"none": 0.2, "minmax": 1.0, "standard": 0.7},
    source=Source(
        "Baldi & Hornik",
        1989,
        "Neural networks and principal component analysis: learning from examples without local minima",
        "Neural Networks 2(1), 53–58 (the saddle; the tanh and the data are ours)",
        "https://doi.org/10.1016/0893-6080(89)90014-2",
    ),
    # Where a weight is 0 the network says 0, and the loss is half the mean square of the targets.
    checks=(((0.0, 0.0), 94.94 / 96), ((0.0, 3.0), 94.94 / 96), ((-2.0, 0.0), 94.94 / 96)),
    steps=150,
)
