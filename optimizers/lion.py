"""Lion: only the sign of a momentum counts, so that every step has the same length."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import learning_rate, memory, weight_decay
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, first, remembered


def _build(beta1: Any, beta2: Any, weight_decay: Any) -> optax.GradientTransformation:
    return optax.chain(optax.scale_by_lion(b1=beta1, b2=beta2), optax.add_decayed_weights(weight_decay))


def _moments(before: Any, after: Any, gradient: Array, *, beta1: Any, **_: Any) -> tuple[Array, Array]:
    # The sign is taken of a mix with the momentum *before* this step.
    return jnp.sign(_mix(before, gradient, beta1)), jnp.ones_like(gradient)


def _mix(before: Any, gradient: Array, beta1: Any) -> Array:
    return beta1 * before[0].mu + (1 - beta1) * gradient


LION = Optimizer(
    id="lion",
    build=_build,
    moments=_moments,
    unlimited="M is not linear in the gradients: all steps have the same length, so none is small enough.",
    decoupled=lambda theta, weight_decay, **_: weight_decay * theta,
    latex=(
        r"c_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"\theta_{t+1} = \theta_t - \alpha \left( \operatorname{sign}(c_t) + \lambda\, \theta_t \right)",
        r"m_t = \beta_2 m_{t-1} + (1-\beta_2)\, g_t",
    ),
    symbols=(
        *remembered("m", "first_moment", "mu", first),
        Symbol("c_t", "mix", lambda s: _mix(s.before, s.gradient, s.knobs["beta1"])),
    ),
    knobs=(
        learning_rate(1e-4),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.99, high=0.9999),
        weight_decay(0.001),
    ),
    unit="length",
    share=1 / 3,  # no step is ever shorter than α, so it circles the minimum at that distance
    source=Source(
        "Chen et al.",
        2023,
        "Symbolic discovery of optimization algorithms",
        "NeurIPS 2023, algorithm 2",
        "https://arxiv.org/abs/2302.06675",
    ),
)
