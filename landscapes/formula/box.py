"""The part of the plane that a formula is drawn over."""

import math
from collections.abc import Sequence

from landscapes.formula.error import FormulaError
from landscapes.landscape import Box

DEFAULT_BOX: Box = ((-5.0, 5.0), (-5.0, 5.0))

FARTHEST = 1e6
NARROWEST = 1e-6
FINEST = 1e-9
"""The least width, as a share of how far out the box lies: below it the float grid begins to show."""
MOST_STRETCHED = 4.0
"""How many times longer one side may be than the other: the map keeps equal scales."""


def read_box(numbers: Sequence[float]) -> Box:
    """Return the box ((x0, x1), (y0, y1)) that `numbers` = x0, x1, y0, y1 spell.

    Raises FormulaError unless they are four finite numbers of at most a million either way, each
    low end below its high end by at least 1e-6 and by a billionth of how far out they lie, and
    neither side more than four times as long as the other.
    """
    try:
        x0, x1, y0, y1 = ends = [float(number) + 0.0 for number in numbers]  # -0.0 becomes 0.0
    except (TypeError, ValueError, OverflowError):
        raise FormulaError("box_numbers") from None
    value = ", ".join(f"{end:g}" for end in ends)
    if not all(map(math.isfinite, ends)):
        raise FormulaError("box_numbers", value=value)
    if max(map(abs, ends)) > FARTHEST:
        raise FormulaError("box_far", value=value)
    sides = (x0, x1), (y0, y1)
    for low, high in sides:
        if low >= high:
            raise FormulaError("box_order", value=f"{low:g}, {high:g}")
        if high - low < max(NARROWEST, FINEST * abs(low + high) / 2):
            raise FormulaError("box_narrow", value=f"{low:g}, {high:g}")
    short, long = sorted((x1 - x0, y1 - y0))
    if long > MOST_STRETCHED * short * (1 + 1e-9):  # four times 0.1 is four times as long
        raise FormulaError("box_stretched", value=value)
    return sides


def flat(box: Box) -> Sequence[float]:
    """Return x0, x1, y0, y1 of `box`; nothing that `read_box` would take if it is no box."""
    try:
        (x0, x1), (y0, y1) = box
    except (TypeError, ValueError):
        return ()
    return x0, x1, y0, y1
