"""One landscape under one method, as one compiled program."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from descent.run import MOST_STEPS
from descent.step import StepNoise, StepParameters, step_of
from landscapes import Landscape
from landscapes.arrays import Floats
from landscapes.programs import Programs, compiled, options_for
from optimizers import Optimizer
from optimizers.knobs import without_rate

# The columns of a row: what is true on arrival at a point, and what the method then makes of it.
UPDATE, POINT, LOSS, GRADIENT = slice(0, 2), slice(2, 4), 4, slice(5, 7)
ESTIMATE, SEEN, RATE, M, G = slice(7, 9), slice(9, 11), 11, slice(12, 14), slice(14, 16)
ARRIVAL, WIDTH = slice(0, 7), 16


class Traced(NamedTuple):
    """Everything that may change without compiling anew."""

    start: Any  # (2,)
    parameters: StepParameters
    rates: Any  # (MOST_STEPS + 1,): α_t
    randomness: StepNoise  # a row for each step: (MOST_STEPS + 1, 2) and (MOST_STEPS + 1, N)
    steps: Any  # ()
    watched: Any  # (): after so many steps the run ends as soon as it is further than `near` from `rest`
    rest: Any  # (2,)
    near: Any  # ()


Program = Callable[[Traced], tuple[Array, Array]]

_PROGRAMS: Programs[Program] = Programs()


def program(landscape: Landscape, optimizer: Optimizer) -> Program:
    """Return the compiled program of a landscape, as `landscapes.find.find` gives it, under a method.

    It gives `rows` of shape (MOST_STEPS + 1, 16) and the number of rows that are written: one per
    step and one for the last point, or fewer if a row is not finite or strays from where it rests; then
    that one is the last. A run may be longer than there are rows: the steps beyond are counted, have the
    last of the rates and, once more from the beginning, the same noise, and overwrite the last row.
    """
    return _PROGRAMS.get(landscape, (landscape.traced, optimizer), lambda: _compile(landscape, optimizer))


def compiled_programs() -> int:
    """Return how many programs are kept. Turning a number knob never adds one."""
    return len(_PROGRAMS)


def parameters(
    landscape: Landscape,
    ground: Mapping[str, Any],
    method: Mapping[str, Any],
    *,
    decoupled: bool = False,
    clip_value: float = np.inf,
    clip_norm: float = np.inf,
    noise_scale: float = 0.0,
) -> StepParameters:
    """Return the same numbers with the one set of types that programs are compiled for.

    `ground`: the knobs of `landscape`, `method`: those of the method, all or some of them each.
    """
    numbers = {name: np.float64(value) for name, value in method.items()}
    return StepParameters(
        landscape.arguments(ground),
        numbers,
        *map(np.float64, (decoupled, clip_value, clip_norm, noise_scale)),
    )


def silence(landscape: Landscape) -> StepNoise:
    """Return what chance brings where nothing is left to it: no noise, and all examples at every step."""
    examples = landscape.examples
    weights: Floats = np.zeros((MOST_STEPS + 1, 0 if examples is None else examples.places))
    if examples is not None:
        weights[:, : examples.count] = 1 / examples.count
    return StepNoise(np.zeros((MOST_STEPS + 1, 2)), weights)


def _compile(landscape: Landscape, optimizer: Optimizer) -> Program:
    def run(given: Traced) -> tuple[Array, Array]:
        knobs = without_rate(given.parameters.method)

        def unfinished(carry: Any) -> Array:
            t, going, *_ = carry
            return going & (t <= given.steps)

        def step(carry: Any) -> Any:
            # The update of the step before is added here, after it was stored, and not where it was
            # made: the sum of two stored numbers is the same everywhere, NumPy included, while a
            # product and a sum in one kernel may be fused into one rounding.
            t, _, point, update, before, rows = carry
            point = point + update
            at = jnp.minimum(t, MOST_STEPS)
            again = t % (MOST_STEPS + 1)
            randomness = StepNoise(given.randomness.noise[again], given.randomness.weights[again])
            made = step_of(landscape, optimizer, given.parameters, randomness, point, before)
            rate = given.rates[at]
            seen = made.estimate, made.seen, rate[None], made.m, made.g
            row = jnp.concatenate([update, point, made.loss[None], made.gradient, *seen])
            rows = jax.lax.dynamic_update_index_in_dim(rows, row, at, axis=0)
            strayed = (t > given.watched) & (jnp.hypot(*(point - given.rest)) > given.near)
            going = jnp.isfinite(row).all() & ~strayed
            return t + 1, going, point, -rate * made.direction, made.after, rows

        rows = jnp.zeros((MOST_STEPS + 1, WIDTH))
        state = optimizer.build(**knobs).init(given.start)
        first = (jnp.int32(0), True, given.start, jnp.zeros(2), state, rows)
        count, *_, rows = jax.lax.while_loop(unfinished, step, first)
        return rows, count

    plain = parameters(landscape, {}, optimizer.settings())
    rates: Floats = np.zeros(MOST_STEPS + 1)
    start = np.array(landscape.start, np.float64)
    once = np.int32(1)
    given = Traced(start, plain, rates, silence(landscape), once, once, start, np.float64(0))
    return compiled(run, given, options=options_for(landscape))
