"""The compiled programs of a network: some steps of a method, and a measurement.

A program depends on the shape of the network, the method, the number of examples and of lanes. Everything
that is a number (rates, λ, dropout, seeds, the scale of the first weights, how many steps) is an argument.
"""

import itertools
import math
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog.cache import MB, SingleFlightCache
from catalog.patience import require_patience
from landscapes.programs import QUICKLY, compiled
from networks.activations import ACTIVATIONS
from networks.layers import (
    Arrays,
    Running,
    arrays_of,
    first_running,
    forward,
    forward_of,
    losses,
    slopes,
    vector_of,
)
from networks.network import Plan
from networks.normalizations import NORMALIZATIONS
from optimizers import OPTIMIZERS, Optimizer
from optimizers.knobs import without_rate

AT_A_TIME = 64
"""So many steps at most are one call of a program."""
GRID = 41
"""A decision boundary is looked for on so many points a side."""
SHOWN = 64
"""So many validation examples at most are shown one by one."""
ALIKE = 1e-6
"""A unit whose outputs differ by no more than this part of the largest makes no use of its inputs."""

ON_ONE_CORE: Any = {"xla_cpu_multi_thread_eigen": False}
"""An option of XLA: a product of matrices as small as ours takes as long on two cores as on one."""
WITH_KERNELS: Any = {**ON_ONE_CORE, "xla_cpu_parallel_codegen_split_count": 1}
"""Options of XLA: its emitter of fused kernels takes half as long again to compile, and halves a step."""

TRACED = 16
"""After so many programs JAX forgets what it has traced; what is compiled stays."""

_PROGRAMS: SingleFlightCache[Any] = SingleFlightCache(64 * MB, only_long_work=True)
_MADE = itertools.count(1)


class Lane(NamedTuple):
    """Where a run is."""

    vector: Any  # (P,): all parameters
    state: Any  # of the method
    running: Running


class Turned(NamedTuple):
    """The numbers of a lane."""

    knobs: Any  # of the method, but for the rate, each of shape ()
    decay: Any  # (): λ
    decoupled: Any  # (): 1 or 0
    dropout: Any  # ()
    seed: Any  # (), uint32
    rates: Any  # (AT_A_TIME,): α_t
    chosen: Any  # (AT_A_TIME, B) int32: which examples a step sees; (AT_A_TIME, 0): all


class Shared(NamedTuple):
    """What all lanes have in common."""

    inputs: Any  # (N, d)
    labels: Any  # (N,)
    first: Any  # (): the number of the first step
    count: Any  # (): how many steps, 1 … AT_A_TIME
    drops: Any  # (), bool: whether any lane has dropout; None: none can have, and half as much is compiled


class Measured(NamedTuple):
    """What is measured of one lane."""

    losses: Any  # (2,): of what it trains on, and of validation
    accuracies: Any  # (2,)
    norm: Any  # (): of all weights W
    dead: Any  # (): share of hidden units that make no use of their inputs
    saturated: Any  # (): share of pairs of hidden unit and example where the unit is saturated
    blocked: Any  # (), bool: whether nothing of the inputs comes through some layer
    predicted: Any  # (M ≤ 64,) uint8: the most probable class of the first validation examples
    frame: Any  # (GRID², ) uint8, or (0,): probability of class 1 of two (× 255), or the most probable class


def first_lane(plan: Plan, optimizer: Optimizer, vector: Any, knobs: Any) -> Lane:
    """Return the lane that begins with the parameters `vector` (P,).

    Methods begin with the same number for each parameter: one is asked for and repeated, because what JAX
    does outside of a program it compiles for each shape, and keeps for ever.
    """
    one = optimizer.build(**without_rate(knobs)).init(jnp.ones(1, jnp.float32))
    state = jax.tree.map(
        lambda leaf: np.repeat(leaf, len(vector)) if np.ndim(leaf) else np.asarray(leaf), one
    )
    return Lane(np.asarray(vector), state, first_running(plan))


def step_program(
    plan: Plan, optimizer: str, given: tuple[Lane, Turned, Shared]
) -> Callable[..., tuple[Lane, Array]]:
    """Return the program that moves a lane by some steps: where it is then, and the losses.

    It takes arguments like `given`. The losses (AT_A_TIME,) are those of the steps' batches, before the step;
    what lies beyond the number of steps is 0. Several lanes are moved by as many calls, see `side_by_side`.
    """

    def run(lane: Lane, turned: Turned, shared: Shared) -> tuple[Lane, Array]:
        return some_steps(plan, OPTIMIZERS[optimizer], lane, turned, shared)

    key = "steps", plan, optimizer, given[1].chosen.shape[1:], given[2].inputs.shape
    return program_of((*key, given[2].drops is None, tuple(sorted(given[1].knobs))), run, given, WITH_KERNELS)


