"""A run of training as its programs are given it: the lane before the first step, and its numbers."""

from typing import Any

import numpy as np

from networks.first_weights import first_weights
from networks.programs import Lane, Turned, first_lane
from networks.training import Training
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE


def lane_of(training: Training) -> Lane:
    """Return the lane of a run before its first step."""
    network, method = training.network, OPTIMIZERS[training.optimizer]
    return first_lane(network.plan, method, first_weights(network, training.seed), _knobs(training))


def turned(training: Training, seed: int, rates: Any, chosen: Any) -> Turned:
    """Return the numbers of a run for some steps; `rates`, `chosen` and the `seed` are those of `Turned`."""
    return Turned(
        {name: value for name, value in _knobs(training).items() if name != RATE},
        np.float32(training.weight_decay),
        np.float32(training.decoupled),
        np.float32(training.network.dropout),
        np.uint32(seed),
        rates,
        chosen,
    )


def _knobs(training: Training) -> dict[str, Any]:
    return {name: np.float32(value) for name, value in training.knobs.items()}
