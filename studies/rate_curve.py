"""The loss that many runs end with, learning rate by learning rate, beside the one that is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from catalog import Settings
from descent import Run
from descent.ensembles import Starts
from descent.trajectory import Floats
from landscapes import Landscape
from landscapes.terrain import sample
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from studies.equal_cost import evaluations_of
from studies.intervals import median_ranks
from studies.parts import Part, sweep_parts
from studies.rate_sweep import RATES, Best, Sweep, best_rate, sweep

ARRIVED = 1e-12
"""Part of the drop from a typical loss of the box to the least one; below it losses count as equal."""
ROOM = 30.0
"""A logarithmic axis ends at so many times that drop, a linear one at half of the box's range beyond it."""


class RateSweeps(NamedTuple):
    """A run at all rates, and at its own rate where that is none of them."""

    every: Sweep
    alone: Sweep | None
    present: float  # the rate of the run


class Interval(NamedTuple):
    """A median and the ends of its interval of 95 %."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class RateCurve:
    """What runs end with, in losses above the least one where that is known; inf where they diverge.

    `median`, `low`, `high` (R,): of all runs of a rate; `best`: the best rate, its median inf where no rate
    does; `present`: at the run's own rate; `floor`, `top`: where the axis of losses begins and ends.
    """

    steps: int
    median: Floats
    low: Floats
    high: Floats
    best: Best
    present: Interval
    floor: float
    top: float


def sweeps_over_rates(run: Run, seeds: int, starts: Starts) -> RateSweeps:
    """Return the sweeps of `run` over the RATES that its method's knob has, `seeds` times each.

    Its own rate is no part of the first one, so that turning it asks nothing anew.
    """
    knob = OPTIMIZERS[run.optimizer].knobs[0]
    rates = tuple(rate for rate in RATES if knob.low <= rate <= knob.high)
    plain = replace(run, knobs=Settings({**run.knobs, RATE: knob.default}))
    at = partial(Sweep, plain, seeds=seeds, starts=starts, evaluations=evaluations_of(plain))
    every, present = at(rates), float(run.knobs[RATE])
    return RateSweeps(every, None if present in every.rates else at((present,)), present)


def loss_by_rate_parts(sweeps: RateSweeps) -> list[Part]:
    """Return the parts in which `loss_by_rate` is found."""
    return [*sweep_parts(sweeps.every), *(sweep_parts(sweeps.alone) if sweeps.alone else ())]


def loss_by_rate(
    sweeps: RateSweeps, landscape: Landscape, knobs: Mapping[str, Any], least: float | None
) -> RateCurve:
    """Return what the runs of `sweeps`, on `landscape`, end with; `least`: its least loss, if known."""
    found = sweep(sweeps.every)
    best = best_rate(found, least)
    final = sweep(sweeps.alone).final[0] if sweeps.alone else found.final[found.rates == sweeps.present][0]
    floor, top = _axis(landscape, knobs, least)
    above = partial(_above, least=least, floor=floor)
    ranked = np.sort(final)
    low, high = median_ranks(len(final))
    return RateCurve(
        found.steps,
        above(np.median(found.final, axis=1)),
        above(found.final.min(axis=1)),
        above(found.final.max(axis=1)),
        best._replace(median=float(above(best.median))),
        Interval(*map(float, above(np.array([np.median(final), ranked[low], ranked[high]])))),
        floor,
        top,
    )


def _above(losses: Any, least: float | None, floor: float) -> Any:
    """Return how far `losses` are above the least one, at least `floor`; themselves where none is known."""
    return losses if least is None else np.maximum(losses - least, floor)


def _axis(landscape: Landscape, knobs: Mapping[str, Any], least: float | None) -> tuple[float, float]:
    """Return where the axis of losses begins and ends: the same for all methods."""
    losses = sample(landscape, knobs).loss
    losses = losses[np.isfinite(losses)]
    if not losses.size:
        return (ARRIVED, 1.0) if least is not None else (0.0, 1.0)
    if least is not None:
        drop = max(float(np.median(losses)) - least, 1e-300)
        return max(ARRIVED * drop, float(np.finfo(float).tiny)), ROOM * drop
    low, high = float(losses.min()), float(losses.max())
    room = (high - low) / 2 or 1.0
    return low - room, high + room
