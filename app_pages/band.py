"""How far the losses of a lane spread when nothing but the seed is another."""

from typing import Any

import numpy as np

from app_pages.firm import firm
from charts.tracks import packed
from descent.crowd import Crowd, crowd, quantiles
from descent.run import Run
from landscapes import Landscape
from scenes import Scene, query, read
from scenes.knobs import lane_knob

SEEDS = 200
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def left_to_chance(run: Run, surface: Landscape) -> bool:
    """Return whether another seed makes another run: gradients are noisy, or a mini-batch is not all data."""
    return run.sigma > 0 or has_batches(run, surface)


def has_batches(run: Run, surface: Landscape) -> bool:
    """Return whether the steps of `run` see parts of the data of `surface`, drawn by chance."""
    examples = surface.examples
    return examples is not None and (run.batch < examples.count or run.replacement)


def asked_lane(spelling: str, scene: Scene) -> int:
    """Return the lane that the parameter `of` of a query names, from 0; the first if it names none."""
    knob = lane_knob(len(scene.racers), first=0)
    text = next((value for name, value in query.split(spelling) if name == "of"), "")
    return int(knob.read(text)[0])


def band(spelling: str) -> dict[str, Any]:
    """Return quantiles of the loss over 200 seeds at every step, for the lane `of` (counted from 0).

    `quantiles` is packed, a row of LEVELS for each step 0 … T; None where nothing is left to chance.
    """
    scene, _ = firm(read(spelling)[0])
    lane = asked_lane(spelling, scene)
    run = scene.runs()[lane]
    told = {"lane": lane, "seeds": SEEDS, "levels": LEVELS}
    if not left_to_chance(run, scene.ground.surface):
        return {**told, "quantiles": None}
    rows = quantiles(crowd(Crowd(run=run, count=SEEDS, frames=run.steps + 1)), LEVELS)
    # Where some runs have diverged, a quantile is infinite: the largest number that can be sent.
    return {**told, "quantiles": packed(np.nan_to_num(rows, nan=np.inf))}
