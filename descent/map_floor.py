"""The lowest loss on the map."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from landscapes import Landscape
from landscapes.terrain import sample

_FLOORS: SingleFlightCache[float] = SingleFlightCache(4 * MB)


def map_floor(landscape: Landscape, knobs: Mapping[str, Any]) -> float:
    """Return the least loss that is sampled in the box of `landscape`; −inf where none is finite.

    Then nothing is known to be lower.
    """
    return _FLOORS.get((landscape, Settings(knobs)), lambda: _floor(landscape, knobs))


def _floor(landscape: Landscape, knobs: Mapping[str, Any]) -> float:
    losses = sample(landscape, knobs).loss
    return (
        float(losses.min(initial=np.inf, where=np.isfinite(losses))) if np.isfinite(losses).any() else -np.inf
    )
