"""A learning rate to start with, for one method on one surface."""

import math

from optimizers.optimizer import Optimizer

LADDER = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


def rounded(rate: float) -> float:
    """Return the number nearest to `rate` > 0, by ratio, among {1, 1.5, 2, 3, 5, 7} times a power of ten."""
    exponent = math.floor(math.log10(rate))
    # Read, not multiplied: 0.3, not 0.30000000000000004.
    rungs = (float(f"{rung:g}e{exponent}") for rung in LADDER)
    return min(rungs, key=lambda rung: abs(math.log(rung / rate)))


def suggested_rate(optimizer: Optimizer, gradient_rate: float, length_rate: float) -> float:
    """Return a rate that makes a good picture, within the range of the method's knob.

    `gradient_rate` and `length_rate` are the surface's own, both > 0. A share of 1 gives the
    surface's number itself; anything else is rounded to one that a teacher can say aloud.
    """
    knob = optimizer.knobs[0]
    base = {"gradient": gradient_rate, "length": length_rate, "factor": float(knob.default)}[optimizer.unit]
    rate = base if optimizer.share == 1 else rounded(optimizer.share * base)
    return min(max(rate, knob.low), knob.high)
