"""Full-batch training of any loss, and the largest eigenvalue of its preconditioned Hessian on the way.

What a method divides its steps by, √G + ε, is P = diag(√G + ε): with it a step is one of the same method
without the division, on parameters P^(1/2)·θ, whose Hessian is P^(−1/2) H P^(−1/2) (Cohen et al., 2022,
Adaptive gradient methods at the edge of stability, section 2). Where nothing is divided P is 1.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from networks.geometry.curvature import krylov, ritz
from networks.geometry.objective import SOON, Data, Objective, made
from networks.history import Numbers
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate

AT_A_TIME = 100
"""So many steps at most are one call of a program."""
LANCZOS = 8
"""So many steps of Lanczos, from the direction that was the largest one a moment ago."""
FRESH = 0.1
"""The part of a random direction in it, by which an eigenvalue that has overtaken is found."""


class Descent(NamedTuple):
    """Where training is. All but the state are float32 of shape (P,)."""

    vector: Any
    state: Any  # of the method
    steepest: Any  # of length one: of the largest eigenvalue, as it was found last


class Descended(NamedTuple):
    """What came of some steps.

    - `losses` (count,): before each of them, and `loss` after the last.
    - `sharpness`: the largest eigenvalue of P^(−1/2) H P^(−1/2) after the last; there is an eigenvalue of it
      within `error`, ‖A v − λ v‖.
    """

    losses: Numbers
    loss: float
    sharpness: float
    error: float


def first_descent(optimizer: str, vector: Any, knobs: Mapping[str, Any], seed: int) -> Descent:
    """Return where training with a method begins, at `vector` (P,)."""
    theta = np.asarray(vector, np.float32)
    one = OPTIMIZERS[optimizer].build(**_singles(knobs)).init(jnp.ones(1, jnp.float32))
    state = jax.tree.map(lambda leaf: np.repeat(leaf, len(theta)) if np.ndim(leaf) else np.asarray(leaf), one)
    return Descent(theta, state, _drawn(len(theta), seed, 0))


def descend(
    objective: Objective,
    optimizer: str,
    data: Data,
    knobs: Mapping[str, Any],
    at: Descent,
    count: int,
    seed: int,
) -> tuple[Descent, Descended]:
    """Return where training is after `count` (1 … 100) steps at a constant rate, and what was found.

    `seed` is of the random part with which the largest eigenvalue is looked for. One program serves all
    numbers of a shape.
    """
    if not 1 <= count <= AT_A_TIME:
        raise ValueError(f"Expected 1 to {AT_A_TIME} steps at a time, got {count!r}.")
    method = OPTIMIZERS[optimizer]
    start = np.asarray(at.steepest) + FRESH * _drawn(len(at.vector), seed, 1)
    rate = np.float32(knobs["learning_rate"])
    given = at.vector, at.state, start, _singles(knobs), rate, np.int32(count), data

    def run(
        vector: Array, state: Any, start: Array, singles: Any, rate: Array, count: Array, data: Data
    ) -> Any:
        build = method.build(**singles)

        def step(k: Array, carry: Any) -> Any:
            vector, state, _, told = carry
            value, gradient = jax.value_and_grad(objective.loss)(vector, *data)
            direction, after = build.update(gradient, state, vector)
            assert isinstance(direction, Array)  # as the gradient is
            _, square = method.moments(state, after, gradient, **singles)
            moved = (vector - rate * direction).astype(vector.dtype)
            after = jax.tree.map(lambda new, old: jnp.asarray(new, old.dtype), after, state)
            return moved, after, square.astype(vector.dtype), told.at[k].set(value)

        carry = vector, state, jnp.ones_like(vector), jnp.zeros(AT_A_TIME, jnp.float32)
        vector, state, square, told = jax.lax.fori_loop(0, count, step, carry)
        scale = 1 / jnp.sqrt(jnp.sqrt(square) + jnp.float32(method.epsilon(**singles)))

        # Linearised once, so that no step of Lanczos goes forward through the network again.
        (loss, _), ahead = jax.linearize(lambda at: jax.value_and_grad(objective.loss)(at, *data), vector)
        steps = min(LANCZOS, vector.shape[0])
        return vector, state, told, loss, krylov(lambda d: scale * ahead(scale * d)[1], start, steps)

    program = made(objective, ("descend", optimizer), run, given, SOON)
    vector, state, told, loss, (basis, alpha, beta) = program(*given)
    losses, loss = np.asarray(told)[:count], float(loss)
    diagonal, beside = np.asarray(alpha, float), np.asarray(beta, float)
    if not (np.isfinite(diagonal).all() and np.isfinite(beside).all()):
        return Descent(vector, state, at.steepest), Descended(losses, loss, np.nan, np.nan)
    values, rotation = ritz(diagonal, beside)
    steepest = rotation[:, -1] @ np.asarray(basis)[: len(values)]
    error = abs(float(beside[len(values) - 1] * rotation[-1, -1]))
    told_of = Descended(losses, loss, float(values[-1]), error)
    return Descent(vector, state, steepest.astype(np.float32)), told_of


def _singles(knobs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: np.float32(value) for name, value in without_rate(knobs).items()}


def _drawn(count: int, seed: int, number: int) -> Numbers:
    random = np.random.default_rng((seed, 6, number)).normal(size=count)
    return (random / np.linalg.norm(random)).astype(np.float32)
