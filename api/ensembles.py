"""Where many runs of one lane end."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from api.encode import packed_shares
from api.parts import in_parts
from api.question import Question, read_question
from descent.ensembles import Ensemble, ensemble
from descent.randomness import by_chance
from studies.endings import (
    EndingCounts,
    count_arrived,
    count_endings,
    ensemble_ending_parts,
    ensemble_endings,
)
from studies.equal_cost import within_budget
from studies.intervals import wilson
from studies.minima import Minimum, minima_of, minima_parts
from studies.parts import ensemble_parts

MEMBERS = 2000
FRAMES = 41
DRAWN = 600
"""How many of the members are drawn on the map."""
LISTED = 6
"""How many minima have a row of their own whether or not anybody ends there; others only if somebody does."""
MOST_LISTED = 10
MARGIN = 0.5
"""How far beyond the box, in its sides, members are drawn where they are in the cloud."""


def where_runs_end(spelling: str) -> dict[str, Any]:
    """Return how many of 2,000 runs of lane `of` end in which basin of attraction, with intervals."""
    question = read_question(spelling)
    if _is_one_run(question):
        return {"lane": question.lane, "chance": False}
    ensemble_question = Ensemble(question.run, MEMBERS, question.starts, FRAMES)
    surface, knobs = question.scene.ground.surface, question.scene.ground.knobs

    def whole() -> dict[str, Any]:
        minima = minima_of(surface, knobs)
        counts = count_endings(ensemble_endings(ensemble_question), minima)
        return {
            "lane": question.lane,
            "chance": True,
            "starts": question.starts,
            "members": MEMBERS,
            "rows": _rows(counts, minima),
            "lowest": share(counts.in_global, MEMBERS),
            "others": share(counts.in_others, MEMBERS),
            **{name: share(count, MEMBERS) for name, count in counts.nowhere.items()},
        }

    parts = [
        *ensemble_parts(ensemble_question),
        *minima_parts(surface, knobs),
        *ensemble_ending_parts(ensemble_question),
    ]
    return in_parts(parts, whole)


def cloud(spelling: str) -> dict[str, Any]:
    """Return the paths of 600 of these runs, frame by frame, for the map.

    `points` are (41, 600, 2) little-endian 16-bit numbers in base64: from 0, `margin` sides below the box, to
    65535, as far above it.
    """
    question = read_question(spelling)
    if _is_one_run(question):
        return {"lane": question.lane, "chance": False}
    drawn = Ensemble(question.run, DRAWN, question.starts, FRAMES)

    def whole() -> dict[str, Any]:
        paths = ensemble(drawn)
        low, high = np.transpose(question.scene.ground.surface.box)
        low, high = low - MARGIN * (high - low), high + MARGIN * (high - low)
        shares = np.clip((paths.points - low) / (high - low), 0.0, 1.0)
        return {
            "lane": question.lane,
            "chance": True,
            "steps": paths.steps.tolist(),
            "members": shares.shape[1],
            "margin": MARGIN,
            "points": packed_shares(shares),
        }

    return in_parts(ensemble_parts(drawn), whole)


def reach(spelling: str) -> dict[str, Any]:
    """Return how many of 2,000 starts in the box reach a global minimum, for as many gradients as steps."""
    question = read_question(spelling)
    surface, knobs = question.scene.ground.surface, question.scene.ground.knobs
    run = within_budget(question.run)
    everywhere = Ensemble(run, MEMBERS, "box", FRAMES)

    def whole() -> dict[str, Any]:
        return {
            "lane": question.lane,
            "known": True,
            "members": MEMBERS,
            "steps": run.steps,
            **share(count_arrived(everywhere), MEMBERS),
        }

    def known() -> dict[str, Any]:
        if not any(minimum.is_global for minimum in minima_of(surface, knobs)):
            return {"lane": question.lane, "known": False}
        return in_parts([*ensemble_parts(everywhere), *ensemble_ending_parts(everywhere)], whole)

    return in_parts(minima_parts(surface, knobs), known)


def share(count: int, trials: int) -> dict[str, Any]:
    """Return a count with its share and the Wilson interval of 95 %."""
    low, high = wilson(count, trials)
    return {"count": count, "share": count / trials, "low": low, "high": high}


def _is_one_run(question: Question) -> bool:
    """Return whether all members of an ensemble are the same run: another seed makes no difference."""
    return question.starts == "same" and not by_chance(question.run, question.scene.ground.surface)


def _rows(counted: EndingCounts, minima: Sequence[Minimum]) -> list[dict[str, Any]]:
    """Return a row for each minimum that is low or where somebody ends, and one for the rest of them."""
    counts = counted.by_minimum
    listed = [i for i in range(len(minima)) if i < LISTED or counts[i]]
    if len(listed) > MOST_LISTED:  # the global ones, and then those where most end
        listed = sorted(listed, key=lambda i: (not minima[i].is_global, -counts[i]))[:MOST_LISTED]
        listed.sort()
    rows = [
        {
            "point": minima[i].point,
            "loss": minima[i].loss,
            "lowest": minima[i].is_global,
            **share(int(counts[i]), counted.total),
        }
        for i in listed
    ]
    rest = int(counts.sum()) - sum(int(counts[i]) for i in listed)
    if rest:
        more = int((counts > 0).sum()) - sum(bool(counts[i]) for i in listed)
        rows.append({"more": more, **share(rest, counted.total)})
    return rows
