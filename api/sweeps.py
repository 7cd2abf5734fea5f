"""Which learning rate suits which method: the loss that many runs end with, rate by rate."""

from functools import partial
from typing import Any

import numpy as np

from api.encode import finite
from api.parts import in_parts
from api.question import Question, read_question
from descent.ensembles import Starts
from descent.randomness import by_chance
from optimizers import OPTIMIZERS
from studies.global_minimum import global_minima, global_minima_parts
from studies.rate_curve import RateSweeps, loss_by_rate, loss_by_rate_parts, sweeps_over_rates

SEEDS, STARTS = 13, 64
"""How many runs there are for each rate: an odd number, so that the median of seeds is one of them."""


def rates_and_losses(spelling: str) -> dict[str, Any]:
    """Return what lane `of` ends with at each of 37 rates, its best rate, and how it does at its present one.

    Every method makes as many steps as the scene's number of steps buys in gradients. Losses are those
    above the least one where it is known, but for `linear`.
    """
    question = read_question(spelling)
    ground = question.scene.ground
    starts, members = _ensemble(question)
    sweeps = sweeps_over_rates(question.run, members, starts)
    parts = [*global_minima_parts(ground.surface, ground.knobs), *loss_by_rate_parts(sweeps)]
    return in_parts(parts, partial(_response, question, sweeps))


def _response(question: Question, sweeps: RateSweeps) -> dict[str, Any]:
    """Return what `rates_and_losses` does, when all runs are there."""
    ground, run, every = question.scene.ground, question.run, sweeps.every
    least = global_minima(ground.surface, ground.knobs).loss
    curve = loss_by_rate(sweeps, ground.surface, ground.knobs, least)
    best = {name: finite(value) for name, value in curve.best._asdict().items()}
    return {
        "lane": question.lane,
        "starts": every.starts,
        "members": every.seeds,
        "count": len(every.rates),
        "steps": curve.steps,
        "gradients": run.steps,
        "used": curve.steps * OPTIMIZERS[run.optimizer].cost,
        "linear": least is None,
        "axis": [curve.floor, curve.top],
        "rates": list(every.rates),
        "median": list(map(finite, curve.median)),
        "low": list(map(finite, curve.low)),
        "high": list(map(finite, curve.high)),
        "best": best if np.isfinite(curve.best.median) else None,
        "now": {
            "rate": sweeps.present,
            **{name: finite(value) for name, value in curve.present._asdict().items()},
        },
    }


def _ensemble(question: Question) -> tuple[Starts, int]:
    """Return from where the runs of one rate start, and how many: seeds where chance has a part."""
    if question.starts == "same" and by_chance(question.run, question.scene.ground.surface):
        return "same", SEEDS
    return "box", STARTS
