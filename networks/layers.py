"""What a network makes of its inputs: the layers, as functions that JAX traces."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from networks.activations import ACTIVATIONS
from networks.network import Plan
from networks.normalizations import (
    NORMALIZATIONS,
    local_response,
    over_batch,
    over_parts,
    root_mean_square,
    weight_norm,
)

Running = tuple[tuple[Array, Array], ...]
"""The running mean and variance (width,) of each hidden layer; () but for batch normalisation."""


class Pass(NamedTuple):
    """What comes of one pass through a network."""

    scores: Array  # (N, classes)
    inputs: list[Array]  # z (N, width) of each hidden layer, as the activation function gets it
    made: list[Array]  # f(z), likewise, before a residual connection is added
    outputs: list[Array]  # what the next layer gets, likewise, without dropout
    running: Running


def arrays_of(plan: Plan, vector: Any) -> list[dict[str, Any]]:
    """Return the parameters of each layer, by name, from the `vector` (P,) of all."""
    layers: list[dict[str, Any]] = [{} for _ in plan.sizes]
    for place in plan.places:
        layers[place.layer][place.name] = vector[place.start : place.stop].reshape(place.shape)
    return layers


def forward(
    plan: Plan,
    vector: Array,
    running: Running,
    x: Array,
    *,
    train: bool,
    kept: Sequence[Array] | None = None,
    shifts: Sequence[Array] | None = None,
) -> Pass:
    """Return what a network with the parameters `vector` (P,) makes of `x` (N, inputs).

    - `train`: whether batch normalisation takes the mean and variance of `x` or the `running` ones.
    - `kept`: what each hidden layer's output is multiplied by, (N, width) each: dropout.
    - `shifts`: what is added to h W + b of each hidden layer, (N, width) each: gradients are taken in them.
    """
    norm, activation = NORMALIZATIONS[plan.normalization], ACTIVATIONS[plan.activation]
    layers = arrays_of(plan, vector)
    h, after = x, []
    inputs, made, outputs = [], [], []
    for layer, at in enumerate(layers[:-1]):
        weights = weight_norm(at["W"], at["g"]) if norm.place == "weights" else at["W"]
        z = h @ weights + at["b"]
        if shifts is not None:
            z = z + shifts[layer]
        if norm.place == "before":
            if norm.shares == "unit":
                z, now = over_batch(z, running[layer], train)
                after.append(now)
            else:
                z = root_mean_square(z) if norm.shares is None else over_parts(z, plan.parts[layer])
            z = z * at["gamma"] if norm.scales else z
            z = z + at["beta"] if norm.shifts else z
        a = activation.function(z, at["slope"]) if activation.learned else activation.function(z)
        a = local_response(a) if norm.place == "after" else a
        out = a + h if plan.residual and h.shape == a.shape else a
        inputs.append(z)
        made.append(a)
        outputs.append(out)
        if kept is not None:
            out = a * kept[layer] + (h if plan.residual and h.shape == a.shape else 0.0)
        h = out
    scores = h @ layers[-1]["W"] + layers[-1]["b"]
    return Pass(scores, inputs, made, outputs, tuple(after))


def losses(scores: Array, labels: Array) -> Array:
    """Return −ln of the probability that softmax gives the right class: (N,) of `scores` (N, classes)."""
    return optax.losses.softmax_cross_entropy_with_integer_labels(scores, labels)


def slopes(plan: Plan, vector: Array, z: Sequence[Array]) -> list[Array]:
    """Return the derivative of the activation function at each layer's `z`, of the same shapes."""
    activation = ACTIVATIONS[plan.activation]
    found = []
    for at, values in zip(arrays_of(plan, vector)[:-1], z, strict=True):

        def function(v: Array, at: dict[str, Any] = at) -> Array:
            return activation.function(v, at["slope"]) if activation.learned else activation.function(v)

        found.append(jax.jvp(function, (values,), (jnp.ones_like(values),))[1])
    return found


def first_running(plan: Plan, lib: Any = jnp) -> Running:
    """Return the running means (0) and variances (1) before training."""
    if NORMALIZATIONS[plan.normalization].shares != "unit":
        return ()
    return tuple((lib.zeros(n, lib.float32), lib.ones(n, lib.float32)) for n in plan.widths)
