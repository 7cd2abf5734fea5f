"""Adan: Adam that also follows how the gradient changes from step to step."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, corrected, correction, remembered


def _build(beta1: Any, beta2: Any, beta3: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_adan(b1=beta1, b2=beta2, b3=beta3, eps=eps)


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, beta3: Any, **_: Any
) -> tuple[Array, Array]:
    mean = optax.tree.bias_correction(after.m, beta1, after.t)
    change = optax.tree.bias_correction(after.v, beta2, after.t)
    return mean + (1 - beta2) * change, optax.tree.bias_correction(after.n, beta3, after.t)


def _limit(beta1: Any, beta2: Any, **_: Any) -> Any:
    # 2/T(-1) with T(z) = (1-β₁) z/(z-β₁) + (1-β₂)² (z-1)/(z-β₂), see limits.py.
    average = (1 - beta1) / (1 + beta1)
    change = 2 * (1 - beta2) ** 2 / (1 + beta2)
    return 2 / (average + change)


ADAN = Optimizer(
    id="adan",
    build=_build,
    moments=_moments,
    limit=_limit,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"g_0 = g_1",
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"d_t = \beta_2 d_{t-1} + (1-\beta_2)\, (g_t - g_{t-1})",
        r"n_t = \beta_3 n_{t-1} + (1-\beta_3)\, \left( g_t + (1-\beta_2)(g_t - g_{t-1}) \right)^2",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat d_t = \frac{d_t}{1-\beta_2^t}"
        r" \qquad \hat n_t = \frac{n_t}{1-\beta_3^t}",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{\hat n_t} + \varepsilon}"
        r" \left( \hat m_t + (1-\beta_2)\, \hat d_t \right)",
    ),
    symbols=(
        Symbol("g_{t-1}", "gradient_before", lambda s: jnp.where(s.t == 1, s.gradient, s.before.g)),
        *remembered("m", "first_moment", "m"),
        correction("beta1", 1),
        corrected("m", "first_moment", "m", "beta1"),
        *remembered("d", "change", "v"),
        correction("beta2", 2),
        corrected("d", "change", "v", "beta2"),
        *remembered("n", "second_moment", "n"),
        correction("beta3", 3),
        corrected("n", "second_moment", "n", "beta3"),
    ),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.98),
        memory("beta2", r"\beta_2", 0.92),
        memory("beta3", r"\beta_3", 0.99, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    source=Source(
        "Xie, Zhou, Li, Lin & Yan",
        2022,
        "Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models",
        "algorithm 1",
        "https://arxiv.org/abs/2208.06677",
    ),
    differs="adan",
)
