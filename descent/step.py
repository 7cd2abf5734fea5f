"""One step of one method on one landscape: what a single run and an ensemble of runs have in common."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from landscapes import Landscape
from optimizers import Optimizer
from optimizers.knobs import without_rate


class StepParameters(NamedTuple):
    """What is the same at every step of a run. All of it is traced: other numbers compile nothing."""

    ground: Mapping[str, Any]  # the `arguments` of the landscape: its knobs, each of shape (), and its data
    method: Mapping[str, Any]  # the knobs of the method, each of shape (), the learning rate among them
    decoupled: Any  # (): 1 where the penalty's λ shrinks the parameters, 0 where it is in the gradient
    clip_value: Any  # (): inf where values are not clipped
    clip_norm: Any  # (): inf where norms are not clipped
    noise_scale: Any  # (): σ/√B, the standard deviation of the noise on each coordinate of the gradient


class StepNoise(NamedTuple):
    """What chance brings to one step."""

    noise: Any  # (2,), standard normal
    weights: Any  # (N,) of the examples in the mini-batch; (0,) where the landscape has none


class StepResult(NamedTuple):
    """What a step sees, and what it makes of it."""

    loss: Array  # ()
    gradient: Array  # (2,): the true one
    estimate: Array  # (2,): of the mini-batch, with noise; without the penalty where that is decoupled
    seen: Array  # (2,): the estimate, clipped
    direction: Array  # (2,): −Δθ/α
    m: Array  # (2,)
    g: Array  # (2,)
    after: Any  # the method's state


class Slopes(NamedTuple):
    """What the surface is like where a step begins."""

    loss: Array  # ()
    gradient: Array  # (2,): the true one
    batch: Array  # (2,): that of the mini-batch
    hessian: Array  # (2, 2): the true one; (0, 0) for methods that need none


def step_of(
    landscape: Landscape,
    optimizer: Optimizer,
    parameters: StepParameters,
    randomness: StepNoise,
    point: Array,
    before: Any,
) -> StepResult:
    """Return the step of `optimizer`, in the state `before`, from `point` (2,)."""
    ground, weights = parameters.ground, randomness.weights
    there = slopes(landscape, ground, weights, point, hessian=optimizer.hessian)
    return respond(landscape, optimizer, parameters, randomness, point, before, there)


def slopes(
    landscape: Landscape, ground: Mapping[str, Any], weights: Array, point: Array, *, hessian: bool
) -> Slopes:
    """Return what the surface is like at `point` (2,): the half of a step that asks the surface.

    `ground`: the `arguments` of the landscape; `weights` (N,) of the examples in the mini-batch.
    """

    def loss_at(p: Array) -> Array:
        return landscape.loss(p, **ground)

    loss, gradient = jax.value_and_grad(loss_at)(point)
    examples = landscape.examples
    batch = gradient if examples is None else _batch_gradient(landscape, ground, weights, point)
    return Slopes(loss, gradient, batch, jax.hessian(loss_at)(point) if hessian else jnp.zeros((0, 0)))


def respond(
    landscape: Landscape,
    optimizer: Optimizer,
    parameters: StepParameters,
    randomness: StepNoise,
    point: Array,
    before: Any,
    there: Slopes,
) -> StepResult:
    """Return what `optimizer` makes of what is `there`: the half of a step that is the method's."""
    knobs = without_rate(parameters.method)
    method = optimizer.build(**knobs)
    pull = parameters.decoupled * parameters.ground["l2"]

    def estimate_at(p: Array, slope: Array) -> Array:
        return slope - pull * p + parameters.noise_scale * randomness.noise

    def clipped(estimate: Array) -> Array:
        by_value: Any
        by_norm: Any
        by_value, _ = optax.clip(parameters.clip_value).update(estimate, optax.EmptyState())
        by_norm, _ = optax.clip_by_global_norm(parameters.clip_norm).update(by_value, optax.EmptyState())
        # A norm that overflows is not below infinity either: optax would make NaN of what is not clipped.
        return jnp.where(jnp.isinf(parameters.clip_norm), by_value, by_norm)

    estimate = estimate_at(point, there.batch)
    seen = clipped(estimate)
    more: Any = {"hessian": there.hessian} if optimizer.hessian else {}
    if optimizer.elsewhere:
        more["grad_fn"] = lambda p, _: clipped(
            estimate_at(p, _batch_gradient(landscape, parameters.ground, randomness.weights, p))
        )
    direction: Any
    direction, after = method.update(seen, before, point, **more)
    m, g = optimizer.moments(before, after, seen, **knobs)
    return StepResult(there.loss, there.gradient, estimate, seen, direction + pull * point, m, g, after)


def _batch_gradient(landscape: Landscape, ground: Mapping[str, Any], weights: Array, point: Array) -> Array:
    """Return the gradient (2,) of the mini-batch; of the loss itself where a surface has no examples.

    `ground`: the `arguments` of the landscape; `weights` (N,) of the examples in the batch.
    """
    examples = landscape.examples

    def loss(p: Array) -> Array:
        if examples is None:
            return landscape.loss(p, **ground)
        return weights @ examples.losses(p, **ground)

    return jax.grad(loss)(point)
