"""Long questions cut into parts, so that nobody holds the machine for longer than a moment."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from curvature import search_critical_points
from descent.ensembles import Ensemble, ensemble_part, parts_of_ensemble
from landscapes import Landscape
from studies.rate_sweep import Sweep, parts_of_sweep, sweep_part

Part = Callable[[], object]
"""Makes one part, about a quarter of a second of work, or finds it made; False: there is more of it to do."""

SECONDS = 0.2  # for which a search for critical points goes on at a time


def critical_point_parts(landscape: Landscape, knobs: Mapping[str, Any]) -> list[Part]:
    """Return the parts in which `critical_points` finds its answer."""
    return [lambda: search_critical_points(landscape, knobs, SECONDS)]


def ensemble_parts(question: Ensemble) -> list[Part]:
    """Return the parts in which `ensemble` runs its members. Raises what `parts_of_ensemble` raises."""
    return [partial(ensemble_part, question, members) for members in parts_of_ensemble(question)]


def sweep_parts(question: Sweep) -> list[Part]:
    """Return the parts in which `sweep` runs its rates and seeds. Raises what `parts_of_sweep` raises."""
    return [partial(sweep_part, question, runs) for runs in parts_of_sweep(question)]
