"""A rate that stays as it is."""

import optax

from optimizers.schedules.schedule import Schedule


def _build(steps: int) -> optax.Schedule:
    return optax.constant_schedule(1.0)


CONSTANT = Schedule(
    id="constant",
    build=_build,
    latex=r"\alpha_t = \alpha",
)
