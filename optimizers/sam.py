"""Sharpness-aware minimization: a step against the gradient of the highest point nearby."""

from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import optax
from jax import Array
from optax import contrib

from catalog import Knob, Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol


def _unit(gradient: Any, _: Any) -> Any:
    # optax.contrib.normalize makes 0/0 where the gradient vanishes. Dividing by the larger component
    # first keeps the squares of very large and very small ones in range.
    largest = reduce(jnp.maximum, [jnp.max(jnp.abs(each)) for each in jax.tree.leaves(gradient)])
    scaled = jax.tree.map(lambda each: each / jnp.where(largest > 0, largest, 1.0), gradient)
    length = jnp.sqrt(sum(jnp.sum(each**2) for each in jax.tree.leaves(scaled)))
    return jax.tree.map(lambda each: each / jnp.where(length > 0, length, 1.0), scaled)


def _build(radius: Any) -> optax.GradientTransformation:
    uphill = optax.chain(optax.stateless(_unit), optax.scale(-radius))
    # A trace without memory is gradient descent that keeps the gradient it stepped against in its state.
    return contrib.sam(optax.trace(decay=0.0), uphill, sync_period=2, opaque_mode=True)


def _moments(before: Any, after: Any, gradient: Array, **_: Any) -> tuple[Array, Array]:
    return after.opt_state.trace, jnp.ones_like(gradient)


SAM = Optimizer(
    id="sam",
    build=_build,
    moments=_moments,
    elsewhere=True,
    cost=2,
    unlimited="""The step is not linear in θ, as the ascent has the same length however near the minimum is.
    Even with a small α it never settles: on ½λθ² it ends in jumps between ± αλρ / (2 - αλ). Bartlett, Long &
    Bousquet (2023), The dynamics of sharpness-aware minimization, arXiv 2210.01513.""",
    latex=(
        r"\epsilon_t = \rho\, \frac{g_t}{\|g_t\|}",
        r"\theta_{t+1} = \theta_t - \alpha\, \nabla L(\theta_t + \epsilon_t)",
    ),
    symbols=(
        Symbol(r"\epsilon_t", "ascent", lambda s: s.knobs["radius"] * _unit(s.gradient, None)),
        Symbol(
            r"\theta_t + \epsilon_t",
            "highest_point",
            lambda s: s.point + s.knobs["radius"] * _unit(s.gradient, None),
        ),
        Symbol(r"\nabla L(\theta_t + \epsilon_t)", "gradient_there", lambda s: s.m),
    ),
    knobs=(learning_rate(0.01), Knob("radius", r"\rho", 0.05, low=0.0, high=2.0, step=0.01)),
    unit="gradient",
    share=0.5,  # those jumps are ρ at αλ = 1, but 19ρ at the 1.9 of the textbook's bowl
    source=Source(
        "Foret, Kleiner, Mobahi & Neyshabur",
        2021,
        "Sharpness-aware minimization for efficiently improving generalization",
        "ICLR 2021, algorithm 1 and equation 2",
        "https://arxiv.org/abs/2010.01412",
    ),
)
