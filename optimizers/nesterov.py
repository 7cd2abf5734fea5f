"""Nesterov momentum: a heavy ball that corrects its course after looking ahead."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, remembered


def _build(momentum: Any) -> optax.GradientTransformation:
    return optax.trace(decay=momentum, nesterov=True)


def _moments(before: Any, after: Any, gradient: Array, *, momentum: Any) -> tuple[Array, Array]:
    return gradient + momentum * after.trace, jnp.ones_like(gradient)


NESTEROV = Optimizer(
    id="nesterov",
    build=_build,
    moments=_moments,
    limit=lambda momentum: 2 * (1 + momentum) / (1 + 2 * momentum),
    latex=(
        r"v_t = \mu\, v_{t-1} + g_t",
        r"\theta_{t+1} = \theta_t - \alpha\,(g_t + \mu\, v_t)",
    ),
    symbols=(
        *remembered("v", "velocity", "trace"),
        Symbol(r"\theta_t - \alpha\, g_t", "before_look_ahead", lambda s: s.point - s.rate * s.gradient),
        Symbol(r"-\alpha\, \mu\, v_t", "look_ahead", lambda s: -s.rate * s.knobs["momentum"] * s.after.trace),
    ),
    knobs=(learning_rate(0.01), memory("momentum", r"\mu", 0.9)),
    unit="gradient",
    share=0.1,
    source=Source(
        "Sutskever, Martens, Dahl & Hinton",
        2013,
        "On the importance of initialization and momentum in deep learning",
        "ICML 2013, equations 3 and 4",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    ),
    differs="nesterov",
)
