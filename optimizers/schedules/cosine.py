"""Cosine annealing: half a cosine wave from the peak down to the end of the run."""

import optax

from catalog import Source
from optimizers.schedules.knobs import final
from optimizers.schedules.schedule import Schedule


def _build(steps: int, final: float) -> optax.Schedule:
    return optax.cosine_decay_schedule(1.0, decay_steps=steps, alpha=final)


COSINE = Schedule(
    id="cosine",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( s_T + \frac{1 - s_T}{2}"
    r" \left( 1 + \cos\left( \frac{\pi t}{T} \right) \right) \right)",
    knobs=(final(),),
    source=Source(
        "Loshchilov & Hutter",
        2017,
        "SGDR: stochastic gradient descent with warm restarts",
        "ICLR 2017, equation 5, without a restart",
        "https://arxiv.org/abs/1608.03983",
    ),
)
