"""How a loss and its gradient change along a step of gradient descent."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.geometry.objective import Data, Objective, made

LEAST, MOST, TRIED = 0.5, 4.0, 8
"""Steps of half to four times the rate are tried, so many of them, evenly in powers."""


@dataclass(frozen=True)
class AlongGradient:
    """What a step against the gradient meets at a point θ, for rates α′ from ½α to 4α.

    - `loss`: L(θ); `low`, `high`: the least and the largest L(θ − α′∇L(θ)).
    - `change_low`, `change_high`: the same of ‖∇L(θ) − ∇L(θ − α′∇L(θ))‖, gradient predictiveness: 0 where
      a gradient says all of the next one.
    - `smoothness`: the largest of these changes divided by its distance α′‖∇L(θ)‖, the effective
      β-smoothness in this direction; 0 where the gradient vanishes.

    Source: Santurkar, Tsipras, Ilyas & Madry, 2018, How does batch normalization help optimization?, section
    3.2 and figure 4. Theirs are gradients of a mini-batch; here all `data` have a part in each.
    """

    loss: float
    low: float
    high: float
    change_low: float
    change_high: float
    smoothness: float

    @property
    def range(self) -> float:
        """Return how far apart the losses are."""
        return self.high - self.low


def rates(rate: float) -> NDArray[np.float64]:
    """Return the rates α′ (8,) that are tried around `rate`."""
    return rate * np.geomspace(LEAST, MOST, TRIED)


def along_gradient(objective: Objective, vector: Any, rate: float, data: Data) -> AlongGradient:
    """Return what steps against the gradient meet at `vector` (P,), on `data`.

    Numbers are inf where losses or gradients are too large for single precision. Raises ValueError unless
    `rate` is positive.
    """
    if not rate > 0:
        raise ValueError(f"Expected a positive rate, got {rate!r}.")
    tried = np.concatenate([[0.0], rates(rate)]).astype(np.float32)
    given = np.ascontiguousarray(vector, np.float32), tried, data

    def run(vector: Array, rates: Array, data: Data) -> Any:
        def step(gradient: Array, rate: Array) -> Any:
            loss, other = jax.value_and_grad(objective.loss)(vector - rate * gradient, *data)
            told = loss, jnp.linalg.norm(other - gradient)
            return jnp.where(rate > 0, gradient, other), told

        # The first step is none, from which on ∇L(θ) is known: to write it apart would be compiled as well.
        return jax.lax.scan(step, jnp.zeros_like(vector), rates)[1]

    (loss, *losses), (length, *changes) = (
        np.where(np.isfinite(each), np.asarray(each, float), np.inf)
        for each in made(objective, "along the gradient", run, given)(*given)
    )
    losses, changes = np.array(losses), np.array(changes)
    moved = rates(rate) * float(length)
    steepness = np.inf if length == np.inf else (changes / moved).max() if length > 0 else 0.0
    ends = losses.min(), losses.max(), changes.min(), changes.max(), steepness
    return AlongGradient(float(loss), *map(float, ends))
