"""Which minimum do runs find: the share that ends in the flattest one, by learning rate and batch size."""

from dataclasses import replace
from typing import Any

import numpy as np

from app_pages.experiments.asked import asked
from app_pages.experiments.bottoms import bottoms, equally_flat, flattest
from app_pages.experiments.crowds import places, share, starts_of
from app_pages.experiments.sweeps import gradients
from catalog import Settings
from descent.crowd import outside
from descent.sweep import Sweep, sweep
from optimizers import OPTIMIZERS
from scenes.defaults import RATE
from scenes.knobs import batch_knob

RUNS = 500
RATES = 13
DECADE = 1.0
"""How far the rates reach to either side of the lane's own, in powers of ten."""
MOST = 6


def who_finds_the_flattest(spelling: str) -> dict[str, Any]:
    """Return, for lane `of` and batches of `batch` examples, the share of 500 runs in the flattest basin."""
    question = asked(spelling)
    ground, scene = question.scene.ground, question.scene
    minima = bottoms(ground)
    noisy = bool(scene.budget.sigma) or ground.surface.examples is not None
    ready = len(minima) >= 2 and noisy
    told = {"lane": question.lane, "minima": len(minima), "noisy": noisy, "ready": ready}
    if not ready:
        return told
    run, starts = question.run, starts_of(question)
    size = question.whole(replace(batch_knob(ground.surface), id="size"))
    knob = OPTIMIZERS[run.optimizer].knobs[0]
    powers = np.log10(float(run.knobs[RATE])) + np.linspace(-DECADE, DECADE, RATES)
    rates = sorted({float(rate) for rate in np.clip(10**powers, knob.low, knob.high)})
    plain = replace(run, knobs=Settings({**run.knobs, RATE: knob.default}), batch=size)
    # In two halves: a sweep has at most so many members.
    halves = [tuple(rates[::2]), tuple(rates[1::2])]
    found = [sweep(Sweep(plain, half, RUNS, starts, gradients(plain))) for half in halves if half]
    points = np.concatenate([each.points.reshape(-1, 2) for each in found])
    diverged = np.concatenate([np.isinf(each.final).ravel() for each in found])
    ends = places(points, outside(points, ground.surface.box), diverged, ground, minima)
    # As in the table of minima: the flattest of the lowest.
    target = flattest(minima[:MOST])
    by_rate = (ends.reshape(len(rates), RUNS) == target).sum(axis=1)
    counts = by_rate[np.argsort(np.concatenate([each.rates for each in found]))]
    bottom = minima[target]
    return {
        **told,
        "size": size,
        "starts": starts,
        "runs": RUNS,
        "rates": rates,
        "target": bottom.point,
        "equal": equally_flat(minima[:MOST]),
        "rows": [share(int(count), RUNS) for count in counts],
    }
