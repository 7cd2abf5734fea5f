"""One landscape under one method, as one compiled program."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog import Knob, Settings
from descent.kept import Kept
from descent.run import MOST_STEPS
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule

# The columns of a row: what is true on arrival at a point, and what the method then makes of it.
UPDATE, POINT, LOSS, GRADIENT = slice(0, 2), slice(2, 4), 4, slice(5, 7)
SEEN, RATE, M, G = slice(7, 9), 9, slice(10, 12), slice(12, 14)
ARRIVAL, STEP = slice(0, 7), slice(7, 14)


class Traced(NamedTuple):
    """Everything that may change without compiling anew."""

    start: Any  # (2,)
    knobs: Any  # (n,): of the landscape, the method and the schedule, one after the other
    sigma: Any  # ()
    noise: Any  # (MOST_STEPS + 1, 2)
    steps: Any  # ()

    @classmethod
    def of(cls, start: Any, knobs: Iterable[float], sigma: float, noise: Array, steps: int) -> "Traced":
        """Return the same numbers with the one set of types that programs are compiled for."""
        vector = np.array([*knobs], np.float64)
        return cls(np.array(start, np.float64), vector, np.float64(sigma), noise, np.int64(steps))


Program = Callable[[Traced], tuple[Array, Array]]
Choices = tuple[Settings, Settings, Settings]

SILENCE = jax.device_put(np.zeros((MOST_STEPS + 1, 2)))

_PROGRAMS: Kept[Program] = Kept(512)


def traced(knobs: Iterable[Knob], values: Mapping[str, Any]) -> list[float]:
    """Return the values of the number knobs, in their order."""
    return [values[knob.id] for knob in knobs if knob.kind == "number"]


def compiled_in(knobs: Iterable[Knob], values: Mapping[str, Any]) -> Settings:
    """Return the values that are not numbers: a program is compiled for each of them."""
    return Settings({knob.id: values[knob.id] for knob in knobs if knob.kind != "number"})


def program(landscape: Landscape, optimizer: Optimizer, schedule: Schedule, choices: Choices) -> Program:
    """Return the compiled program of a landscape under a method and a schedule.

    It gives `rows` of shape (MOST_STEPS + 1, 14) and the number of rows that are written: one per
    step and one for the last point, or fewer if a row is not finite; then that one is the last.
    `choices` are the `compiled_in` values of each of the three.
    """
    key = (landscape, optimizer, schedule, choices)
    return _PROGRAMS.get(key, lambda: _compile(*key))


def compiled_programs() -> int:
    """Return how many programs are kept. Turning a number knob never adds one."""
    return len(_PROGRAMS)


def _compile(landscape: Landscape, optimizer: Optimizer, schedule: Schedule, choices: Choices) -> Program:
    entries = (landscape, optimizer, schedule)
    numbers = [[knob.id for knob in entry.knobs if knob.kind == "number"] for entry in entries]

    def settings(knobs: Array) -> Iterator[dict[str, Any]]:
        values = iter(knobs)
        for names, chosen in zip(numbers, choices, strict=True):
            yield {**chosen, **{name: next(values) for name in names}}

    def run(given: Traced) -> tuple[Array, Array]:
        of_landscape, of_method, of_schedule = settings(given.knobs)
        peak = of_method.pop("learning_rate")
        method = optimizer.build(**of_method)
        loss_and_gradient = jax.value_and_grad(lambda point: landscape.loss(point, **of_landscape))

        def unfinished(carry: Any) -> Array:
            t, finite, *_ = carry
            return finite & (t <= given.steps)

        def step(carry: Any) -> Any:
            # The update of the step before is added here, after it was stored, and not where it was
            # made: the sum of two stored numbers is the same everywhere, NumPy included, while a
            # product and a sum in one kernel may be fused into one rounding.
            t, _, point, update, before, rows = carry
            point = point + update
            loss, gradient = loss_and_gradient(point)
            seen = gradient + given.sigma * given.noise[t]
            direction: Any
            direction, after = method.update(seen, before, point)
            m, g = optimizer.moments(before, after, seen, **of_method)
            rate = jnp.asarray(schedule.rate(t, given.steps, peak, **of_schedule))
            row = jnp.concatenate([update, point, loss[None], gradient, seen, rate[None], m, g])
            return t + 1, jnp.isfinite(row).all(), point, -rate * direction, after, rows.at[t].set(row)

        rows = jnp.zeros((MOST_STEPS + 1, STEP.stop))
        first = (0, True, given.start, jnp.zeros(2), method.init(given.start), rows)
        count, *_, rows = jax.lax.while_loop(unfinished, step, first)
        return rows, count

    compiled = jax.jit(run)
    # Called once now, by the one thread that is here, so that nobody after it compiles.
    compiled(Traced.of((0, 0), [0.5] * sum(map(len, numbers)), 0, SILENCE, 1))
    return compiled
