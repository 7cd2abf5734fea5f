"""Damped Newton: between Newton's method (no damping) and gradient descent (much of it)."""

from typing import Any

import jax.numpy as jnp
import optax

from catalog import Knob, Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer
from optimizers.second_order import moments, second_order
from optimizers.symbols import CURVATURES
from optimizers.symmetric import solve


def _build(damping: Any) -> optax.GradientTransformation:
    return second_order(lambda gradient, hessian: solve(hessian + damping * jnp.eye(2), gradient))


DAMPED_NEWTON = Optimizer(
    id="damped_newton",
    build=_build,
    moments=moments,
    hessian=True,
    cost=3,
    unlimited="The step has divided by the curvature already: α < 2 (1 + μ/λ), which no α·λ can say.",
    latex=(
        r"H_t = \nabla^2 L(\theta_t)",
        r"\theta_{t+1} = \theta_t - \alpha\, (H_t + \mu I)^{-1} g_t",
    ),
    symbols=CURVATURES,
    knobs=(
        learning_rate(1.0),
        # Too little to leave a saddle: how much it takes is for the reader to find.
        Knob("damping", r"\mu", 0.1, low=1e-6, high=1e4, scale="log", step=0.05),
    ),
    unit="factor",
    source=Source(
        "Levenberg",
        1944,
        "A method for the solution of certain non-linear problems in least squares",
        "Quarterly of Applied Mathematics 2(2), pp. 164-168",
        "https://doi.org/10.1090/qam/10666",
    ),
    differs="damped_newton",
)
