"""AMSGrad: Adam whose second moment never shrinks."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.limits import averaged
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, first_moment, second_moment


def _build(beta1: Any, beta2: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_amsgrad(b1=beta1, b2=beta2, eps=eps)


def _moments(before: Any, after: Any, gradient: Array, *, beta1: Any, **_: Any) -> tuple[Array, Array]:
    return optax.tree.bias_correction(after.mu, beta1, after.count), after.nu_max


AMSGRAD = Optimizer(
    id="amsgrad",
    build=_build,
    moments=_moments,
    limit=averaged,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat v_t = \frac{v_t}{1-\beta_2^t}",
        r"\bar v_t = \max(\bar v_{t-1},\, \hat v_t)",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{\bar v_t} + \varepsilon}\, \hat m_t",
    ),
    symbols=(
        *first_moment(),
        *second_moment(),
        Symbol(r"\bar v_{t-1}", "largest_before", lambda s: s.before.nu_max),
        Symbol(r"\bar v_t", "largest", lambda s: s.after.nu_max),
    ),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    source=Source(
        "Reddi, Kale & Kumar",
        2018,
        "On the convergence of Adam and beyond",
        "ICLR 2018, algorithm 2",
        "https://arxiv.org/abs/1904.09237",
    ),
    differs="amsgrad",
)
