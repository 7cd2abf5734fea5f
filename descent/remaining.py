"""How far a point is from where its surroundings say that the bottom is."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.programs import Programs, compiled, options_for

ROUNDING = 1e-12

_PROGRAMS: Programs[Callable[..., Any]] = Programs()


def remaining(landscape: Landscape, knobs: Mapping[str, Any], point: Floats, gradient: Floats) -> float:
    """Return the distance from `point` to the bottom of the quadratic model there: |H⁻¹g|.

    It is infinite where there is none: along an axis of the model that curves downwards or not at
    all while the gradient has a component on it, as on a plateau or beside a saddle. A component
    that rounding explains (1e-12 of the steepest that the model gets within the box) counts as
    zero, so that the floor of a level valley is a bottom.
    """
    _, matrix = loss_and_hessian(landscape, knobs, point)
    if not np.isfinite(matrix).all():
        return np.inf
    curvatures, axes = np.linalg.eigh(matrix)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slopes = np.abs(gradient @ axes)
        slopes[slopes <= ROUNDING * np.abs(curvatures).max() * np.hypot(*np.ptp(landscape.box, axis=1))] = 0
        to_go = np.where(slopes == 0, 0.0, np.where(curvatures > 0, slopes / curvatures, np.inf))
        return float(np.hypot(*to_go))


def loss_and_hessian(landscape: Landscape, knobs: Mapping[str, Any], point: Floats) -> tuple[float, Floats]:
    """Return the loss and its Hessian (2, 2) at `point` (2,)."""
    program, given = _ready(landscape, knobs, point)
    loss, hessian = program(point, given)
    return float(loss), np.asarray(hessian)


def ready_for_hessians(landscape: Landscape, knobs: Mapping[str, Any], point: Floats) -> None:
    """Compile what `loss_and_hessian` needs, if it is not there."""
    _ready(landscape, knobs, point)


def _ready(landscape: Landscape, knobs: Mapping[str, Any], point: Floats) -> tuple[Callable[..., Any], Any]:
    given = landscape.arguments(knobs)
    return _PROGRAMS.get(landscape, landscape.traced, lambda: _compile(landscape, point, given)), given


def _compile(landscape: Landscape, point: Floats, given: Mapping[str, Any]) -> Callable[..., Any]:
    def loss(point: Any, given: Mapping[str, Any]) -> Any:
        return landscape.loss(point, **given)

    def run(point: Any, given: Mapping[str, Any]) -> Any:
        return loss(point, given), jax.hessian(loss)(point, given)

    return compiled(run, point, given, options=options_for(landscape))
