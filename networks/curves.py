"""Activation functions as curves."""

from typing import Any

import numpy as np
from jax import Array
from numpy.typing import NDArray

from landscapes.programs import compiled
from networks.activations import ACTIVATIONS

Curve = tuple[NDArray[np.float32], NDArray[np.float32]]


def curves(x: NDArray[np.float32]) -> dict[str, Curve]:
    """Return value and derivative (n,) of every activation function at `x` (n,), by id.

    All are one program, which compiles once where each operation by itself would take as long.
    """

    def run(z: Array) -> dict[str, Any]:
        return {each.id: (each.value(z), each.derivative(z)) for each in ACTIVATIONS.values()}

    return {id: (np.asarray(f), np.asarray(slope)) for id, (f, slope) in compiled(run, x)(x).items()}
