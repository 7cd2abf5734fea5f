"""Where the gradient of a surface vanishes, of what kind these points are, and whether they are all.

By the theorem of Poincaré and Hopf the indices of the critical points in a box add up to the winding
number of the gradient along its edge (Milnor 1965, Topology from the Differentiable Viewpoint, §6).
So a search can tell that it missed something, and then says so. Points that it missed may cancel, and
where there are thousands some sum is bound to fit by chance: so it also asks how many of the points
were found by one search alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from catalog.cache import MB, SingleFlightCache
from catalog.patience import NotYet
from curvature.classify import classify, is_flat, is_level, split_by_regularity
from curvature.critical_point import CriticalCurve, CriticalPoint, CriticalPoints
from curvature.curves import STEP, clear_of, follow, on_a_curve
from curvature.field import Field, Local
from curvature.merging import distinct, unseen, without_chains
from curvature.newton import QUIET, grid, inside, join, polish, search, steps
from curvature.winding import edge, winding_number
from curvature.work import Paused, Work
from landscapes import Landscape

CELLS, MORE_CELLS = 48, 96
REACH = 4.0
"""How far one step may lead, in cells of the grid."""
APART = 1e-6
"""Points closer than about this part of the diagonal are one point."""
SAME = 1e-4
"""Searches that end closer than about this are counted as ending at one point."""
EDGE_SAMPLES = 2048
# Where the Hessian is singular, steps shrink by a constant factor only.
MANY_STEPS = 40
# So many degenerate points in a row, each so near to the next (in diagonals), are a valley that is
# level only as far as numbers can tell: its points are not listed one by one.
CHAIN, LINK = 5, 0.04

_ANSWERS: SingleFlightCache[CriticalPoints] = SingleFlightCache(12 * MB)
_SEARCHES: SingleFlightCache[Paused[CriticalPoints]] = SingleFlightCache(16 * MB, size=lambda _: MB)
"""Searches that have not come to an end; each holds some thousands of points, of which it says nothing."""


def critical_points(landscape: Landscape, knobs: Mapping[str, Any] = {}) -> CriticalPoints:
    """Return the critical points of `landscape` in its box; equal questions share one answer.

    Found by Newton's method from a grid of starts, in float64; where they may not be all, once more
    from a finer grid. Total: a surface may be undefined in part of the box, flat, linear or
    without end of critical points; then fewer points are found, or none, and `complete` says so.
    Raises ValueError for knobs that the landscape does not have or accept.
    """
    return _answer(Field.of(landscape, knobs))


def search_critical_points(landscape: Landscape, knobs: Mapping[str, Any], seconds: float) -> bool:
    """Return whether `critical_points` has its answer, after searching on for about so many `seconds`."""
    field = Field.of(landscape, knobs)
    if _ANSWERS.peek(field) is None and not _go_on(field, seconds):
        return False
    _answer(field)
    return True


def _answer(field: Field) -> CriticalPoints:
    return _ANSWERS.get(field, lambda: _finished(field))


def _finished(field: Field) -> CriticalPoints:
    """Return the answer of the search in `field`, which need not be kept any more."""
    _go_on(field, np.inf)
    answer = _search(field).answer
    _SEARCHES.forget(field)
    return answer


def _go_on(field: Field, seconds: float) -> bool:
    """Return whether the search in `field` has its answer, after about so many `seconds`."""
    try:
        return _search(field).go_on(seconds)
    except NotYet:
        _SEARCHES.forget(field)  # whoever can wait for its program begins anew
        raise


def _search(field: Field) -> Paused[CriticalPoints]:
    """Return the search in `field`, as far as it has come."""
    return _SEARCHES.get(field, lambda: Paused(_work(field)))


def find_critical_points(field: Field) -> CriticalPoints:
    """Return the critical points of `field`, computed anew; see `critical_points`."""
    return Paused(_work(field)).answer


def _work(field: Field) -> Work[CriticalPoints]:
    winding = winding_number(field.gradients, edge(field.landscape.box), EDGE_SAMPLES)
    answer = yield from _find(field, winding, CELLS)
    if not (answer.complete or winding is None or answer.flat or answer.curves):
        answer = yield from _find(field, winding, MORE_CELLS)
    return answer


def reach(field: Field, cells: int) -> float:
    """Return how far one step of a search from so many cells may lead."""
    return REACH * float(np.ptp(field.landscape.box, axis=1).max()) / cells


def _find(field: Field, winding: int | None, cells: int) -> Work[CriticalPoints]:
    """Return, after pauses, what is found from a grid of `cells` × `cells` starts."""
    known = field.landscape.minima(**field.knobs) or ()
    starts = np.concatenate([grid(field, cells), np.reshape(known, (-1, 2))])
    here = yield from search(field, starts, reach(field, cells))
    zero = is_flat(field, here)
    flat, here = bool(zero.any()), here.take(~zero)
    level = is_level(here)
    lines, here = here.take(level), here.take(~level)
    arrivals = here.points
    polished = yield from polish(field, _merged(field, here), QUIET)
    yield
    merged = _merged(field, polished)
    yield
    regular, singular = split_by_regularity(field, merged)
    yield
    if len(singular.points):
        regular, singular = yield from _settled(field, regular, singular)
    points = yield from classify(field, regular, singular, known)
    curves: tuple[CriticalCurve, ...] = ()
    all_followed = all_alone = True
    blind = any(point.index is None for point in points) or (winding is None and not flat)
    if len(lines.points) or blind:
        # Towards a crossing of two curves Newton's method misses both; across them it does not.
        across = yield from search(field, starts, reach(field, cells), across=True)
        seeds = _merged(field, join([lines, across.take(is_level(across))]), STEP / 4)
        curves, all_followed = yield from follow(field, seeds.points[on_a_curve(field, seeds)])
        lone = join([singular, _merged(field, lines, STEP / 4)])
        clear = yield from clear_of(curves, field, lone)
        regular, singular = yield from _settled(field, regular, clear)
        alone = without_chains(singular.points, LINK * field.diagonal, CHAIN)
        all_alone = len(alone) == len(singular.points)
        left = yield from clear_of(curves, field, singular.take(alone))
        points = yield from classify(field, regular, left, known)
    yield
    seen = unseen(arrivals, SAME * field.diagonal) < 0.5
    complete = seen and all_followed and all_alone and not flat and adds_up(points, curves, winding)
    return CriticalPoints(points, curves, flat, winding, complete)


def _settled(field: Field, regular: Local, singular: Local) -> Work[tuple[Local, Local]]:
    """Return both, after more steps for the singular ones; some of them turn out to be regular."""
    polished = yield from polish(field, singular, 0.0, MANY_STEPS)
    moved = inside(field, _merged(field, polished))
    moved = moved.take(np.hypot(*steps(moved, np.inf, 0.0).T) <= APART * field.diagonal)
    more, singular = split_by_regularity(field, moved)
    return _merged(field, join([regular, more])), singular


def adds_up(
    points: tuple[CriticalPoint, ...], curves: tuple[CriticalCurve, ...], winding: int | None
) -> bool:
    """Return whether all indices are known and their sum is `winding`."""
    indices = [each.index for each in (*points, *curves)]
    return winding is not None and None not in indices and sum(i for i in indices if i is not None) == winding


def _merged(field: Field, here: Local, apart: float = APART) -> Local:
    """Return one of each cluster: the one with the least gradient."""
    ordered = here.take(np.argsort(np.hypot(*here.gradients.T), kind="stable"))
    return ordered.take(distinct(ordered.points, apart * field.diagonal))
