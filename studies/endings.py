"""Where many runs end: in which basin of attraction, or in none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent.ensembles import Ensemble, ensemble
from landscapes import Landscape
from landscapes.find import find
from studies.basins_of_attraction import basins, parts_of_basins
from studies.minima import Minimum, minima_of
from studies.parts import Part

REACHED = 0.02
"""A run has reached a minimum that is no further away than this part of the diagonal."""

NOWHERE = {"elsewhere": -1, "outside": -2, "diverged": -3}
"""Where a run may be that is in no basin, and how `Endings` say so."""

Endings = NDArray[np.int64]
"""For each run the index of the minimum in whose basin it ended, or a number of NOWHERE."""


@dataclass(frozen=True)
class EndingCounts:
    """How many of `total` runs ended where.

    `by_minimum` (m,): in the basin of each minimum; `in_global` and `in_others`: in those of the global
    minima, and of the others; `nowhere`: by the names of NOWHERE.
    """

    total: int
    by_minimum: NDArray[np.int64]
    in_global: int
    in_others: int
    nowhere: dict[str, int]


def ensemble_endings(question: Ensemble) -> Endings:
    """Return where the members have ended (n,). Raises what `ensemble` raises."""
    paths, landscape, knobs = ensemble(question), _landscape(question), question.run.landscape_knobs
    minima = minima_of(landscape, knobs)
    inside = basins(landscape, knobs, paths.points[-1], [m.point for m in minima])
    return endings_of(inside, paths.outside, paths.diverged)


def ensemble_ending_parts(question: Ensemble) -> list[Part]:
    """Return the parts in which `ensemble_endings` is found when members and minima are there."""
    landscape, knobs = _landscape(question), question.run.landscape_knobs

    def part(members: slice) -> object:
        minima = minima_of(landscape, knobs)
        return basins(landscape, knobs, ensemble(question).points[-1, members], [m.point for m in minima])

    return [partial(part, members) for members in parts_of_basins(landscape, question.count)]


def endings_of(inside: Endings, outside: Any, diverged: Any) -> Endings:
    """Return endings (n,) of runs in the basins `inside`, unless they are `outside` the box or diverged."""
    return np.where(diverged, NOWHERE["diverged"], np.where(outside, NOWHERE["outside"], inside))


def count_endings(endings: Endings, minima: Sequence[Minimum]) -> EndingCounts:
    """Return how many of `endings` (n,) there are in the basins of `minima`, and in none."""
    by_minimum = np.bincount(endings[endings >= 0], minlength=len(minima))
    in_global = int(by_minimum[_global(minima)].sum())
    nowhere = {name: int((endings == code).sum()) for name, code in NOWHERE.items()}
    return EndingCounts(len(endings), by_minimum, in_global, int(by_minimum.sum()) - in_global, nowhere)


def count_arrived(question: Ensemble) -> int:
    """Return how many members end in the basin of a global minimum and near it."""
    landscape = _landscape(question)
    endings, minima = ensemble_endings(question), minima_of(landscape, question.run.landscape_knobs)
    last = ensemble(question).points[-1]
    near = REACHED * float(np.hypot(*np.ptp(landscape.box, axis=1)))
    reached = np.zeros(len(endings), bool)
    for index in _global(minima):
        away = np.hypot(*(last - minima[index].point).T)
        reached |= (endings == index) & (away <= near)
    return int(reached.sum())


def _landscape(question: Ensemble) -> Landscape:
    return find(question.run.landscape, question.run.landscape_knobs)


def _global(minima: Sequence[Minimum]) -> list[int]:
    return [index for index, minimum in enumerate(minima) if minimum.is_global]
