"""Trainers with further seeds: between which losses and accuracies they lie, and who is better."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import packed
from api.networks.train import MISSING
from api.parts import in_parts
from networks import Training
from scenes import read
from scenes.network_training import trainings
from studies.seed_band import (
    MOST,
    SEEDS,
    affordable_steps,
    band,
    band_parts,
    compared,
    cost_of_band,
    mean_of,
    reached_so_far,
    steps_so_far,
)


def net_band(spelling: str) -> dict[str, Any]:
    """Return the bands of all trainers, as far as they have come, and in the end who is better.

    As long as that is not the end, {"done": …, "parts": …} say how far. `dear`: where all further runs would
    cost too much nothing is trained, and this says how many steps would do, 0 where none.
    """
    asked = trainings(read(spelling)[0].network)
    cost = cost_of_band(asked)
    if cost > MOST:
        dear = {"cost": cost, "most": MOST, "steps": affordable_steps(asked)}
        return {"lanes": [], "seeds": SEEDS, "finding": None, "dear": dear}
    try:
        more = in_parts(band_parts(asked), lambda: None)
    except FileNotFoundError:
        return {**MISSING, "seeds": SEEDS}
    told = {"lanes": [_lane(training) for training in asked], "seeds": SEEDS}
    if more is None:
        return {**told, "finding": _finding(asked)}
    done = sum(steps_so_far(training) for training in asked)
    return {**told, "done": done, "parts": SEEDS * sum(each.steps for each in asked) + 1, "finding": None}


def _lane(training: Training) -> dict[str, Any]:
    """Return the bands of one trainer: from where to where its runs reach at each measured step."""
    losses, accuracies, diverged = reached_so_far(training)
    (loss_low, loss_high), (low, high) = band(losses), band(accuracies)
    return {
        "measured": packed(np.array(training.measured, float)),
        "loss_low": packed(loss_low),
        "loss_high": packed(loss_high),
        "accuracy_low": packed(low),
        "accuracy_high": packed(high),
        "diverged": diverged,
    }


def _finding(asked: Sequence[Training]) -> dict[str, Any] | None:
    """Return who is best on average at the end, and by how much, in pairs of equal seeds."""
    told = [reached_so_far(training) for training in asked]
    ends = [None if diverged else accuracies[:, -1] for _, accuracies, diverged in told]
    found = compared(ends)
    lost = [{"lane": lane, "seeds": diverged} for lane, (_, _, diverged) in enumerate(told) if diverged]
    if found is None:
        return None
    best, others = found
    reached = ends[best]
    assert reached is not None
    return {
        "lane": best,
        **asdict(mean_of(reached)),
        "others": [{"lane": lane, **asdict(difference)} for lane, difference in others.items()],
        "diverged": lost,
    }
