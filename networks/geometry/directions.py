"""Directions in the space of all parameters, and how long they are made."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks.history import Numbers
from networks.network import Plan


def random_direction(plan: Plan, seed: int, number: int = 0) -> NDArray[np.float64]:
    """Return standard normal numbers (P,); `number` tells the directions of one `seed` apart."""
    return np.random.default_rng((seed, 3, number)).normal(size=plan.parameters)


def filter_normalized(plan: Plan, direction: Any, vector: Any) -> NDArray[np.float64]:
    """Return `direction` (P,) with the incoming weights of each unit as long as those of `vector` (P,).

    Offsets, and what normalisations and activations learn, stay where they are: 0 there. So a network whose
    units were scaled, each by what the next layer takes back, gives the same picture
    (Li et al., 2018, Visualizing the loss landscape of neural nets, section 4, equation 1).
    """
    found = np.zeros(plan.parameters)
    for place in plan.places:
        if place.name == "W":
            part = slice(place.start, place.stop)
            own = np.asarray(direction[part], float).reshape(place.shape)
            lengths = np.linalg.norm(np.asarray(vector[part], float).reshape(place.shape), axis=0)
            norms = np.linalg.norm(own, axis=0)
            found[part] = (own * np.divide(lengths, norms, where=norms > 0, out=np.zeros_like(norms))).ravel()
    return found


def as_long_as(direction: Any, vector: Any) -> NDArray[np.float64]:
    """Return `direction` (P,) as long as `vector` (P,) is, all its parameters alike."""
    own = np.asarray(direction, float)
    return own * float(np.linalg.norm(np.asarray(vector, float)) / np.linalg.norm(own))


def main_directions(points: Any, end: Any) -> tuple[NDArray[np.float64], Numbers]:
    """Return the two directions (2, P) in which `points` (K, P) are furthest from `end` (P,), with shares.

    They are of length one and at right angles; the shares (2,) are those of the sum of squares that each
    explains (principal components, as in Li et al., 2018, section 7.1).
    """
    apart = np.asarray(points, float) - np.asarray(end, float)
    _, sizes, rows = np.linalg.svd(apart, full_matrices=False)
    squares = sizes**2
    if len(rows) < 2 or squares.sum() == 0:
        raise ValueError("Expected a path of at least two points apart from its end; it has fewer.")
    return rows[:2], (squares[:2] / squares.sum()).astype(np.float32)
