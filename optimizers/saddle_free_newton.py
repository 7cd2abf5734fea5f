"""Saddle-free Newton: Newton's step with the absolute values of the curvatures, so that it goes downhill."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Knob, Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer
from optimizers.second_order import moments, second_order
from optimizers.symbols import HESSIAN, Step, Symbol
from optimizers.symmetric import eigen


def _build(floor: Any) -> optax.GradientTransformation:
    def rule(gradient: Array, hessian: Array) -> Array:
        curvatures, axes = eigen(hessian)
        return axes @ (axes.T @ gradient / jnp.maximum(jnp.abs(curvatures), floor))

    return second_order(rule)


def _positive(step: Step) -> Array:
    curvatures, axes = eigen(step.hessian)
    return axes * jnp.maximum(jnp.abs(curvatures), step.knobs["floor"]) @ axes.T


SADDLE_FREE_NEWTON = Optimizer(
    id="saddle_free_newton",
    build=_build,
    moments=moments,
    hessian=True,
    cost=3,
    unlimited="The step has divided by the curvature already, where that is above δ: α < 2 there.",
    latex=(
        r"H_t = \nabla^2 L(\theta_t) = V \operatorname{diag}(\lambda_1, \lambda_2)\, V^\top",
        r"V^\top V = I",
        r"|H_t|_\delta = V \operatorname{diag}"
        r"\left( \max(|\lambda_1|, \delta),\, \max(|\lambda_2|, \delta) \right) V^\top",
        r"\theta_{t+1} = \theta_t - \alpha\, |H_t|_\delta^{-1}\, g_t",
    ),
    symbols=(
        HESSIAN,
        Symbol(r"\lambda_1", "curvature", lambda s: eigen(s.hessian)[0][0]),
        Symbol(r"\lambda_2", "curvature", lambda s: eigen(s.hessian)[0][1]),
        Symbol("V", "eigenvectors", lambda s: eigen(s.hessian)[1]),
        Symbol(r"|H_t|_\delta", "positive_hessian", _positive),
    ),
    knobs=(
        learning_rate(1.0),
        Knob("floor", r"\delta", 0.01, low=1e-6, high=1e4, scale="log", step=0.05),
    ),
    unit="factor",
    source=Source(
        "Dauphin et al.",
        2014,
        "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization",
        "NeurIPS 2014, algorithm 1",
        "https://arxiv.org/abs/1406.2572",
    ),
    differs="saddle_free_newton",
)
