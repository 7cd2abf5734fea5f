"""A plane in the space of all parameters: the losses on it, and how far from it something is."""

from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.geometry.objective import Data, Objective, made
from networks.history import Numbers
from networks.layers import arrays_of, first_running, forward, losses
from networks.network import Plan
from networks.normalizations import NORMALIZATIONS

Floats = NDArray[np.float64]
WIDE = 16
"""From so many inputs on, what the first layer makes of them is worked out once for the whole plane."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The points θ = `centre` + a·`u` + b·`v`, all of shape (P,); (a, b) are coordinates in it."""

    centre: Floats
    u: Floats
    v: Floats

    def point(self, a: float, b: float) -> Floats:
        """Return θ (P,) at (a, b)."""
        return self.centre + a * self.u + b * self.v

    def project(self, points: Any) -> tuple[Floats, Floats]:
        """Return coordinates (K, 2) of what in the plane is nearest to `points` (K, P), and how far it is.

        The distances (K,) are Euclidean, ‖θ − Pθ‖. `u` and `v` need not be at right angles.
        """
        apart = np.asarray(points, float) - self.centre
        basis = np.stack([self.u, self.v], axis=1)
        coordinates = np.linalg.lstsq(basis, apart.T, rcond=None)[0].T.astype(float)
        away = apart - coordinates @ basis.T
        return coordinates, np.sqrt((away**2).sum(axis=1))


def plane_losses(objective: Objective, plane: Plane, coordinates: Any, data: Data) -> Numbers:
    """Return the losses (M,) at `coordinates` (M, 2) of a plane; not finite where they are too large.

    One program serves all planes of a shape, and all M that are the same.
    """
    given = tuple(np.asarray(each, np.float32) for each in (plane.centre, plane.u, plane.v))
    places = np.ascontiguousarray(coordinates, np.float32)
    if objective.plan is not None and is_wide(objective.plan):
        return _wide(objective, objective.plan, given, places, data)

    def run(plane: Any, coordinates: Array, data: Data) -> Array:
        centre, u, v = plane
        return jax.lax.map(lambda at: objective.loss(centre + at[0] * u + at[1] * v, *data), coordinates)

    return np.asarray(made(objective, "plane", run, (given, places, data))(given, places, data))


def is_wide(plan: Plan) -> bool:
    """Return whether the first layer's products are linear in the weights, and worth working out once."""
    single = plan.groups[0].count == 1
    return plan.inputs >= WIDE and single and NORMALIZATIONS[plan.normalization].place != "weights"


def _wide(objective: Objective, plan: Plan, given: Any, places: Any, data: Data) -> Numbers:
    """Return the same for many inputs: X (W + aU + bV) is XW + a XU + b XV, three products for all cells."""

    def first(plane: Any, x: Array) -> Any:
        return [x @ arrays_of(plan, vector)[0][0]["W"][0] for vector in plane]

    products = made(objective, "first products", first, (given, data[0]))(given, data[0])

    def run(plane: Any, products: Any, coordinates: Array, x: Array, labels: Array) -> Array:
        def loss(at: Array) -> Array:
            vector, product = (of[0] + at[0] * of[1] + at[1] * of[2] for of in (plane, products))
            made = forward(plan, vector, first_running(plan), x, train=True, product=product)
            return losses(made.scores, labels).mean()

        return jax.lax.map(loss, coordinates)

    all_given = (given, products, places, *data)
    return np.asarray(made(objective, "wide plane", run, all_given)(*all_given))


def grid(points: int, extent: float) -> Floats:
    """Return the coordinates (points,) of a side from −extent to extent; the middle of an odd number is 0."""
    side = np.linspace(-extent, extent, points)
    if points % 2:
        side[points // 2] = 0.0
    return side


def cells(a: Floats, b: Floats) -> Floats:
    """Return the coordinates (len(b)·len(a), 2) of a grid, row by row: b is that of the row."""
    across, along = np.meshgrid(a, b)
    return np.stack([across.ravel(), along.ravel()], axis=1)