def measure_program(plan: Plan, sizes: tuple[int, int], plane: bool) -> Callable[..., Measured]:
    """Return the program that measures one lane.

    From its parameters (P,), running means, the examples (`sizes`: how many of both kinds) and the points of
    the boundary (GRID², 2), or (0, d).
    """
    n, m = sizes
    points = GRID**2 if plane else 0

    def run(vector: Array, running: Running, x: Array, labels: Array) -> Measured:
        whole = forward(plan, vector, running, x, train=False)
        each = losses(whole.scores[: n + m], labels)
        best = jnp.argmax(whole.scores, axis=1)
        right = best[: n + m] == labels
        squares = sum(
            jnp.sum(vector[place.start : place.stop] ** 2) for place in plan.places if place.name == "W"
        )
        frame = best[n + m :]
        if plane and plan.classes == 2:
            frame = jnp.round(255 * jax.nn.softmax(whole.scores[n + m :])[:, 1])
        seen = [z[:, :n] for z in whole.inputs]
        return Measured(
            jnp.stack([each[:n].mean(), each[n:].mean()]),
            jnp.stack([right[:n].mean(dtype=jnp.float32), right[n:].mean(dtype=jnp.float32)]),
            jnp.sqrt(squares),
            dead_units([a[:, :n] for a in whole.made]),
            saturated_units(plan, vector, seen),
            jnp.concatenate([idle(h[:, :n]).all(axis=1) for h in whole.outputs]).any(),
            best[n : n + min(m, SHOWN)].astype(jnp.uint8),
            frame.astype(jnp.uint8),
        )

    given = (
        np.zeros(plan.parameters, np.float32),
        first_running(plan),
        np.zeros((n + m + points, plan.inputs), np.float32),
        np.zeros(n + m, np.int32),
    )
    return program_of(("measure", plan, sizes, plane), run, given, {**QUICKLY, **ON_ONE_CORE})


def idle(outputs: Array) -> Array:
    """Return which units (…, width) make the same of every example: of `outputs` (…, N, width)."""
    low, high = outputs.min(axis=-2), outputs.max(axis=-2)
    return ~(high - low > ALIKE * jnp.maximum(jnp.abs(low), jnp.abs(high)))


def dead_units(made: list[Array]) -> Array:
    """Return the share of all units that make the same of every example: `made`, f(z) of each group."""
    return jnp.concatenate([idle(a).ravel() for a in made]).mean(dtype=jnp.float32)


def saturated_units(plan: Plan, vector: Array, inputs: list[Array]) -> Array:
    """Return the share of pairs of unit and example with a small slope: `inputs`, z of each group."""
    activation = ACTIVATIONS[plan.activation]
    flat = [activation.flat(slope).ravel() for slope in slopes(plan, vector, inputs)]
    return jnp.concatenate(flat).mean(dtype=jnp.float32)


