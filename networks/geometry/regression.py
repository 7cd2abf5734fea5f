"""A small regression: a polynomial at some points, learned by a network of tanh units with a squared loss."""

import itertools
import math
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import Array

from networks.geometry.objective import Data, Objective
from networks.history import Numbers
from networks.network import MOST_LAYERS, MOST_WIDTH

MOST_DEGREE, MOST_POINTS = 12, 100


@dataclass(frozen=True)
class Regression:
    """A Chebyshev polynomial at evenly spaced points of [−1, 1], and the network that learns it.

    The task of Cohen et al., 2021, Gradient descent on neural networks typically occurs at the edge of
    stability, appendix A: small enough that the largest eigenvalue of the Hessian can be followed.

    - `degree`: of the polynomial, 1 to 12; `points`: so many, 2 to 100.
    - `widths`: units of each hidden layer.

    Raises ValueError: what was expected, and what came.
    """

    degree: int = 6
    points: int = 20
    widths: tuple[int, ...] = (30, 20)

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        for name, value, low, high in (
            ("degree", self.degree, 1, MOST_DEGREE),
            ("points", self.points, 2, MOST_POINTS),
        ):
            if not isinstance(value, int) or not low <= value <= high:
                raise ValueError(f"Expected {name} as a whole number from {low} to {high}, got {value!r}.")
        fits = all(isinstance(width, int) and 1 <= width <= MOST_WIDTH for width in self.widths)
        if not fits or not 1 <= len(self.widths) <= MOST_LAYERS:
            raise ValueError(
                f"Expected 1 to {MOST_LAYERS} widths from 1 to {MOST_WIDTH} each, got {self.widths!r}."
            )

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Return (inputs, outputs) of each layer."""
        return tuple(itertools.pairwise((1, *self.widths, 1)))

    @property
    def parameters(self) -> int:
        """Return how many numbers are learned, P."""
        return sum((inputs + 1) * outputs for inputs, outputs in self.sizes)

    @property
    def multiplications(self) -> int:
        """Return how many multiply-adds one point costs on its way to the output."""
        return sum(inputs * outputs for inputs, outputs in self.sizes)

    @property
    def objective(self) -> Objective:
        """Return the mean squared error on data `(x (N,), y (N,))`; its program depends on sizes alone."""
        sizes = self.sizes

        def loss(vector: Array, x: Array, y: Array) -> Array:
            return jnp.mean((_outputs(sizes, vector, x) - y) ** 2)

        return Objective(("regression", sizes), loss)

    @property
    def data(self) -> Data:
        """Return x (N,) and y (N,), float32: T_n(x) = cos(n·arccos x)."""
        x = np.linspace(-1, 1, self.points)
        y = np.cos(self.degree * np.arccos(x))
        return x.astype(np.float32), y.astype(np.float32)

    def first_weights(self, seed: int) -> Numbers:
        """Return parameters (P,) before training: weights and offsets uniform in ±1/√inputs.

        That is PyTorch's default for dense layers (LeCun et al., 1998, Efficient BackProp, section 4.6, has
        the scale).
        """
        drawn: list[Any] = []
        for layer, (inputs, outputs) in enumerate(self.sizes):
            random = np.random.default_rng((seed, 5, layer))
            drawn.append(random.uniform(-1, 1, (inputs + 1) * outputs) / math.sqrt(inputs))
        return np.concatenate(drawn).astype(np.float32)


def _outputs(sizes: tuple[tuple[int, int], ...], vector: Array, x: Array) -> Array:
    """Return what a network makes of x (N,): (N,). Of each layer the weights stand before the offsets."""
    signal, at = x[:, None], 0
    for layer, (inputs, outputs) in enumerate(sizes):
        end = at + inputs * outputs
        signal = signal @ vector[at:end].reshape(inputs, outputs) + vector[end : end + outputs]
        at = end + outputs
        if layer < len(sizes) - 1:
            signal = jnp.tanh(signal)
    return signal[:, 0]
