"""One landscape under one method, as one compiled program that moves many runs side by side."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple, cast

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from descent.program import parameters
from descent.randomness import key_of, noise_at
from descent.run import MOST_STEPS
from descent.step import StepNoise, StepParameters, StepResult, respond, slopes
from descent.work import side_by_side
from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.programs import QUICKLY, CompiledByShape, Programs, compiled
from optimizers import Optimizer
from optimizers.knobs import without_rate

# One call moves as many runs as `side_by_side` says by at most SPAN steps; more of either are more calls.
# Their state then fits into the processor's cache, and starting a kernel still costs less than running it.
SPAN = 64

# The widest registers a processor has; one that has no such ignores it.
OPTIONS: dict[str, Any] = {**QUICKLY, "xla_cpu_prefer_vector_width": "512"}


class Members(NamedTuple):
    """Where M runs are; the last axis of every array is the member."""

    points: Any  # (2, M): where they arrived last with finite numbers
    losses: Any  # (M,): there; inf where not even the start has one
    updates: Any  # (2, M): what comes next; of no account where a run has stopped
    until: Any  # (M,): the last step with finite numbers and not far away; −1 for none
    going: Any  # (M,): whether all numbers were finite so far
    state: Any  # the method's: one axis more, for members, but in counts of steps


class Shared(NamedTuple):
    """What all members have in common. All of it is traced."""

    parameters: StepParameters
    shares: Any  # (MOST_STEPS + 1,): of the peak learning rate
    centre: Any  # (2,): of the box
    reach: Any  # (): how far from there is far


class Drawn(NamedTuple):
    """What chance brings to the steps of a call."""

    noise: Any  # (SPAN, 2, M)
    times: Any  # (SPAN, places, M), uint8: how often an example is in the batch; (places,) if all are
    sizes: Any  # (SPAN,): how many examples are in the mini-batch


class Seen(NamedTuple):
    """Where the members were at each step of a call; rows after its last step are 0."""

    points: Any  # (SPAN, 2, M)
    losses: Any  # (SPAN, M)


# (shared, peak rates (M,), drawn, members before step `at`, at, last step) to members and what was seen.
Program = Callable[[Shared, Any, Drawn, Members, Any, Any], tuple[Members, Seen]]

_PROGRAMS: Programs[Program] = Programs()


def ensemble_program(landscape: Landscape, optimizer: Optimizer, batched: bool) -> Program:
    """Return the compiled program of a landscape, as `landscapes.find.find` gives it, under a method.

    `batched`: whether gradients are those of mini-batches, which differ from member to member.
    """
    key = landscape.traced, optimizer, batched
    return _PROGRAMS.get(landscape, key, lambda: _compile(landscape, optimizer, batched))


def compiled_ensembles() -> int:
    """Return how many programs are kept. Turning a number knob never adds one."""
    return len(_PROGRAMS)


def gathered(optimizer: Optimizer, method: Mapping[str, Any], starts: Floats) -> Members:
    """Return runs that are about to begin at `starts` (2, M)."""
    count = starts.shape[1:]
    one = jax.eval_shape(_init(optimizer, method), np.zeros(2))
    # The program makes the state that a method begins with; only shapes matter here.
    state = jax.tree.map(
        lambda part: np.zeros(part.shape + (() if _common(part) else count), part.dtype), one
    )
    stopped = np.zeros_like(starts)
    return Members(
        starts, np.full(count, np.inf), stopped, np.full(count, -1, np.int32), np.ones(count, bool), state
    )


@lru_cache(maxsize=4)
def no_noise(count: int) -> Array:
    """Return the noise of `count` runs that have none."""
    return jnp.zeros((SPAN, 2, count))


@CompiledByShape
def noise_from(seeds: Array, stream: Array, at: Array) -> Array:
    """Return what members with `seeds` (M,) see from step `at` on: (SPAN, 2, M)."""
    keys = jax.vmap(key_of, in_axes=(0, None))(seeds, stream)
    each = jax.vmap(noise_at, in_axes=(0, None), out_axes=-1)
    return jax.vmap(each, in_axes=(None, 0))(keys, at + jnp.arange(SPAN))


def _init(optimizer: Optimizer, method: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Return the function from a start (2,) to the state with which the method begins."""
    return optimizer.build(**without_rate(method)).init


