"""What lies between two solutions: on the straight line, after matching their units, and on a bent path."""

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks.course import course_of, forget, training_parts
from networks.first_weights import first_weights
from networks.geometry.lines import STEPS, Bend, barrier, bent, first_bend, path_losses, places
from networks.geometry.matching import (
    Permutations,
    check_exchangeable,
    identity,
    permuted,
    random_permutations,
    rematched,
    unchanged,
)
from networks.geometry.objective import objective_of, seen_by
from networks.geometry.slices import end_of
from networks.training import Training
from studies.parts import Part
from studies.seed_band import Difference, mean_of, seeds_from

Floats = NDArray[np.float64]

SECONDS = 0.15
"""A part goes on for so long; what it has begun then it ends."""
AT_ONCE = 6e8
"""One call of a program bends a path by no more multiply-adds than this, or by one step."""
BEND_RATE = 0.01
SECOND = "seed", "permuted"
PATHS = "straight", "matched", "bent"
FEWEST_PAIRS, MOST_PAIRS = 2, 8
RISES = 1e-4
"""A loss rises on its way from the start if it does by more than this part of the loss there."""
SHARES = {"trained": 40, "matched": 45, "crossed": 50, "done": 100}
"""How many hundredths of the work on a pair are behind it after each stage."""


@dataclass(frozen=True)
class Connectivity:
    """Pairs of solutions, and paths between them.

    - `run`: how a network is trained; solutions have its seed and those that follow it.
    - `second`: of each pair, "seed": another seed's; "permuted": the first one again, the units of each
      hidden layer in an order that chance chooses.
    - `pairs`: how many, 2 to 8; no solution is in two of them.
    - `cuts`: steps of the line from one solution to the other.
    - `steps`: of Adam that bend each path.

    Raises ValueError: what was expected, and what came.
    """

    run: Training
    second: str = "seed"
    pairs: int = 5
    cuts: int = 40
    steps: int = 200

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        check_exchangeable(self.run.network.plan)
        if self.second not in SECOND:
            raise ValueError(f"Expected second among {', '.join(SECOND)}; got {self.second!r}.")
        for name, low, high in (("pairs", FEWEST_PAIRS, MOST_PAIRS), ("cuts", 2, 400), ("steps", 1, 10_000)):
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise ValueError(f"Expected {name} as a whole number from {low} to {high}, got {value!r}.")

    def runs(self, pair: int) -> tuple[Training, ...]:
        """Return the runs whose ends a pair is: two, or one where the other is its permuted twin."""
        each = 2 if self.second == "seed" else 1
        seeds = seeds_from(self.run.seed, each * self.pairs)[each * pair : each * (pair + 1)]
        return tuple(replace(self.run, seed=seed) for seed in seeds)

    @property
    def places(self) -> Floats:
        """Return where on a line it is looked: (T,), from t = −0.5 to 1.5."""
        return places(self.cuts)


@dataclass(frozen=True, eq=False)
class Walked:
    """What is known of the paths of one pair, (T,) each, NaN where nothing is; immutable.

    - `losses`, `accuracies`: by the names of `PATHS`, and of "start", the line from the first weights to the
      first solution. A bent path is known from t = 0 to 1.
    - `stage`: "" while it is trained, then "trained", "matched", "crossed" and "done".
    - `diverged`: a run has, and there is no pair.
    - `share`: how much of the work on this pair is behind it.
    """

    losses: dict[str, Floats]
    accuracies: dict[str, Floats]
    stage: str = ""
    diverged: bool = False
    share: float = 0.0
    ends: tuple[Any, Any] | None = None
    orders: Permutations = ()
    bend: Bend | None = None
    steps: int = 0


_PAIRS: SingleFlightCache[Walked] = SingleFlightCache(5 * MB, only_long_work=True)


def connectivity_parts(question: Connectivity) -> list[Part]:
    """Return the parts in which pairs are looked at, one for each; False: there is more of it to do."""
    return [partial(_go_on, question, pair) for pair in range(question.pairs)]


