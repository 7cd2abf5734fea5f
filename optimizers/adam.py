"""Adam: momentum for the direction, RMSProp for the scale, both corrected for their start at 0."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.corrected import corrected
from optimizers.knobs import eps, learning_rate, memory
from optimizers.limits import averaged
from optimizers.optimizer import Optimizer
from optimizers.symbols import first_moment, second_moment


def _build(beta1: Any, beta2: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_adam(b1=beta1, b2=beta2, eps=eps)


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, **_: Any
) -> tuple[Array, Array]:
    return corrected(after, beta1, beta2)


ADAM = Optimizer(
    id="adam",
    build=_build,
    moments=_moments,
    limit=averaged,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat v_t = \frac{v_t}{1-\beta_2^t}",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{\hat v_t} + \varepsilon}\, \hat m_t",
    ),
    symbols=(*first_moment(), *second_moment()),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    source=Source(
        "Kingma & Ba",
        2015,
        "Adam: a method for stochastic optimization",
        "ICLR 2015, algorithm 1",
        "https://arxiv.org/abs/1412.6980",
    ),
)
