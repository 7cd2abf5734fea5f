"""What a surface of the shelf is like: its minima, its losses and curvatures."""

from collections import Counter
from collections.abc import Callable
from functools import cache

import jax
import numpy as np
from jax import Array

from curvature import CriticalPoints, critical_points
from landscapes import LANDSCAPES
from landscapes.arrays import Floats
from landscapes.find import find


@cache
def found(name: str) -> CriticalPoints:
    return critical_points(LANDSCAPES[name])


def kinds(name: str) -> Counter[str]:
    """Return how many critical points of each kind there are in the box of a surface."""
    return Counter(point.kind for point in found(name).points)


def bottoms(name: str) -> list[tuple[tuple[float, float], float]]:
    """Return place and loss of the minima of a surface, the lowest first."""
    minima = [(point.point, point.loss) for point in found(name).points if point.kind == "minimum"]
    return sorted(minima, key=lambda minimum: minimum[1])


def nearest(name: str, point: Floats) -> int:
    """Return which of the minima of a surface, from the lowest on, is nearest to `point` (2,)."""
    return int(np.hypot(*(np.array([place for place, _ in bottoms(name)]) - point).T).argmin())


def loss_of(name: str, **knobs: float | str) -> Callable[[Array], Array]:
    """Return the loss of a surface at a point (2,); knobs that are not given have their defaults."""
    landscape = find(name, knobs)
    settings = landscape.settings({k: value for k, value in knobs.items() if not isinstance(value, str)})
    return lambda p: landscape.loss(p, **settings)


def over_the_map(name: str, count: int = 201) -> tuple[Floats, Floats, Floats]:
    """Return points (n, 2) of a grid over the box of a surface, their losses (n,) and gradients (n, 2)."""
    sides = [np.linspace(low, high, count) for low, high in LANDSCAPES[name].box]
    points = np.stack(np.meshgrid(*sides), -1).reshape(-1, 2)
    losses, gradients = jax.jit(jax.vmap(jax.value_and_grad(loss_of(name))))(points)
    return points, np.asarray(losses), np.asarray(gradients)


def curvatures(name: str, point: tuple[float, float], **knobs: float | str) -> tuple[float, float]:
    """Return the eigenvalues of the Hessian of a surface at `point`, the smaller one first."""
    low, high = np.linalg.eigvalsh(
        np.asarray(jax.jit(jax.hessian(loss_of(name, **knobs)))(np.array(point, float)))
    )
    return float(low), float(high)


def condition(name: str, **knobs: str) -> float:
    """Return the condition number of a surface made of data at its minimum."""
    (minimum,) = find(name, knobs).minima() or ((np.nan, np.nan),)
    low, high = curvatures(name, minimum, **knobs)
    return high / low
