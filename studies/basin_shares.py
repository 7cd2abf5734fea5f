"""How many runs end in the basin of one minimum, by learning rate."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from catalog import Settings
from descent import Run
from descent.ensembles import Starts, outside
from landscapes.find import find
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from studies.basins_of_attraction import basins, parts_of_basins
from studies.endings import Endings, endings_of
from studies.equal_cost import evaluations_of
from studies.minima import minima_of
from studies.parts import Part, sweep_parts
from studies.rate_sweep import Sweep, sweep

RATES = 13
DECADE = 1.0
"""How far the rates reach to either side of the run's own, in powers of ten."""


def sweeps_around(run: Run, seeds: int, starts: Starts) -> tuple[Sweep, ...]:
    """Return `run` at rates around its own, `seeds` times each: in two sweeps, which have so many members.

    Rates stay within the range of the method's knob. Raises what `Sweep` raises.
    """
    knob = OPTIMIZERS[run.optimizer].knobs[0]
    powers = np.log10(float(run.knobs[RATE])) + np.linspace(-DECADE, DECADE, RATES)
    rates = sorted({float(rate) for rate in np.clip(10**powers, knob.low, knob.high)})
    plain = replace(run, knobs=Settings({**run.knobs, RATE: knob.default}))
    halves = tuple(rates[::2]), tuple(rates[1::2])
    return tuple(Sweep(plain, half, seeds, starts, evaluations_of(plain)) for half in halves if half)


def count_in_basin(questions: Sequence[Sweep], target: int) -> dict[float, int]:
    """Return how many runs of each rate, in rising order, end in the basin of the minimum `target`."""
    counts = {
        rate: int((endings == target).sum())
        for question in questions
        for rate, endings in zip(question.rates, _endings(question), strict=True)
    }
    return dict(sorted(counts.items()))


def count_in_basin_parts(questions: Sequence[Sweep]) -> list[Part]:
    """Return the parts in which `count_in_basin` is found when the minima are there."""
    return [part for question in questions for part in (*sweep_parts(question), *_ending_parts(question))]


def _endings(question: Sweep) -> Endings:
    """Return where the runs of each rate have ended (R, seeds)."""
    landscape, knobs = (
        find(question.run.landscape, question.run.landscape_knobs),
        question.run.landscape_knobs,
    )
    found = sweep(question)
    points = found.points.reshape(-1, 2)
    inside = basins(landscape, knobs, points, [m.point for m in minima_of(landscape, knobs)])
    endings = endings_of(inside, outside(points, landscape.box), np.isinf(found.final).ravel())
    return endings.reshape(found.final.shape)


def _ending_parts(question: Sweep) -> list[Part]:
    """Return the parts in which `_endings` is found when runs and minima are there."""
    landscape, knobs = (
        find(question.run.landscape, question.run.landscape_knobs),
        question.run.landscape_knobs,
    )

    def part(which: slice) -> object:
        points = sweep(question).points.reshape(-1, 2)[which]
        return basins(landscape, knobs, points, [m.point for m in minima_of(landscape, knobs)])

    count = question.seeds * len(question.rates)
    return [partial(part, which) for which in parts_of_basins(landscape, count)]
