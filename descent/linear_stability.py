"""Runs of which it is known, without continuing them, that they stay where they have settled."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from descent.remaining import loss_and_hessian
from descent.run import Run
from landscapes import Landscape
from landscapes.arrays import Floats
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE, without_rate

SETTLED = 4  # the part of the run, its last quarter, in which it has been at rest


def surely_stays(
    run: Run, landscape: Landscape, ground: Mapping[str, Any], by_chance: bool, points: Floats, settled: int
) -> bool:
    """Return whether the run through `points` (T+1, 2), at rest at a minimum since step `settled`, stays.

    At a constant rate and without chance, a method whose stability limit is exact is a linear recursion
    there: it contracts where α·λ of the largest curvature is below that limit. What may still lie ahead is
    the slow swing of a heavy ball that happens to pass the bottom. Its period is at most 2π/√(αλ) for the
    smallest curvature; if the run has been longer than that, and at rest for a quarter of it, then the swing
    is no larger than what counts as rest. False means that it is not known.
    """
    method, steps = OPTIMIZERS[run.optimizer], run.steps
    if method.limit is None or method.frozen or by_chance or run.decoupled:
        return False
    if run.schedule != "constant" or run.warmup or SETTLED * (steps - settled) < steps:
        return False
    knobs = method.settings(run.knobs)
    smallest, largest = knobs[RATE] * np.linalg.eigvalsh(loss_and_hessian(landscape, ground, points[-1])[1])
    return bool(largest < method.limit(**without_rate(knobs)) and smallest * steps**2 >= 4 * np.pi**2)
