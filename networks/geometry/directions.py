"""Directions in the space of all parameters, and how long they are made."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks.history import Numbers
from networks.network import Plan
from networks.normalizations import NORMALIZATIONS


def random_direction(plan: Plan, seed: int, number: int = 0) -> NDArray[np.float64]:
    """Return standard normal numbers (P,); `number` tells the directions of one `seed` apart."""
    return np.random.default_rng((seed, 3, number)).normal(size=plan.parameters)


def filter_normalized(plan: Plan, direction: Any, vector: Any) -> NDArray[np.float64]:
    """Return `direction` (P,) with the incoming weights of each unit as long as those of `vector` (P,).

    Offsets, and what normalisations and activations learn, stay where they are: 0 there. So a network of
    which one layer was scaled by what the next one takes back gives the same picture (Li et al., 2018,
    Visualizing the loss landscape of neural nets, section 4, equation 1); where each unit was scaled by
    another factor the next layer's filters have other directions, and the picture is another.
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
    explains (principal components, as in Li et al., 2018, section 7.1). The first point has a negative first
    coordinate, and that which is furthest along the second direction a positive one.
    """
    apart = np.asarray(points, float) - np.asarray(end, float)
    _, sizes, rows = np.linalg.svd(apart, full_matrices=False)
    squares = sizes**2
    if len(rows) < 2 or squares.sum() == 0:
        raise ValueError("Expected a path of at least two points apart from its end; it has fewer.")
    first, second = apart @ rows[0], apart @ rows[1]
    signs = -np.sign(first[0]) or 1.0, np.sign(second[np.abs(second).argmax()]) or 1.0
    return rows[:2] * np.array(signs)[:, None], (squares[:2] / squares.sum()).astype(np.float32)


HOMOGENEOUS = "relu", "leaky_relu", "prelu"
"""Activations with f(k z) = k f(z) for k > 0."""


def same_function(plan: Plan, vector: Any, factor: float) -> NDArray[np.float64] | None:
    """Return other weights (P,) of the same function: the first layer's times `factor` > 0.

    The next layer's W are divided by it where the activation is positively homogeneous (Dinh et al., 2017,
    Sharp minima can generalize for deep nets, section 2); before a normalisation nothing has to be. None
    where the network has no such symmetry.
    """
    found, place = np.array(vector, float), NORMALIZATIONS[plan.normalization].place
    taken_back = plan.activation in HOMOGENEOUS and place == "nowhere" and not plan.residual
    if not taken_back and place != "before":
        return None
    for at in plan.places:
        if at.layer == 0 and at.name in ("W", "b"):
            found[at.start : at.stop] *= factor
        if at.layer == 1 and at.name == "W" and taken_back:
            found[at.start : at.stop] /= factor
    return found
