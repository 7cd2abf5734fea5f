"""The edge of stability: how steep the loss is where full-batch training goes, beside what the rate bears.

On a quadratic a method at the rate α converges where α·λ stays below its limit, 2 for gradient descent, λ
being the largest eigenvalue of the (preconditioned) Hessian. Training a network, λ rises until it is there,
and stays: Cohen et al., 2021, Gradient descent on neural networks typically occurs at the edge of stability,
section 3; for heavy ball its equation 1; for Adam Cohen et al., 2022, Adaptive gradient methods at the edge
of stability, section 3.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from networks import Network
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.geometry import Objective, objective_of
from networks.geometry.descending import AT_A_TIME, Descent, descend, first_descent
from networks.geometry.regression import Regression
from networks.history import LARGEST_LOSS
from networks.network import is_number
from networks.side_by_side import side_by_side
from networks.training import MOST_SEED
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE, without_rate
from studies.parts import Part

METHODS = "sgd", "momentum", "nesterov", "rmsprop", "adam"
LOOKS = 300
"""The largest eigenvalue is looked for so many times."""
MOST_STEPS = LOOKS * AT_A_TIME
SECONDS = 0.2
"""A part goes on for so long; what it has begun then it ends."""
MOST_EXAMPLES = 1000
NEAR = 0.05
"""λ is at its bound where it is this near, as a part of it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Edge:
    """Full-batch training by a method at a constant rate.

    - `task`: a regression, or a network on the first 1,000 examples that it trains on.
    - `knobs`: of the method; the learning rate among them.
    - `seed`: of the first weights.

    Raises ValueError: what was expected, and what came.
    """

    task: Regression | Network
    optimizer: str = "sgd"
    knobs: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 20_000
    seed: int = 0

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        if not isinstance(self.task, Regression | Network):
            raise ValueError(f"Expected a Regression or a Network, got {type(self.task).__name__}.")
        if self.optimizer not in METHODS:
            raise ValueError(
                f"Expected a method whose limit is known, among {', '.join(METHODS)}; got {self.optimizer!r}."
            )
        object.__setattr__(self, "knobs", Settings(OPTIMIZERS[self.optimizer].settings(self.knobs)))
        for name, value, low, high in (
            ("steps", self.steps, 1, MOST_STEPS),
            ("seed", self.seed, 0, MOST_SEED),
        ):
            if not is_number(value) or value != int(value) or not low <= value <= high:
                raise ValueError(f"Expected {name} as a whole number from {low} to {high}, got {value!r}.")

    @property
    def rate(self) -> float:
        """Return the learning rate α."""
        return float(self.knobs[RATE])

    @property
    def limit(self) -> float:
        """Return up to which α·λ the method is stable on a quadratic."""
        limit = OPTIMIZERS[self.optimizer].limit
        assert limit is not None  # METHODS have one
        return float(limit(**without_rate(self.knobs)))

    @property
    def frozen(self) -> bool:
        """Return whether that limit takes P as it is, although it moves with the gradients."""
        return OPTIMIZERS[self.optimizer].frozen

    @property
    def bound(self) -> float:
        """Return up to which λ it is."""
        return self.limit / self.rate

    @property
    def looks(self) -> tuple[int, ...]:
        """Return after which steps λ is looked for: the first, then evenly, the last."""
        every = -(-self.steps // LOOKS)
        return tuple(dict.fromkeys((1, *range(every, self.steps, every), self.steps)))


@dataclass(frozen=True, eq=False)
class EdgeCurves:
    """What is known of a run, read-only; K looks so far.

    - `steps` (K,): after which the rest was measured.
    - `sharpness` (K,): the largest eigenvalue of P^(−1/2) H P^(−1/2), P being 1 for methods that divide by
      nothing; `errors` (K,): there is an eigenvalue within so much of it.
    - `losses` (K,), and `low`, `high` (K,): the least and the largest since the look before.
    - `first_loss`: before the first step, NaN where nothing is known yet.
    - `rises`: in how many of the `steps_done` steps the loss rose.
    - `diverged`: the step at which the loss was not finite or above a million; −1 where it never was.
    """

    steps: NDArray[np.int64]
    sharpness: Floats
    errors: Floats
    losses: Floats
    low: Floats
    high: Floats
    first_loss: float
    rises: int
    steps_done: int
    diverged: int
    whole: bool


@dataclass(frozen=True)
class Settled:
    """What a whole run says; ratios are of λ to the bound.

    - `median`, `low`, `high`: of the ratio over the second half of the run: its median, and between what nine
      tenths of it lie; None where it diverged before.
    - `reached`: the first step after which λ was above 95 % of the bound, None where it never was.
    - `rises`: the share of steps in which the loss rose; `first`, `last`: the loss before and after all.
    - `diverged`: as in `EdgeCurves`.
    """

    bound: float
    median: float | None
    low: float | None
    high: float | None
    reached: int | None
    rises: float
    first: float
    last: float | None
    diverged: int


@dataclass(frozen=True)
class _Walk:
    """How far a run has come. Immutable: a part puts another one into its place."""

    at: Descent | None  # None at the end
    rows: tuple[tuple[float, ...], ...] = ()
    first_loss: float = np.nan
    rises: int = 0
    steps: int = 0
    diverged: int = -1


_WALKS: SingleFlightCache[_Walk] = SingleFlightCache(3 * MB, only_long_work=True)


def edge_parts(questions: Sequence[Edge]) -> list[Part]:
    """Return the one part in which all `questions` go on, those that are least far first."""
    return [partial(_go_on, tuple(dict.fromkeys(questions)))]


def edge_so_far(question: Edge) -> EdgeCurves:
    """Return what is known of a run now; it computes nothing."""
    walk = _WALKS.peek(question) or _Walk(None)
    rows = np.array(walk.rows, float).reshape(-1, 6).T.copy()
    rows.setflags(write=False)
    whole = walk.at is None and (walk.diverged >= 0 or walk.steps == question.steps)
    return EdgeCurves(
        steps=rows[0].astype(np.int64),
        sharpness=rows[1],
        errors=rows[2],
        losses=rows[3],
        low=rows[4],
        high=rows[5],
        first_loss=walk.first_loss,
        rises=walk.rises,
        steps_done=walk.steps,
        diverged=walk.diverged,
        whole=whole,
    )


def edge_of(question: Edge) -> EdgeCurves:
    """Return the whole run."""
    (part,) = edge_parts([question])
    while part() is False:
        pass
    return edge_so_far(question)


def settled(question: Edge, curves: EdgeCurves) -> Settled:
    """Return what the curves of a whole run say; ValueError for one that is not."""
    if not curves.whole:
        raise ValueError("Expected a run that is at its end; go on with its parts first.")
    ratios = curves.sharpness / question.bound
    late = ratios[(2 * curves.steps > question.steps) & np.isfinite(ratios)]
    there = np.flatnonzero(ratios >= 1 - NEAR)
    gone = curves.diverged >= 0
    median = low = high = None
    if len(late) and not gone:
        low, median, high = (float(value) for value in np.quantile(late, (0.05, 0.5, 0.95)))
    return Settled(
        bound=question.bound,
        median=median,
        low=low,
        high=high,
        reached=int(curves.steps[there[0]]) if len(there) else None,
        rises=curves.rises / max(curves.steps_done, 1),
        first=curves.first_loss,
        last=None if gone or not len(curves.losses) else float(curves.losses[-1]),
        diverged=curves.diverged,
    )


def _objective(task: Regression | Network) -> tuple[Objective, Any]:
    if isinstance(task, Regression):
        return task.objective, task.data
    data = examples_of(task.data)
    return objective_of(task), (data.train_inputs[:MOST_EXAMPLES], data.train_labels[:MOST_EXAMPLES])


def _go_on(questions: tuple[Edge, ...]) -> bool:
    """Move all runs for a moment; return whether they are at their end."""
    began = time.monotonic()
    walks = {each: _WALKS.peek(each) or _begun(each) for each in questions}
    moved: set[Edge] = set()
    while time.monotonic() - began < SECONDS:
        # Those that are least far, so that all come to their end together.
        left = [each for each in questions if walks[each].at is not None]
        least = min((walks[each].steps / each.steps for each in left), default=0.0)
        now = [each for each in left if walks[each].steps / each.steps <= least + 1 / LOOKS]
        if not now:
            break
        for each, walk in zip(now, side_by_side([partial(_moved, q, walks[q]) for q in now]), strict=True):
            walks[each] = walk
            moved.add(each)
    for each in moved:
        walk = walks[each]
        _WALKS.forget(each)
        _WALKS.get(each, lambda walk=walk: walk)
    return all(walk.at is None for walk in walks.values())


def _begun(question: Edge) -> _Walk:
    task = question.task
    is_regression = isinstance(task, Regression)
    vector = task.first_weights(question.seed) if is_regression else first_weights(task, question.seed)
    return _Walk(first_descent(question.optimizer, vector, question.knobs, question.seed))


def _moved(question: Edge, walk: _Walk) -> _Walk:
    """Return `walk` at its next look."""
    assert walk.at is not None
    objective, data = _objective(question.task)
    end = question.looks[len(walk.rows)]
    at, told = descend(
        objective, question.optimizer, data, question.knobs, walk.at, end - walk.steps, question.seed + end
    )
    losses = np.array([*told.losses, told.loss], float)
    first = walk.first_loss if walk.rows else float(losses[0])
    gone = np.flatnonzero(~(losses <= LARGEST_LOSS))
    if len(gone):
        return replace(
            walk,
            at=None,
            first_loss=first,
            steps=walk.steps + int(gone[0]),
            diverged=walk.steps + int(gone[0]),
        )
    row = (end, told.sharpness, told.error, told.loss, float(losses.min()), float(losses.max()))
    return replace(
        walk,
        at=at if end < question.steps else None,
        rows=(*walk.rows, row),
        first_loss=first,
        rises=walk.rises + int((np.diff(losses) > 0).sum()),
        steps=end,
    )
