"""One landscape under one method, as one compiled program."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog import Settings
from catalog.settings import split
from descent.run import MOST_STEPS
from descent.trajectory import Floats
from landscapes import Landscape
from landscapes.programs import Programs
from optimizers import Optimizer
from optimizers.schedules import Schedule

# The columns of a row: what is true on arrival at a point, and what the method then makes of it.
UPDATE, POINT, LOSS, GRADIENT = slice(0, 2), slice(2, 4), 4, slice(5, 7)
SEEN, RATE, M, G = slice(7, 9), 9, slice(10, 12), slice(12, 14)
ARRIVAL, STEP = slice(0, 7), slice(7, 14)

Numbers = Mapping[str, Any]


class Traced(NamedTuple):
    """Everything that may change without compiling anew."""

    start: Any  # (2,)
    knobs: Any  # the number knobs of the landscape, the method and the schedule: three dicts of ()
    sigma: Any  # ()
    noise: Any  # (MOST_STEPS + 1, 2)
    steps: Any  # ()

    @classmethod
    def of(cls, start: Any, knobs: Iterable[Numbers], sigma: float, noise: Floats, steps: int) -> "Traced":
        """Return the same numbers with the one set of types that programs are compiled for."""
        scalars = [{name: np.float64(value) for name, value in numbers.items()} for numbers in knobs]
        return cls(np.array(start, np.float64), scalars, np.float64(sigma), noise, np.int32(steps))


Program = Callable[[Traced], tuple[Array, Array]]

MOST_PROGRAMS, MOST_TYPED = 128, 32  # each takes about 3 MB
SILENCE = np.zeros((MOST_STEPS + 1, 2))

_PROGRAMS: Programs[Program] = Programs(MOST_PROGRAMS, MOST_TYPED)


def program(
    landscape: Landscape, optimizer: Optimizer, schedule: Schedule, choices: tuple[Settings, ...]
) -> Program:
    """Return the compiled program of a landscape under a method and a schedule.

    It gives `rows` of shape (MOST_STEPS + 1, 14) and the number of rows that are written: one per
    step and one for the last point, or fewer if a row is not finite; then that one is the last.
    `choices` are the settings of each of the three that are compiled in (see `catalog.settings.split`).
    """
    key = (landscape, optimizer, schedule, choices)
    return _PROGRAMS.get(landscape, key, lambda: _compile(*key))


def compiled_programs() -> int:
    """Return how many programs are kept. Turning a number knob never adds one."""
    return len(_PROGRAMS)


def _compile(
    landscape: Landscape, optimizer: Optimizer, schedule: Schedule, choices: tuple[Settings, ...]
) -> Program:
    def run(given: Traced) -> tuple[Array, Array]:
        pairs = zip(given.knobs, choices, strict=True)
        of_landscape, of_method, of_schedule = ({**numbers, **chosen} for numbers, chosen in pairs)
        peak = of_method.pop("learning_rate")
        method = optimizer.build(**of_method)

        def loss_at(point: Array) -> Array:
            return landscape.loss(point, **of_landscape)

        loss_and_gradient, hessian = jax.value_and_grad(loss_at), jax.hessian(loss_at)

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
            more: Any = {"hessian": hessian(point)} if optimizer.hessian else {}
            direction: Any
            direction, after = method.update(seen, before, point, **more)
            m, g = optimizer.moments(before, after, seen, **of_method)
            rate = jnp.asarray(schedule.rate(t, given.steps, peak, **of_schedule))
            row = jnp.concatenate([update, point, loss[None], gradient, seen, rate[None], m, g])
            rows = jax.lax.dynamic_update_index_in_dim(rows, row, t, axis=0)
            return t + 1, jnp.isfinite(row).all(), point, -rate * direction, after, rows

        rows = jnp.zeros((MOST_STEPS + 1, STEP.stop))
        first = (jnp.int32(0), True, given.start, jnp.zeros(2), method.init(given.start), rows)
        count, *_, rows = jax.lax.while_loop(unfinished, step, first)
        return rows, count

    compiled = jax.jit(run)
    # Called once now, by the one thread that is here, so that nobody after it compiles.
    entries = (landscape, optimizer, schedule)
    defaults = [split(entry.knobs, entry.settings())[0] for entry in entries]
    compiled(Traced.of(landscape.start, defaults, 0, SILENCE, 1))
    return compiled
