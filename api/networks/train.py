"""How networks learn: losses and accuracies of every trainer, as far as it has come."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.encode import packed
from api.parts import in_parts
from networks import History, Training, so_far, training_parts
from networks.data import about
from networks.training import MOST_MEASURED
from scenes import read
from scenes.network_training import trainings
from studies.intervals import wilson

MOST_DRAWN = 500
"""The losses of so many steps are told at most: of more than that, the largest and least of each stretch."""

MISSING = {"lanes": [], "finding": None, "missing": True}
"""What is said where the file of a data set was not made."""

ROWS = (
    *("train_loss", "validation_loss", "train_accuracy", "validation_accuracy"),
    *("norms", "dead", "saturated"),
)


def net_train(spelling: str) -> dict[str, Any]:
    """Return how far every trainer has come, what is known of it, and in the end what was found.

    As long as it is not at its end the answer says so, {"done": …, "parts": …} in steps, and is worth
    asking for again.
    """
    asked = trainings(read(spelling)[0].network)
    try:
        # First goes who is least far, so that all curves grow together.
        more = in_parts(training_parts(sorted(asked, key=train_share)), lambda: None)
    except FileNotFoundError:
        return MISSING
    known = [so_far(training) for training in asked]
    lanes = [_lane(training, history) for training, history in zip(asked, known, strict=True)]
    if more is None:
        return {"lanes": lanes, "finding": finding(asked, known)}
    return {
        "done": sum(_gone(training, history) for training, history in zip(asked, known, strict=True)),
        "parts": sum(training.steps for training in asked) + 1,
        "lanes": lanes,
        "finding": None,
    }


def train_share(training: Training) -> float:
    """Return which share of its steps a run has gone."""
    return _gone(training, so_far(training)) / training.steps


def _gone(training: Training, history: History) -> int:
    """Return how many of its steps a run needs no more: all of them where it diverged."""
    return history.steps_done if history.ending.kind == "running" else training.steps


def _lane(training: Training, history: History) -> dict[str, Any]:
    """Return what is known of one run."""
    steps = drawn(history.losses)
    return {
        "steps": history.steps_done,
        "of": training.steps,
        "losses": packed(history.losses[steps].astype(float)),
        "loss_steps": packed(steps.astype(float)),
        "measured": packed(history.measured.astype(float)),
        **{name: packed(np.asarray(getattr(history, name), float)) for name in ROWS},
        "ending": {"kind": history.ending.kind, "step": history.ending.step},
    }


def drawn(losses: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the steps whose losses are told: all of them, or the least and the largest of each stretch.

    The first and the last are always among them, at most 500 in all.
    """
    if len(losses) <= MOST_DRAWN:
        return np.arange(len(losses))
    inner = np.array_split(np.arange(1, len(losses) - 1), MOST_DRAWN // 2 - 1)
    whole = np.where(np.isnan(losses), np.inf, losses)
    ends = [(stretch[whole[stretch].argmin()], stretch[whole[stretch].argmax()]) for stretch in inner]
    return np.unique([0, *(step for pair in ends for step in pair), len(losses) - 1])


def finding(asked: Sequence[Training], known: Sequence[History]) -> dict[str, Any] | None:
    """Return which trainer is right most often on validation data at its end, and how sure that is.

    The interval is that of Wilson, 95 %, for the validation examples that are measured. Others are `alike`
    whose interval overlaps with it: other examples might have ranked them otherwise. None where every run
    diverged.
    """
    count = min(MOST_MEASURED, about(asked[0].network.data).validation)
    ends = {
        lane: round(float(history.validation_accuracy[-1]) * count)
        for lane, history in enumerate(known)
        if history.ending.kind != "diverged"
    }
    if not ends:
        return None
    best = max(ends, key=lambda lane: (ends[lane], -lane))
    low, high = wilson(ends[best], count)
    alike = [lane for lane in ends if lane != best and wilson(ends[lane], count)[1] >= low]
    history = known[best]
    return {
        "lane": best,
        "accuracy": ends[best] / count,
        "low": low,
        "high": high,
        "examples": count,
        "alike": alike,
        "gap": float(history.train_accuracy[-1] - history.validation_accuracy[-1]),
        "diverged": [lane for lane in range(len(known)) if lane not in ends],
    }
