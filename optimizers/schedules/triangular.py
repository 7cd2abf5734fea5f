"""The triangular cyclical rate: up and down in straight lines, for ever."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.schedules.knobs import low, number_of_steps
from optimizers.schedules.schedule import Schedule


def wave(count: Any, half_cycle: int) -> tuple[Any, Array]:
    """Return how many cycles are over and the height, 0 … 1 … 0, of the triangle at step `count`."""
    cycles, phase = count // (2 * half_cycle), count % (2 * half_cycle)
    return cycles, 1 - jnp.abs(phase / half_cycle - 1)


def _build(steps: int, half_cycle: int, low: float) -> optax.Schedule:
    # optax has none that repeats: joining linear pieces would take a piece for each half cycle.
    return lambda count: low + (1 - low) * wave(count, half_cycle)[1]


TRIANGULAR = Schedule(
    id="triangular",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( s_{\min} + (1 - s_{\min}) (1 - |\frac{t}{k} - 2c - 1|) \right)"
    r" \qquad c = \lfloor \frac{t}{2k} \rfloor",
    knobs=(number_of_steps("half_cycle", "k", 10), low()),
    source=Source(
        "Smith",
        2017,
        "Cyclical learning rates for training neural networks",
        "WACV 2017, section 3.1, triangular",
        "https://arxiv.org/abs/1506.01186",
    ),
)
