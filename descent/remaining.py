"""How far a point is from where its surroundings say that the bottom is."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from descent.trajectory import Floats
from landscapes import Landscape
from landscapes.programs import Programs, compiled

ROUNDING = 1e-12

_HESSIANS: Programs[Callable[..., Any]] = Programs()


def remaining(landscape: Landscape, knobs: Mapping[str, Any], point: Floats, gradient: Floats) -> float:
    """Return the distance from `point` to the bottom of the quadratic model there: |H⁻¹g|.

    It is infinite where there is none: along an axis of the model that curves downwards or not at
    all while the gradient has a component on it, as on a plateau or beside a saddle. A component
    that rounding explains (1e-12 of the steepest that the model gets within the box) counts as
    zero, so that the floor of a level valley is a bottom.
    """
    numbers = {name: np.float64(value) for name, value in knobs.items()}
    hessian = _HESSIANS.get(landscape, landscape, lambda: _compile(landscape, point, numbers))
    matrix = np.asarray(hessian(point, numbers))
    if not np.isfinite(matrix).all():
        return np.inf
    curvatures, axes = np.linalg.eigh(matrix)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slopes = np.abs(gradient @ axes)
        slopes[slopes <= ROUNDING * np.abs(curvatures).max() * np.hypot(*np.ptp(landscape.box, axis=1))] = 0
        to_go = np.where(slopes == 0, 0.0, np.where(curvatures > 0, slopes / curvatures, np.inf))
        return float(np.hypot(*to_go))


def _compile(landscape: Landscape, point: Floats, numbers: Mapping[str, Any]) -> Callable[..., Any]:
    hessian = jax.hessian(lambda point, numbers: landscape.loss(point, **numbers))
    return compiled(hessian, point, numbers, options={})
