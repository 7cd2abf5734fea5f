"""Short runs for the tests of what stories claim: of a method on any loss, and of methods on the shelf."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from descent import Trajectory, race
from landscapes import LANDSCAPES
from landscapes.arrays import Floats
from optimizers import OPTIMIZERS
from scenes import read


class Path(NamedTuple):
    """Where a method went: `points` (T+1, 2), `moves` (T, 2), the divisor `G` (T, 2) of the unified form."""

    points: Floats
    moves: Floats
    G: Floats


def path(
    method: str,
    slope: Callable[[Array, Array], Array],
    start: tuple[float, float],
    steps: int,
    **knobs: Any,
) -> Path:
    """Return the path of `method` where the gradient at step t and point (2,) is `slope(t, point)`."""
    optimizer = OPTIMIZERS[method]
    settings = {name: float(value) for name, value in optimizer.settings(knobs).items()}
    rate = settings.pop("learning_rate")
    build = optimizer.build(**settings)

    def step(state: Any, t: Array) -> tuple[Any, Any]:
        point, before = state
        gradient = slope(t, point)
        more: dict[str, Any] = {}
        if optimizer.hessian:
            more["hessian"] = jax.jacobian(lambda p: slope(t, p))(point)
        if optimizer.elsewhere:
            more["grad_fn"] = lambda p, _: slope(t, p)
        direction: Any
        direction, after = build.update(gradient, before, point, **more)
        _, g = optimizer.moments(before, after, gradient, **settings)
        there = point - rate * direction
        return (there, after), (there, g)

    def walk(begin: Array) -> Any:
        return jax.lax.scan(step, (begin, build.init(begin)), jnp.arange(steps))[1]

    begin = np.array(start, np.float64)
    points, G = (np.asarray(each) for each in jax.jit(walk)(begin))
    points = np.concatenate([begin[None], points])
    return Path(points, np.diff(points, axis=0), G)


def quadratic(*curvatures: float) -> Callable[[Array, Array], Array]:
    """Return the gradient of ½(λ₁x² + λ₂y²), at every step."""
    return lambda t, p: jnp.array(curvatures) * p


def surface(name: str) -> Callable[[Array, Array], Array]:
    """Return the gradient of a surface of the shelf, its knobs at their defaults, at every step."""
    landscape = LANDSCAPES[name]
    return lambda t, p: jax.grad(landscape.loss)(p, **landscape.settings())


@cache
def lane(name: str, method: str, more: str = "") -> Trajectory:
    """Return the path of `method` at the rate suggested on a surface, from its start; `more`: "&steps=9"."""
    scene, repairs = read(f"f={name}&lane={method}{more}")
    assert not repairs, repairs
    (trajectory,) = race(scene.runs())
    return trajectory
