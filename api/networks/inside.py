"""What goes through a network, layer by layer: activations forwards and gradients backwards."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.encode import finite, packed
from api.parts import in_parts
from api.question import one_of, whole
from catalog import Knob
from networks import Signals, signals, so_far, training_parts
from networks.first_weights import first_layers_are_ready
from networks.training import MEASUREMENTS
from scenes import read
from scenes.network_data import size_of
from scenes.network_knobs import NORMAL_INPUTS
from scenes.network_training import as_network, trainings

BINS = 30
"""As many as the pictures of Saitō 2016, section 6.2.2, have."""
ALIKE = 1e-6
"""Units are equal that differ by no more than this part of the largest number of their layer."""
LOOK = Knob("at", "k", default=0, low=0, high=MEASUREMENTS - 1, step=1, kind="whole")


def net_signals(spelling: str) -> dict[str, Any]:
    """Return activations and gradients of every layer of the network `inside` a link.

    `at`: "start", before training, or the number of a measurement, at which trainer `of` has it. As long as
    that has not come so far, {"done": …, "parts": …} say how far it is.
    """
    scene = read(spelling)[0].network
    net, network = scene.inside, as_network(scene.inside, scene.table)
    inputs = size_of(net.data, scene.table).inputs
    try:
        look = whole(spelling, LOOK)  # "start" is none of the numbers: 0
        if look == 0 or net.data == NORMAL_INPUTS:
            ready = partial(first_layers_are_ready, network, net.seed)
            return in_parts([ready], lambda: _told(signals(network, seed=net.seed), inputs))
        asked = trainings(scene, "inside")
        training = asked[whole(spelling, one_of("of", len(asked)))]
        if len(so_far(training).measured) <= look:
            # With those that are trained beside it, whose program is there.
            more = in_parts(training_parts([training, *asked])[:1], lambda: None)
            if more is not None and len(so_far(training).measured) <= look:
                return more
        # Of a run that diverged, or is shorter, the last measurement is told.
        last = len(so_far(training).measured) - 1
        return _told(signals(network, seed=net.seed, at=(training, min(look, last))), inputs)
    except FileNotFoundError:
        return {"layers": [], "step": 0, "inputs": {"n": 0, "d": inputs}, "equal": False, "missing": True}


def _told(found: Signals, inputs: int) -> dict[str, Any]:
    """Return signals as the stage takes them; so many `inputs` has each example."""
    return {
        "layers": [_layer(found, layer) for layer in range(len(found.activations))],
        "step": found.step,
        "inputs": {"n": found.activations[0].shape[0], "d": inputs},
        "equal": all(_are_equal(layer) for layer in found.activations),
    }


def _layer(found: Signals, layer: int) -> dict[str, Any]:
    """Return what is told of one layer; a number that is not finite is None."""
    return {
        "activations": histogram(found.activations[layer]),
        "gradients": histogram(found.gradients[layer]),
        "std": finite(found.std[layer]),
        "gradient_std": finite(found.gradient_std[layer]),
        "theory": finite(found.theory[layer]),
        "dead": finite(found.dead[layer]),
        "saturated": finite(found.saturated[layer]),
    }


def histogram(values: NDArray[np.float32]) -> dict[str, Any]:
    """Return how many of `values` lie in each of 30 bins from the least to the largest, and where bins end.

    `lost` is how many are not finite, and in no bin.
    """
    whole_line = values.ravel().astype(float)
    known = whole_line[np.isfinite(whole_line)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if low == high:
        half = 0.5 * abs(low) or 0.5
        low, high = low - half, high + half
    places = np.minimum(((known - low) * (BINS / (high - low))).astype(int), BINS - 1)
    return {
        "edges": packed(np.linspace(low, high, BINS + 1)),
        "counts": packed(np.bincount(places, minlength=BINS).astype(float)),
        "lost": int(whole_line.size - known.size),
    }


def _are_equal(layer: NDArray[np.float32]) -> bool:
    """Return whether all units of a layer make the same of every input: `layer` (N, width)."""
    largest = float(np.abs(layer).max())
    return bool(np.isfinite(largest) and np.ptp(layer, axis=1).max() <= ALIKE * largest)
