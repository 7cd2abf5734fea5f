"""What happens inside a network: activations, gradients that come back, and what theory says of both."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from networks.activations import ACTIVATIONS
from networks.course import course_of
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.history import Numbers
from networks.initializers import INITIALIZERS
from networks.layers import Running, first_running, forward, losses, slopes
from networks.network import Network, Plan
from networks.normalizations import ALPHA, BETA, BIAS, EPSILON, NEIGHBOURS, NORMALIZATIONS
from networks.programs import idle, program_of
from networks.training import MOST_MEASURED, Training

MOST_NUMBERS = 4_000_000
"""So many numbers at most are looked at in all layers: examples times units."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(101)


@dataclass(frozen=True, eq=False)
class Signals:
    """What the hidden layers hold, read-only, for N inputs and L hidden layers.

    - `activations`: what each layer hands on (N, width), float32, with a residual connection if there is one.
    - `gradients`: of the mean loss over these inputs in what each unit sums up, h W + b, before normalisation
      and activation function: (N, width) for each layer.
    - `dead`, `saturated` (L,): the share of units that make the same of every input, and the share of pairs
      of unit and input where the slope of the activation function is small (`FLAT`).
    - `std`, `gradient_std` (L,): standard deviations of all numbers of a layer.
    - `theory` (L,): what `std` is in a network that is wide, before training (`predicted_std`); NaN where
      theory says nothing.
    - `step`: how many steps of training there were.
    """

    activations: tuple[Numbers, ...]
    gradients: tuple[Numbers, ...]
    dead: Numbers
    saturated: Numbers
    std: Numbers
    gradient_std: Numbers
    theory: Numbers
    step: int


def signals(
    network: Network, inputs: Any = None, seed: int = 0, at: tuple[Training, int] | None = None
) -> Signals:
    """Return what `network` holds when `inputs` go through it.

    - `inputs`: (N, d) numbers of any d, for which the first layer is made; their classes, without which there
      is no loss, are drawn with equal chances. None: the first 1,000 examples that the network trains on.
    - `seed`: of the first weights, as `Training` has it.
    - `at`: a run and which of its measurements, 0 …: the weights are those that were kept last until then. It
      has to be a run of `network` that has come so far, with the data's own inputs.

    Batch normalisation takes mean and variance of these inputs; no unit is dropped. Raises ValueError: what
    was expected, and what came.
    """
    plan = network.plan
    if inputs is None:
        data = examples_of(network.data)
        x, labels = data.train_inputs[:MOST_MEASURED], data.train_labels[:MOST_MEASURED]
    else:
        x = _checked(inputs)
        plan = replace(plan, inputs=x.shape[1])
        labels = np.random.default_rng((seed, 1)).integers(0, plan.classes, len(x)).astype(np.int32)
    numbers = len(x) * sum(plan.widths)
    if numbers > MOST_NUMBERS:
        raise ValueError(
            f"Expected at most {MOST_NUMBERS:,} numbers to look at, got {numbers:,}; take fewer inputs."
        )
    step, vector = (0, first_weights(network, seed, plan)) if at is None else _kept(network, x.shape[1], at)
    outputs, gradients, dead, flat = _program(plan, len(x))(vector, first_running(plan), x, labels)
    activations, back = _layers(outputs), _layers(gradients)
    shares = [_fixed(np.concatenate([np.asarray(each) for each in of])) for of in (dead, flat)]
    # Where signals explode they are too large for a float, and nothing is known of them.
    with np.errstate(over="ignore", invalid="ignore"):
        spreads = [
            _fixed(np.array([each.std(dtype=float) for each in of], np.float32)) for of in (activations, back)
        ]
        theory = predicted_std(network, plan, float(np.mean(np.square(x, dtype=float))), float(x.mean()))
    return Signals(
        activations,
        back,
        shares[0],
        shares[1],
        spreads[0],
        spreads[1],
        _fixed(theory),
        step,
    )


