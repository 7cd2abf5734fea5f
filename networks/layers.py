"""What a network makes of its inputs: the layers, as functions that JAX traces.

Layers come in groups (`Plan.groups`): of many layers of one shape, one is traced and the others are the same
loop's next rounds, so that twenty layers compile as fast as five. Arrays of a group have an axis of layers in
front.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from networks.activations import ACTIVATIONS
from networks.network import Group, Plan
from networks.normalizations import (
    NORMALIZATIONS,
    local_response,
    over_batch,
    over_parts,
    root_mean_square,
    weight_norm,
)

Running = tuple[tuple[Any, Any], ...]
"""The running mean and variance (layers, width) of each group; () but for batch normalisation."""


class Pass(NamedTuple):
    """What comes of one pass through a network: arrays (layers, N, width) for each group."""

    scores: Array  # (N, classes)
    inputs: list[Array]  # z, as the activation function gets it
    made: list[Array]  # f(z), before a residual connection is added
    outputs: list[Array]  # what the next layer gets, but without dropout
    running: Running


Arrays = tuple[list[dict[str, Any]], dict[str, Any]]
"""The parameters by name: of each group, (layers, …) each, and of the output layer."""


class _Layer(NamedTuple):
    """What one layer is given."""

    arrays: dict[str, Any]
    running: Any
    kept: Any
    shift: Any
    product: Any


def arrays_of(plan: Plan, vector: Any) -> Arrays:
    """Return the arrays of parameters, of `vector` (P,), which holds all of them."""
    groups: list[dict[str, Any]] = []
    for group in plan.groups:
        places = [place for place in plan.places if place.layer == group.first]
        start, stop = places[0].start, places[-1].stop
        rows = vector[start : start + group.count * (stop - start)].reshape(group.count, -1)
        groups.append(
            {
                place.name: rows[:, place.start - start : place.stop - start].reshape(
                    group.count, *place.shape
                )
                for place in places
            }
        )
    last = [place for place in plan.places if place.layer == len(plan.widths)]
    return groups, {place.name: vector[place.start : place.stop].reshape(place.shape) for place in last}


def vector_of(plan: Plan, arrays: Arrays) -> Array:
    """Return the vector (P,) of which `arrays_of` makes `arrays`."""
    groups, last = arrays
    pieces = []
    for group, named in zip(plan.groups, groups, strict=True):
        names = [place.name for place in plan.places if place.layer == group.first]
        rows = jnp.concatenate([named[name].reshape(group.count, -1) for name in names], axis=1)
        pieces.append(rows.ravel())
    return jnp.concatenate([*pieces, last["W"].ravel(), last["b"]])


def forward(plan: Plan, vector: Array, running: Running, x: Array, *, train: bool, **more: Any) -> Pass:
    """Return what a network with the parameters `vector` (P,) makes of `x`; see `forward_of`."""
    return forward_of(plan, arrays_of(plan, vector), running, x, train=train, **more)


def forward_of(
    plan: Plan,
    parameters: Arrays,
    running: Running,
    x: Array,
    *,
    train: bool,
    kept: Sequence[Array] | None = None,
    shifts: Sequence[Array] | None = None,
    product: Array | None = None,
) -> Pass:
    """Return what a network with these parameters makes of `x` (N, inputs).

    - `train`: whether batch normalisation takes the mean and variance of `x` or the `running` ones.
    - `kept`: what the outputs of each group are multiplied by, (layers, N, width) each: dropout.
    - `shifts`: what is added to h W + b, likewise: gradients are taken in them.
    - `product`: x W of the first layer (N, width), for who knows it; that layer is a group of its own then.
    """
    arrays, last = parameters
    h, after, seen = x, [], []
    for number, group in enumerate(plan.groups):
        given = _Layer(
            arrays[number],
            running[number] if running else (),
            () if kept is None else kept[number],
            () if shifts is None else shifts[number],
            () if product is None or number > 0 else product[None],
        )

        def layer(h: Array, given: _Layer, group: Group = group) -> tuple[Array, Any]:
            return _layer(plan, group, given, h, train)

        if group.count == 1:
            h, made = layer(h, jax.tree.map(lambda leaf: leaf[0], given))
            made = jax.tree.map(lambda leaf: leaf[None], made)
        else:
            h, made = jax.lax.scan(layer, h, given)
        seen.append(made[:3])
        after.append(made[3])
    inputs, made, outputs = (list(each) for each in zip(*seen, strict=True))
    scores = h @ last["W"] + last["b"]
    return Pass(scores, inputs, made, outputs, tuple(after) if running else ())


def _layer(plan: Plan, group: Group, given: _Layer, h: Array, train: bool) -> tuple[Array, Any]:
    """Return what the next layer gets, and (z, f(z), output without dropout, running) of one layer."""
    norm, activation = NORMALIZATIONS[plan.normalization], ACTIVATIONS[plan.activation]
    at, running = given.arrays, given.running
    if isinstance(given.product, tuple):
        weights = weight_norm(at["W"], at["g"]) if norm.place == "weights" else at["W"]
        z = h @ weights + at["b"]
    else:
        z = given.product + at["b"]
    if not isinstance(given.shift, tuple):
        z = z + given.shift
    if norm.place == "before":
        if norm.shares == "unit":
            z, running = over_batch(z, running, train)
        else:
            z = root_mean_square(z) if norm.shares is None else over_parts(z, group.parts)
        z = z * at["gamma"] if norm.scales else z
        z = z + at["beta"] if norm.shifts else z
    a = activation.function(z, at["slope"]) if activation.learned else activation.function(z)
    a = local_response(a) if norm.place == "after" else a
    around = h if plan.residual and h.shape == a.shape else 0.0
    thinned = a if isinstance(given.kept, tuple) else a * given.kept
    return thinned + around, (z, a, a + around, running)


def losses(scores: Array, labels: Array) -> Array:
    """Return −ln of the probability that softmax gives the right class: (N,) of `scores` (N, classes)."""
    return optax.losses.softmax_cross_entropy_with_integer_labels(scores, labels)


def slopes(plan: Plan, vector: Array, z: Sequence[Array]) -> list[Array]:
    """Return the derivative of the activation function at the `z` of each group, of the same shapes."""
    activation = ACTIVATIONS[plan.activation]
    found = []
    for at, values in zip(arrays_of(plan, vector)[0], z, strict=True):

        def function(v: Array, at: dict[str, Any] = at) -> Array:
            if activation.learned:
                return activation.function(v, at["slope"][:, None, None])
            return activation.function(v)

        found.append(jax.jvp(function, (values,), (jnp.ones_like(values),))[1])
    return found


def first_running(plan: Plan) -> Running:
    """Return the running means (0) and variances (1) before training, as NumPy's arrays."""
    if NORMALIZATIONS[plan.normalization].shares != "unit":
        return ()
    shapes = [(group.count, group.width) for group in plan.groups]
    return tuple((np.zeros(shape, np.float32), np.ones(shape, np.float32)) for shape in shapes)