def some_steps(
    plan: Plan, optimizer: Optimizer, lane: Lane, turned: Turned, shared: Shared
) -> tuple[Lane, Array]:
    """Return where one lane is after `shared.count` steps, and the losses (AT_A_TIME,) before each.

    Weight decay acts on the weights W, not on offsets nor on what a normalisation learns.
    """
    method = optimizer.build(**turned.knobs)
    batch = turned.chosen.shape[1]
    count = batch or shared.inputs.shape[0]
    coupled, pull = (1 - turned.decoupled) * turned.decay, turned.decoupled * turned.decay

    def step(drops: bool, k: Array, carry: Any) -> Any:
        parameters, state, running, told = carry
        x, labels = shared.inputs, shared.labels
        if batch:
            x, labels = x[turned.chosen[k]], labels[turned.chosen[k]]
        kept = kept_units(plan, turned.seed, shared.first + k, count, turned.dropout) if drops else None

        def loss(at: Arrays) -> tuple[Array, Running]:
            made = forward_of(plan, at, running, x, train=True, kept=kept)
            return losses(made.scores, labels).mean(), made.running

        def slope(at: Arrays) -> tuple[Arrays, tuple[Array, Running]]:
            told, slopes = jax.value_and_grad(loss, has_aux=True)(at)
            return jax.tree.map(jnp.add, slopes, shrinking(at, coupled)), told

        gradient, (value, after) = slope(parameters)
        more: Any = {"grad_fn": lambda at, _=None: slope(at)[0]} if optimizer.elsewhere else {}
        direction, new = method.update(gradient, state, parameters, **more)
        direction = jax.tree.map(jnp.add, direction, shrinking(parameters, pull))
        moved = jax.tree.map(lambda at, by: at - turned.rates[k] * by, parameters, direction)
        # Some methods count in whole numbers, of which double precision may come: each array keeps its type.
        moved, new = jax.tree.map(
            lambda now, old: jnp.asarray(now, old.dtype), (moved, new), (parameters, state)
        )
        return moved, new, after, told.at[k].set(value)

    def run(drops: bool, carry: Any) -> Any:
        return jax.lax.fori_loop(0, shared.count, partial(step, drops), carry)

    # From step to step they are arrays: to cut them out of the vector and join them takes a fifth of a step.
    state = jax.tree.map(lambda leaf: arrays_of(plan, leaf) if jnp.ndim(leaf) else leaf, lane.state)
    carry = arrays_of(plan, lane.vector), state, lane.running, jnp.zeros(AT_A_TIME, jnp.float32)
    # Both ways are compiled, so that the first unit that is dropped waits for nothing; where none is, to
    # multiply each by 1 would take as long as the rest of a step.
    if shared.drops is None:
        carry = run(False, carry)
    else:
        carry = jax.lax.cond(shared.drops, partial(run, True), partial(run, False), carry)
    parameters, state, running, told = carry
    state = jax.tree.map(lambda old, new: vector_of(plan, new) if jnp.ndim(old) else new, lane.state, state)
    return Lane(vector_of(plan, parameters), state, running), told


def shrinking(parameters: Arrays, decay: Any) -> Arrays:
    """Return λ·W, by `decay`, for the weights W, and 0 for all other parameters."""
    return jax.tree_util.tree_map_with_path(
        lambda path, leaf: decay * leaf if path[-1].key == "W" else jnp.zeros_like(leaf), parameters
    )


def kept_units(plan: Plan, seed: Any, t: Array, count: Any, dropout: Any) -> list[Array]:
    """Return what the outputs of each group are multiplied by at step `t`: (layers, count, width) each.

    0 with the probability `dropout`, else 1/(1 − dropout).
    """
    shapes = [(group.count, count, group.width) for group in plan.groups]
    ends = np.cumsum([0, *(math.prod(shape) for shape in shapes)])

    share = uniform(jnp.arange(int(ends[-1]), dtype=jnp.uint32), seed, t)
    factors = jnp.where(share >= dropout, 1 / (1 - dropout), 0.0).astype(jnp.float32)
    return [
        factors[low:high].reshape(shape) for low, high, shape in zip(ends[:-1], ends[1:], shapes, strict=True)
    ]


def uniform(numbers: Array, seed: Any, t: Array) -> Array:
    """Return a random number in [0, 1) for each of `numbers`, uint32, at step `t`; float32."""
    bits = hashed(numbers + hashed(hashed(seed) + t.astype(jnp.uint32)))
    # 24 bits, as many as a float holds: a probability is met to a part in 16 million.
    return (bits >> 8).astype(jnp.float32) / 2**24


def hashed(numbers: Array) -> Array:
    """Return 32 random bits for each of `numbers`, uint32.

    Jarzynski & Olano (2020), Hash functions for GPU rendering, JCGT 9(3), the function pcg. JAX's own bits
    take a second to compile here, which is longer than the rest of a step.
    """
    state = numbers * jnp.uint32(747796405) + jnp.uint32(2891336453)
    word = ((state >> ((state >> 28) + 4)) ^ state) * jnp.uint32(277803737)
    return (word >> 22) ^ word


def scales_batches(plan: Plan) -> bool:
    """Return whether what a network makes of an example depends on the rest of its batch."""
    return NORMALIZATIONS[plan.normalization].shares == "unit"


def compiled_programs() -> int:
    """Return how many programs are kept. Turning a number never adds one."""
    return len(_PROGRAMS)


def program_of(key: Hashable, run: Callable[..., Any], given: Any, options: Any = QUICKLY) -> Any:
    """Return `run` compiled for arguments like `given`, kept by `key`; NotYet for who cannot wait for it."""

    def make() -> Any:
        require_patience()
        program = compiled(run, *given, options=options)
        if next(_MADE) % TRACED == 0:
            # What JAX remembers of functions that were traced, such as jax.nn's, is of no use for another
            # shape, and it lets go of nothing before it has thousands: 6 MB for each shape of a network.
            jax.clear_caches()
        return program

    return _PROGRAMS.get(key, make)
