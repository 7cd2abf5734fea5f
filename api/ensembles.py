"""Where many runs of one lane end."""

import base64
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from api.minima import Bottom, bottoms, bottoms_parts
from api.parts import Part, in_parts
from api.question import Question, read_question
from descent import Run
from descent.ensembles import Ensemble, ensemble, ensemble_part, parts_of_ensemble
from descent.randomness import by_chance
from optimizers import OPTIMIZERS
from scenes import Ground
from studies.basins_of_attraction import basins, parts_of_basins
from studies.intervals import wilson

MEMBERS = 2000
FRAMES = 41
DRAWN = 600
"""How many of the members are drawn on the map."""
LISTED = 6
"""How many minima have a row of their own whether or not anybody ends there; others only if somebody does."""
MOST_LISTED = 10
REACHED = 0.02
"""A run has reached a minimum that is no further away than this part of the diagonal."""
MARGIN = 0.5
"""How far beyond the box, in its sides, members are told apart in the cloud."""

Counted = NDArray[np.integer[Any]]


def where_runs_end(spelling: str) -> dict[str, Any]:
    """Return how many of 2,000 runs of lane `of` end in which basin of attraction, with intervals."""
    question = read_question(spelling)
    starts = starts_of(question)
    if starts == "same" and not by_chance(question.run, question.scene.ground.surface):
        return {"lane": question.lane, "chance": False}
    many, ground = Ensemble(question.run, MEMBERS, starts, FRAMES), question.scene.ground

    def whole() -> dict[str, Any]:
        minima, ends = bottoms(ground), ends_of(many, ground)
        return {
            "lane": question.lane,
            "chance": True,
            "starts": starts,
            "members": MEMBERS,
            "rows": _rows(ends, minima),
            "lowest": share(int(np.isin(ends, _global(minima)).sum()), MEMBERS),
            "others": share(int((ends >= 0).sum() - np.isin(ends, _global(minima)).sum()), MEMBERS),
            **{name: share(int((ends == code).sum()), MEMBERS) for name, code in NOWHERE.items()},
        }

    return in_parts([*ensemble_parts(many), *bottoms_parts(ground), *ends_parts(many, ground)], whole)


def cloud(spelling: str) -> dict[str, Any]:
    """Return the way of 600 of these runs, frame by frame, for the map.

    `points` are (41, 600, 2) little-endian 16-bit numbers in base64: from 0, `margin` sides below the box, to
    65535, as far above it.
    """
    question = read_question(spelling)
    starts = starts_of(question)
    if starts == "same" and not by_chance(question.run, question.scene.ground.surface):
        return {"lane": question.lane, "chance": False}
    many = Ensemble(question.run, DRAWN, starts, FRAMES)

    def whole() -> dict[str, Any]:
        paths = ensemble(many)
        low, high = np.transpose(question.scene.ground.surface.box)
        low, high = low - MARGIN * (high - low), high + MARGIN * (high - low)
        shares = np.clip((paths.points - low) / (high - low), 0.0, 1.0)
        packed = base64.b64encode(np.round(65535 * shares).astype("<u2").tobytes()).decode()
        return {
            "lane": question.lane,
            "chance": True,
            "steps": paths.steps.tolist(),
            "members": shares.shape[1],
            "margin": MARGIN,
            "points": packed,
        }

    return in_parts(ensemble_parts(many), whole)


def reach(spelling: str) -> dict[str, Any]:
    """Return how many of 2,000 starts in the box reach a global minimum, for as many gradients as steps."""
    question = read_question(spelling)
    ground, run = question.scene.ground, within_budget(question.run)
    many = Ensemble(run, MEMBERS, "box", FRAMES)

    def whole() -> dict[str, Any]:
        return {
            "lane": question.lane,
            "known": True,
            "members": MEMBERS,
            "steps": run.steps,
            **share(arrived(many, ground), MEMBERS),
        }

    def known() -> dict[str, Any]:
        if not any(b.everywhere for b in bottoms(ground)):
            return {"lane": question.lane, "known": False}
        return in_parts([*ensemble_parts(many), *ends_parts(many, ground)], whole)

    return in_parts(bottoms_parts(ground), known)


