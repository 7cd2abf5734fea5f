"""A surface with its knobs set, asked at many points at once: loss, gradient, Hessian.

One compiled program answers everything that this room wants to know. It takes CHUNK points (FEW where the
loss is a sum over examples, so that their derivatives stay small), whatever the question, so that other
numbers of points compile nothing. It holds nothing but the derivatives:
with Newton's iteration inside, it took two to three times as long to compile, and a reader waits for
that; what is done with 2×2 matrices afterwards NumPy does as fast.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog import Settings
from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.programs import Programs, compiled

CHUNK, FEW = 1024, 128

_PROGRAMS: Programs[Callable[..., Array]] = Programs()


class Local(NamedTuple):
    """What the surface is like at each of n points; NaN where it is undefined."""

    points: Floats  # (n, 2)
    losses: Floats  # (n,)
    gradients: Floats  # (n, 2)
    hessians: Floats  # (n, 2, 2)

    def take(self, which: Any) -> "Local":
        """Return those that `which`, a mask or indices, picks."""
        return Local(*(part[which] for part in self))


@dataclass(frozen=True)
class Field:
    """A landscape whose knobs are set."""

    landscape: Landscape
    knobs: Settings

    @classmethod
    def of(cls, landscape: Landscape, knobs: Mapping[str, Any]) -> "Field":
        """Complete `knobs`; ValueError names what the landscape does not have or accept."""
        return cls(landscape, Settings(landscape.settings(knobs)))

    @property
    def diagonal(self) -> float:
        """Return the length of the box's diagonal, the unit of all tolerances on places."""
        return float(np.hypot(*np.ptp(self.landscape.box, axis=1)))

    def at(self, points: Any) -> Local:
        """Return what the surface is like at `points` (n, 2).

        All is NaN where the loss or its gradient is not finite (a logarithm has a finite derivative
        where it has no value itself: undefined is what the loss says), the Hessian where it alone is not.
        """
        points = np.asarray(points, np.float64).reshape(-1, 2)
        landscape, given = self.landscape, self.landscape.arguments(self.knobs)
        chunk = CHUNK if landscape.examples is None else FEW
        program = _PROGRAMS.get(landscape, landscape.traced, lambda: _compile(landscape.loss, given, chunk))
        padded = np.zeros((2, max(1, -(-len(points) // chunk)) * chunk))
        padded[:, : len(points)] = points.T
        # All chunks are handed over before the first answer is asked for.
        waiting = [program(part, given) for part in np.split(padded, padded.shape[1] // chunk, axis=1)]
        answers = np.concatenate([np.asarray(answer) for answer in waiting], axis=1)[:, : len(points)]
        answers[:, ~np.isfinite(answers[:3]).all(axis=0)] = np.nan
        answers[3:, ~np.isfinite(answers[3:]).all(axis=0)] = np.nan
        return Local(points, answers[0], answers[1:3].T, answers[[3, 4, 4, 5]].T.reshape(-1, 2, 2))

    def gradients(self, points: Floats) -> Floats:
        """Return the gradient (n, 2) at each of `points` (n, 2)."""
        return self.at(points).gradients


def compiled_programs() -> int:
    """Return how many programs are kept. Turning a number knob never adds one."""
    return len(_PROGRAMS)


def _compile(loss: Callable[..., Array], numbers: Mapping[str, Any], chunk: int) -> Callable[..., Array]:
    def run(points: Array, numbers: Any) -> Array:
        def gradient(point: Array) -> Any:
            value, slope = jax.value_and_grad(lambda p: loss(p, **numbers))(point)
            return slope, (value, slope)

        def local(point: Array) -> tuple[Array, ...]:
            hessian, (value, slope) = jax.jacfwd(gradient, has_aux=True)(point)
            return value, slope[0], slope[1], hessian[0, 0], hessian[0, 1], hessian[1, 1]

        # Kept apart until they are done: fused into one array, each row computes all it needs anew.
        return jnp.stack(jax.lax.optimization_barrier(jax.vmap(local, in_axes=1)(points)))

    return compiled(run, np.zeros((2, chunk)), numbers)
