"""What the methods that read the Hessian have in common: a direction from (g, H), and no memory."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax.numpy as jnp
import optax
from jax import Array


class Direction(NamedTuple):
    """The state of such a method: the direction (2,) that it took last."""

    direction: Array


def second_order(rule: Callable[[Array, Array], Array]) -> optax.GradientTransformationExtraArgs:
    """Return the transformation that steps against `rule(gradient, hessian)`, (2,) and (2, 2) to (2,).

    Its update wants the Hessian of the loss at the point as a keyword, `hessian`.
    """

    def init(params: Any) -> Direction:
        return Direction(jnp.zeros_like(params))

    def update(gradient: Any, state: Any, params: Any = None, *, hessian: Array, **_: Any) -> Any:
        direction = rule(gradient, hessian)
        return direction, Direction(direction)

    step: Any = update  # optax's type of it has no name for what an update takes besides
    return optax.GradientTransformationExtraArgs(init, step)


def moments(before: Any, after: Any, gradient: Array, **_: Any) -> tuple[Array, Array]:
    """Return the direction as M and 1 as G: the Hessian has divided already."""
    return after.direction, jnp.ones_like(gradient)
