"""Many runs of one kind at once: other noise, other mini-batches, other starts."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Semaphore
from typing import Literal

import jax
import numpy as np
from jax import Array
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from descent.batches import batches_of
from descent.ending import FAR
from descent.ensemble_program import SPAN, Drawn, Shared, ensemble_program, gathered, no_noise, noise_from
from descent.race import parameters_of, shares_of
from descent.randomness import STARTS, Batching, draws_batches
from descent.run import MOST_STEPS, Run
from descent.work import PART, chance_work, side_by_side, work
from landscapes import Box, Landscape
from landscapes.arrays import Floats
from landscapes.find import find
from landscapes.programs import CompiledByShape
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE

MOST_MEMBERS = 5000
MOST_SEEN = 2**20  # of members times frames: such an answer takes 24 MB
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)

PLACES = 1000  # starts that are drawn in one call: other numbers of them compile nothing

Starts = Literal["same", "box"]
"""Whether members start where their run does, or each from a place of its own, uniformly in the box."""

_ENSEMBLES: SingleFlightCache["EnsemblePaths"] = SingleFlightCache(36 * MB, only_long_work=True)
_PARTS: SingleFlightCache["BatchPaths"] = SingleFlightCache(70 * MB, only_long_work=True)
"""Parts of questions that are not answered yet. One question has 25 MB of them at most."""
_TURN = Semaphore(1)
"""One question about many runs at a time: the rest of the machine stays with everybody else."""

# XLA lets go of the interpreter while it computes, so that threads run side by side. One core stays with
# those who turn knobs: with both of two, whoever asks for much makes everybody wait.
_THREADS = ThreadPoolExecutor(min(2, max(1, (os.cpu_count() or 2) - 1)), "ensemble")


@dataclass(frozen=True)
class Ensemble:
    """`count` runs like `run`. Hashable, and the key under which the answer is kept.

    - `count`: 1 to 5000. Member r has the seed (run.seed + r) mod 2**32.
    - `starts`: all from where `run` starts, or each from a place of its own, uniformly in the box; it
      comes from the member's seed, whatever the stream, so that methods are compared from equal starts.
    - `frames`: at how many steps the members are looked at, 2 to MOST_STEPS + 1: evenly spaced whole
      steps, the first and the last among them; every step, where there are no more.
    """

    run: Run
    count: int
    starts: Starts = "same"
    frames: int = 41

    def __post_init__(self) -> None:
        """Raise ValueError for a count, starts or frames other than the above, or for too many of both."""
        if not 1 <= self.count <= MOST_MEMBERS:
            raise ValueError(f"Expected an ensemble of 1 to {MOST_MEMBERS} runs, got {self.count}.")
        if self.starts not in ("same", "box"):
            raise ValueError(f"Expected starts to be same or box, got {self.starts!r}.")
        if not 2 <= self.frames <= MOST_STEPS + 1:
            raise ValueError(f"Expected 2 to {MOST_STEPS + 1} frames, got {self.frames}.")
        if self.count * len(self.looks) > MOST_SEEN:
            raise ValueError(
                f"Expected at most {MOST_SEEN} members times frames,"
                f" got {self.count} × {len(self.looks)}; ask for fewer of either."
            )

    @property
    def looks(self) -> NDArray[np.int64]:
        """Return the steps at which the members are looked at."""
        steps = self.run.steps
        return np.round(np.linspace(0, steps, min(self.frames, steps + 1))).astype(np.int64)


@dataclass(frozen=True)
class EnsemblePaths:
    """Where the members were. Arrays are read-only; the k-th of the K looks is before step `steps[k]`.

    `steps` (K,), `points` (K, count, 2), `losses` (K, count): a member that diverged stays at its last
    finite point (its loss is inf if not even its start had a finite loss and gradient). `diverged`
    (count,): a number of the next step was not finite, or the last point is further than 10,000
    diagonals from the centre of the box, as `Trajectory.ending` has it; `outside` (count,): ended outside
    the box, or diverged. `until` (count,): the last step before that, or the last of all; −1 for none.
    """

    steps: NDArray[np.int64]
    points: Floats
    losses: Floats
    diverged: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    until: NDArray[np.int64]


def ensemble(question: Ensemble) -> EnsemblePaths:
    """Return where the members of `question` were; equal questions share one answer, computed once.

    Each member is exactly the run that `descend` would make of it: the same noise, the same batches.
    Raises what `descend` raises, but for starts of its own making: a member that cannot start there
    has diverged.
    """
    return _ENSEMBLES.get(question, lambda: _ensemble(question))


def parts_of_ensemble(question: Ensemble) -> tuple[range, ...]:
    """Return the members of `question` in parts, each of which takes about a quarter of a second."""
    return parts_of(question.run, question.count, question.count)


def ensemble_part(question: Ensemble, members: range) -> "BatchPaths":
    """Return what becomes of some members of `question`, a part of it, kept until `ensemble` asks."""
    return _PARTS.get((question, members), lambda: _part(question, members))


def parts_of(run: Run, count: int, different: int) -> tuple[range, ...]:
    """Return `count` runs like `run`, with `different` seeds, in parts of equal size."""
    landscape, optimizer = find(run.landscape, run.landscape_knobs), OPTIMIZERS[run.optimizer]
    many = side_by_side(landscape, optimizer)
    drawn = 0.0
    if landscape.examples is not None:
        drawn = chance_work(landscape.examples.count, _batching(run, landscape)) * different / count
    one = (work(landscape, optimizer) + drawn) * run.steps / 1e9
    # Whole calls, as long as a part holds one.
    at_once = max(1, int(PART / one))
    size = many * max(1, at_once // many)
    return tuple(range(first, min(first + size, count)) for first in range(0, count, size))


def seeds_of(run: Run, count: int) -> NDArray[np.uint32]:
    """Return the seeds (count,) of the members of an ensemble of runs like `run`."""
    return ((run.seed + np.arange(count, dtype=np.uint64)) % 2**32).astype(np.uint32)


def starts_of(run: Run, seeds: NDArray[np.uint32], starts: Starts) -> Floats:
    """Return where members with `seeds` (n,) start: (n, 2)."""
    if starts == "same":
        return np.tile(np.array(run.start, np.float64), (len(seeds), 1))
    box = find(run.landscape, run.landscape_knobs).box
    padded = np.pad(seeds, (0, -len(seeds) % PLACES))
    chunks = (_places(chunk) for chunk in padded.reshape(-1, PLACES))
    units = np.concatenate([np.asarray(chunk) for chunk in chunks])[: len(seeds)]
    low, high = np.transpose(box)
    return low + (high - low) * units


@CompiledByShape
def _places(seeds: Array) -> Array:
    """Return a place (n, 2) in the unit square for each seed (n,)."""
    return jax.vmap(lambda seed: jax.random.uniform(jax.random.fold_in(jax.random.key(seed), STARTS), (2,)))(
        seeds
    )


@dataclass(frozen=True)
class BatchPaths:
    """What became of n runs side by side: as in EnsemblePaths."""

    points: Floats  # (K, n, 2)
    losses: Floats  # (K, n)
    diverged: NDArray[np.bool_]  # (n,)
    until: NDArray[np.int64]  # (n,)


def run_batch(
    run: Run, seeds: NDArray[np.uint32], starts: Floats, rates: Floats, looks: NDArray[np.int64]
) -> BatchPaths:
    """Return what becomes of runs like `run`, each with its own seed, start (n, 2) and learning rate (n,).

    `looks` (K,): the steps at which they are looked at, in order; the last one is `run.steps`. Raises
    ValueError where knobs are wrong and KeyError for an id that is on no shelf.
    """
    landscape, optimizer = find(run.landscape, run.landscape_knobs), OPTIMIZERS[run.optimizer]
    fixed, batching = parameters_of(run, landscape), _batching(run, landscape)
    low, high = np.transpose(landscape.box)
    shared = Shared(fixed, shares_of(run), (low + high) / 2, np.float64(FAR * np.hypot(*(high - low))))
    program = ensemble_program(landscape, optimizer, batching is not None)
    many = side_by_side(landscape, optimizer)
    examples, stream = landscape.examples, np.uint32(run.stream)
    count, places = (0, 0) if examples is None else (examples.count, examples.places)
    everything = (np.arange(places) < count).astype(np.uint8)
    full = Drawn(no_noise(many), everything, np.full(SPAN, float(max(count, 1))))

    def drawn_from(seeds: NDArray[np.uint32], at: int) -> Drawn:
        noise = noise_from(seeds, stream, np.int32(at)) if run.sigma else full.noise
        if batching is None:
            return full._replace(noise=noise)
        return Drawn(noise, *batches_of(seeds, run.stream, at, SPAN, count, batching, places))

    def chunk(first: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
        part = np.minimum(np.arange(first, first + many), len(seeds) - 1)
        members = gathered(optimizer, fixed.method, np.ascontiguousarray(starts[part].T))
        points, losses = [], []
        for at in range(0, run.steps + 1, SPAN):
            given = drawn_from(seeds[part], at), members, np.int32(at), np.int32(run.steps)
            members, seen = program(shared, rates[part], *given)
            rows = looks[(looks >= at) & (looks < at + SPAN)] - at
            points.append(np.asarray(seen.points)[rows])
            losses.append(np.asarray(seen.losses)[rows])
        until = np.asarray(members.until).astype(np.int64)
        return np.concatenate(points).transpose(0, 2, 1), np.concatenate(losses), until

    with _TURN:
        parts = list(_THREADS.map(chunk, range(0, len(seeds), many)))
    points, losses, until = (
        np.concatenate(each, axis=axis)[(slice(None),) * axis + (slice(len(seeds)),)]
        for each, axis in zip(zip(*parts, strict=True), (1, 1, 0), strict=True)
    )
    return BatchPaths(points, losses, until < run.steps, until)


def outside(points: Floats, box: Box) -> NDArray[np.bool_]:
    """Return which of `points` (n, 2) are not in `box`, its edge included."""
    low, high = np.transpose(box)
    return ~((points >= low) & (points <= high)).all(axis=-1)


def quantiles(paths: EnsemblePaths, levels: Sequence[float] = LEVELS) -> Floats:
    """Return the `levels` of the members' losses at each look: (K, len(levels)).

    Between two members the loss is interpolated linearly. Those that have diverged by then count as
    infinitely high: a level that they reach is inf.
    """
    gone = paths.steps[:, None] > paths.until
    losses = np.sort(np.where(gone, np.inf, paths.losses), axis=1)
    places = np.asarray(levels, np.float64) * (losses.shape[1] - 1)
    below, above = losses[:, np.floor(places).astype(int)], losses[:, np.ceil(places).astype(int)]
    share = places - np.floor(places)
    finite = np.isfinite(above)
    between = below + share * (np.where(finite, above, 0) - np.where(finite, below, 0))
    return np.where(finite, between, np.where(share > 0, np.inf, below))


def _batching(run: Run, landscape: Landscape) -> Batching | None:
    """Return how mini-batches are drawn, or None where there are none."""
    examples = landscape.examples
    if examples is None or not draws_batches(run, landscape):
        return None
    return Batching(np.int32(min(run.batch, examples.count)), np.bool_(run.replacement))


def _part(question: Ensemble, members: range) -> BatchPaths:
    run, part = question.run, slice(members.start, members.stop)
    seeds = seeds_of(run, question.count)[part]
    rate = OPTIMIZERS[run.optimizer].settings(run.knobs)[RATE]
    starts = starts_of(run, seeds, question.starts)
    return run_batch(run, seeds, starts, np.full(len(seeds), rate, np.float64), question.looks)


def joined(parts: Sequence[BatchPaths]) -> BatchPaths:
    """Return what became of all runs in `parts`, at least one."""
    return BatchPaths(
        np.concatenate([part.points for part in parts], axis=1),
        np.concatenate([part.losses for part in parts], axis=1),
        np.concatenate([part.diverged for part in parts]),
        np.concatenate([part.until for part in parts]),
    )


def _ensemble(question: Ensemble) -> EnsemblePaths:
    run = question.run
    parts = parts_of_ensemble(question)
    all_of_them = joined([ensemble_part(question, members) for members in parts])
    if question.starts == "same" and np.isinf(all_of_them.losses[0]).any():
        raise ValueError(
            f"Expected a start where the loss of {run.landscape!r} and its gradient are finite,"
            f" got {run.start}; start somewhere else."
        )
    box = find(run.landscape, run.landscape_knobs).box
    paths = EnsemblePaths(
        steps=question.looks,
        points=all_of_them.points,
        losses=all_of_them.losses,
        diverged=all_of_them.diverged,
        outside=all_of_them.diverged | outside(all_of_them.points[-1], box),
        until=all_of_them.until,
    )
    for array in vars(paths).values():
        array.setflags(write=False)
    for members in parts:
        _PARTS.forget((question, members))
    return paths
