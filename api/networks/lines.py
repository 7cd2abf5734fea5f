"""What lies between pairs of solutions, as far as it is known."""

from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from scenes import read
from scenes.net_labs import Lines
from studies.mode_connectivity import (
    PATHS,
    Connectivity,
    Walked,
    connectivity_parts,
    crossed,
    pairs_so_far,
)

EACH = 100
"""So many parts a pair counts."""


def net_lines(spelling: str) -> dict[str, Any]:
    """Return losses and accuracies on the paths of all pairs, and in the end what they say.

    As long as not all are whole the answer says so, {"done": …, "parts": …}.
    """
    question = question_of(read(spelling)[0].network.lines)
    told: dict[str, Any] = {"places": packed(question.places), "second": question.second}
    try:
        more = in_parts(connectivity_parts(question), dict[str, Any])
    except FileNotFoundError:
        return {**told, "pairs": [], "finding": None, "missing": True}
    known = pairs_so_far(question)
    told |= {"pairs": [_pair(question, k, pair) for k, pair in enumerate(known)], "missing": False}
    if "parts" in more:
        done = int(sum(EACH * pair.share for pair in known))
        return {**told, "finding": None, "done": done, "parts": EACH * question.pairs + 1}
    found = crossed(question, known)
    return {**told, "finding": None if found is None else asdict(found)}


def question_of(lab: Lines) -> Connectivity:
    """Return the question that a scene's lab asks."""
    return Connectivity(lab.training(), lab.second, lab.count, lab.cuts, lab.bend)


def _pair(question: Connectivity, number: int, pair: Walked) -> dict[str, Any]:
    """Return one pair; what is not known yet is NaN, and a loss beyond all bounds the largest number."""
    return {
        "seeds": [run.seed for run in question.runs(number)],
        "diverged": pair.diverged,
        "paths": [
            {
                "id": name,
                "loss": packed(np.asarray(pair.losses[name])),
                "accuracy": packed(np.asarray(pair.accuracies[name])),
            }
            for name in ("start", *PATHS)
        ],
    }