def _common(part: Any) -> bool:
    """Return whether a part of one run's state is a count of steps, which is the same for all members."""
    return part.ndim == 0 and jnp.issubdtype(part.dtype, jnp.integer)


def _compile(landscape: Landscape, optimizer: Optimizer, batched: bool) -> Program:
    places = 0 if landscape.examples is None else landscape.examples.places
    count = side_by_side(landscape, optimizer)
    randomness_axes = StepNoise(-1, -1 if batched else None)

    def step(shared: Shared, peaks: Array, drawn: Drawn, t: Array, at: Array, members: Members) -> Members:
        points = members.points + members.updates
        times = drawn.times[t - at] if batched else drawn.times
        randomness = StepNoise(drawn.noise[t - at], times.astype(float) / drawn.sizes[t - at])
        axes, column = _axes(members.state), cast(Any, -1)
        ask = jax.vmap(
            partial(slopes, landscape, shared.parameters.ground, hessian=optimizer.hessian),
            (randomness_axes.weights, -1),
            -1,
        )
        answer = jax.vmap(
            partial(respond, landscape, optimizer, shared.parameters),
            (randomness_axes, -1, axes, -1),
            StepResult(*[column] * 7, after=axes),
        )
        there = _apart(t, ask, randomness.weights, points)
        made = answer(randomness, points, members.state, there)
        came = members.going & _finite(members.updates, points, made.loss[None], made.gradient)
        going = came & _finite(made.estimate, made.seen, made.m, made.g)
        away = points - shared.centre[:, None]
        near = jnp.sum(away * away, axis=0) <= shared.reach**2
        return Members(
            points=jnp.where(came, points, members.points),
            losses=jnp.where(came, made.loss, members.losses),
            updates=-(peaks * shared.shares[t]) * made.direction,
            until=jnp.where(came & near, t, members.until),
            going=going,
            state=made.after,
        )

    def run(
        shared: Shared, peaks: Array, drawn: Drawn, members: Members, at: Array, last: Array
    ) -> tuple[Members, Seen]:
        init = _init(optimizer, shared.parameters.method)
        begun = jax.vmap(init, -1, _axes(members.state))(members.points)
        state = jax.tree.map(partial(jnp.where, at == 0), begun, members.state)

        def one(t: Array, carry: tuple[Members, Seen]) -> tuple[Members, Seen]:
            members, seen = carry
            members = step(shared, peaks, drawn, t, at, members)
            rows = zip(seen, (members.points, members.losses), strict=True)
            return members, Seen(*(jax.lax.dynamic_update_index_in_dim(a, b, t - at, 0) for a, b in rows))

        nothing = Seen(jnp.zeros((SPAN, 2, count)), jnp.zeros((SPAN, count)))
        end = jnp.minimum(at + SPAN, last + 1)
        return jax.lax.fori_loop(at, end, one, (members._replace(state=state), nothing))

    plain = parameters(landscape, {}, optimizer.settings())
    times = np.zeros((SPAN, places, count) if batched else places, np.uint8)
    starts = np.tile(np.array(landscape.start)[:, None], count)
    given = (
        Shared(plain, np.zeros(MOST_STEPS + 1), np.zeros(2), np.float64(1)),
        np.zeros(count),
        Drawn(no_noise(count), times, np.ones(SPAN)),
        gathered(optimizer, plain.method, starts),
        np.int32(0),
        np.int32(0),
    )
    return compiled(run, *given, options=OPTIONS)


def _axes(state: Any) -> Any:
    """Return where the axis of the members is in each part of their state; None in what they share."""
    return jax.tree.map(lambda part: None if _common(part) else -1, state)


def _finite(*arrays: Array) -> Array:
    """Return which members (M,) have nothing but finite numbers in all of `arrays` (…, M)."""
    return jnp.stack([jnp.isfinite(array).all(axis=0) for array in arrays]).all(axis=0)


def _apart(t: Array, ask: Callable[..., Any], *given: Any) -> Any:
    """Return `ask(*given)`, computed once.

    XLA makes one kernel of each array and puts into each all that it depends on: without this a cosine
    is computed anew for every array that is made of it (as many as eight times, over twice the time). It
    does not reach into a conditional, even one that, as steps are never negative, is no question.
    """

    def never(*given: Any) -> Any:
        return jax.tree.map(lambda part: jnp.zeros(part.shape, part.dtype), jax.eval_shape(ask, *given))

    return jax.lax.cond(t >= 0, ask, never, *given)
