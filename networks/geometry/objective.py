"""What is looked at: a loss of one vector of parameters, with the data that it is given."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.data import examples_of
from networks.history import Numbers
from networks.layers import first_running, forward, losses
from networks.network import Network, Plan
from networks.programs import ON_ONE_CORE, program_of
from networks.training import MOST_MEASURED

Data = Any
"""What a loss is given besides parameters: a tuple of arrays, whose shapes programs depend on."""

OPTIONS: Any = {**ON_ONE_CORE, "xla_cpu_parallel_codegen_split_count": 1}


@dataclass(frozen=True)
class Objective:
    """A loss L(θ) of all parameters of something that is trained.

    - `key`: by which its compiled programs are kept; equal keys are the same function.
    - `loss(vector, *data)`: `vector` of shape (P,) and the data to a scalar, as JAX traces it.
    - `plan`: the shape of the network whose loss it is, None where it is of something else.
    """

    key: Hashable
    loss: Callable[..., Array] = field(compare=False)
    plan: Plan | None = None


def objective_of(network: Network) -> Objective:
    """Return the mean loss −ln p of a network on examples `(inputs (N, d), labels (N,))`.

    Nothing is dropped, no weight is penalised, and batch normalisation takes mean and variance of these
    examples: a function of the parameters alone.
    """
    plan = network.plan

    def loss(vector: Array, x: Array, labels: Array) -> Array:
        return losses(forward(plan, vector, first_running(plan), x, train=True).scores, labels).mean()

    return Objective(("network", plan), loss, plan)


def seen_by(network: Network, most: int = MOST_MEASURED) -> Data:
    """Return the first `most` examples that a network trains on, as `objective_of` takes them."""
    data = examples_of(network.data)
    return jnp.asarray(data.train_inputs[:most]), jnp.asarray(data.train_labels[:most])


def losses_at(objective: Objective, points: Any, data: Data) -> Numbers:
    """Return the losses (M,) at `points` (M, P)."""
    vectors = np.ascontiguousarray(points, np.float32)

    def run(vectors: Array, data: Data) -> Array:
        return jax.lax.map(lambda vector: objective.loss(vector, *data), vectors)

    # Points come in lots of a few sizes, or each number of them would be compiled.
    lot = 8 if len(vectors) <= 8 else 64
    padded = np.concatenate([vectors, np.repeat(vectors[-1:], -len(vectors) % lot, axis=0)])
    program = made(objective, "losses", run, (padded[:lot], data))
    told = [np.asarray(program(padded[k : k + lot], data)) for k in range(0, len(padded), lot)]
    return np.concatenate(told)[: len(vectors)]


def gradient_at(objective: Objective, vector: Any, data: Data) -> tuple[float, Numbers]:
    """Return the loss at `vector` (P,) and its gradient (P,)."""
    program = made(objective, "gradient", _slope(objective), (_vector(vector), data))
    value, gradient = program(_vector(vector), data)
    return float(value), np.asarray(gradient)


def made(objective: Objective, kind: Hashable, run: Callable[..., Any], given: Any) -> Any:
    """Return `run` compiled for arguments like `given`; an objective has one such function of each kind."""
    leaves = jax.tree.leaves(given)
    shapes = tuple((np.shape(leaf), getattr(leaf, "dtype", np.result_type(float)).str) for leaf in leaves)
    return program_of(("geometry", objective.key, kind, shapes), run, given, OPTIONS)


def _slope(objective: Objective) -> Callable[..., Any]:
    def run(vector: Array, data: Data) -> Any:
        return jax.value_and_grad(objective.loss)(vector, *data)

    return run


def _vector(vector: Any) -> NDArray[np.float32]:
    return np.ascontiguousarray(vector, np.float32)
