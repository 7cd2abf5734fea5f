"""Training restricted to a plane: the same method, rates and batches, with two coordinates for parameters."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog.cache import MB, SingleFlightCache
from networks.batches import chosen_examples
from networks.course import rates_of
from networks.data import about, examples_of
from networks.first_weights import first_weights
from networks.geometry.objective import made, objective_of, seen_by
from networks.geometry.plane import Floats, Plane, plane_losses
from networks.geometry.slices import Slice, slice_so_far
from networks.history import Numbers, is_too_large
from networks.lanes import lane_of, turned
from networks.layers import arrays_of, first_running, forward, losses, vector_of
from networks.network import Plan
from networks.programs import AT_A_TIME, shrinking
from networks.training import Training, step_cost
from optimizers import OPTIMIZERS, Optimizer

SECONDS = 0.15
AT_ONCE = 3e9
"""One call of a program does no more multiplications and additions than this, or one step."""


@dataclass(frozen=True, eq=False)
class PlaneRace:
    """How far training within a plane has come.

    - `steps` (K,): some of those at which the run in the space is measured, from 0; `coordinates` (K, 2):
      (a, b) there; `losses` (K,): the plane's.
    - `diverged`: the step at which the loss was too large, None where it was not.
    - `state`: where it goes on, None at the end.
    """

    steps: tuple[int, ...]
    coordinates: Floats
    losses: Numbers
    state: Any
    done: int = 0
    diverged: int | None = None

    @property
    def whole(self) -> bool:
        """Return whether nothing is left to do."""
        return self.state is None

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return self.coordinates.nbytes + self.losses.nbytes + 1000


_RACES: SingleFlightCache[PlaneRace] = SingleFlightCache(MB, only_long_work=True)


def race_so_far(question: Slice, training: Training) -> PlaneRace | None:
    """Return what is known of `training` within the plane of a slice, None before it begins."""
    return _RACES.peek((question, training))


def race_part(question: Slice, training: Training) -> Callable[[], object]:
    """Return the part in which `training` is run again within the plane of a slice whose plane is known.

    It begins at the projection of its first weights, and sees the same batches at the same rates; nothing is
    dropped. Coordinates are those along two axes of the plane, at right angles and of length one: plain
    descent is then that in the space with every gradient projected. It is called until it does not return
    False.
    """
    return lambda: _go_on(question, training)


def orthonormal(plane: Plane) -> tuple[Floats, Floats]:
    """Return Q (P, 2), orthonormal, and R (2, 2): a·u + b·v is Q R (a, b)ᵀ.

    Raises ValueError where u and v are parallel.
    """
    basis = np.stack([plane.u, plane.v], axis=1).astype(float)
    q, r = np.linalg.qr(basis)
    if abs(r[1, 1]) < 1e-9 * np.linalg.norm(basis[:, 1]) or r[0, 0] == 0:
        raise ValueError("Expected two directions that are not parallel; these span a line.")
    return q, r


def _go_on(question: Slice, training: Training) -> bool:
    """Move the run for a moment; return whether it is at its end."""
    key = question, training
    plane = slice_so_far(question).plane
    if plane is None:
        raise ValueError("Expected a slice whose plane is known; ask for its parts first.")
    q, r = orthonormal(plane)
    objective, seen = objective_of(training.network), seen_by(training.network)
    race = _RACES.peek(key) or _begun(training, plane, r)
    rates, began = rates_of(training), time.monotonic()
    basis = tuple(np.asarray(each, np.float32) for each in (plane.centre, *q.T))
    data = examples_of(training.network.data)
    common = jnp.asarray(data.train_inputs), jnp.asarray(data.train_labels)
    while not race.whole and time.monotonic() - began < SECONDS:
        race = _moved(race, training, basis, r, rates, common)
    fresh = len(race.losses)
    told = plane_losses(objective, plane, race.coordinates[fresh:], seen)
    told = np.where(np.isfinite(told), told, np.inf).astype(np.float32)
    race = replace(race, losses=np.concatenate([race.losses, told]))
    _RACES.forget(key)
    _RACES.get(key, lambda: race)
    return race.whole


def _begun(training: Training, plane: Plane, r: Floats) -> PlaneRace:
    """Return the race before its first step."""
    first = first_weights(training.network, training.seed)
    coordinates, _ = plane.project(np.asarray(first, float)[None])
    method = lane_of(training).state
    # The state of a method has a number for each parameter: all begin alike, and two are enough here.
    state = jax.tree.map(lambda leaf: np.array(leaf[:2]) if np.ndim(leaf) else leaf, method)
    at = np.asarray(r @ coordinates[0], np.float32)
    return PlaneRace((0,), coordinates, np.zeros(0, np.float32), (at, state))


def _moved(
    race: PlaneRace, training: Training, basis: Any, r: Floats, rates: Numbers, common: Any
) -> PlaneRace:
    """Return the race some steps further, no further than where the run is measured next."""
    first, plan = race.done, training.network.plan
    ahead = next(step for step in training.measured if step > first)
    count = max(1, min(AT_A_TIME, int(AT_ONCE / step_cost(training)), ahead - first))
    now = np.zeros(AT_A_TIME, np.float32)
    now[:count] = rates[first : first + count]
    chosen = chosen_examples(about(training.network.data).train, training.batch, training.seed, first, count)
    numbers = turned(training, training.seed, now, chosen)
    given = (*race.state, basis, numbers, np.int32(count), *common)

    def run(at: Array, state: Any, basis: Any, turned: Any, count: Array, x: Array, labels: Array) -> Any:
        return _steps(plan, OPTIMIZERS[training.optimizer], (at, state), basis, turned, count, (x, labels))

    objective = objective_of(training.network)
    kind = "plane race", training.optimizer, tuple(sorted(numbers.knobs))
    at, state, told = made(objective, kind, run, given)(*given)
    wrong = np.flatnonzero(is_too_large(np.asarray(told)[:count]) | ~np.isfinite(np.asarray(told)[:count]))
    if len(wrong):
        return replace(race, state=None, done=first + int(wrong[0]), diverged=first + int(wrong[0]))
    done = first + count
    if done == ahead:
        place = np.linalg.solve(r, np.asarray(at, float))
        if not np.isfinite(place).all():
            return replace(race, state=None, done=done, diverged=done)
        race = replace(
            race, steps=(*race.steps, done), coordinates=np.concatenate([race.coordinates, place[None]])
        )
    left = None if done == training.steps else (np.asarray(at), jax.tree.map(np.asarray, state))
    return replace(race, state=left, done=done)


def _steps(
    plan: Plan, optimizer: Optimizer, begin: Any, basis: Any, turned: Any, count: Array, data: Any
) -> tuple[Array, Any, Array]:
    """Return where (2,) and in which state the method is after `count` steps, and the losses before each."""
    method = optimizer.build(**turned.knobs)
    centre, first, second = basis
    batch = turned.chosen.shape[1]
    coupled, pull = (1 - turned.decoupled) * turned.decay, turned.decoupled * turned.decay

    def theta(at: Array) -> Array:
        return centre + at[0] * first + at[1] * second

    def shrunk(at: Array, decay: Any) -> Array:
        weights = vector_of(plan, shrinking(arrays_of(plan, theta(at)), decay))
        return jnp.stack([weights @ first, weights @ second])

    def step(k: Array, carry: Any) -> Any:
        at, state, told = carry
        x, labels = data
        if batch:
            x, labels = x[turned.chosen[k]], labels[turned.chosen[k]]

        def loss(at: Array) -> Array:
            scores = forward(plan, theta(at), first_running(plan), x, train=True).scores
            return losses(scores, labels).mean()

        def slope(at: Array) -> tuple[Array, Array]:
            value, gradient = jax.value_and_grad(loss)(at)
            return value, gradient + shrunk(at, coupled)

        value, gradient = slope(at)
        more: Any = {"grad_fn": lambda at, _=None: slope(at)[1]} if optimizer.elsewhere else {}
        told_direction, new = method.update(gradient, state, at, **more)
        direction: Any = told_direction
        moved = at - turned.rates[k] * (direction + shrunk(at, pull))
        moved, new = jax.tree.map(lambda now, old: jnp.asarray(now, old.dtype), (moved, new), (at, state))
        return moved, new, told.at[k].set(value)

    carry = *begin, jnp.zeros(AT_A_TIME, jnp.float32)
    return jax.lax.fori_loop(0, count, step, carry)
