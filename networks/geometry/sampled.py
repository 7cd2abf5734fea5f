"""A slice through a network's loss as samples that a surface can be made of, and how far that is off."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from catalog.cache import MB, SingleFlightCache
from landscapes.spline import CHECKED, SIDE, Samples, between, samples_of, spline_of, spline_values
from networks.course import so_far
from networks.data import about
from networks.geometry.objective import objective_of, seen_by
from networks.geometry.plane import plane_losses
from networks.geometry.slices import Slice, slice_parts, slice_so_far
from networks.training import MOST_MEASURED, Training, cost_of

MOST_SLICE_COST = 1.5e11
"""So many multiply-adds training and sampling may cost together: some ten seconds on one core."""


@dataclass(frozen=True)
class Sampled:
    """A slice, sampled once, as a hashable value.

    - `off`: how far the surface between samples was from the loss at most, in 408 cells, a random place in
      each.
    - `replaced`: how many samples were too large, and are as large as the largest that was not.
    - `centre_loss`: that of the network as it was trained; `shares`: what the plane explains of its path, of
      the sum of squares, where it is the plane of a path.
    """

    samples: Samples
    off: float
    replaced: int
    centre_loss: float
    shares: tuple[float, float] | None

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return self.samples.nbytes + 200


_KNOWN: SingleFlightCache[Sampled] = SingleFlightCache(2 * MB, long_work=2 * MB)


def known(question: Slice) -> Sampled | None:
    """Return the samples of a slice if they are there; it computes nothing."""
    return _KNOWN.peek(question)


def keep(question: Slice, sampled: Sampled) -> Sampled:
    """Keep the samples of a slice that were computed elsewhere."""
    return _KNOWN.get(question, lambda: sampled)


def sampled_of(question: Slice) -> Sampled:
    """Return the samples of a slice. Raises ValueError where a run diverged, or would cost too much."""
    for part in sampled_parts(question):
        while part() is False:
            pass
    found = known(question)
    assert found is not None
    return found


def sampled_parts(question: Slice) -> list[Callable[[], object]]:
    """Return the parts in which a slice of SIDE points a side is trained, sampled and checked.

    Raises ValueError for other numbers of points, and for a run that would cost too much.
    """
    if question.points != SIDE:
        raise ValueError(f"Expected {SIDE} points a side, got {question.points}.")
    if known(question) is not None:
        return []
    return [*slice_parts(question), partial(_check, question)]


def progress(question: Slice) -> float:
    """Return which part of training and sampling is there, 0 … 1, as near as it is known."""
    if known(question) is not None:
        return 1.0
    runs = question.training, *question.others
    trained = sum(min(len(so_far(run).losses) / (run.steps + 1), 1.0) for run in runs) / len(runs)
    rows = slice_so_far(question).done / SIDE
    training, sampling = slice_costs(runs)
    return (max(trained, float(rows > 0)) * training + rows * sampling) / (training + sampling)


def slice_costs(runs: tuple[Training, ...]) -> tuple[float, float]:
    """Return how many multiply-adds it takes to train `runs`, and to sample a slice through the first."""
    first = runs[0]
    looked = min(about(first.network.data).train, MOST_MEASURED)
    points = SIDE**2 + CHECKED
    return float(sum(map(cost_of, runs))), float(points * looked * first.network.plan.multiplications)


def _check(question: Slice) -> object:
    """Keep the samples, with how far the surface is from the loss between them."""
    if known(question) is not None:
        return True
    found = slice_so_far(question)
    if not found.whole or found.plane is None:  # it was pushed out meanwhile
        for part in slice_parts(question):
            if part() is False:
                break
        return False
    objective, data = objective_of(question.training.network), seen_by(question.training.network)
    (a0, *_, a1), (b0, *_, b1) = found.a.tolist(), found.b.tolist()
    samples = samples_of(found.losses, ((a0, a1), (b0, b1)))
    points = between(samples, question.seed)
    true = plane_losses(objective, found.plane, points, data)
    apart = np.abs(true - spline_values(spline_of(samples), points.T))
    shares = None if np.isnan(found.shares).any() else (float(found.shares[0]), float(found.shares[1]))
    keep(
        question,
        Sampled(
            samples,
            float(apart[np.isfinite(apart)].max(initial=0.0)),
            int((~np.isfinite(found.losses)).sum()),
            found.centre_loss,
            shares,
        ),
    )
    return True
