"""Which learning rate suits which method: the loss that many runs end with, rate by rate."""

from dataclasses import replace
from functools import partial
from typing import Any, Literal

import numpy as np

from api.ensembles import starts_of
from api.flat_and_sharp import finite
from api.global_minimum import lowest, lowest_parts
from api.parts import Part, in_parts
from api.question import Question, read_question
from catalog import Settings
from curvature.eigen import Floats
from descent import Run
from descent.randomness import by_chance
from landscapes.terrain import sample
from optimizers import OPTIMIZERS
from scenes import Ground
from scenes.defaults import RATE
from studies.rate_sweep import RATES, Sweep, best_rate, parts_of_sweep, sweep, sweep_part

SEEDS, STARTS = 13, 64
"""How many runs there are for each rate: an odd number, so that the median of seeds is one of them."""
ARRIVED = 1e-12
"""Part of the drop from a typical loss of the box to the least one; below it nothing is told apart."""
ROOM = 30.0
"""A logarithmic axis ends at so many times that drop, a linear one at half of the box's range beyond it."""
SURE = 1.96


def rates_and_losses(spelling: str) -> dict[str, Any]:
    """Return what lane `of` ends with at each of 37 rates, its best rate, and how it does at its present one.

    Every method makes as many steps as the scene's number of steps buys in gradients. Losses are those
    above the least one where it is known, but for `linear`.
    """
    question = read_question(spelling)
    run, ground = question.run, question.scene.ground
    starts, members = _ensemble(question)
    knob = OPTIMIZERS[run.optimizer].knobs[0]
    rates = tuple(rate for rate in RATES if knob.low <= rate <= knob.high)
    # The lane's own rate is no part of the question, so that turning it asks nothing anew.
    plain = replace(run, knobs=Settings({**run.knobs, RATE: knob.default}))
    question_of = partial(Sweep, plain, seeds=members, starts=starts, evaluations=gradients(plain))
    every, present = question_of(rates), float(run.knobs[RATE])
    alone = [] if present in every.rates else [question_of((present,))]
    parts = [*lowest_parts(ground), *(part for each in (every, *alone) for part in sweep_parts(each))]
    return in_parts(parts, partial(_told_of, question.lane, ground, run, every, alone))


def sweep_parts(question: Sweep) -> list[Part]:
    """Return the parts in which the runs of `question` are run."""
    return [partial(sweep_part, question, runs) for runs in parts_of_sweep(question)]


def _told_of(lane: int, ground: Ground, run: Run, every: Sweep, alone: list[Sweep]) -> dict[str, Any]:
    """Return what `rates_and_losses` does, when all runs are there; `alone` asks for the present rate."""
    _, least = lowest(ground)
    found = sweep(every)
    best = best_rate(found, least)
    present = float(run.knobs[RATE])
    final = sweep(alone[0]).final[0] if alone else found.final[every.rates.index(present)]
    floor, top = _span(ground, least)
    rates, members, starts = every.rates, every.seeds, every.starts
    return {
        "lane": lane,
        "starts": starts,
        "members": members,
        "count": len(rates),
        "steps": found.steps,
        "gradients": run.steps,
        "used": found.steps * OPTIMIZERS[run.optimizer].cost,
        "linear": least is None,
        "axis": [floor, top],
        "rates": list(rates),
        "median": _told(np.median(found.final, axis=1), least, floor),
        "low": _told(found.final.min(axis=1), least, floor),
        "high": _told(found.final.max(axis=1), least, floor),
        "best": {
            "rate": best.rate,
            "low": best.low,
            "high": best.high,
            "decades": best.decades,
            "median": _one(best.median, least, floor),
        }
        if np.isfinite(best.median)
        else None,
        "now": {"rate": present, **_now(final, least, floor)},
    }


def gradients(run: Run) -> int:
    """Return how many gradients every method may ask for: as many as steps, and enough for one step."""
    return max(run.steps, OPTIMIZERS[run.optimizer].cost)


def _ensemble(question: Question) -> tuple[Literal["same", "box"], int]:
    """Return from where the runs of one rate start, and how many: seeds where chance has a part."""
    if starts_of(question) == "same" and by_chance(question.run, question.scene.ground.surface):
        return "same", SEEDS
    return "box", STARTS


def _now(final: Floats, least: float | None, floor: float) -> dict[str, Any]:
    """Return the median of `final` (n,) and its interval of 95 %, from ranks (Conover 1999)."""
    ranked = np.sort(final)
    half = SURE * np.sqrt(len(final)) / 2
    low, high = int(np.floor(len(final) / 2 - half)), int(np.ceil(len(final) / 2 + half)) - 1
    return {
        "median": _one(np.median(final), least, floor),
        "low": _one(ranked[max(low, 0)], least, floor),
        "high": _one(ranked[min(high, len(final) - 1)], least, floor),
    }


def _told(losses: Floats, least: float | None, floor: float) -> list[float | None]:
    """Return losses as the chart has them, None for those that are not finite."""
    return [_one(loss, least, floor) for loss in losses]


def _one(loss: Any, least: float | None, floor: float) -> float | None:
    if least is None:
        return finite(loss)
    return finite(max(float(loss) - least, floor))


def _span(ground: Ground, least: float | None) -> tuple[float, float]:
    """Return where the axis of losses begins and ends: the same for all lanes."""
    losses = sample(ground.surface, ground.knobs).loss
    losses = losses[np.isfinite(losses)]
    if not losses.size:
        return (ARRIVED, 1.0) if least is not None else (0.0, 1.0)
    if least is not None:
        drop = max(float(np.median(losses)) - least, 1e-300)
        return max(ARRIVED * drop, np.finfo(float).tiny), ROOM * drop
    low, high = float(losses.min()), float(losses.max())
    room = (high - low) / 2 or 1.0
    return low - room, high + room
