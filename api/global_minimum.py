"""Where a surface is lowest, as far as anybody knows."""

from api.parts import Part
from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from curvature import critical_points, search_critical_points
from landscapes import Point
from landscapes.known import least_loss
from landscapes.penalty import L2
from landscapes.terrain import sample
from scenes import Ground

SAME = 1e-9  # of the range of losses; two minima that differ by less are equally low

SECONDS = 0.2  # for which a search for critical points goes on at a time

_LOWEST: SingleFlightCache[tuple[tuple[Point, ...], float | None]] = SingleFlightCache(4 * MB)


def lowest(ground: Ground) -> tuple[tuple[Point, ...], float | None]:
    """Return the global minimisers and the least loss; () and None where there are none or none are known.

    For a surface of the shelf they are the published ones. For a formula, and for a surface that
    carries a penalty, they are the lowest minima that were found in its box, if nothing that was sampled
    there is lower.
    """
    surface, settings = ground.surface, Settings(ground.surface.settings(ground.knobs))
    if not _searched(ground):
        return surface.minima(**settings) or (), least_loss(surface, settings)
    return _LOWEST.get((surface, settings), lambda: _found(ground))


def is_known_soon(ground: Ground, seconds: float) -> bool:
    """Return whether `lowest` has its answer, after searching on for about so many `seconds`."""
    return not _searched(ground) or search_critical_points(ground.surface, ground.knobs, seconds)


def _searched(ground: Ground) -> bool:
    """Return whether the minima of `ground` must be searched for."""
    surface, settings = ground.surface, ground.surface.settings(ground.knobs)
    return not surface.minima(**settings) and (surface.family == "typed" or bool(settings[L2.id]))


def lowest_parts(ground: Ground) -> list[Part]:
    """Return the parts in which `lowest` is found."""
    return [*critical_parts(ground), lambda: lowest(ground)] if _searched(ground) else []


def critical_parts(ground: Ground) -> list[Part]:
    """Return the parts in which the critical points are found."""
    surface, knobs = ground.surface, ground.knobs
    return [lambda: search_critical_points(surface, knobs, SECONDS)]


def _found(ground: Ground) -> tuple[tuple[Point, ...], float | None]:
    """Return the lowest critical points that are minima, if the box holds nothing lower."""
    minima = [p for p in critical_points(ground.surface, ground.knobs).points if p.kind == "minimum"]
    losses = sample(ground.surface, ground.knobs).loss
    losses = losses[(abs(losses) < float("inf"))]
    if not minima or not losses.size:
        return (), None
    least = min(p.loss for p in minima)
    same = SAME * max(float(losses.max()) - least, 0.0)
    if losses.min() < least - same:
        return (), None
    return tuple(p.point for p in minima if p.loss <= least + same), least
