"""Heavy ball: gradients add up, so that speed is kept along a valley."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.knobs import learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import remembered


def _build(momentum: Any) -> optax.GradientTransformation:
    return optax.trace(decay=momentum)


def _moments(before: Any, after: Any, gradient: Array, **_: Any) -> tuple[Array, Array]:
    return after.trace, jnp.ones_like(gradient)


MOMENTUM = Optimizer(
    id="momentum",
    build=_build,
    moments=_moments,
    limit=lambda momentum: 2 * (1 + momentum),
    latex=(
        r"v_t = \mu\, v_{t-1} + g_t",
        r"\theta_{t+1} = \theta_t - \alpha\, v_t",
    ),
    symbols=remembered("v", "velocity", "trace"),
    knobs=(learning_rate(0.01), memory("momentum", r"\mu", 0.9)),
    unit="gradient",
    share=0.1,  # the sum of a steady gradient's trace is 1/(1-μ) = 10 times that gradient
    source=Source(
        "Polyak",
        1964,
        "Some methods of speeding up the convergence of iteration methods",
        "USSR Computational Mathematics and Mathematical Physics 4(5), pp. 1-17",
        "https://doi.org/10.1016/0041-5553(64)90137-5",
    ),
    differs="momentum",
)
