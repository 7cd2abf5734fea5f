"""Exponential decay: every step multiplies the rate by the same factor."""

import optax

from catalog import Source
from optimizers.schedules.knobs import factor
from optimizers.schedules.schedule import Schedule


def _build(steps: int, factor: float) -> optax.Schedule:
    return optax.exponential_decay(1.0, transition_steps=1, decay_rate=factor)


EXPONENTIAL = Schedule(
    id="exponential",
    build=_build,
    latex=r"\alpha_t = \alpha\, \beta^t",
    knobs=(factor(0.97),),
    source=Source(
        "Li, Zhuang & Orabona",
        2021,
        "A second look at exponential and cosine step sizes: simplicity, adaptivity, and performance",
        "ICML 2021",
        "https://arxiv.org/abs/2002.05273",
    ),
)
