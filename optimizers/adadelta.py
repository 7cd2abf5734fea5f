"""Adadelta: the size of past steps takes the place of a learning rate."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import Step, Symbol, remembered


def _build(rho: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_adadelta(rho=rho, eps=eps)


def _moments(before: Any, after: Any, gradient: Array, *, rho: Any, eps: Any) -> tuple[Array, Array]:
    # The numerator is the average over the steps *before* this one.
    return jnp.sqrt(before.e_x + eps) * gradient, after.e_g + eps


def _unscaled_step(step: Step) -> Array:
    m, g = _moments(step.before, step.after, step.gradient, **step.knobs)
    return m / jnp.sqrt(g)


ADADELTA = Optimizer(
    id="adadelta",
    build=_build,
    moments=_moments,
    unlimited="M is not linear in the gradients: it is also multiplied by the size of past steps.",
    latex=(
        r"s_t = \rho\, s_{t-1} + (1-\rho)\, g_t^2",
        r"\Delta_t = \frac{\sqrt{d_{t-1} + \varepsilon}}{\sqrt{s_t + \varepsilon}}\, g_t",
        r"d_t = \rho\, d_{t-1} + (1-\rho)\, \Delta_t^2",
        r"\theta_{t+1} = \theta_t - \alpha\, \Delta_t",
    ),
    symbols=(
        *remembered("s", "mean_square", "e_g"),
        *remembered("d", "mean_square_step", "e_x"),
        Symbol(r"\Delta_t", "unscaled_step", _unscaled_step),
    ),
    knobs=(learning_rate(1.0), memory("rho", r"\rho", 0.95), eps(1e-6)),
    unit="factor",
    source=Source(
        "Zeiler",
        2012,
        "ADADELTA: an adaptive learning rate method",
        "algorithm 1",
        "https://arxiv.org/abs/1212.5701",
    ),
    differs="adadelta",
)
