"""AdaMax: Adam scaled by the largest recent gradient instead of by a root mean square."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.limits import averaged
from optimizers.optimizer import Optimizer
from optimizers.symbols import correction, remembered


def _build(beta1: Any, beta2: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_adamax(b1=beta1, b2=beta2, eps=eps)


def _moments(before: Any, after: Any, gradient: Array, *, beta1: Any, **_: Any) -> tuple[Array, Array]:
    return optax.tree.bias_correction(after.mu, beta1, after.count), jnp.square(after.nu)


ADAMAX = Optimizer(
    id="adamax",
    build=_build,
    moments=_moments,
    limit=averaged,
    frozen=True,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"u_t = \max(\beta_2\, u_{t-1},\, |g_t| + \varepsilon)",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{1-\beta_1^t} \cdot \frac{m_t}{u_t}",
    ),
    symbols=(
        *remembered("m", "first_moment", "mu"),
        correction("beta1", 1),
        *remembered("u", "largest_recent", "nu"),
    ),
    knobs=(
        learning_rate(0.002),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    source=Source(
        "Kingma & Ba",
        2015,
        "Adam: a method for stochastic optimization",
        "ICLR 2015, algorithm 2",
        "https://arxiv.org/abs/1412.6980",
    ),
    differs="adamax",
)
