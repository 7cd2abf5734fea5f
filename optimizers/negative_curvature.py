"""Gradient descent that looks for a way down: where a direction curves downwards, it steps along it."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Knob, Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer
from optimizers.second_order import moments, second_order
from optimizers.symbols import HESSIAN, Symbol
from optimizers.symmetric import eigen


def _build(curvature_step: Any) -> optax.GradientTransformation:
    def rule(gradient: Array, hessian: Array) -> Array:
        curvatures, axes = eigen(hessian)
        lowest, axis = curvatures[0], axes[:, 0]
        return gradient + curvature_step * jnp.maximum(-lowest, 0.0) * _uphill(gradient, axis)

    return second_order(rule)


def _uphill(gradient: Array, axis: Array) -> Array:
    # The step is against this. On a saddle point itself either side is downhill: it takes +v.
    return jnp.where(gradient @ axis > 0, axis, -axis)


NEGATIVE_CURVATURE = Optimizer(
    id="negative_curvature",
    build=_build,
    moments=moments,
    hessian=True,
    cost=3,
    limit=lambda curvature_step: 2.0,  # on a quadratic with a minimum it is gradient descent
    latex=(
        r"H_t = \nabla^2 L(\theta_t)",
        r"H_t v_t = \lambda_t v_t \qquad \lambda_t = \lambda_{\min}(H_t)",
        r"\|v_t\| = 1 \qquad g_t^\top v_t \le 0",
        r"\theta_{t+1} = \theta_t - \alpha \left( g_t - \gamma\, \max(-\lambda_t,\, 0)\, v_t \right)",
    ),
    symbols=(
        HESSIAN,
        Symbol(r"\lambda_t", "least_curvature", lambda s: eigen(s.hessian)[0][0]),
        Symbol("v_t", "downhill_axis", lambda s: -_uphill(s.gradient, eigen(s.hessian)[1][:, 0])),
    ),
    knobs=(
        learning_rate(0.01),
        Knob("curvature_step", r"\gamma", 0.1, low=0.0, high=10.0, step=0.05),
    ),
    unit="gradient",
    source=Source(
        "Curtis & Robinson",
        2019,
        "Exploiting negative curvature in deterministic and stochastic optimization",
        "Mathematical Programming 176, pp. 69-94",
        "https://arxiv.org/abs/1703.00412",
    ),
    differs="negative_curvature",
)
