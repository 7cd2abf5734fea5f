"""What residual connections, or a normalisation, do to a network's loss: the landscape with and without."""

from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from networks.data import about
from networks.training import MOST_MEASURED
from scenes import read
from scenes.net_labs import Residual
from studies.compared_landscapes import (
    Comparison,
    Landscape,
    Seen,
    comparison_parts,
    found,
    seen_so_far,
    share_done,
)

CURVES = "train_loss", "validation_loss", "train_accuracy", "validation_accuracy"
OF_A_RUN = 100
"""Progress is told in so many parts of a run."""
LARGEST = 1e30
"""What is larger, or not finite, is not drawn."""


def lab_of(spelling: str) -> Residual:
    """Return the lab that a link spells."""
    return read(spelling)[0].network.residual


def question_of(lab: Residual) -> Comparison:
    """Return what a lab asks."""
    own, plain = lab.pair
    along = lab.compare == "normalization"
    return Comparison(own, plain, lab.seeds, lab.extent, along=along)


def net_residual(spelling: str) -> dict[str, Any]:
    """Return what is known of both networks of the first seed, and in the end what all seeds say.

    As long as they are not at their end the answer says so, {"done": …, "parts": …}, a hundred for each run.
    """
    lab = lab_of(spelling)
    question = question_of(lab)
    told = {"compare": lab.compare, "norm": lab.norm, "steps": lab.steps, "seeds": lab.seeds}
    try:
        more = in_parts(comparison_parts(question), dict[str, Any])
    except FileNotFoundError:
        return {**told, "arms": [], "ends": None, "roughness": [], "finding": None, "missing": True}
    pairs = [(seen_so_far(own), seen_so_far(plain)) for own, plain in question.pairs]
    first = pairs[0]
    told |= {
        "arms": [_arm(seen, each) for seen, each in zip(first, question.pairs[0], strict=True)],
        "ends": ends_of(first),
        "roughness": [_rough([pair[arm] for pair in pairs]) for arm in (0, 1)],
        "missing": False,
    }
    if "parts" not in more:
        validated = min(MOST_MEASURED, about(question.own.network.data).validation)
        return {**told, "finding": {**asdict(found(pairs)), "validated": validated}}
    shares = [share_done(each) for pair in question.pairs for each in pair]
    done, parts = int(OF_A_RUN * sum(shares)), OF_A_RUN * len(shares) + 1
    return {**told, "finding": None, "done": done, "parts": parts}


def ends_of(pair: tuple[Seen, Seen]) -> tuple[float, float] | None:
    """Return the least and the largest loss of both slices together, the ends of the one scale they share."""
    losses = np.concatenate([each.losses.ravel() for each in pair])
    known = losses[np.abs(losses) < LARGEST]
    return (float(known.min()), float(known.max())) if known.size else None


def _arm(seen: Seen, question: Landscape) -> dict[str, Any]:
    history, along = seen.history, seen.along
    ending = history.ending
    columns = ("loss", "low", "high", "change_low", "change_high", "smoothness")
    return {
        "of": question.training.steps,
        "measured": packed(history.measured.astype(float)),
        **{name: packed(getattr(history, name).astype(float)) for name in CURVES},
        "ending": {"kind": ending.kind, "step": ending.step},
        "gradients": [] if seen.rms is None else [packed(row.astype(float)) for row in seen.rms],
        "side": packed(seen.a),
        "slice": packed(seen.losses.ravel().astype(float)),
        "rough": None if seen.rough is None else asdict(seen.rough),
        "looks": packed(np.array(seen.looks, float)),
        **{name: packed(np.array([getattr(step, name) for step in along], float)) for name in columns},
    }


def _rough(arm: list[Seen]) -> dict[str, list[float | None]]:
    """Return how rough the slice of each seed is, as far as it is known."""
    known = [seen.rough for seen in arm]
    return {
        name: [None if rough is None else getattr(rough, name) for rough in known]
        for name in ("nonconvex", "variation")
    }
