"""Natural exponential decay: the same curve as exponential decay, given by its rate instead of its factor."""

import jax.numpy as jnp
import optax

from catalog import Source
from optimizers.schedules.knobs import decay_rate
from optimizers.schedules.schedule import Schedule


def _build(steps: int, decay_rate: float) -> optax.Schedule:
    return lambda count: jnp.exp(-decay_rate * count)  # optax knows it by its factor e^(-β) alone


NATURAL_EXPONENTIAL = Schedule(
    id="natural_exponential",
    build=_build,
    latex=r"\alpha_t = \alpha\, e^{-\beta t}",
    knobs=(decay_rate(0.03),),
    source=Source(
        "Li, Zhuang & Orabona",
        2021,
        "A second look at exponential and cosine step sizes: simplicity, adaptivity, and performance",
        "ICML 2021, with the factor e^(-β)",
        "https://arxiv.org/abs/2002.05273",
    ),
)