NOWHERE = {"elsewhere": -1, "outside": -2, "diverged": -3}
"""Where a run may be that is in no basin, and how `places` says so."""


def ensemble_parts(many: Ensemble) -> list[Part]:
    """Return the parts in which the runs of `many` are run."""
    return [partial(ensemble_part, many, members) for members in parts_of_ensemble(many)]


def ends_parts(many: Ensemble, ground: Ground) -> list[Part]:
    """Return the parts in which it is found out where the runs of `many`, when they are there, have ended."""

    def part(points: slice) -> object:
        paths, minima = ensemble(many), bottoms(ground)
        return basins(ground.surface, ground.knobs, paths.points[-1, points], [b.point for b in minima])

    return [partial(part, points) for points in parts_of_basins(ground.surface, many.count)]


def ends_of(many: Ensemble, ground: Ground) -> Counted:
    """Return where the runs of `many` have ended, as `places` says it."""
    paths = ensemble(many)
    return places(paths.points[-1], paths.outside, paths.diverged, ground, bottoms(ground))


def places(points: Any, outside: Any, diverged: Any, ground: Ground, minima: tuple[Bottom, ...]) -> Counted:
    """Return the index of the minimum in whose basin each run ended (n,), or a number of NOWHERE."""
    inside = basins(ground.surface, ground.knobs, points, [b.point for b in minima])
    ends = np.where(outside, NOWHERE["outside"], inside)
    return np.where(diverged, NOWHERE["diverged"], ends)


def arrived(many: Ensemble, ground: Ground) -> int:
    """Return how many members are in the basin of a global minimum, and near it."""
    ends, minima, paths = ends_of(many, ground), bottoms(ground), ensemble(many)
    near = REACHED * float(np.hypot(*np.ptp(ground.surface.box, axis=1)))
    reached = np.zeros(len(ends), bool)
    for index in _global(minima):
        away = np.hypot(*(paths.points[-1] - minima[index].point).T)
        reached |= (ends == index) & (away <= near)
    return int(reached.sum())


def starts_of(question: Question) -> Literal["same", "box"]:
    """Return whether the members of an ensemble differ by their seeds alone, or by their starts too."""
    return "box" if question.scene.view.ensemble == "starts" else "same"


def within_budget(run: Run) -> Run:
    """Return `run` with as many steps as its own number of steps buys in gradients."""
    return replace(run, steps=max(1, run.steps // OPTIMIZERS[run.optimizer].cost))


def share(count: int, trials: int) -> dict[str, Any]:
    """Return a count with its share and the Wilson interval of 95 %."""
    low, high = wilson(count, trials)
    return {"count": count, "share": count / trials, "low": low, "high": high}


def _global(minima: tuple[Bottom, ...]) -> list[int]:
    return [index for index, bottom in enumerate(minima) if bottom.everywhere]


def _rows(ends: Counted, minima: tuple[Bottom, ...]) -> list[dict[str, Any]]:
    """Return a row for each minimum that is low or where somebody ends, and one for the rest of them."""
    counts = np.bincount(ends[ends >= 0], minlength=len(minima))
    listed = [i for i in range(len(minima)) if i < LISTED or counts[i]]
    if len(listed) > MOST_LISTED:  # the global ones, and then those where most end
        listed = sorted(listed, key=lambda i: (not minima[i].everywhere, -counts[i]))[:MOST_LISTED]
        listed.sort()
    rows = [
        {
            "point": minima[i].point,
            "loss": minima[i].loss,
            "lowest": minima[i].everywhere,
            **share(int(counts[i]), len(ends)),
        }
        for i in listed
    ]
    rest = int(counts.sum()) - sum(int(counts[i]) for i in listed)
    if rest:
        more = int((counts > 0).sum()) - sum(bool(counts[i]) for i in listed)
        rows.append({"more": more, **share(rest, len(ends))})
    return rows
