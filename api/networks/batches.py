"""What the size of a mini-batch does, in time, noise and training, as far as it is known."""

from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from networks.data import about
from networks.training import MOST_MEASURED
from scenes import read
from studies.batch_sizes import (
    DRAWS,
    LANES,
    Cost,
    Epochs,
    Growth,
    costs,
    epochs_of,
    growth_parts,
    is_whole,
    law,
    sizes,
)
from studies.intervals import wilson

SIZES = ("sizes", "update", "epoch", "variance", "half", "line", "law")
ROWS = ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy")


def growth_of(spelling: str) -> Growth:
    """Return the question that a link asks."""
    lab = read(spelling)[0].network.batch
    return Growth(lab.network, lab.rate, min(lab.batch, lab.examples), lab.epochs, lab.factor, lab.seed)


def net_batches(spelling: str) -> dict[str, Any]:
    """Return what is known of each size and lane, and in the end what was found.

    As long as something is missing the answer says so, {"done": …, "parts": …} in sizes and epochs. Times are
    measured where this is computed, once, and told as shares of that with all examples.
    """
    question = growth_of(spelling)
    try:
        more = in_parts(growth_parts(question), lambda: None)
    except FileNotFoundError:
        return {"examples": 0, "lanes": [], "finding": None, "missing": True, **dict.fromkeys(SIZES, "")}
    known, lanes = costs(question), [epochs_of(question, lane) for lane in LANES]
    told = {
        "examples": question.examples,
        **_sizes(question, known),
        "lanes": [_lane(id, lane) for id, lane in zip(LANES, lanes, strict=True)],
        "missing": False,
    }
    if more is None:
        return {**told, "finding": finding(question, known, lanes)}
    gone = sum(question.epochs if is_whole(question, lane) else len(lane.settings) for lane in lanes)
    parts = len(sizes(question.examples)) + len(LANES) * question.epochs + 1
    return {"done": len(known) + gone, "parts": parts, **told, "finding": None}


def _sizes(question: Growth, known: list[Cost]) -> dict[str, Any]:
    """Return rows with a number for each size that is measured; times where that with all examples is."""
    whole = known[-1].seconds if known and known[-1].batch == question.examples else None
    drawn = [cost.batch for cost in known]
    updates = [] if whole is None else [cost.seconds / whole for cost in known]
    epochs = [share * question.examples / size for share, size in zip(updates, drawn, strict=False)]
    line = [size for size in sizes(question.examples) if size < question.examples]
    return {
        "sizes": packed(np.array(drawn, float)),
        "update": packed(np.array(updates, float)),
        "epoch": packed(np.array(epochs, float)),
        "variance": packed(np.array([cost.variance for cost in known], float)),
        "half": packed(np.array([cost.half for cost in known], float)),
        "line": packed(np.array(line, float)),
        "law": packed(np.array([law(question.examples, size) for size in line], float)),
    }


def _lane(id: str, known: Epochs) -> dict[str, Any]:
    """Return a lane at the end of each epoch so far, and the rate, batch and number of updates of each."""
    rows = np.array(known.rows, float).reshape(-1, len(ROWS))
    settings = np.array(known.settings, float).reshape(-1, 2)
    return {
        "id": id,
        "epochs": packed(np.arange(len(rows), dtype=float)),
        **{name: packed(rows[:, column]) for column, name in enumerate(ROWS)},
        "rates": packed(settings[:, 0]),
        "batches": packed(settings[:, 1]),
        "updates": packed(np.cumsum([0, *known.updates]).astype(float)),
        "diverged": known.diverged,
    }


def finding(question: Growth, known: list[Cost], lanes: list[Epochs]) -> dict[str, Any]:
    """Return where the lanes end, how well the law holds, and what small batches cost in time."""
    count = min(MOST_MEASURED, about(question.network.data).validation)
    noisy = [cost for cost in known if cost.batch < question.examples]
    held = [cost for cost in noisy if abs(cost.variance - cost.law) <= cost.half]
    return {
        "draws": DRAWS,
        "sizes": len(noisy),
        "held": len(held),
        "update": known[0].seconds / known[-1].seconds,
        "epoch": question.examples * known[0].seconds / known[-1].seconds,
        "validated": count,
        "lanes": [None if lane.diverged else _end(lane, count) for lane in lanes],
    }


def _end(lane: Epochs, count: int) -> dict[str, Any]:
    train_loss, _, _, accuracy = lane.rows[-1]
    right = round(accuracy * count)
    low, high = wilson(right, count)
    return {
        "loss": train_loss,
        "validation": right / count,
        "low": low,
        "high": high,
        "updates": sum(lane.updates),
    }