def pairs_so_far(question: Connectivity) -> list[Walked]:
    """Return what is known of each pair now; it computes nothing."""
    return [_PAIRS.peek((question, pair)) or _unknown(question) for pair in range(question.pairs)]


def seen(run: Training) -> int:
    """Return how many examples there are for training."""
    return replace(run, batch=None).seen


@dataclass(frozen=True)
class Crossed:
    """What the pairs say that are whole; intervals are of 95 %, over pairs.

    - `pairs`: how many; `gone`: how many runs diverged, or had a loss beyond all bounds on a path.
    - `barriers`: the mean barrier of each path, by its name, and `removed` how much less it is after matching
      than before, pair by pair; None with fewer than two pairs.
    - `each`: the barriers of each path, pair by pair; None where it is not known.
    - `lower`: in how many pairs matching lowers the barrier.
    - `accuracy`: the least share of training examples that are right on each path, its mean over pairs.
    - `end_loss`, `end_accuracy`: means over all solutions.
    - `falling`: on how many of the lines from the start the loss never rises on its way to the solution.
    """

    pairs: int
    gone: int
    barriers: dict[str, Difference] | None
    removed: Difference | None
    each: dict[str, list[float | None]]
    lower: int
    accuracy: dict[str, float]
    end_loss: float
    end_accuracy: float
    falling: int


def crossed(question: Connectivity, pairs: list[Walked]) -> Crossed | None:
    """Return what whole pairs say, None where there is none that can be compared."""
    t = question.places
    within = (t >= 0) & (t <= 1)
    each = {
        name: [barrier(t, pair.losses[name]) if pair.stage == "done" else np.inf for pair in pairs]
        for name in PATHS
    }
    kept = [k for k in range(len(pairs)) if all(np.isfinite(each[name][k]) for name in PATHS)]
    if not kept:
        return None
    found = {name: np.array([each[name][k] for k in kept]) for name in PATHS}
    less = found["straight"] - found["matched"]
    known = len(kept) > 1
    starts = [pairs[k].losses["start"][within] for k in kept]
    ends = [np.flatnonzero((t == 0) | (t == 1))] * len(kept)
    return Crossed(
        len(kept),
        len(pairs) - len(kept),
        {name: mean_of(values) for name, values in found.items()} if known else None,
        mean_of(less) if known else None,
        {name: [float(v) if np.isfinite(v) else None for v in values] for name, values in each.items()},
        int((less > 0).sum()),
        {name: float(np.mean([pairs[k].accuracies[name][within].min() for k in kept])) for name in PATHS},
        float(np.mean([pairs[k].losses["straight"][at] for k, at in zip(kept, ends, strict=True)])),
        float(np.mean([pairs[k].accuracies["straight"][at] for k, at in zip(kept, ends, strict=True)])),
        sum(bool((np.diff(losses) <= RISES * losses[0]).all()) for losses in starts),
    )


def _unknown(question: Connectivity) -> Walked:
    nothing = {name: np.full(len(question.places), np.nan) for name in ("start", *PATHS)}
    return Walked(nothing, nothing)


def _go_on(question: Connectivity, pair: int) -> bool:
    """Work on a pair for a moment; return whether it is whole."""
    known = begun = _PAIRS.peek((question, pair)) or _unknown(question)
    begin = time.monotonic()
    while not is_whole(known) and time.monotonic() - begin < SECONDS:
        known = _further(question, pair, known)
        known = replace(known, share=_share(question, pair, known))
    if known is not begun and known.stage == "crossed":
        known = _looked(question, known)  # what there is of the bent path is seen
    _PAIRS.forget((question, pair))
    _PAIRS.get((question, pair), lambda: known)
    return is_whole(known)


def is_whole(known: Walked) -> bool:
    """Return whether nothing is left to do for a pair."""
    return known.diverged or known.stage == "done"


