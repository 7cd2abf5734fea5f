"""Step decay: the rate stays, then drops at once, again and again."""

import optax

from catalog import Source
from optimizers.schedules.knobs import factor, number_of_steps
from optimizers.schedules.schedule import Schedule


def _build(steps: int, every: int, factor: float) -> optax.Schedule:
    return optax.exponential_decay(1.0, transition_steps=every, decay_rate=factor, staircase=True)


STEP = Schedule(
    id="step",
    build=_build,
    latex=r"\alpha_t = \alpha\, \beta^{\lfloor t / k \rfloor}",
    knobs=(number_of_steps("every", "k", 20), factor(0.5)),
    source=Source(
        "Ge, Kakade, Kidambi & Netrapalli",
        2019,
        "The step decay schedule: a near optimal, geometrically decaying learning rate procedure"
        " for least squares",
        "NeurIPS 2019",
        "https://arxiv.org/abs/1904.12838",
    ),
)
