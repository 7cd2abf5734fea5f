"""Inverse-time decay: about constant at first, then like 1/t, as the theory of noisy gradients asks."""

import jax.numpy as jnp
import optax

from catalog import Source
from optimizers.schedules.knobs import decay_rate
from optimizers.schedules.schedule import Schedule


def _build(steps: int, decay_rate: float) -> optax.Schedule:
    # optax has none. Before a warm-up is over the count is negative, and the sum could be 0.
    return lambda count: 1 / (1 + decay_rate * jnp.maximum(count, 0))


INVERSE_TIME = Schedule(
    id="inverse_time",
    build=_build,
    latex=r"\alpha_t = \frac{\alpha}{1 + \beta t}",
    knobs=(decay_rate(0.05),),
    source=Source(
        "Darken & Moody",
        1991,
        "Note on learning rate schedules for stochastic optimization",
        "NIPS 3, search-then-converge with β = 1/τ",
        "https://proceedings.neurips.cc/paper/1990/hash/18d8042386b79e2c279fd162df0205c8-Abstract.html",
    ),
)
