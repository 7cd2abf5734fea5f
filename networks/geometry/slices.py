"""A slice through the loss of a trained network, as a question, and its losses, row by row."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from catalog.cache import MB, SingleFlightCache
from networks.course import course_of, training_parts
from networks.data import about
from networks.geometry.curvature import leading
from networks.geometry.directions import as_long_as, filter_normalized, main_directions, random_direction
from networks.geometry.objective import losses_at, objective_of, seen_by
from networks.geometry.plane import Floats, Plane, cells, grid, lot_of, plane_losses
from networks.history import Numbers
from networks.network import Network, is_number
from networks.side_by_side import processors
from networks.training import MOST_MEASURED, MOST_SEED, Training

Kind = Literal["random", "path", "hessian", "solutions"]
KINDS: tuple[Kind, ...] = ("random", "path", "hessian", "solutions")
NORMS = "filter", "length"
MOST_POINTS = 101
MOST_MULTIPLICATIONS = 4e11
"""A slice costs no more multiplications and additions than this: some ten seconds on one core."""
SECONDS = 0.2
"""A part goes on for so long; the places it has begun then it ends."""
MARGIN = 0.35
"""A plane through a path or solutions reaches beyond them by this part of the distance between them."""
AROUND = 1.0


@dataclass(frozen=True)
class Slice:
    """L(θ* + a·u + b·v) around the end θ* of a run of training.

    - `kind`: what u and v are. "random": two random directions; "path": the two in which the run's own path
      varies most (principal components); "hessian": the eigenvectors of the two largest eigenvalues;
      "solutions": from θ* to the ends of the two `others`, or of one and a random direction.
    - `norm`, of "random" and "hessian": "filter", each unit's incoming weights as long as those of θ* (Li et
      al., 2018), or "length", all of them together as long as θ*.
    - `extent`: for how much of u and v the slice reaches to both sides; 1 for as much as θ* itself is.
      Slices through a path or solutions are as large as these are.
    - `points`: a side has so many, odd so that θ* is in the middle.
    - `seed`: of the directions.

    Raises ValueError: what was expected, and what came.
    """

    training: Training
    kind: Kind = "random"
    norm: str = "filter"
    extent: float = AROUND
    points: int = 51
    seed: int = 0
    others: tuple[Training, ...] = ()

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        if not isinstance(self.training, Training):
            raise ValueError(f"Expected a Training, got {type(self.training).__name__}.")
        if self.kind not in KINDS:
            raise ValueError(f"Expected kind among {', '.join(KINDS)}; got {self.kind!r}.")
        if self.norm not in NORMS:
            raise ValueError(f"Expected norm among {', '.join(NORMS)}; got {self.norm!r}.")
        if not is_number(self.extent) or not 0 < self.extent <= 100:
            raise ValueError(f"Expected extent in (0, 100], got {self.extent!r}.")
        if not isinstance(self.points, int) or self.points % 2 == 0 or not 3 <= self.points <= MOST_POINTS:
            raise ValueError(
                f"Expected points as an odd number from 3 to {MOST_POINTS}, got {self.points!r}."
            )
        if not isinstance(self.seed, int) or not 0 <= self.seed <= MOST_SEED:
            raise ValueError(f"Expected seed as a whole number in [0, {MOST_SEED}], got {self.seed!r}.")
        wanted = {"solutions": (1, 2)}.get(self.kind, (0, 0))
        if not wanted[0] <= len(self.others) <= wanted[1]:
            raise ValueError(
                f"Expected {wanted[0]} to {wanted[1]} other runs for the kind {self.kind!r},"
                f" got {len(self.others)}."
            )
        for other in self.others:
            if other.network.plan != self.training.network.plan:
                raise ValueError("Expected other runs of a network of the same shape.")


@dataclass(frozen=True, eq=False)
class SliceLosses:
    """What is known of a slice, read-only.

    - `a`, `b` (n,): the coordinates of its columns and rows; `losses` (n, n): row j has those at b[j]. NaN
      where nothing is known yet, inf where a loss is too large.
    - `plane`: where it lies, None before training is at its end.
    - `centre_loss`: the loss at θ*, worked out by itself.
    - `shares` (2,): of the path's sum of squares that u and v explain; NaN for other kinds.
    - `known`: how many losses are known, row by row.
    """

    a: Floats
    b: Floats
    losses: Numbers
    plane: Plane | None
    centre_loss: float
    shares: Numbers
    known: int

    @property
    def done(self) -> int:
        """Return how many rows are known."""
        return self.known // len(self.a)

    @property
    def whole(self) -> bool:
        """Return whether every row is known."""
        return self.known == self.losses.size

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        plane = self.plane
        return self.losses.nbytes + (0 if plane is None else 3 * plane.centre.nbytes) + 2000


_SLICES: SingleFlightCache[SliceLosses] = SingleFlightCache(6 * MB, only_long_work=True)


def slice_of(question: Slice) -> SliceLosses:
    """Return the whole slice. Raises ValueError where a run diverged, or would cost too much."""
    for part in slice_parts(question):
        while part() is False:
            pass
    return slice_so_far(question)


def slice_parts(question: Slice) -> list[Callable[[], object]]:
    """Return the parts in which a slice is computed: the training of its runs, and then row after row."""
    trainings = (question.training, *question.others)
    return [partial(_prepared, part, question) for part in training_parts(trainings)] + [
        partial(_go_on, question)
    ]


def plane_part(question: Slice) -> Callable[[], object]:
    """Return the part that finds the plane of a slice whose runs are at their end, and no loss on it yet."""
    return lambda: None if _SLICES.peek(question) is not None else _put(question, _begun(question))


def _put(question: Slice, found: SliceLosses) -> None:
    _SLICES.forget(question)
    _SLICES.get(question, lambda: found)


def slice_so_far(question: Slice) -> SliceLosses:
    """Return what is known of a slice now; it computes nothing."""
    return _SLICES.peek(question) or _empty(question)


def affordable_points(network: Network, points: int) -> int:
    """Return `points`, or the largest odd number of them a side, 3 at least, whose slice is not too dear."""
    seen = min(MOST_MEASURED, about(network.data).train)
    each = float(network.plan.multiplications * seen)
    while points > 3 and points**2 * each > MOST_MULTIPLICATIONS:
        points -= 2
    return points


def end_of(training: Training) -> Numbers:
    """Return the parameters (P,) at the end of a run; ValueError where it has no end yet, or diverged."""
    course = course_of(training)
    if course is None or not course.whole:
        raise ValueError("Expected a run that is at its end; train it first.")
    if course.diverged is not None:
        raise ValueError(f"Expected a run that does not diverge, this one did at step {course.diverged}.")
    return course.weights[-1][1]


def path_of(training: Training) -> tuple[tuple[int, ...], Numbers]:
    """Return the steps at which the weights of a run were kept (K,), and these (K, P)."""
    course = course_of(training)
    kept = () if course is None else course.weights
    return tuple(training.measured[number] for number, _, _ in kept), np.array([row for _, row, _ in kept])


def _prepared(part: Callable[[], object], question: Slice) -> object:
    return True if _SLICES.peek(question) is not None else part()


def _empty(question: Slice) -> SliceLosses:
    side = grid(question.points, question.extent)
    unknown = np.full((question.points, question.points), np.nan, np.float32)
    return SliceLosses(side, side, unknown, None, np.nan, np.full(2, np.nan, np.float32), 0)


def _go_on(question: Slice) -> bool:
    """Work out some rows; return whether all are known."""
    objective, data = objective_of(question.training.network), seen_by(question.training.network)
    found = _SLICES.peek(question) or _begun(question)
    began = time.monotonic()
    while not found.whole and time.monotonic() - began < SECONDS:
        plane = found.plane
        assert plane is not None
        upto = min(found.losses.size, found.known + processors() * lot_of(objective, data))
        some = slice(found.known, upto)
        told = plane_losses(objective, plane, cells(found.a, found.b)[some], data)
        losses = found.losses.copy()
        losses.reshape(-1)[some] = np.where(np.isfinite(told), told, np.inf)
        losses.setflags(write=False)
        found = replace(found, losses=losses, known=upto)
    _put(question, found)
    return found.whole


def _begun(question: Slice) -> SliceLosses:
    """Return the slice before its first row, its plane known."""
    network = question.training.network
    end = end_of(question.training)
    objective, data = objective_of(network), seen_by(network)
    plane, a, b, shares = _plane(question, end)
    centre = float(losses_at(objective, end[None], data)[0])
    # Its numbers are single precision everywhere; those of large networks would not fit into the cache twice.
    plane = Plane(*(np.asarray(each, np.float32) for each in (plane.centre, plane.u, plane.v)))
    return replace(_empty(question), plane=plane, a=a, b=b, centre_loss=centre, shares=shares)


def _plane(question: Slice, end: Numbers) -> tuple[Plane, Floats, Floats, Numbers]:
    """Return the plane of a slice, its columns' and rows' coordinates, and what it explains of a path."""
    network, centre, side = question.training.network, np.asarray(end, float), question.points
    unknown = np.full(2, np.nan, np.float32)
    around = grid(side, question.extent)
    if question.kind == "path":
        _, points = path_of(question.training)
        (u, v), shares = main_directions(points, end)
        plane = Plane(centre, u, v)
        places, _ = plane.project(points)
        return plane, _side(places[:, 0], side), _side(places[:, 1], side), shares
    if question.kind == "solutions":
        u, *rest = (np.asarray(end_of(other), float) - centre for other in question.others)
        v = rest[0] if rest else random_direction(network.plan, question.seed)
        v = v - (v @ u) / (u @ u) * u  # at right angles, and as long as the way to the first of the others
        v *= np.linalg.norm(u) / np.linalg.norm(v)
        plane = Plane(centre, u, v)
        places, _ = plane.project([centre, *(end_of(other) for other in question.others)])
        along = places[:, 1] if rest else np.array([-question.extent, question.extent]) / 2
        return plane, _side(places[:, 0], side), _side(along, side), unknown
    if question.kind == "hessian":
        found = leading(objective_of(network), end, seen_by(network), largest=2, seed=question.seed)
        directions = np.asarray(found.vectors, float)
    else:
        directions = np.stack([random_direction(network.plan, question.seed, k) for k in range(2)])
    scaled = filter_normalized if question.norm == "filter" else _as_long_as
    u, v = (scaled(network.plan, each, end) for each in directions)
    return Plane(centre, u, v), around, around, unknown


def _as_long_as(_: Any, direction: Any, vector: Any) -> Floats:
    return as_long_as(direction, vector)


def _side(places: Floats, points: int) -> Floats:
    """Return the coordinates of a side that holds `places`, with room around; 0 is one of them."""
    low, high = float(places.min()), float(places.max())
    room = MARGIN * max(high - low, 1e-9)
    side = np.linspace(low - room, high + room, points)
    return side - side[np.abs(side).argmin()]
