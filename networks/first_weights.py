"""The parameters of a network before training, as one vector."""

from typing import Any

import numpy as np

from networks.activations import SLOPE
from networks.initializers import INITIALIZERS, drawn
from networks.network import Network, Plan
from networks.pretraining import learn_a_layer, pretrained_layers


def first_weights(network: Network, seed: int, plan: Plan | None = None) -> Any:
    """Return the parameters (P,) of `network` before training, float32; of another `plan` if one is given.

    Raises ValueError where weights that were learned on the data do not fit the inputs of `plan`.
    """
    plan = network.plan if plan is None else plan
    initializer = INITIALIZERS[network.initializer]
    layers = pretrained_layers(network, seed) if initializer.pretrained else ()
    if layers and plan.inputs != network.plan.inputs:
        raise ValueError(
            f"Expected inputs of {network.plan.inputs} numbers, as those that the first weights were learned"
            f" on; got {plan.inputs}. Take another initializer."
        )
    vector = np.zeros(plan.parameters, np.float32)
    weights = np.zeros((0, 0))
    for place in plan.places:
        there = vector[place.start : place.stop].reshape(place.shape)
        learned = layers[place.layer] if place.layer < len(layers) else None
        if place.name == "W":
            weights = _drawn(network, seed, place.layer, place.shape) if learned is None else learned.weights
            there[...] = weights
        elif place.name == "g":  # of the layer's weights, which stand before it
            there[...] = np.sqrt((weights**2).sum(axis=0))
        elif place.name == "b" and learned is not None:
            there[...] = learned.bias
        else:
            there[...] = {"gamma": 1.0, "slope": SLOPE}.get(place.name, 0.0)
    return vector


def first_layers_are_ready(network: Network, seed: int) -> bool:
    """Do some of the work for `first_weights`, if there is any; return whether none is left."""
    return not INITIALIZERS[network.initializer].pretrained or learn_a_layer(network, seed)


def _drawn(network: Network, seed: int, layer: int, shape: tuple[int, ...]) -> Any:
    inputs, outputs = shape
    initializer = INITIALIZERS[network.initializer]
    scale = initializer.scale(inputs, outputs, float(network.sigma))
    return scale * drawn(initializer.draws, np.random.default_rng((seed, layer)), (inputs, outputs))
