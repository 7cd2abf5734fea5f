"""A rate that stays as it is."""

import optax

from optimizers.schedules.schedule import Schedule

CONSTANT = Schedule(
    id="constant",
    build=lambda steps: optax.constant_schedule(1.0),
    latex=r"\alpha_t = \alpha",
)
