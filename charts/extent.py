"""Between which losses a picture is drawn: all of them, but for the spikes of a pole."""

import numpy as np

from landscapes.arrays import Floats

LARGEST = 1e300
"""What is larger counts as infinite: differences of two such losses are no floats."""

TAIL = 0.05
"""At most this share of the samples is cut off at either end."""

FAR = 3.0
"""A tail is long if it reaches this many times as far as the samples between the tails do."""

JUMP = 0.4
"""And it is a spike if the samples miss it, leaping by this share of it from one to the next.

A simple pole halves its loss from the first sample beside it to the second; a well or a peak that the
samples can follow changes less, and is no spike, however narrow it is.
"""

MARGIN = 0.25
"""How much room is left beyond the samples between the tails, in what those reach across."""

ROUNDING = 1e-12
"""Ground whose losses differ by less than this part of themselves is level."""

SMALLEST = 1e-290
"""And so is ground whose losses differ by less than this: parts of it would be no floats."""


def extent(loss: Floats, view: str) -> tuple[float, float]:
    """Return the lowest and the highest loss that the picture of `loss`, of any shape, shows.

    The "log" view has room for a pole that rises, and so nothing is cut off above.

    What is not finite is left out of account. Level ground, and ground without any finite loss, are
    given some room above, so that the one is always below the other.
    """
    finite = loss[np.abs(loss) < LARGEST]  # comparisons with NaN are false
    if not finite.size:
        return 0.0, 1.0
    floor, top = float(finite.min()), float(finite.max())
    size = max(abs(floor), abs(top))
    if top - floor <= max(ROUNDING * size, SMALLEST):
        return floor, floor + max(1.0, size)
    low, high = np.quantile(finite, [TAIL, 1 - TAIL])
    floor = -_reach(-loss, -floor, -high, -low)
    return floor, top if view == "log" else _reach(loss, top, low, high)


def _reach(loss: Floats, top: float, low: float, high: float) -> float:
    """Return `top`, the highest finite of `loss`, or less where it is the tip of a spike.

    `low` and `high` are the quantiles between the tails.
    """
    across, beyond = high - low, top - high
    if across <= 0 or beyond <= FAR * across:
        return top
    return high + MARGIN * across if _leaps(loss, high + beyond / 2, JUMP * beyond) else top


def _leaps(loss: Floats, tall: float, leap: float) -> bool:
    """Return whether a sample higher than `tall` has a neighbour that is lower by `leap` or more."""
    for axis in range(loss.ndim):
        along = np.moveaxis(loss, axis, 0)
        one, other = along[:-1], along[1:]
        higher, lower = np.maximum(one, other), np.minimum(one, other)
        # Not as a difference: one of infinity and infinity would not exist.
        if bool(np.any((higher > tall) & (lower <= higher - leap) & (lower > -np.inf) & (lower < higher))):
            return True
    return False
