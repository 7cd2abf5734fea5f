"""From questions to answers."""

from collections.abc import Iterable

import numpy as np

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from descent.ending import LONGER, Surroundings, ending
from descent.linear_stability import surely_stays
from descent.map_floor import map_floor
from descent.program import (
    ARRIVAL,
    ESTIMATE,
    GRADIENT,
    LOSS,
    POINT,
    RATE,
    SEEN,
    UPDATE,
    G,
    M,
    Program,
    Traced,
    parameters,
    program,
    silence,
)
from descent.randomness import batch_weights, by_chance, draws_batches, standard_noise
from descent.remaining import ready_for_hessians, remaining
from descent.run import MOST_STEPS, Run
from descent.stationary import rest
from descent.step import StepNoise, StepParameters
from descent.trajectory import Trajectory
from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.find import find
from landscapes.terrain import ready_to_sample
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.schedules import shares

_SHARES: SingleFlightCache[Floats] = SingleFlightCache(4 * MB)
QUESTION = 4096
"""About how many bytes a Run takes: to add them up for each would take longer than many a race."""

_TRAJECTORIES: SingleFlightCache[Trajectory] = SingleFlightCache(
    24 * MB, size=lambda pair: pair[1].nbytes + QUESTION
)


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


def parameters_of(run: Run, landscape: Landscape) -> StepParameters:
    """Return what is the same at every step of `run` on `landscape`; ValueError for knobs that are wrong."""
    return parameters(
        landscape,
        run.landscape_knobs,
        OPTIMIZERS[run.optimizer].settings(run.knobs),
        decoupled=run.decoupled,
        clip_value=run.clip_at if run.clip == "value" else np.inf,
        clip_norm=run.clip_at if run.clip == "norm" else np.inf,
        noise_scale=run.sigma / np.sqrt(run.batch),
    )


def shares_of(run: Run) -> Floats:
    """Return the share of the peak learning rate at steps 0 … MOST_STEPS of `run`."""
    return _shares(run.schedule, run.steps, run.warmup, Settings(run.schedule_knobs))


def _shares(schedule: str, steps: int, warmup: int, knobs: Settings) -> Floats:
    return _SHARES.get(
        (schedule, steps, warmup, knobs),
        lambda: shares(SCHEDULES[schedule], steps, MOST_STEPS + 1, warmup, knobs),
    )


def randomness_of(run: Run, landscape: Landscape) -> StepNoise:
    """Return what chance brings to `run`, step by step."""
    randomness = silence(landscape)
    if run.sigma:
        randomness = randomness._replace(noise=standard_noise(run.seed, run.stream))
    if (examples := landscape.examples) and draws_batches(run, landscape):
        size = min(run.batch, examples.count)
        randomness = randomness._replace(
            weights=batch_weights(
                run.seed, run.stream, examples.count, size, run.replacement, examples.places
            )
        )
    return randomness


def _descend(run: Run) -> Trajectory:
    landscape, optimizer = find(run.landscape, run.landscape_knobs), OPTIMIZERS[run.optimizer]
    fixed = parameters_of(run, landscape)
    given = Traced(
        start=np.array(run.start, np.float64),
        parameters=fixed,
        rates=fixed.method["learning_rate"] * shares_of(run),
        randomness=randomness_of(run, landscape),
        steps=np.int32(run.steps),
        watched=np.int32(run.steps),
        rest=np.zeros(2),
        near=np.float64(np.inf),
    )
    descent = program(landscape, optimizer)
    # What only some endings ask for: turning a knob must compile nothing.
    ready_for_hessians(landscape, run.landscape_knobs, given.start)
    ready_to_sample(landscape, run.landscape_knobs)
    rows, count = descent(given)
    return _trajectory(run, landscape, descent, given, np.asarray(rows)[: int(count)])


def _stands(descent: Program, given: Traced, point: Floats, reach: float) -> bool:
    """Return whether the run, LONGER times as long, stays within `reach` of its last `point` (2,).

    From its last step on its learning rate stays what it was.
    """
    last, steps = int(given.steps), LONGER * int(given.steps)
    rates = np.where(np.arange(MOST_STEPS + 1) < last, given.rates, given.rates[last - 1])
    longer = given._replace(rates=rates, steps=np.int32(steps), rest=point.copy(), near=np.float64(reach))
    rows, count = descent(longer)
    row = np.asarray(rows)[min(steps, MOST_STEPS), POINT]
    return int(count) == steps + 1 and bool(np.hypot(*(row - point)) <= reach)


def _trajectory(run: Run, landscape: Landscape, descent: Program, given: Traced, rows: Floats) -> Trajectory:
    """Return `rows` (T+1 or T+2, 16), of which at most the last is not finite, as a Trajectory."""
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

    points, losses, gradients = (column(index, 0, last + 1) for index in (POINT, LOSS, GRADIENT))
    rates = column(RATE, 0, last)
    knobs = landscape.settings(run.landscape_knobs)
    there = landscape, knobs, points[-1], gradients[-1]
    around = Surroundings(
        remaining=lambda: remaining(*there),
        rest=lambda tolerance: rest(*there, tolerance),
        stands=lambda reach: _stands(descent, given, points[-1], reach),
        surely_stays=lambda settled: surely_stays(
            run, landscape, knobs, by_chance(run, landscape), points, settled
        ),
        floor=lambda: map_floor(landscape, knobs),
    )
    return Trajectory(
        points=points,
        losses=losses,
        gradients=gradients,
        estimates=column(ESTIMATE, 0, last),
        seen=column(SEEN, 0, last),
        rates=rates,
        M=column(M, 0, last),
        G=column(G, 0, last),
        updates=column(UPDATE, 1, last + 1),
        ending=ending(points, losses, rates, run.steps, landscape.box, around),
    )
