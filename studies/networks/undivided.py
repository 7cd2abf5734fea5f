"""Dropout as the book has it: what stays is not divided while it trains, and is multiplied by 1 − p later.

The network is one that divides, in other numbers. With h = m·f(h W + b) and h' = h/(1 − p) as what a layer
hands on, W' = (1 − p)·W makes the same of h' as W of h, for every layer but the first; a step of −α ∂L/∂W is
one of −α·(1 − p)²·∂L/∂W' in W'. So not to divide is to begin with weights 1 − p times as large, and to move
them (1 − p)² times as fast.
"""

from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from networks.batches import at, chosen_examples, shared
from networks.course import measured_examples
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.lanes import turned
from networks.layers import arrays_of
from networks.network import Plan
from networks.normalizations import EPSILON
from networks.programs import (
    AT_A_TIME,
    Lane,
    Shared,
    Turned,
    first_lane,
    measure_program,
    program_of,
    some_steps,
)
from networks.training import Training
from optimizers import OPTIMIZERS


def factors(plan: Plan, of_weights: float) -> Any:
    """Return `of_weights` for the weights W of all layers but the first, and 1 for the rest: (P,) float32."""
    found = np.ones(plan.parameters, np.float32)
    for place in plan.places:
        if place.name == "W" and place.layer > 0:
            found[place.start : place.stop] = of_weights
    return found


def undivided(training: Training) -> tuple[Any, Any]:
    """Return the shares (K, 2) of training and validation examples that are right, at the measured steps.

    And, at the end, the loss and the share that is right of the validation examples (2, 2) if outputs are
    multiplied by 1 − p, as they must be, and if they are multiplied by p. `training` is by plain gradient
    descent, with dropout and batches. Raises ValueError for another method.
    """
    if training.optimizer != "sgd" or training.batch is None:
        raise ValueError(f"Expected plain gradient descent with batches, got {training!r}.")
    network, plan = training.network, training.network.plan
    stays = 1 - network.dropout
    vector = first_weights(network, training.seed) * factors(plan, stays)
    lane = first_lane(plan, OPTIMIZERS["sgd"], vector, {"learning_rate": training.rate})
    data = examples_of(network.data)
    inputs, labels, sizes = measured_examples(data)
    measure = measure_program(plan, sizes, False)
    looks = []
    step = 0
    for end in training.measured:
        while step < end:
            count = min(AT_A_TIME, end - step)
            lane = _moved(training, lane, step, count, factors(plan, stays**2))
            step += count
        looks.append(np.asarray(measure(lane.vector, lane.running, inputs, labels).accuracies))
    by_ratio = lane.vector * factors(plan, network.dropout / stays)
    ends = [measure(vector, lane.running, inputs, labels) for vector in (lane.vector, by_ratio)]
    return np.array(looks), np.array([[float(end.losses[1]), float(end.accuracies[1])] for end in ends])


def other_epsilon(training: Training, epsilon: float) -> float:
    """Return the share of training examples that is right at the end if `epsilon` were added to variances.

    `training` is by plain gradient descent with batches and batch normalisation. With c = 10⁻⁵/`epsilon`,
    that network is ours with hidden weights √c times as large, which move c times as fast: z/√(var z + ε) is
    the same of √c·z and c·ε.
    """
    plan = training.network.plan
    ratio = EPSILON / epsilon
    hidden = np.zeros(plan.parameters, np.bool_)
    for place in plan.places:
        hidden[place.start : place.stop] = place.name == "W" and place.layer < len(plan.widths)
    vector = first_weights(training.network, training.seed) * np.where(hidden, np.sqrt(ratio), 1)
    lane = first_lane(plan, OPTIMIZERS["sgd"], vector.astype(np.float32), {"learning_rate": training.rate})
    speeds = np.where(hidden, ratio, 1).astype(np.float32)
    for step in range(0, training.steps, AT_A_TIME):
        lane = _moved(training, lane, step, min(AT_A_TIME, training.steps - step), speeds)
    inputs, labels, sizes = measured_examples(examples_of(training.network.data))
    look = measure_program(plan, sizes, False)(lane.vector, lane.running, inputs, labels)
    return float(look.accuracies[0])


def _moved(training: Training, lane: Lane, first: int, count: int, speeds: Any) -> Lane:
    """Return where the run is `count` steps after step `first`, each weight moved `speeds` times as far."""
    plan, data = training.network.plan, examples_of(training.network.data)
    rates = np.full(AT_A_TIME, training.rate, np.float32)
    chosen = chosen_examples(len(data.train_labels), training.batch, training.seed, first, count)
    numbers = turned(training, training.seed, rates, chosen)
    given = lane, numbers, at(shared(data, training.network.dropout > 0), first, count), speeds

    def run(lane: Lane, turned: Turned, shared: Shared, speeds: Array) -> Lane:
        scaled = optax.stateless(
            lambda gradient, _: jax.tree.map(jnp.multiply, gradient, arrays_of(plan, speeds))
        )
        method = replace(OPTIMIZERS["sgd"], build=lambda: scaled)
        return some_steps(plan, method, lane, turned, shared)[0]

    key = "at speeds", plan, training.batch, data.train_inputs.shape
    return jax.tree.map(np.asarray, program_of(key, run, given)(*given))
