"""A learning rate to start with, for one method on one surface."""

from catalog.rounding import rounded
from optimizers.optimizer import Optimizer


def suggested_rate(optimizer: Optimizer, gradient_rate: float, length_rate: float) -> float:
    """Return a rate that makes a good picture, within the range of the method's knob.

    `gradient_rate` and `length_rate` are the surface's own, both > 0. A share of 1 gives the
    surface's number itself; anything else is rounded to one that a teacher can say aloud.
    """
    knob = optimizer.knobs[0]
    base = {"gradient": gradient_rate, "length": length_rate, "factor": float(knob.default)}[optimizer.unit]
    rate = base if optimizer.share == 1 else rounded(optimizer.share * base)
    if optimizer.undivided:
        rate = min(rate, gradient_rate)
    return min(max(rate, knob.low), knob.high)
