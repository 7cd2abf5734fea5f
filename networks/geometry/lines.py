"""Lines and bent paths between two points in the space of all parameters, and barriers on them."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array
from numpy.typing import NDArray

from networks.geometry.objective import OPTIONS, Data, Objective, made
from networks.history import Numbers
from networks.layers import first_running, forward, losses
from networks.network import Plan
from networks.programs import program_of

Floats = NDArray[np.float64]

LOT = 16
"""So many points of a path are one call of a program."""
DRAWN = 8
"""So many places on a path one step of its bending sees."""
STEPS = 64
"""So many steps of bending at most are one call of a program."""


class Bend(NamedTuple):
    """How far the bending of a path has come: its control point (P,), and what Adam remembers."""

    control: Any
    state: Any


def places(steps: int) -> Floats:
    """Return places t on a line, from −0.5 to 1.5, evenly: `steps` from 0 to 1, both among them."""
    half = steps // 2
    return np.arange(-half, steps + half + 1) / steps


def on_path(one: Any, control: Any, other: Any, t: Any) -> Any:
    """Return the points of a quadratic Bézier curve from `one` (t = 0) to `other` (t = 1).

    (1 − t)² one + 2 t (1 − t) control + t² other (Garipov et al., 2018, Loss surfaces, mode connectivity, and
    fast ensembling of DNNs, equation 4); with the middle of both ends as `control` the straight line.
    """
    return (1 - t) ** 2 * one + 2 * t * (1 - t) * control + t**2 * other


def path_losses(
    plan: Plan, ends: tuple[Any, Any], control: Any, t: Any, data: Data
) -> tuple[Numbers, Numbers]:
    """Return losses and shares of right examples, (M,) each, at the places `t` (M,) of a path.

    `control` None: of the straight line. Losses are not finite where they are too large. One program serves
    all paths of a shape, and any M.
    """
    one, other = (np.asarray(end, np.float32) for end in ends)
    between = (one + other) / 2 if control is None else np.asarray(control, np.float32)
    straight = np.bool_(control is None)
    given = one, between, other, straight

    def run(given: Any, t: Array, x: Array, labels: Array) -> tuple[Array, Array]:
        one, control, other, straight = given

        def look(at: Array) -> tuple[Array, Array]:
            # A line as one: the middle of its ends is rounded, and beyond them that would be magnified.
            vector = jnp.where(straight, one + at * (other - one), on_path(one, control, other, at))
            scores = forward(plan, vector, first_running(plan), x, train=True).scores
            right = (jnp.argmax(scores, axis=1) == labels).mean(dtype=jnp.float32)
            return losses(scores, labels).mean(), right

        return jax.lax.map(look, t)

    asked = np.asarray(t, np.float32)
    padded = np.concatenate([asked, np.repeat(asked[-1:], -len(asked) % LOT)])
    lots = padded.reshape(-1, LOT)
    program = program_of(("path", plan, data[0].shape), run, (given, lots[0], *data), OPTIONS)
    told = [program(given, lot, *data) for lot in lots]
    found, right = (np.concatenate([np.asarray(each[k]) for each in told])[: len(asked)] for k in (0, 1))
    return found, right


def barrier(t: Any, values: Any) -> float:
    """Return how far losses (M,) at `t` (M,) rise above the line between those at t = 0 and t = 1.

    The largest L(θ_t) − (1 − t) L(θ₀) − t L(θ₁) over 0 ≤ t ≤ 1, which is 0 at both ends, inf where a loss is
    not finite (Frankle et al., 2020, Linear mode connectivity and the lottery ticket hypothesis, section 2,
    in the form of Entezari et al., 2022, The role of permutation invariance in linear mode connectivity of
    neural networks, equation 1). Raises ValueError where an end is not among `t`.
    """
    t, values = np.asarray(t, float), np.asarray(values, float)
    if not (np.any(t == 0) and np.any(t == 1)):
        raise ValueError("Expected both ends, t = 0 and t = 1, among the places; take `places`.")
    within = (t >= 0) & (t <= 1)
    first, last = values[t == 0][0], values[t == 1][0]
    if not np.isfinite(values[within]).all():
        return float("inf")
    return float((values[within] - (1 - t[within]) * first - t[within] * last).max())


def first_bend(one: Any, other: Any) -> Bend:
    """Return the straight line as a path that is bent yet by nothing."""
    control = ((np.asarray(one, float) + np.asarray(other, float)) / 2).astype(np.float32)
    state = optax.scale_by_adam().init(jnp.ones(1, jnp.float32))
    state = jax.tree.map(
        lambda leaf: np.repeat(leaf, len(control)) if np.ndim(leaf) else np.asarray(leaf), state
    )
    return Bend(control, state)


def bent(
    objective: Objective, ends: tuple[Any, Any], bend: Bend, rate: float, seed: int, steps: range, data: Data
) -> Bend:
    """Return a path some `steps` of Adam further, 64 at most; its ends stay where they are.

    Each step descends the mean loss at 8 places that chance draws, one in each eighth of the path: an
    estimate of the mean over all t from 0 to 1 (Garipov et al., 2018, equation 2).
    """
    if not 1 <= len(steps) <= STEPS:
        raise ValueError(f"Expected 1 to {STEPS} steps, got {len(steps)}.")
    rows = np.zeros((STEPS, DRAWN), np.float32)
    for row, number in zip(rows, steps, strict=False):
        row[:] = (np.arange(DRAWN) + np.random.default_rng((seed, 7, number)).uniform(size=DRAWN)) / DRAWN
    one, other = (np.asarray(end, np.float32) for end in ends)
    given = bend, (one, other), rows, np.int32(len(steps)), np.float32(rate), data

    def run(bend: Bend, ends: Any, rows: Array, count: Array, rate: Array, data: Data) -> Bend:
        method = optax.scale_by_adam()

        def slope(control: Array, t: Array) -> Array:
            def at(t: Array) -> Array:  # by the chain rule, of which the control point has a part 2 t (1 − t)
                point = on_path(ends[0], control, ends[1], t)
                return 2 * t * (1 - t) * jax.grad(objective.loss)(point, *data)

            return jax.lax.map(at, t).mean(axis=0)

        def step(k: Array, bend: Bend) -> Bend:
            direction: Any
            direction, state = method.update(slope(bend.control, rows[k]), bend.state)
            state = jax.tree.map(lambda now, old: jnp.asarray(now, old.dtype), state, bend.state)
            return Bend(bend.control - rate * direction, state)

        return jax.lax.fori_loop(0, count, step, bend)

    return jax.tree.map(np.asarray, made(objective, "bend", run, given)(*given))
