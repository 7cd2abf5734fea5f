"""From questions to answers."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from catalog.kept import Kept
from catalog.settings import split
from descent.ending import ending
from descent.noise import standard_noise
from descent.program import (
    ARRIVAL,
    GRADIENT,
    LOSS,
    POINT,
    RATE,
    SEEN,
    SILENCE,
    UPDATE,
    G,
    M,
    Traced,
    program,
)
from descent.remaining import remaining
from descent.run import Run
from descent.trajectory import Floats, Trajectory
from landscapes import Landscape
from landscapes.formula import find
from optimizers import OPTIMIZERS, SCHEDULES

_TRAJECTORIES: Kept[Trajectory] = Kept(512)


def descend(run: Run) -> Trajectory:
    """Return what happens in `run`; equal runs share one answer, computed once.

    Raises KeyError for an id that is on no shelf, and ValueError for knobs that a method, surface or
    schedule does not have or accept and for a start where the loss or its gradient is not finite.
    Whatever happens after a good start is no error: see `Trajectory.ending`.
    """
    return _TRAJECTORIES.get(run, lambda: _descend(run))


def race(runs: Iterable[Run]) -> tuple[Trajectory, ...]:
    """Return the trajectory of every run, in their order. Raises what `descend` raises."""
    return tuple(map(descend, runs))


def _descend(run: Run) -> Trajectory:
    entries = find(run.landscape), OPTIMIZERS[run.optimizer], SCHEDULES[run.schedule]
    given = run.landscape_knobs, run.knobs, run.schedule_knobs
    settings = [entry.settings(knobs) for entry, knobs in zip(entries, given, strict=True)]
    parts = [split(entry.knobs, values) for entry, values in zip(entries, settings, strict=True)]
    numbers, choices = zip(*parts, strict=True)
    noise = standard_noise(run.seed) if run.sigma else SILENCE
    rows, count = program(*entries, choices)(Traced.of(run.start, numbers, run.sigma, noise, run.steps))
    return _trajectory(run, entries[0], settings[0], np.asarray(rows)[: int(count)])


def _trajectory(run: Run, landscape: Landscape, knobs: Mapping[str, Any], rows: Floats) -> Trajectory:
    """Return `rows` (T+1 or T+2, 14), of which at most the last is not finite, as a Trajectory."""
    last = len(rows) - 1 if np.isfinite(rows[-1, ARRIVAL]).all() else len(rows) - 2
    if last < 0:
        raise ValueError(
            f"Expected a start where the loss of {run.landscape!r} and its gradient are finite,"
            f" got {run.start}; start somewhere else."
        )

    def column(index: slice | int, first: int, end: int) -> Floats:
        values = rows[first:end, index].copy()
        values.setflags(write=False)
        return values

    points, gradients = column(POINT, 0, last + 1), column(GRADIENT, 0, last + 1)
    to_go = remaining(landscape, knobs, points[-1], gradients[-1])
    return Trajectory(
        points=points,
        losses=column(LOSS, 0, last + 1),
        gradients=gradients,
        seen=column(SEEN, 0, last),
        rates=column(RATE, 0, last),
        M=column(M, 0, last),
        G=column(G, 0, last),
        updates=column(UPDATE, 1, last + 1),
        ending=ending(points, run.steps, landscape.box, to_go),
    )
