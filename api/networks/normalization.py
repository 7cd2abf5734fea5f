"""How networks learn from starting weights of 16 scales, with a normalisation and without it."""

from dataclasses import asdict
from typing import Any

from api.encode import packed
from api.parts import in_parts
from networks.abreast import TRAIN_ACCURACY, VALIDATION_ACCURACY, Curves, abreast_parts, curves_so_far
from scenes import read
from studies.starting_scales import compared, scale_questions, scales

ROWS = {"train": TRAIN_ACCURACY, "validation": VALIDATION_ACCURACY}


def net_scales(spelling: str) -> dict[str, Any]:
    """Return how far all networks of the lab on normalisation have come, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    lab = read(spelling)[0].network.normalization
    run, epochs = lab.training(), lab.epochs
    questions = scale_questions(run, epochs)
    found = {"norm": run.network.normalization, "scales": packed(scales()), "epochs": epochs}
    try:
        # First those without: their programs are compiled sooner, and there is something to see.
        more = in_parts(abreast_parts(questions[::-1]), dict[str, Any])
    except FileNotFoundError:
        return {**found, "rows": [], "finding": None, "missing": True}
    known = [curves_so_far(question) for question in questions]
    found |= {"rows": [_row(curves) for curves in known], "missing": False}
    if "parts" not in more:
        return {**found, "finding": asdict(compared(*known))}
    done, parts = sum(curves.steps_done for curves in known), len(scales()) * 2 * run.steps + 1
    return {**found, "finding": None, "done": done, "parts": parts}


def _row(curves: Curves) -> dict[str, Any]:
    """Return the accuracies of each scale, one after the other, after each epoch: NaN where it diverged."""
    return {
        "looks": len(curves.measured),
        **{name: packed(curves.values[:, :, which].T.ravel().astype(float)) for name, which in ROWS.items()},
        "diverged": [int(step) for step in curves.diverged],
    }
