"""AdamW: Adam whose weight decay is not divided by the second moment."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.corrected import corrected
from optimizers.knobs import eps, learning_rate, memory, weight_decay
from optimizers.limits import averaged
from optimizers.optimizer import Optimizer
from optimizers.symbols import first, first_moment, second_moment


def _build(beta1: Any, beta2: Any, eps: Any, weight_decay: Any) -> optax.GradientTransformation:
    return optax.chain(
        optax.scale_by_adam(b1=beta1, b2=beta2, eps=eps),
        optax.add_decayed_weights(weight_decay),
    )


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, **_: Any
) -> tuple[Array, Array]:
    return corrected(after[0], beta1, beta2)


ADAMW = Optimizer(
    id="adamw",
    build=_build,
    moments=_moments,
    # Without the decay, which lowers it by the fraction α·weight_decay/2: half a percent at α = 1.
    limit=averaged,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    decoupled=lambda theta, weight_decay, **_: weight_decay * theta,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat v_t = \frac{v_t}{1-\beta_2^t}",
        r"\theta_{t+1} = \theta_t - \alpha \left( \frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon}"
        r" + \lambda\, \theta_t \right)",
    ),
    symbols=(*first_moment(first), *second_moment(first)),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
        weight_decay(0.01),
    ),
    unit="length",
    source=Source(
        "Loshchilov & Hutter",
        2019,
        "Decoupled weight decay regularization",
        "ICLR 2019, algorithm 2",
        "https://arxiv.org/abs/1711.05101",
    ),
    differs="adamw",
)
