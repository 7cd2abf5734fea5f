"""How a run ended, judged from its path and from what is around its last point."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from descent.oscillation import cycling_since, growing_since
from descent.since import apart, since
from descent.stationary import Rest
from descent.trajectory import Ending, Kind
from landscapes import Box
from landscapes.arrays import Floats

FAR = 1e4
NEAR = 1e-4
QUIET = 5
LONGER = 10
DECAYED = 1e-2


@dataclass(frozen=True)
class Surroundings:
    """What a path alone does not tell. Each is a question, as most runs need few of the answers.

    - `remaining()`: how far it is to the bottom of the quadratic model at the last point.
    - `rest(tolerance)`: how far it is to a critical point, and of which kind that is.
    - `stands(reach)`: whether the run, continued at its last learning rate until it is LONGER times as
      long, stays within `reach` of the last point.
    - `surely_stays(settled)`: whether that is known of a run that has been at rest at a minimum since step
      `settled`, so that it need not be continued.
    - `floor()`: the least loss on the map.
    """

    remaining: Callable[[], float]
    rest: Callable[[float], Rest]
    stands: Callable[[float], bool]
    surely_stays: Callable[[int], bool]
    floor: Callable[[], float]


def ending(
    points: Floats, losses: Floats, rates: Floats, steps: int, box: Box, around: Surroundings
) -> Ending:
    """Return how the run through `points` (T+1, 2) with `losses` (T+1,) and `rates` (T,) ended.

    `steps`: how many were asked for. Lengths are compared with the diagonal of `box`, so that no verdict
    depends on the units of a surface. The first of these that fits:

    - `below_the_map`: it left the box downwards, as on a loss without floor: outside, and lower than
      anything on the map. Step: since when.
    - `diverged`: it has fewer than `steps` steps, because the next number was not finite, or is
      10,000 diagonals from the centre. Step: since when it is that far, or else the last.
    - `growing`: it jumps to and fro, further each time; see `growing_since`.
    - `cycling`: it walks through the same points again and again; see `cycling_since`.
    - `left_the_box`: the last point is outside. Step: the first of those that stayed outside.
    - It settled: at least the last five moves (or fewer, if nothing moves at all) stay within 1/10,000
      of where it ended. Step: since when. Then it depends on where that is:

      - `converged`: at a minimum. The bottom of the quadratic model there is as near, and the run
        still stands there (within twice that length) after ten times as many steps: the effective
        steps of a method that divides by past gradients may grow again when these have died away.
      - `at_a_saddle`, `at_a_maximum`, `at_a_critical_point` (one where the Hessian is singular, and that
        is no minimum): exactly there, or so near that it still stands there.
      - `rate_decayed`, `stalled`: elsewhere, and it still stands there, short of the bottom, after ten
        times as many steps. The last learning rates are at most 1/100 of the largest one, or something
        else is the reason: a plateau, or a method that has shortened its steps.
    - `spent`: its steps were used up before any of these. Step: the last.
    """
    low, high = np.transpose(box)
    diagonal = np.hypot(*(high - low))
    last = len(points) - 1
    outside = ((points < low) | (points > high)).any(axis=1)
    if outside[-1] and losses[-1] < (floor := around.floor()):
        return Ending("below_the_map", since(outside & (losses < floor)))
    far = apart(points, (low + high) / 2) > FAR * diagonal
    if last < steps or far[-1]:
        return Ending("diverged", min(since(far), last))
    if (step := growing_since(points, NEAR * diagonal)) is not None:
        return Ending("growing", step)
    if (step := cycling_since(points, NEAR * diagonal)) is not None:
        return Ending("cycling", step)
    if outside[-1]:
        return Ending("left_the_box", since(outside))
    away = apart(points, points[-1])
    settled = since(away <= NEAR * diagonal)
    moves = last - settled
    quiet = moves >= QUIET or (moves > 0 and not away[settled:].any())
    kind = _settled(rates, NEAR * diagonal, settled, around) if quiet else None
    return Ending("spent", last) if kind is None else Ending(kind, settled)


def _settled(rates: Floats, tolerance: float, settled: int, around: Surroundings) -> Kind | None:
    """Return how a run that has settled ended; None where that did not last."""
    where = around.rest(tolerance)
    remaining = around.remaining()
    if remaining <= tolerance:
        if where.kind == "minimum":
            stays = around.surely_stays(settled) or around.stands(2 * tolerance)
            return "converged" if stays else None
        return CRITICAL[where.kind]
    # What is nearer than that it may reach yet although it strays no further.
    if remaining <= 3 * tolerance or not around.stands(2 * tolerance):
        return None
    if where.kind in CRITICAL and where.away <= tolerance:
        return CRITICAL[where.kind]
    return "rate_decayed" if (rates[-QUIET:] <= DECAYED * rates.max()).all() else "stalled"


CRITICAL: dict[str, Kind] = {
    "saddle": "at_a_saddle",
    "maximum": "at_a_maximum",
    "degenerate": "at_a_critical_point",
}
