"""Critical points of small networks: at which loss which share of the Hessian's eigenvalues is negative."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks.first_weights import first_weights
from networks.geometry.critical_points import (
    MOST_PARAMETERS,
    CriticalPoint,
    Descending,
    Looked,
    alike,
    begin_descent,
    critical_at,
    doubled,
    look,
    loss_and_gradient,
    newton_step,
    semicircle_share,
    step_down,
    with_penalty,
)
from networks.geometry.objective import Data, Objective, objective_of, seen_by
from networks.network import Network
from networks.training import MOST_SEED
from studies.parts import Part
from studies.random_search import rank_correlation

Floats = NDArray[np.float64]

SECONDS = 0.15
"""A part goes on for so long; what it has begun then it ends."""
SMOOTH = "tanh", "sigmoid", "softplus", "gelu", "silu"
"""Activation functions with second derivatives everywhere, without which there is no Hessian."""
TRAINED, KEPT = 600, 15
"""So many steps of Adam make the path along which searches begin; each of so many is kept."""
RATE = 0.02
LEAST, LARGEST = -2.5, 0.0
"""The powers of ten between which lies how far from the path a search begins."""
MOST_STEPS = 150
"""A search is given up after so many steps of Newton's method."""
WHICH = "highest", "middle", "lowest"
ASIDE = 0.01
"""So far beside the point, along its direction of descent, gradient descent begins."""
DOWN, SEEN = 800, 400
"""So many steps it makes at most, of which so many are kept for the picture."""
STILL = 1e-7
"""It ends where the gradient is no longer than this."""


@dataclass(frozen=True)
class SaddleSearch:
    """Searches for critical points of one loss with a penalty, for networks of several widths.

    - `networks`: of rising numbers of parameters, on the same data.
    - `decay`: λ of the penalty ½ λ‖θ‖², over all parameters.
    - `searches`: how many for each network.
    - `which`: which saddle of the last network is left along its direction of descent: the "highest", the
      one in the "middle", or the "lowest".

    Raises ValueError: what was expected, and what came.
    """

    networks: tuple[Network, ...]
    decay: float
    searches: int = 25
    seed: int = 0
    which: str = "highest"

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        if not self.networks:
            raise ValueError("Expected one network at least, got none.")
        for network in self.networks:
            if network.activation not in SMOOTH:
                raise ValueError(
                    f"Expected an activation function with second derivatives, {', '.join(SMOOTH)};"
                    f" got {network.activation!r}."
                )
            if network.plan.parameters > MOST_PARAMETERS:
                raise ValueError(
                    f"Expected at most {MOST_PARAMETERS} parameters, got {network.plan.parameters};"
                    " take a narrower network."
                )
        if not 0 <= self.decay < np.inf:
            raise ValueError(f"Expected a penalty λ of 0 or more, got {self.decay!r}.")
        if not isinstance(self.searches, int) or not 1 <= self.searches <= 1000:
            raise ValueError(f"Expected searches as a whole number from 1 to 1000, got {self.searches!r}.")
        if not isinstance(self.seed, int) or not 0 <= self.seed <= MOST_SEED:
            raise ValueError(f"Expected seed as a whole number in [0, {MOST_SEED}], got {self.seed!r}.")
        if self.which not in WHICH:
            raise ValueError(f"Expected which among {', '.join(WHICH)}; got {self.which!r}.")


@dataclass(frozen=True, eq=False)
class Searched:
    """How far the searches of one network are; immutable.

    - `points`: the critical points, no two of them `alike`; `again`: how often one of them was found again.
    - `failed`: searches that ended nowhere; `done`: all that are at their end.
    """

    points: tuple[CriticalPoint, ...] = ()
    again: int = 0
    failed: int = 0
    path: tuple[Floats, ...] = ()
    memory: Any = None  # of Adam, as long as the path is made
    now: Looked | None = None
    steps: int = 0

    @property
    def done(self) -> int:
        """Return how many searches are at their end."""
        return len(self.points) + self.again + self.failed


