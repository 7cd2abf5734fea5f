"""Trials of a learning rate and λ, at random and on a grid, as far as they have come."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.encode import packed
from api.parts import in_parts
from networks.abreast import MOST_HELD, abreast_parts, curves_so_far
from networks.data import about
from scenes import read
from scenes.net_labs import Search as Lab
from studies.random_search import (
    BestSoFar,
    Ranges,
    Search,
    accuracies,
    best_so_far,
    found,
    grid_trials,
    questions_of,
    random_trials,
)


def net_search(spelling: str) -> dict[str, Any]:
    """Return all trials of the lab on search, what is known of them, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    search = search_of(read(spelling)[0].network.search)
    trials = random_trials(search), grid_trials(search)
    questions = [questions_of(search, each) for each in trials]
    examples = min(MOST_HELD, about(search.run.network.data).validation)
    told = {
        "budget": search.budget,
        "repeats": search.repeats,
        "examples": examples,
        "ranges": [*search.ranges.rate, *search.ranges.decay],
    }
    try:
        more = in_parts(abreast_parts(questions, turns=False), dict[str, Any])
    except FileNotFoundError:
        return {**told, "ways": [], "finding": None, "missing": True}
    known = [curves_so_far(question) for question in questions]
    reached = [accuracies(curves, len(each)) for curves, each in zip(known, trials, strict=True)]
    gone = [curves.diverged >= 0 for curves in known]
    whole = "parts" not in more
    ways = [
        _way(each, share, lost, _best(search, share, pooled) if whole else None)
        for each, share, lost, pooled in zip(trials, reached, gone, (True, False), strict=True)
    ]
    told |= {"ways": ways, "missing": False}
    if whole:
        return {**told, "finding": asdict(found(trials[0], reached[0], gone[0], examples))}
    done = sum(curves.steps_done for curves in known)
    return {**told, "finding": None, "done": done, "parts": search.run.steps * 2 * len(trials[0]) + 1}


def search_of(lab: Lab) -> Search:
    """Return the question that a scene's lab asks."""
    ranges = Ranges((lab.rate_low, lab.rate_high), (lab.decay_low, lab.decay_high))
    return Search(lab.training(), ranges, lab.side, lab.repeats)


def _best(search: Search, reached: NDArray[np.float64], pooled: bool) -> BestSoFar:
    """Return the best so far: any random trials are a search, of those on the grid each repetition is one."""
    pools = [reached] if pooled else [*reached.reshape(search.repeats, search.budget)]
    return best_so_far(pools, search.budget)


def _way(
    trials: NDArray[np.float64], reached: NDArray[np.float64], gone: NDArray[np.bool_], best: BestSoFar | None
) -> dict[str, Any]:
    """Return the trials of one way to search; accuracies are NaN where they are not known yet."""
    return {
        "rate": packed(trials[:, 0]),
        "decay": packed(trials[:, 1]),
        "accuracy": packed(reached),
        "diverged": [int(k) for k in np.flatnonzero(gone)],
        "best": None if best is None else {name: packed(row) for name, row in vars(best).items()},
    }
