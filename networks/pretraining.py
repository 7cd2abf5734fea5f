"""First weights that were learned without labels, layer after layer: stacked denoising autoencoders.

Each hidden layer in turn gets what the layers before it make of the examples, with a quarter of the numbers
set to 0, and learns, together with a decoder that is then thrown away, to tell what they were (Vincent et
al., 2010, Stacked denoising autoencoders, JMLR 11, section 3; layer by layer as in Bengio et al., 2007,
Greedy layer-wise training of deep networks). The output layer, which needs labels, begins at random.
"""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from catalog.cache import MB, SingleFlightCache
from networks.activations import ACTIVATIONS
from networks.batches import chosen_examples
from networks.data import about, examples_of
from networks.network import Network
from networks.programs import AT_A_TIME, program_of, uniform

STEPS, BATCH, RATE = 5 * AT_A_TIME, 100, 0.003
"""Steps of Adam for each layer, examples in each, and the learning rate."""
LEFT_OUT = 0.25
"""The probability with which a number is replaced by 0."""


class _Layer(NamedTuple):
    """The arrays that learn: a layer and its decoder."""

    weights: Any  # (n, m)
    bias: Any  # (m,)
    back: Any  # (m, n)
    back_bias: Any  # (n,)


class Learned(NamedTuple):
    """A layer that has learned."""

    weights: Any  # (n, m)
    bias: Any  # (m,)
    outputs: Any  # (N, m): what the next layer gets of the examples; None once it has learned


_STACKS: SingleFlightCache[tuple[Learned, ...]] = SingleFlightCache(8 * MB, only_long_work=True)


def pretrained_layers(network: Network, seed: int) -> tuple[Learned, ...]:
    """Return the hidden layers of `network`.

    They depend on the inputs that are trained on, the sizes of the layers, the activation function, residual
    connections and the seed; normalisation and dropout do not take part.
    """
    layers = _STACKS.peek(_key(network, seed)) or ()
    while len(layers) < len(network.widths):
        layers = _with_one_more(network, seed, layers)
    return layers


def learn_a_layer(network: Network, seed: int) -> bool:
    """Let one more of the hidden layers learn; return whether all have."""
    layers = _STACKS.peek(_key(network, seed)) or ()
    if len(layers) < len(network.widths):
        layers = _with_one_more(network, seed, layers)
    return len(layers) == len(network.widths)


def pretraining_cost(network: Network) -> float:
    """Return how many multiply-adds it costs, as `training.cost_of` counts them."""
    seen = min(BATCH, about(network.data).train)
    hidden = sum(inputs * outputs for inputs, outputs in network.plan.sizes[:-1])
    return 3.0 * STEPS * seen * 2 * hidden


def _key(network: Network, seed: int) -> Any:
    return network.data, network.widths, network.activation, network.residual, seed


def _with_one_more(network: Network, seed: int, layers: tuple[Learned, ...]) -> tuple[Learned, ...]:
    inputs, width = network.plan.sizes[len(layers)]
    x = layers[-1].outputs if layers else examples_of(network.data).train_inputs
    batch = min(BATCH, len(x))
    chosen = [chosen_examples(len(x), batch, seed, k, AT_A_TIME) for k in range(0, STEPS, AT_A_TIME)]
    random = np.random.default_rng((seed, len(layers)))
    begin = _Layer(
        (random.normal(size=(inputs, width)) / np.sqrt(inputs)).astype(np.float32),
        np.zeros(width, np.float32),
        (random.normal(size=(width, inputs)) / np.sqrt(width)).astype(np.float32),
        np.zeros(inputs, np.float32),
    )
    given = begin, x, np.concatenate(chosen), np.uint32(seed)
    joined = network.residual and inputs == width
    key = "pretraining", network.activation, joined, inputs, width, len(x)
    program = program_of(key, partial(_learn, network.activation, joined), given)
    weights, bias, outputs = map(np.asarray, program(*given))
    last = len(layers) + 1 == len(network.widths)
    known = [layer._replace(outputs=None) for layer in layers]
    more = (*known, Learned(weights, bias, None if last else outputs))
    _STACKS.forget(_key(network, seed))
    return _STACKS.get(_key(network, seed), lambda: more)


def _learn(activation: str, joined: bool, begin: _Layer, x: Array, chosen: Array, seed: Array) -> Any:
    """Return W, b and what the layer makes of `x` (N, n) after learning."""
    f, method = ACTIVATIONS[activation].value, optax.adam(RATE)

    def loss(at: _Layer, k: Array) -> Array:
        whole = x[chosen[k]]
        numbers = jnp.arange(whole.size, dtype=jnp.uint32).reshape(whole.shape)
        random = uniform(numbers, seed, k)
        seen = jnp.where(random >= LEFT_OUT, whole, 0.0)
        made = f(seen @ at.weights + at.bias)
        return ((made @ at.back + at.back_bias - whole) ** 2).mean()

    def step(k: Array, carry: Any) -> Any:
        at, state = carry
        update, state = method.update(jax.grad(loss)(at, k), state)
        return optax.apply_updates(at, update), state

    at, _ = jax.lax.fori_loop(0, STEPS, step, (begin, method.init(begin)))
    made = f(x @ at.weights + at.bias)
    return at.weights, at.bias, made + x if joined else made