def predicted_std(network: Network, plan: Plan, square: float, mean: float) -> Numbers:
    """Return the standard deviation of each layer's numbers (L,) in a wide network before training.

    From the mean square of the inputs and their mean. With weights of variance σ² and n of them, h W is
    normal with variance q = n σ² E[h²], and what comes next has E[f(√q z)²], z being standard normal
    (Poole et al., 2016, Exponential expressivity in deep neural networks through transient chaos, equation
    3, without offsets).
    """
    initializer, activation = INITIALIZERS[network.initializer], ACTIVATIONS[plan.activation]
    norm = NORMALIZATIONS[plan.normalization]
    found = []
    weights = WEIGHTS / WEIGHTS.sum()
    of_ones = initializer.draws == "ones" and initializer.scale(1, 1, float(network.sigma)) != 0
    random = not of_ones and not initializer.pretrained
    for inputs, width in plan.sizes[:-1]:
        q = inputs * initializer.std(inputs, width, float(network.sigma)) ** 2 * square
        if norm.place == "before":
            q = q / (q + EPSILON)
        values = np.asarray(activation.value(np.sqrt(q) * NODES), float)
        if norm.place == "after":
            around = BIAS + ALPHA * NEIGHBOURS * float(weights @ values**2)
            values = values / around**BETA
        now, now_square = float(weights @ values), float(weights @ values**2)
        joined = plan.residual and inputs == width
        square = now_square + (square + 2 * mean * now if joined else 0.0)
        mean = now + (mean if joined else 0.0)
        found.append(np.sqrt(max(square - mean**2, 0.0)) if random else np.nan)
    return np.array(found, np.float32)


def _run(plan: Plan, vector: Array, running: Running, x: Array, labels: Array) -> Any:
    """Return outputs, gradients, shares of dead units and of saturated ones, for each group of layers."""
    shifts = [jnp.zeros((group.count, x.shape[0], group.width), jnp.float32) for group in plan.groups]

    def loss(shifts: list[Array]) -> tuple[Array, Any]:
        made = forward(plan, vector, running, x, train=True, shifts=shifts)
        return losses(made.scores, labels).mean(), made

    gradients, made = jax.grad(loss, has_aux=True)(shifts)
    activation = ACTIVATIONS[plan.activation]
    flat = [activation.flat(slope).mean((1, 2), jnp.float32) for slope in slopes(plan, vector, made.inputs)]
    dead = [idle(each).mean(1, jnp.float32) for each in made.made]
    return made.outputs, gradients, dead, flat


def _program(plan: Plan, count: int) -> Any:
    given = (
        np.zeros(plan.parameters, np.float32),
        first_running(plan),
        np.zeros((count, plan.inputs), np.float32),
        np.zeros(count, np.int32),
    )
    return program_of(("signals", plan, count), partial(_run, plan), given)


def _kept(network: Network, inputs: int, at: tuple[Training, int]) -> tuple[int, Any]:
    """Return at which step, and which weights, were kept last until a measurement of a run."""
    training, look = at
    if training.network != network or inputs != network.plan.inputs:
        raise ValueError("Expected a run of the same network, and no inputs but its own.")
    course = course_of(training)
    kept = [each for each in course.weights if each[0] <= look] if course else []
    if not kept or course is None or not 0 <= look < len(course.looks):
        there = len(course.looks) if course else 0
        raise ValueError(f"Expected one of the {there} measurements there are so far, got {look}.")
    number, vector, _ = kept[-1]
    return training.measured[number], vector


def _checked(inputs: Any) -> Any:
    try:
        x = np.ascontiguousarray(inputs, np.float32)
    except (TypeError, ValueError):
        raise ValueError(f"Expected inputs to be numbers, got {type(inputs).__name__}.") from None
    if x.ndim != 2 or not x.size or not np.isfinite(x).all():
        raise ValueError(f"Expected finite inputs of shape (N, d), got an array of shape {x.shape}.")
    return x


def _layers(groups: Any) -> tuple[Numbers, ...]:
    return tuple(_fixed(layer) for group in groups for layer in np.asarray(group))


def _fixed(values: Any) -> Any:
    values = np.ascontiguousarray(values)
    values.setflags(write=False)
    return values
