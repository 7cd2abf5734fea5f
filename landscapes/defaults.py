"""What the defaults of all surfaces that nobody has seen before have in common."""

from catalog.rounding import rounded

# The range of the knob that rates are turned with.
LEAST_RATE, LARGEST_RATE = 1e-6, 1e2

RING = 0.7
"""How far from the middle of the box a race starts, in half sides."""


def rate_near(rate: float) -> float:
    """Return the number nearest to `rate` > 0 that the knob allows and that can be said aloud."""
    return rounded(min(max(float(rate), LEAST_RATE), LARGEST_RATE))
