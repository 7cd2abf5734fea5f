"""To which minimum a point belongs: the one to which water would run from there."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from catalog import Settings
from catalog.cache import MB, SingleFlightCache
from descent.trajectory import Floats
from descent.work import PART, hessian_work
from landscapes import Landscape, Point
from landscapes.programs import Programs, compiled
from optimizers.symmetric import eigen

MANY = 512, 64  # points per call, where a step is cheap or not: other numbers of points compile nothing
STEPS = 400
LONGEST = 1 / 64  # of the diagonal, for one step: in all, some six diagonals
TRUST = 0.25  # how far a step may miss the change of the loss that was foretold, relative to that change
SETTLED = 1e-2  # of the longest step
LONGEST_TIME = 1e100
ASIDE = 3.0  # boxes: whoever is further out belongs to no minimum
ARRIVED = 0.05  # of the diagonal

Program = Callable[[Any, Any, Any], Array]

_PROGRAMS: Programs[Program] = Programs()
_ENDS: SingleFlightCache[Floats] = SingleFlightCache(12 * MB, only_long_work=True)
"""Where the flow leads from the points of one call. Those are in the key: 16 bytes a point, as the answer."""


def basins(
    landscape: Landscape, knobs: Mapping[str, Any], points: Any, minima: Sequence[Point]
) -> NDArray[np.int64]:
    """Return for each of `points` (n, 2) the index of the minimum to whose basin of attraction it belongs.

    Where the gradient flow θ' = −∇L(θ) leads from there, and which of `minima` is nearest to that. −1
    for points that are not finite or outside of three boxes, and where the flow ends further than 5 %
    of the box's diagonal from every minimum. Raises ValueError for knobs that `landscape` does not have.
    """
    points = np.asarray(points, np.float64).reshape(-1, 2)
    given = landscape.settings(knobs)
    low, high = np.transpose(landscape.box)
    diagonal = np.hypot(*(high - low))
    belongs = np.full(len(points), -1)
    near = (np.abs(points - (low + high) / 2) <= ASIDE * (high - low) / 2).all(axis=1)
    if not (len(minima) and near.any()):
        return belongs
    # Whoever is too far out rests in the middle, so that everybody stays in the part he is in.
    inside = np.where(near[:, None], points, (low + high) / 2)
    ends = _flow(landscape, given, inside, np.float64(LONGEST * diagonal))[near]
    away = np.hypot(*(ends[:, None] - np.asarray(minima, np.float64)).transpose(2, 0, 1))
    belongs[near] = np.where(away.min(axis=1) <= ARRIVED * diagonal, away.argmin(axis=1), -1)
    return belongs


def parts_of_basins(landscape: Landscape, count: int) -> tuple[slice, ...]:
    """Return `count` points in parts, each of which `basins` takes at most about a quarter of a second for.

    Once it was asked about all of them it knows the whole.
    """
    many = _side_by_side(landscape)
    size = many * max(1, int(PART / (many * _work(landscape))))
    return tuple(slice(first, first + size) for first in range(0, count, size))


def _work(landscape: Landscape) -> float:
    """Return roughly how many seconds one point takes at most."""
    return hessian_work(landscape) * STEPS / 1e9


def _side_by_side(landscape: Landscape) -> int:
    """Return how many points are best moved by one call."""
    return next((many for many in MANY if many * _work(landscape) <= PART), MANY[-1])


def _flow(landscape: Landscape, knobs: Mapping[str, Any], points: Floats, longest: np.float64) -> Floats:
    """Return where the gradient flow leads from `points` (n, 2), in steps of at most `longest`."""
    given = landscape.arguments(knobs)
    program = _PROGRAMS.get(landscape, landscape.traced, lambda: _compile(landscape, given))
    many, settings = _side_by_side(landscape), Settings(knobs)
    padded = np.pad(points, ((0, -len(points) % many), (0, 0)), mode="edge")

    def flowed(chunk: Floats) -> Floats:
        return np.asarray(program(np.ascontiguousarray(chunk.T), given, longest)).T

    ends = [
        _ENDS.get((landscape, settings, chunk.tobytes()), partial(flowed, chunk))
        for chunk in padded.reshape(-1, many, 2)
    ]
    return np.concatenate(ends)[: len(points)]


class _Drop(NamedTuple):
    """A drop of water on its way down."""

    point: Array  # (2,)
    time: Array  # (): that its next step is to take
    settled: Array  # ()


def _compile(landscape: Landscape, given: Mapping[str, Any]) -> Program:
    def run(points: Array, given: Any, longest: Array) -> Array:
        def loss(p: Array) -> Array:
            return landscape.loss(p, **given)

        def begin(point: Array) -> _Drop:
            slope = jax.grad(loss)(point)
            return _Drop(point, longest / jnp.maximum(jnp.hypot(*slope), 1 / LONGEST_TIME), jnp.bool_(False))

        def flow(drop: _Drop) -> _Drop:
            before, slope = jax.value_and_grad(loss)(drop.point)
            hessian = jax.hessian(loss)(drop.point)
            curvatures, axes = eigen(jnp.where(jnp.isfinite(hessian).all(), hessian, 0.0))
            along = axes.T @ slope
            went = -along * _relaxed(curvatures, drop.time)
            foretold = along @ went + (curvatures * went) @ went / 2
            length = jnp.hypot(*went)
            there = drop.point + axes @ went
            missed = jnp.abs(loss(there) - before - foretold)
            good = (length <= longest) & (foretold < 0) & (missed <= -TRUST * foretold)
            time = jnp.minimum(jnp.where(good, 2.0, 0.25) * drop.time, LONGEST_TIME)
            # At rest: a step in which the flow would come to its end, or from which nothing is left.
            still = (length <= SETTLED * longest) & (~good | (curvatures * drop.time > 1).all())
            point = jnp.where(good & ~drop.settled, there, drop.point)
            return _Drop(point, time, drop.settled | still)

        def unfinished(carry: tuple[Array, _Drop]) -> Array:
            step, drops = carry
            return (step < STEPS) & ~drops.settled.all()

        def all_flow(carry: tuple[Array, _Drop]) -> tuple[Array, _Drop]:
            step, drops = carry
            return step + 1, jax.vmap(flow, -1, -1)(drops)

        drops = jax.vmap(begin, -1, -1)(points)
        return jax.lax.while_loop(unfinished, all_flow, (jnp.int32(0), drops))[1].point

    starts = np.tile(np.array(landscape.start, np.float64)[:, None], _side_by_side(landscape))
    return compiled(run, starts, given, np.float64(1))


def _relaxed(curvatures: Array, time: Array) -> Array:
    """Return (1 − exp(−λt))/λ for each curvature λ (2,): t where λ is 0.

    Times the slope, it is how far the gradient flow of the quadratic model goes in that time. Such a step
    (exponential Euler: Hochbruck & Ostermann, “Exponential integrators”, Acta Numerica 19 (2010))
    follows a stiff valley without the short steps that explicit methods need there, and near a
    minimum it becomes Newton's.
    """
    flat = jnp.abs(curvatures * time) < 1e-6
    bent = jnp.where(flat, 1.0, curvatures)
    return jnp.where(flat, time, -jnp.expm1(-bent * time) / bent)
