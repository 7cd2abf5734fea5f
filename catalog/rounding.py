"""Numbers that a teacher can say aloud."""

import math

LADDER = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


def rounded(rate: float) -> float:
    """Return the number nearest to `rate` > 0, by ratio, among {1, 1.5, 2, 3, 5, 7} times a power of ten."""
    exponent = math.floor(math.log10(rate))
    # Read, not multiplied: 0.3, not 0.30000000000000004.
    rungs = (float(f"{rung:g}e{exponent}") for rung in LADDER)
    return min(rungs, key=lambda rung: abs(math.log(rung / rate)))
