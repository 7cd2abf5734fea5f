"""How steep the loss is where full-batch training goes, at several rates."""

from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import finite, packed
from api.parts import in_parts
from networks.geometry.regression import Regression
from scenes import read
from scenes.net_labs import EdgeLab
from scenes.net_labs.edge import POINTS
from studies.edge_of_stability import Edge, EdgeCurves, edge_parts, edge_so_far, settled


def net_edge(spelling: str) -> dict[str, Any]:
    """Return what is known of all runs, and in the end what was found.

    As long as they are not at their end the answer says so, {"done": …, "parts": …} in steps.
    """
    lab = read(spelling)[0].network.edge
    questions = questions_of(lab)
    more = in_parts(edge_parts(questions), dict[str, Any])
    known = list(map(edge_so_far, questions))
    told = {
        "method": lab.method,
        "limit": questions[0].limit,
        "frozen": questions[0].frozen,
        "classes": lab.seen.classes,
        "runs": [_run(*pair) for pair in zip(questions, known, strict=True)],
    }
    if "parts" not in more:
        findings = [asdict(settled(*pair)) for pair in zip(questions, known, strict=True)]
        return {**told, "finding": findings}
    steps = sum(question.steps for question in questions)
    done = sum(
        question.steps if curves.whole else curves.steps_done
        for question, curves in zip(questions, known, strict=True)
    )
    return {**told, "finding": None, "done": done, "parts": steps + 1}


def questions_of(lab: EdgeLab) -> tuple[Edge, ...]:
    """Return a run for each rate, the smallest first."""
    task = Regression(points=POINTS, widths=lab.widths) if lab.network is None else lab.network
    return tuple(Edge(task, lab.method, knobs, lab.steps, lab.seed) for knobs in lab.knobs_of_runs)


def _run(question: Edge, curves: EdgeCurves) -> dict[str, Any]:
    """Return the curves of one run: float32, NaN where a number was too large."""
    rows = {
        "steps": curves.steps.astype(float),
        "sharpness": curves.sharpness,
        "losses": curves.losses,
        "low": curves.low,
        "high": curves.high,
    }
    return {
        "rate": question.rate,
        "bound": question.bound,
        "first_loss": finite(curves.first_loss),
        "diverged": curves.diverged,
        **{name: packed(np.asarray(row, float)) for name, row in rows.items()},
    }
