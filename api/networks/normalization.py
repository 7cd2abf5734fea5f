"""How networks learn with a normalisation and without: at many scales, rates and sizes of batches."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from networks.abreast import (
    TRAIN_ACCURACY,
    VALIDATION_ACCURACY,
    Abreast,
    Curves,
    abreast_parts,
    curves_so_far,
)
from networks.data import about
from networks.training import MOST_MEASURED
from scenes import read
from scenes.net_labs import Normalization
from studies.bearable_rates import bearable, rate_questions, rates
from studies.parts import Part
from studies.small_batches import SEEDS, at_size, furthest, in_order, lines, size_questions, sizes
from studies.starting_scales import compared, scale_questions, scales

ROWS = {"train": TRAIN_ACCURACY, "validation": VALIDATION_ACCURACY}


def lab_of(spelling: str, vary: str) -> Normalization:
    """Return the lab that a link spells where it varies this, whatever else the link says of that."""
    return replace(read(spelling)[0].network.normalization, vary=vary).affordable([])


def net_scales(spelling: str) -> dict[str, Any]:
    """Return how far all networks from scales of the weights have come, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    lab = lab_of(spelling, "scales")
    questions = scale_questions(lab.training(), lab.epochs)
    # First those without: their programs are compiled sooner, and there is something to see.
    parts = abreast_parts(questions[::-1])

    def found(known: list[Curves]) -> dict[str, Any]:
        return asdict(compared(*known))

    return {**_told(lab, scales()), **_rows(parts, questions, questions, found)}


def net_rates(spelling: str) -> dict[str, Any]:
    """Return how far all networks at rates have come, those of the first seed, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    lab = lab_of(spelling, "rates")
    own, plain = rate_questions(lab.training(), lab.epochs)
    # Further seeds come last: they are not seen.
    parts = [*abreast_parts([plain[0], own[0]]), *abreast_parts([*plain[1:], *own[1:]], turns=False)]

    def found(known: list[Curves]) -> dict[str, Any]:
        return asdict(bearable(tuple(known[: len(own)]), tuple(known[len(own) :])))

    return {**_told(lab, rates()), **_rows(parts, (*own, *plain), (own[0], plain[0]), found)}


def net_modes(spelling: str) -> dict[str, Any]:
    """Return what networks trained with batches of all sizes have right, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in runs.
    """
    lab = lab_of(spelling, "batches")
    run = lab.training()
    own, plain = size_questions(run, lab.epochs)
    tried = sizes(lab.examples)
    told = {"norm": lab.norm, "values": packed(np.array(tried, float)), "seeds": SEEDS}
    try:
        more = in_parts(abreast_parts(in_order(own, plain), turns=False), dict[str, Any])
    except FileNotFoundError:
        return {**told, "lines": [], "finding": None, "missing": True}
    known = lines(*(tuple(tuple(map(curves_so_far, row)) for row in cells) for cells in (own, plain)))
    told |= {"lines": [_line(id, shares) for id, shares in known.items()], "missing": False}
    if "parts" not in more:
        ends = [at_size(known, column, tried[column]) for column in (0, len(tried) - 1)]
        validated = min(MOST_MEASURED, about(run.network.data).validation)
        finding = {
            "validated": validated,
            "ends": list(map(asdict, ends)),
            "furthest": furthest(known, tried),
        }
        return {**told, "finding": finding}
    return {**told, "finding": None, **more}


def _line(id: str, shares: Any) -> dict[str, Any]:
    """Return the mean over the seeds that are known so far, and between what they lie; NaN where none is."""
    known = [column[np.isfinite(column)] for column in shares.T]
    rows = {"mean": np.mean, "low": np.min, "high": np.max}
    return {
        "id": id,
        **{name: packed(np.array([f(x) if len(x) else np.nan for x in known])) for name, f in rows.items()},
    }


def _told(lab: Normalization, values: Any) -> dict[str, Any]:
    return {"norm": lab.norm, "values": packed(values), "epochs": lab.epochs}


def _rows(
    parts: Sequence[Part],
    questions: Sequence[Abreast],
    seen: Sequence[Abreast],
    found: Callable[[list[Curves]], dict[str, Any]],
) -> dict[str, Any]:
    """Return the curves that are `seen` and how far all `questions` are; what was `found` at their end."""
    try:
        more = in_parts(parts, dict[str, Any])
    except FileNotFoundError:
        return {"rows": [], "finding": None, "missing": True}
    known = [curves_so_far(question) for question in questions]
    rows = [_row(known[questions.index(question)]) for question in seen]
    told = {"rows": rows, "missing": False}
    if "parts" not in more:
        return {**told, "finding": found(known)}
    steps = sum(len(question.runs) * question.looks[-1] for question in questions)
    done = sum(curves.steps_done for curves in known)
    return {**told, "finding": None, "done": done, "parts": steps + 1}


def _row(curves: Curves) -> dict[str, Any]:
    """Return the accuracies of each run, one after the other, after each epoch: NaN where it diverged."""
    return {
        "looks": len(curves.measured),
        **{name: packed(curves.values[:, :, which].T.ravel().astype(float)) for name, which in ROWS.items()},
        "diverged": [int(step) for step in curves.diverged],
    }