@dataclass(frozen=True, eq=False)
class Left:
    """A saddle that is left along −v and v, v its direction of descent.

    - `number`: of the point among those of the last network.
    - `ways`: of gradient descent from θ − ε v and θ + ε v, rows (K, 2) each: how far from θ, and the loss.
    - `line` (M, 2): s and the loss at θ + s v; empty before both ways are at their end.
    """

    number: int
    ways: tuple[tuple[tuple[float, float], ...], ...] = ((), ())
    line: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    now: Descending | None = None
    steps: int = 0
    side: int = 0

    @property
    def share(self) -> float:
        """Return how much of the way is behind it."""
        return 1.0 if len(self.line) else (self.side + self.steps / DOWN) / 2


_KNOWN: SingleFlightCache[Any] = SingleFlightCache(3 * MB, only_long_work=True)


def saddle_parts(question: SaddleSearch) -> list[Part]:
    """Return the parts in which all is found: a network after the other, then the way from a saddle."""
    found = [partial(_go_on, replace(question, which=WHICH[0]), k) for k in range(len(question.networks))]
    return [*found, partial(_leave, question)]


def searched_so_far(question: SaddleSearch) -> list[Searched]:
    """Return what is known of each network now; it computes nothing."""
    return [_KNOWN.peek(_key(question, k)) or Searched() for k in range(len(question.networks))]


def left_so_far(question: SaddleSearch) -> Left | None:
    """Return what is known of the way from a saddle; it computes nothing."""
    return _KNOWN.peek(question)


@dataclass(frozen=True)
class Relation:
    """What the distinct critical points of one network say.

    - `parameters`; `searches`, of which `failed` ended nowhere, and `distinct` points that were found.
    - `saddles`: how many of these have both signs among their eigenvalues; `minima`: no negative one.
    - `rho`: Spearman's rank correlation of loss and share of negative eigenvalues, and its 95 % interval.
    - `least`, `largest`: the shares of negative eigenvalues.
    - `flat`: the mean share of eigenvalues that count as 0.
    - `predicted`: the mean share that a semicircle of the same mean and variance has below 0; `found`: that
      of the points.
    """

    parameters: int
    searches: int
    failed: int
    distinct: int
    saddles: int
    minima: int
    rho: tuple[float, float, float]
    least: float
    largest: float
    flat: float
    predicted: float
    found: float


def relation(network: Network, known: Searched) -> Relation | None:
    """Return what the points of a network say, None where there is none."""
    points, count = known.points, network.plan.parameters
    if not points:
        return None
    shares = np.array([point.index for point in points]) / count
    positive = [point.index + point.flat < count for point in points]
    return Relation(
        count,
        known.done,
        known.failed,
        len(points),
        sum(point.index > 0 and up for point, up in zip(points, positive, strict=True)),
        sum(point.index == 0 for point in points),
        rank_correlation(np.array([point.loss for point in points]), shares),
        float(shares.min()),
        float(shares.max()),
        float(np.mean([point.flat for point in points]) / count),
        float(np.mean([semicircle_share(point.eigenvalues) for point in points])),
        float(shares.mean()),
    )


