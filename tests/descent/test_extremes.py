"""Whatever the knobs, there is a trajectory, finite to its last row, with an ending: never an exception."""

import typing
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from catalog import Knob
from descent import Run, Trajectory, descend
from descent.trajectory import Kind
from landscapes import LANDSCAPES, Landscape
from landscapes.penalty import L2
from optimizers import OPTIMIZERS
from tests.descent.thirds import methods_on

STEPS = 60

# Each knob low or high: all low, all high, and two mixtures.
SETTINGS = (lambda k: False, lambda k: True, lambda k: k % 2 == 0, lambda k: k % 2 == 1)

MORE: tuple[dict[str, Any], ...] = (
    {},
    {"clip": "norm", "clip_at": 1e-9, "batch": 3, "warmup": 1000},
    {
        "clip": "value",
        "clip_at": 1e300,
        "decoupled": True,
        "schedule": "one_cycle",
        "batch": 1,
        "replacement": True,
    },
    {"decoupled": True, "schedule": "warm_restarts", "batch": 10**6},
)


def at_the_ends(knobs: tuple[Knob, ...], high: Callable[[int], bool]) -> dict[str, float]:
    numbers = [knob for knob in knobs if knob.kind != "choice"]
    return {knob.id: knob.high if high(k) else knob.low for k, knob in enumerate(numbers)}


def assert_honest(path: Trajectory, steps: int) -> None:
    done = len(path.updates)
    assert done == steps or path.ending.kind in ("diverged", "below_the_map")
    assert path.ending.kind in typing.get_args(Kind)
    assert 0 <= path.ending.step <= done
    assert len(path.points) == len(path.losses) == len(path.gradients) == done + 1
    for array in (
        path.points,
        path.losses,
        path.gradients,
        path.estimates,
        path.seen,
        path.rates,
        path.M,
        path.G,
        path.updates,
    ):
        assert np.isfinite(array).all()


@pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)
def test_methods_survive_every_surface(landscape: Landscape) -> None:
    corners = list(product(*landscape.box))
    for optimizer in methods_on(landscape.id):
        method = OPTIMIZERS[optimizer]
        for k, high in enumerate(SETTINGS):
            knobs, ground = at_the_ends(method.knobs, high), at_the_ends(landscape.knobs, high)
            start = corners[k] if k % 2 else landscape.start
            more = MORE[k]
            ground = {**ground, "l2": L2.high if high(0) else L2.low}
            run = Run(landscape.id, optimizer, start, STEPS, knobs, ground, sigma=1e3 * (k > 1), **more)
            assert_honest(descend(run), STEPS)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_combination_of_ends_on_the_bowl(optimizer: str) -> None:
    knobs = OPTIMIZERS[optimizer].knobs
    for ends in product(("low", "high"), repeat=len(knobs)):
        given = {knob.id: getattr(knob, end) for knob, end in zip(knobs, ends, strict=True)}
        for sigma in (0.0, 1e100):
            assert_honest(descend(Run("bowl", optimizer, (-7, 2), 400, given, sigma=sigma)), 400)
