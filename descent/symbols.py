"""The numbers of a method's own rule, step by step: its memory is replayed with the gradients it saw."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import numpy as np

from descent.race import descend
from descent.remaining import loss_and_hessian
from descent.run import MOST_STEPS, Run
from landscapes.arrays import Floats
from landscapes.find import find
from landscapes.programs import CompiledByShape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.knobs import without_rate
from optimizers.symbols import Step


class Seen(NamedTuple):
    """What a run recorded of its steps, a row for each; rows beyond its last step are zero."""

    gradients: Any  # (N, 2)
    points: Any  # (N, 2)
    rates: Any  # (N,)
    hessians: Any  # (N, 2, 2)
    m: Any  # (N, 2)


def symbols(run: Run) -> dict[str, Floats]:
    """Return the values of each symbol of the method's rule in `run`, by the LaTeX of the symbol.

    Row t of each array is step t → t+1 of the trajectory: (T,) where both coordinates share the value,
    otherwise (T, 2) or (T, 2, 2). What is not defined at a step is NaN there. Raises what `descend` raises.
    """
    trajectory, method = descend(run), OPTIMIZERS[run.optimizer]
    if not method.symbols:
        return {}
    steps = len(trajectory.rates)
    hessians = np.zeros((steps, 2, 2))
    if method.hessian:
        landscape = find(run.landscape, run.landscape_knobs)
        for row, point in enumerate(trajectory.points[:-1]):
            hessians[row] = loss_and_hessian(landscape, run.landscape_knobs, point)[1]
    columns = trajectory.seen, trajectory.points[:-1], trajectory.rates, hessians, trajectory.M
    seen = Seen(*map(_all_rows, columns))
    knobs = {name: np.float64(value) for name, value in method.settings(run.knobs).items()}
    values = _REPLAY(method, without_rate(knobs), seen)
    return {
        symbol.latex: np.asarray(value)[:steps] for symbol, value in zip(method.symbols, values, strict=True)
    }


def _all_rows(column: Floats) -> Floats:
    """Return `column` with as many rows as the longest run, so that one program does for all."""
    rows = np.zeros((MOST_STEPS, *column.shape[1:]))
    rows[: len(column)] = column
    return rows


def _replay(method: Optimizer, knobs: Mapping[str, Any], seen: Seen) -> list[Any]:
    """Return an array for each symbol of `method`, a row for each step."""
    transformation: Any = method.build(**knobs)

    def step(carry: Any, now: Seen) -> Any:
        t, before = carry
        more: Any = {"hessian": now.hessians} if method.hessian else {}
        if method.elsewhere:
            more["grad_fn"] = lambda *_: now.m  # it asks once, and M is what it was told
        _, after = transformation.update(now.gradients, before, now.points, **more)
        made = Step(t + 1, before, after, now.gradients, now.points, now.rates, now.hessians, now.m, knobs)
        return (t + 1, after), [symbol.value(made) for symbol in method.symbols]

    first = (np.int32(0), transformation.init(seen.points[0]))
    return jax.lax.scan(step, first, seen)[1]


_REPLAY: CompiledByShape[list[Any]] = CompiledByShape(_replay, static=0)
