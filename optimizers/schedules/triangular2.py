"""The triangular cyclical rate whose waves lose half of their height each time."""

import jax.numpy as jnp
import optax
from jax.typing import ArrayLike

from catalog import Source
from optimizers.schedules.knobs import low, number_of_steps
from optimizers.schedules.schedule import Schedule
from optimizers.schedules.triangular import wave


def _build(steps: int, half_cycle: int, low: float) -> optax.Schedule:
    def schedule(count: ArrayLike) -> ArrayLike:
        cycles, height = wave(count, half_cycle)
        return low + (1 - low) * height / jnp.exp2(cycles)

    return schedule


TRIANGULAR2 = Schedule(
    id="triangular2",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( s_{\min} + \frac{1 - s_{\min}}{2^c} (1 - |\frac{t}{k} - 2c - 1|)"
    r" \right) \qquad c = \lfloor \frac{t}{2k} \rfloor",
    knobs=(number_of_steps("half_cycle", "k", 10), low()),
    source=Source(
        "Smith",
        2017,
        "Cyclical learning rates for training neural networks",
        "WACV 2017, section 3.1, triangular2",
        "https://arxiv.org/abs/1506.01186",
    ),
)
