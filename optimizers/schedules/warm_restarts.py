"""Cosine annealing with warm restarts (SGDR): again and again from the peak, in longer and longer periods."""

import jax.numpy as jnp
import optax
from jax.typing import ArrayLike

from catalog import Knob, Source
from optimizers.schedules.knobs import final, number_of_steps
from optimizers.schedules.schedule import Schedule

# For log(125)/log(5) = 3.0000000000000004 and its like. Between two whole steps that quotient
# moves by more than 1e-5, whatever the knobs and as long as a run has fewer than 10,000 steps.
NUDGE = 1e-9


def _build(steps: int, period: int, multiplier: int, final: float) -> optax.Schedule:
    # Not optax.sgdr_schedule, which joins one schedule per period: a thousand for the shortest.
    def schedule(count: ArrayLike) -> ArrayLike:
        t = jnp.maximum(count, 0)
        even = t // period  # the number of restarts where all periods are equally long
        base, growth = max(multiplier, 2), max(multiplier - 1, 1)
        longer = jnp.floor(jnp.log1p(t * growth / period) / jnp.log(base) + NUDGE)
        scale = jnp.round(float(base) ** longer)
        equal = multiplier == 1
        begin = period * jnp.where(equal, even, (scale - 1) / growth)
        length = period * jnp.where(equal, 1.0, scale)
        return final + (1 - final) / 2 * (1 + jnp.cos(jnp.pi * (t - begin) / length))

    return schedule


WARM_RESTARTS = Schedule(
    id="warm_restarts",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( s_{\min} + \frac{1 - s_{\min}}{2}"
    r" \left( 1 + \cos\left( \frac{{\pi} (t - t_i)}{T_i} \right) \right) \right)"
    r" \qquad T_i = T_0 m^i \qquad t_{i+1} = t_i + T_i",
    knobs=(
        number_of_steps("period", "T_0", 15),
        Knob("multiplier", "m", 2, low=1, high=10, step=1, kind="whole"),
        final(r"s_{\min}"),
    ),
    source=Source(
        "Loshchilov & Hutter",
        2017,
        "SGDR: stochastic gradient descent with warm restarts",
        "ICLR 2017, equation 5",
        "https://arxiv.org/abs/1608.03983",
    ),
)
