"""What holds a large network back that has seen few examples: five lanes side by side."""

from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from networks import History, Training, so_far, training_parts
from networks.data import about
from networks.training import MOST_MEASURED
from scenes import read
from studies.regularization import Reached, better, difference, reached, smaller, stopped

LANES = ("none", "l2", "decoupled", "dropout", "early")
"""The lanes by id; the last one is the first, stopped where its validation loss is least."""
DROPOUT = LANES.index("dropout")

ROWS = ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy", "norms")


def net_regularization(spelling: str) -> dict[str, Any]:
    """Return how far all lanes have come, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    lab = read(spelling)[0].network.regularization
    asked = lab.trainings()
    try:
        more = in_parts(training_parts(asked), lambda: None)
    except FileNotFoundError:
        return {"lanes": [], "finding": None, "missing": True}
    known = [so_far(training) for training in asked]
    stop = stopped(known[0])
    lanes = [_lane(id, training, history) for id, training, history in zip(LANES, asked, known, strict=False)]
    lanes.append(
        {**lanes[0], "id": LANES[-1], "stop": None if stop is None else int(known[0].measured[stop])}
    )
    told = {"lanes": lanes, "missing": False}
    if more is None:
        return {**told, "finding": finding(asked[0], known)}
    done = sum(history.steps_done for history in known)
    return {"done": done, "parts": sum(each.steps for each in asked) + 1, **told, "finding": None}


def _lane(id: str, training: Training, history: History) -> dict[str, Any]:
    """Return what is known of one lane."""
    return {
        "id": id,
        "steps": history.steps_done,
        "of": training.steps,
        "measured": packed(history.measured.astype(float)),
        **{name: packed(np.asarray(getattr(history, name), float)) for name in ROWS},
        "ending": {"kind": history.ending.kind, "step": history.ending.step},
        "stop": None,
    }


def finding(training: Training, known: list[History]) -> dict[str, Any]:
    """Return where each lane stands at its end, which gaps are smaller beyond chance, and what dropout does.

    A lane that diverged stands nowhere (None). What dropout takes from the gap is the sum of what it takes
    from the accuracy on training data and of what it adds to that on validation data.
    """
    count = min(MOST_MEASURED, about(training.network.data).validation)
    ends: list[Reached | None] = [
        None if history.ending.kind == "diverged" else reached(history, -1, count) for history in known
    ]
    stop = stopped(known[0])
    ends.append(None if stop is None else reached(known[0], stop, count))
    first, dropped = ends[0], ends[DROPOUT]
    return {
        "examples": count,
        "lanes": [None if end is None else _end(end) for end in ends],
        "smaller": smaller(ends),
        "less": [None if end is None else _less(first, end) for end in ends[1:]],
        "dropout": None if first is None or dropped is None else _dropout(first, dropped),
    }


def _less(first: Reached | None, end: Reached) -> dict[str, float] | None:
    """Return by how much a gap is less than the first one."""
    if first is None:
        return None
    less, low, high = difference(first, end)
    return {"less": less, "low": low, "high": high}


def _dropout(first: Reached, dropped: Reached) -> dict[str, float]:
    """Return what dropout takes from the gap, and how."""
    validation, low, high = better(first, dropped)
    training = first.train - dropped.train
    return {
        "closed": training + validation,
        "training": training,
        "validation": validation,
        "low": low,
        "high": high,
    }


def _end(end: Reached) -> dict[str, Any]:
    return {
        **{name: value for name, value in asdict(end).items() if name != "row"},
        "gap": end.gap,
        "gap_low": end.gap_low,
        "gap_high": end.gap_high,
    }