def chosen(points: Sequence[CriticalPoint], which: str) -> int | None:
    """Return the number of the saddle that `which` names, by its loss; None where no point has a way down."""
    saddles = sorted((k for k, point in enumerate(points) if point.index), key=lambda k: points[k].loss)
    if not saddles:
        return None
    return saddles[{"highest": -1, "middle": (len(saddles) - 1) // 2, "lowest": 0}[which]]


def _key(question: SaddleSearch, number: int) -> Any:
    """Return under which key searches are kept: whatever is left later, and whatever else is searched."""
    return question.networks[number], question.decay, question.searches, question.seed


def _loss_of(question: SaddleSearch, number: int) -> tuple[Objective, Data]:
    network = question.networks[number]
    inputs, labels = doubled(seen_by(network))
    return with_penalty(objective_of(network)), (np.float64(question.decay), inputs, labels)


def _go_on(question: SaddleSearch, number: int) -> bool:
    """Search for a moment with one of the networks; return whether all its searches are at their end."""
    key = _key(question, number)
    known = begun = _KNOWN.peek(key) or Searched()
    objective, data = _loss_of(question, number)
    begin = time.monotonic()
    while known.done < question.searches and time.monotonic() - begin < SECONDS:
        if known.memory is not None or not known.path:
            known = _trained(question, number, known, objective, data)
        else:
            known = _searched(question, number, known, objective, data)
    if known is not begun:
        _KNOWN.forget(key)
        _KNOWN.get(key, lambda: known)
    return known.done >= question.searches


def _trained(
    question: SaddleSearch, number: int, known: Searched, objective: Objective, data: Data
) -> Searched:
    """Return the path some steps of Adam further (Kingma & Ba, 2015, algorithm 1)."""
    if known.memory is None:
        start = np.asarray(first_weights(question.networks[number], question.seed), float)
        return replace(known, path=(start,), memory=(start, np.zeros_like(start), np.zeros_like(start), 0))
    at, mean, square, step = known.memory
    for _ in range(KEPT):
        _, gradient = loss_and_gradient(objective, at, data)
        step += 1
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        scale = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        at = at - RATE * mean / (1 - 0.9**step) / scale
    more = (at, mean, square, step) if step < TRAINED else None
    return replace(known, path=(*known.path, at), memory=more)


def _searched(
    question: SaddleSearch, number: int, known: Searched, objective: Objective, data: Data
) -> Searched:
    """Return the searches one step further."""
    if known.now is None:
        return replace(known, now=look(objective, _start(question, known), data), steps=0)
    found, ended = critical_at(known.now), replace(known, now=None)
    if found is not None:
        if any(alike(found, point) for point in known.points):
            return replace(ended, again=known.again + 1)
        return replace(ended, points=(*known.points, found))
    if known.steps >= MOST_STEPS or not np.isfinite(known.now.slope):
        return replace(ended, failed=known.failed + 1)
    ahead = look(objective, known.now.at + newton_step(known.now), data)
    return replace(known, now=ahead, steps=known.steps + 1)


def _start(question: SaddleSearch, known: Searched) -> Floats:
    """Return where the next search begins: beside a point of the path, near or far as chance draws."""
    random = np.random.default_rng((question.seed, 8, known.done))
    near = known.path[random.integers(len(known.path))]
    far = 10 ** random.uniform(LEAST, LARGEST)
    return near + far * random.normal(size=len(near))


def _leave(question: SaddleSearch) -> bool:
    """Go on a moment from the saddle that is left; return whether nothing is left to do."""
    number = len(question.networks) - 1
    points = searched_so_far(question)[number].points
    at = chosen(points, question.which)
    if at is None:
        return True
    known = begun = _KNOWN.peek(question) or Left(at)
    objective, data = _loss_of(question, number)
    begin = time.monotonic()
    while not len(known.line) and time.monotonic() - begin < SECONDS:
        known = _left(known, points[at], objective, data)
    if known is not begun:
        _KNOWN.forget(question)
        _KNOWN.get(question, lambda: known)
    return bool(len(known.line))


def _left(known: Left, point: CriticalPoint, objective: Objective, data: Data) -> Left:
    """Return the way from a saddle some steps further, or the line along its direction at last."""
    if known.side == 2:
        return replace(known, line=_line(known, point, objective, data))
    sign = (-1, 1)[known.side]
    now = known.now
    if now is None:
        rate = 1 / max(float(np.abs(point.eigenvalues).max()), 1e-12)
        now = begin_descent(objective, point.at + sign * ASIDE * point.descent, data, rate)
    every = DOWN // SEEN
    row = sign * float(np.linalg.norm(now.at - point.at)), now.loss
    ways = tuple((*way, row) if k == known.side else way for k, way in enumerate(known.ways))
    known = replace(known, ways=ways)
    for _ in range(every):
        ahead = step_down(objective, now, data)
        if ahead is now or float(np.linalg.norm(ahead.gradient)) <= STILL:
            now = None
            break
        now = ahead
    if now is None or known.steps + every >= DOWN:
        return replace(known, now=None, steps=0, side=known.side + 1)
    return replace(known, now=now, steps=known.steps + every)


def _line(known: Left, point: CriticalPoint, objective: Objective, data: Data) -> Floats:
    """Return the losses along the direction of descent, as far as gradient descent has come."""
    far = max(abs(distance) for way in known.ways for distance, _ in way)
    places = np.linspace(-far, far, 61)
    losses = [loss_and_gradient(objective, point.at + s * point.descent, data)[0] for s in places]
    return np.stack([places, losses], axis=1)