def _share(question: Connectivity, pair: int, known: Walked) -> float:
    if known.diverged or known.stage == "done":
        return 1.0
    if known.stage == "":
        runs = question.runs(pair)
        gone = [course.steps for run in runs if (course := course_of(run))]
        return 0.01 * SHARES["trained"] * sum(gone) / sum(run.steps for run in runs)
    if known.stage == "crossed":
        left = 1 - 0.01 * SHARES["crossed"]
        return 0.01 * SHARES["crossed"] + left * known.steps / question.steps
    return 0.01 * SHARES[known.stage]


def _further(question: Connectivity, pair: int, known: Walked) -> Walked:
    """Return what is known after the next piece of work."""
    if known.stage == "":
        return _trained(question, pair, known)
    assert known.ends is not None
    plan = question.run.network.plan
    if known.stage == "trained":
        before = orders = known.orders
        layers = np.random.default_rng((question.run.seed, 6, pair)).permutation(len(plan.widths))
        for layer in layers:
            orders = rematched(plan, *known.ends, orders, int(layer))
        settled = unchanged(plan, *known.ends, before, orders)
        return replace(known, orders=orders, stage="matched" if settled else "trained")
    if known.stage == "matched":
        return _crossed(question, pair, known)
    return _bent(question, known)


def _trained(question: Connectivity, pair: int, known: Walked) -> Walked:
    """Return a pair whose runs are trained a little further, and its ends once they are there."""
    runs = question.runs(pair)
    if any(part() is False for part in training_parts(runs)):
        return known
    if any(course.diverged is not None for run in runs if (course := course_of(run))):
        return replace(known, diverged=True)
    ends = [end_of(run) for run in runs]
    for run in runs:
        forget(run)
    plan = question.run.network.plan
    if question.second == "permuted":
        ends.append(permuted(plan, ends[0], random_permutations(plan, runs[0].seed)))
    return replace(known, ends=(ends[0], ends[1]), orders=identity(plan), stage="trained")


def _crossed(question: Connectivity, pair: int, known: Walked) -> Walked:
    """Return a pair with its straight lines, before and after matching, and with that from the start."""
    assert known.ends is not None
    network = question.run.network
    one, other = known.ends
    lines = {
        "start": (first_weights(network, question.runs(pair)[0].seed), one),
        "straight": (one, other),
        "matched": (one, permuted(network.plan, other, known.orders)),
    }
    data = seen_by(network)
    for name, ends in lines.items():
        told = path_losses(network.plan, ends, None, question.places, data)
        known = _with_path(known, name, np.full(len(question.places), True), told)
    return replace(known, stage="crossed", bend=first_bend(one, other))


def _bent(question: Connectivity, known: Walked) -> Walked:
    """Return a pair whose path is bent some steps further."""
    assert known.ends is not None and known.bend is not None
    network, first = question.run.network, known.steps
    data = seen_by(network)
    cost = 3.0 * 8 * len(data[1]) * network.plan.multiplications
    last = min(question.steps, first + max(1, min(STEPS, int(AT_ONCE / cost))))
    steps = range(first, last)
    bend = bent(objective_of(network), known.ends, known.bend, BEND_RATE, question.run.seed, steps, data)
    known = replace(known, bend=bend, steps=last)
    if last < question.steps:
        return known
    return replace(_looked(question, known), stage="done", ends=None, bend=None)


def _looked(question: Connectivity, known: Walked) -> Walked:
    """Return a pair with the losses on the bent path as it is now."""
    assert known.ends is not None and known.bend is not None
    t, network = question.places, question.run.network
    within = (t >= 0) & (t <= 1)
    told = path_losses(network.plan, known.ends, known.bend.control, t[within], seen_by(network))
    return _with_path(known, "bent", within, told)


def _with_path(known: Walked, name: str, where: NDArray[np.bool_], told: tuple[Any, Any]) -> Walked:
    """Return what is known with the losses and accuracies of one path at some of its places."""
    rows = [np.full(len(where), np.nan) for _ in told]
    for row, values in zip(rows, told, strict=True):
        # A loss beyond all bounds is no missing one.
        row[where] = np.where(np.isfinite(values), values, np.inf)
        row.setflags(write=False)
    return replace(
        known, losses={**known.losses, name: rows[0]}, accuracies={**known.accuracies, name: rows[1]}
    )
