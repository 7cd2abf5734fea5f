"""Where a surface is lowest, as far as anybody knows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from curvature import critical_points, search_critical_points
from landscapes import Landscape, Point
from landscapes.known import least_loss
from landscapes.penalty import L2
from landscapes.terrain import sample
from studies.parts import Part, critical_point_parts

SAME = 1e-9  # of the range of losses; two minima that differ by less are equally low


class GlobalMinima(NamedTuple):
    """The global minimisers and their loss; () and None where there are none or none are known."""

    points: tuple[Point, ...]
    loss: float | None


_GLOBAL_MINIMA: SingleFlightCache[GlobalMinima] = SingleFlightCache(4 * MB)


def global_minima(landscape: Landscape, knobs: Mapping[str, Any]) -> GlobalMinima:
    """Return the global minimisers and the least loss.

    For a surface of the shelf they are the published ones. For a formula, and for a surface that
    carries a penalty, they are the lowest minima that were found in its box, if nothing that was sampled
    there is lower. Raises ValueError for knobs that `landscape` does not have.
    """
    settings = Settings(landscape.settings(knobs))
    if not _is_searched(landscape, settings):
        return GlobalMinima(landscape.minima(**settings) or (), least_loss(landscape, settings))
    return _GLOBAL_MINIMA.get((landscape, settings), lambda: _found(landscape, settings))


def is_known_soon(landscape: Landscape, knobs: Mapping[str, Any], seconds: float) -> bool:
    """Return whether `global_minima` has its answer, after searching on for about so many `seconds`."""
    return not _is_searched(landscape, knobs) or search_critical_points(landscape, knobs, seconds)


def global_minima_parts(landscape: Landscape, knobs: Mapping[str, Any]) -> list[Part]:
    """Return the parts in which `global_minima` finds its answer."""
    if not _is_searched(landscape, knobs):
        return []
    return [*critical_point_parts(landscape, knobs), lambda: global_minima(landscape, knobs)]


def _is_searched(landscape: Landscape, knobs: Mapping[str, Any]) -> bool:
    """Return whether the minima must be searched for."""
    settings = landscape.settings(knobs)
    unknown = landscape.family in ("typed", "networks")
    return not landscape.minima(**settings) and (unknown or bool(settings.get(L2.id)))


def _found(landscape: Landscape, knobs: Mapping[str, Any]) -> GlobalMinima:
    """Return the lowest critical points that are minima, if the box holds nothing lower."""
    minima = [p for p in critical_points(landscape, knobs).points if p.kind == "minimum"]
    losses = sample(landscape, knobs).loss
    losses = losses[(abs(losses) < float("inf"))]
    if not minima or not losses.size:
        return GlobalMinima((), None)
    least = min(p.loss for p in minima)
    same = SAME * max(float(losses.max()) - least, 0.0)
    if losses.min() < least - same:
        return GlobalMinima((), None)
    return GlobalMinima(tuple(p.point for p in minima if p.loss <= least + same), least)
