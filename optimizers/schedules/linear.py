"""Linear decay: the rate falls by the same amount in every step and ends with the run."""

import optax

from catalog import Source
from optimizers.schedules.knobs import final
from optimizers.schedules.schedule import Schedule


def _build(steps: int, final: float) -> optax.Schedule:
    return optax.linear_schedule(1.0, final, transition_steps=steps)


LINEAR = Schedule(
    id="linear",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( 1 - (1 - s_T)\, \frac{t}{T} \right)",
    knobs=(final(),),
    source=Source(
        "Defazio, Cutkosky, Mehta & Mishchenko",
        2023,
        "When, why and how much? Adaptive learning rate scheduling by refinement",
        url="https://arxiv.org/abs/2310.07831",
    ),
)
