"""Polynomial decay: what is left of the run, to a power."""

import optax

from catalog import Knob, Source
from optimizers.schedules.knobs import final
from optimizers.schedules.schedule import Schedule


def _build(steps: int, power: float, final: float) -> optax.Schedule:
    return optax.polynomial_schedule(1.0, final, power, transition_steps=steps)


POLYNOMIAL = Schedule(
    id="polynomial",
    build=_build,
    latex=r"\alpha_t = {\alpha} \left( s_T + (1 - s_T) \left( 1 - \frac{t}{T} \right)^p \right)",
    knobs=(Knob("power", "p", 2.0, low=0.1, high=10.0, step=0.1), final()),
    source=Source(
        "Chen, Papandreou, Kokkinos, Murphy & Yuille",
        2018,
        "DeepLab: semantic image segmentation with deep convolutional nets, atrous convolution,"
        " and fully connected CRFs",
        "section 4.1.2, learning rate policy",
        "https://arxiv.org/abs/1606.00915",
    ),
)
