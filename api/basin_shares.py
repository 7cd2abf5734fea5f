"""Which minimum do runs find: the share that ends in the flattest one, by learning rate and batch size."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from api.ensembles import Counted, places, share, starts_of
from api.minima import bottoms, bottoms_parts, equally_flat, flattest
from api.parts import Part, in_parts
from api.question import Question, read_question
from api.sweeps import gradients, sweep_parts
from catalog import Settings
from descent.ensembles import outside
from optimizers import OPTIMIZERS
from scenes import Ground
from scenes.defaults import RATE
from scenes.knobs import batch_knob
from studies.basins_of_attraction import basins, parts_of_basins
from studies.rate_sweep import Sweep, sweep

RUNS = 500
RATES = 13
DECADE = 1.0
"""How far the rates reach to either side of the lane's own, in powers of ten."""
MOST = 6


def who_finds_the_flattest(spelling: str) -> dict[str, Any]:
    """Return, for lane `of` and batches of `batch` examples, the share of 500 runs in the flattest basin."""
    question = read_question(spelling)
    ground = question.scene.ground
    return in_parts(bottoms_parts(ground), partial(_shares, question, ground))


def _shares(question: Question, ground: Ground) -> dict[str, Any]:
    """Return what `who_finds_the_flattest` does, when the minima are there."""
    minima = bottoms(ground)
    noisy = bool(question.scene.budget.noise) or ground.surface.examples is not None
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
    halves = [
        Sweep(plain, half, RUNS, starts, gradients(plain))
        for half in (tuple(rates[::2]), tuple(rates[1::2]))
        if half
    ]
    # As in the table of minima: the flattest of the lowest.
    target = flattest(minima[:MOST])

    def whole() -> dict[str, Any]:
        found = {
            rate: share(int((ends == target).sum()), RUNS)
            for half in halves
            for rate, ends in zip(half.rates, _ends(half, ground), strict=True)
        }
        return {
            **told,
            "size": size,
            "starts": starts,
            "runs": RUNS,
            "rates": rates,
            "target": minima[target].point,
            "equal": equally_flat(minima[:MOST]),
            "rows": [found[rate] for rate in rates],
        }

    parts = [part for half in halves for part in (*sweep_parts(half), *_ends_parts(half, ground))]
    return in_parts(parts, whole)


def _ends(half: Sweep, ground: Ground) -> Counted:
    """Return where the runs of each rate have ended (R, RUNS), as `places` says it."""
    found, box = sweep(half), ground.surface.box
    points = found.points.reshape(-1, 2)
    ends = places(points, outside(points, box), np.isinf(found.final).ravel(), ground, bottoms(ground))
    return ends.reshape(found.final.shape)


def _ends_parts(half: Sweep, ground: Ground) -> list[Part]:
    """Return the parts in which it is found out where these runs, when they are there, have ended."""

    def part(which: slice) -> object:
        points, minima = sweep(half).points.reshape(-1, 2)[which], bottoms(ground)
        return basins(ground.surface, ground.knobs, points, [b.point for b in minima])

    return [partial(part, which) for which in parts_of_basins(ground.surface, RUNS * len(half.rates))]
