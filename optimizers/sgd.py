"""Gradient descent: a step against the gradient, and nothing remembered."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer


def _moments(before: Any, after: Any, gradient: Array) -> tuple[Array, Array]:
    return gradient, jnp.ones_like(gradient)


SGD = Optimizer(
    id="sgd",
    build=optax.identity,
    moments=_moments,
    limit=lambda: 2.0,
    latex=(r"\theta_{t+1} = \theta_t - \alpha\, g_t",),
    knobs=(learning_rate(0.01),),
    unit="gradient",
    source=Source(
        "Robbins & Monro",
        1951,
        "A stochastic approximation method",
        "Annals of Mathematical Statistics 22(3), pp. 400-407",
        "https://doi.org/10.1214/aoms/1177729586",
    ),
)
