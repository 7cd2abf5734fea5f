"""Nadam: Adam that looks ahead as Nesterov does."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, correction, remembered, second_moment


def _build(beta1: Any, beta2: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_adam(b1=beta1, b2=beta2, eps=eps, nesterov=True)


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, **_: Any
) -> tuple[Array, Array]:
    ahead = optax.tree.bias_correction(after.mu, beta1, after.count + 1)
    now = optax.tree.bias_correction(gradient, beta1, after.count)
    return beta1 * ahead + (1 - beta1) * now, optax.tree.bias_correction(after.nu, beta2, after.count)


NADAM = Optimizer(
    id="nadam",
    build=_build,
    moments=_moments,
    limit=lambda beta1, **_: 2 * (1 + beta1) / ((1 + 2 * beta1) * (1 - beta1)),
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2",
        r"\bar m_t = \frac{\beta_1\, m_t}{1-\beta_1^{t+1}} + \frac{(1-\beta_1)\, g_t}{1-\beta_1^t}"
        r" \qquad \hat v_t = \frac{v_t}{1-\beta_2^t}",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{\hat v_t} + \varepsilon}\, \bar m_t",
    ),
    symbols=(
        *remembered("m", "first_moment", "mu"),
        correction("beta1", 1),
        Symbol(r"1-\beta_1^{t+1}", "correction_ahead", lambda s: 1 - s.knobs["beta1"] ** (s.t + 1)),
        Symbol(r"\bar m_t", "first_moment_ahead", lambda s: s.m),
        *second_moment(),
    ),
    knobs=(
        learning_rate(0.002),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    source=Source(
        "Dozat",
        2016,
        "Incorporating Nesterov momentum into Adam",
        "ICLR 2016 workshop",
        "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
    ),
    differs="nadam",
)
