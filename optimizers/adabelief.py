"""AdaBelief: long steps where the gradient is as expected, short ones where it surprises."""

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
    return optax.scale_by_belief(b1=beta1, b2=beta2, eps=eps, eps_root=eps)


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, **_: Any
) -> tuple[Array, Array]:
    return corrected(after, beta1, beta2)


ADABELIEF = Optimizer(
    id="adabelief",
    build=_build,
    moments=_moments,
    limit=averaged,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"s_t = \beta_2 s_{t-1} + (1-\beta_2)\, (g_t - m_t)^2 + \varepsilon",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat s_t = \frac{s_t}{1-\beta_2^t}",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{\hat s_t} + \varepsilon}\, \hat m_t",
    ),
    symbols=(*first_moment(), *second_moment(letter="s", name="surprise")),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-16),
    ),
    unit="length",
    source=Source(
        "Zhuang et al.",
        2020,
        "AdaBelief optimizer: adapting stepsizes by the belief in observed gradients",
        "NeurIPS 2020, algorithm 2",
        "https://arxiv.org/abs/2010.07468",
    ),
    differs="adabelief",
)
