"""A plane in the space of all parameters: the losses on it, and how far from it something is."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.activations import ACTIVATIONS
from networks.geometry.objective import Data, Objective, made
from networks.history import Numbers
from networks.layers import arrays_of, first_running, forward, losses
from networks.network import Plan
from networks.normalizations import NORMALIZATIONS
from networks.side_by_side import side_by_side

Floats = NDArray[np.float64]
WIDE = 16
"""From so many inputs on, what the first layer makes of them is worked out once for the whole plane."""
LOT = 64
"""So many places at most are one call of a program."""
AT_ONCE = 3e9
"""One call does no more multiplications and additions than this, or those of one place: 0.1 s on one core."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The points θ = `centre` + a·`u` + b·`v`, all of shape (P,); (a, b) are coordinates in it."""

    centre: NDArray[np.floating]
    u: NDArray[np.floating]
    v: NDArray[np.floating]

    @property
    def lengths(self) -> tuple[float, float]:
        """Return ‖u‖ and ‖v‖."""
        return float(np.linalg.norm(self.u)), float(np.linalg.norm(self.v))

    def point(self, a: float, b: float) -> Floats:
        """Return θ (P,) at (a, b)."""
        return np.asarray(self.centre, float) + a * np.asarray(self.u, float) + b * np.asarray(self.v, float)

    def project(self, points: Any) -> tuple[Floats, Floats]:
        """Return coordinates (K, 2) of what in the plane is nearest to `points` (K, P), and how far it is.

        The distances (K,) are Euclidean, ‖θ − Pθ‖. `u` and `v` need not be at right angles.
        """
        apart = np.asarray(points, float) - self.centre
        basis = np.stack([self.u, self.v], axis=1).astype(float)
        coordinates = np.linalg.lstsq(basis, apart.T, rcond=None)[0].T.astype(float)
        away = apart - coordinates @ basis.T
        return coordinates, np.sqrt((away**2).sum(axis=1))


def plane_losses(objective: Objective, plane: Plane, coordinates: Any, data: Data) -> Numbers:
    """Return the losses (M,) at `coordinates` (M, 2) of a plane; not finite where they are too large.

    One program serves all planes of a shape, and any M: it is called for `LOT` places at a time, or for as
    few as make a call of `AT_ONCE` multiplications.
    """
    places = np.ascontiguousarray(coordinates, np.float32).reshape(-1, 2)
    size = lot_of(objective, data)
    lots = [places[k : k + size] for k in range(0, len(places), size)]
    made_of = _products(objective, plane, data)
    found = side_by_side([partial(_lot, objective, made_of, each, data) for each in lots])
    return np.concatenate([*found, np.zeros(0, np.float32)])


def grid_losses(objective: Objective, plane: Plane, a: Floats, b: Floats, data: Data) -> Numbers:
    """Return the losses (len(b), len(a)) on a grid: row j has those at b[j], column i those at a[i]."""
    return plane_losses(objective, plane, cells(a, b), data).reshape(len(b), len(a))


def lot_of(objective: Objective, data: Data) -> int:
    """Return how many places one call of a program looks at: 1 to `LOT`."""
    plan = objective.plan
    each = 1.0 if plan is None else float(plan.multiplications * len(data[0]))
    return max(1, min(LOT, int(AT_ONCE / each)))


def _products(objective: Objective, plane: Plane, data: Data) -> Any:
    """Return centre, u and v, and of each, where that is worth it, what the first layer makes of it.

    X (W + aU + bV) is XW + a XU + b XV: three products for all places.
    """
    given = tuple(np.asarray(each, np.float32) for each in (plane.centre, plane.u, plane.v))
    plan = objective.plan
    if plan is None or not is_wide(plan):
        return given, ()

    def first(plane: Any, x: Array) -> Any:
        products = [x @ arrays_of(plan, vector)[0][0]["W"][0] for vector in plane]
        return [each.T for each in products] if is_plain(plan) else products

    return given, made(objective, "first products", first, (given, data[0]))(given, data[0])


def _lot(objective: Objective, made_of: Any, places: Numbers, data: Data) -> Numbers:
    """Return the losses at a lot of places (≤ LOT, 2)."""
    count = len(places)
    padded = np.concatenate([places, np.zeros((LOT - count, 2), np.float32)])
    plan = objective.plan

    def loss(at: Array, made_of: Any, data: Data) -> Array:
        of = lambda each: each[0] + at[0] * each[1] + at[1] * each[2]  # noqa: E731
        vector, product = of(made_of[0]), of(made_of[1]) if made_of[1] else None
        if plan is None:
            return objective.loss(vector, *data)
        x, labels = data
        if is_plain(plan):
            return _feature_major(plan, vector, product, x, labels)
        more = {} if product is None else {"product": product}
        scores = forward(plan, vector, first_running(plan), x, train=True, **more).scores
        return losses(scores, labels).mean()

    def run(made_of: Any, places: Array, count: Array, data: Data) -> Array:
        def each(k: Array, told: Array) -> Array:
            return told.at[k].set(loss(places[k], made_of, data))

        return jax.lax.fori_loop(0, count, each, jnp.zeros(LOT, jnp.float32))

    given = (made_of, padded, np.int32(count), data)
    return np.asarray(made(objective, "plane", run, given)(*given))[:count]


def is_wide(plan: Plan) -> bool:
    """Return whether the first layer's products are linear in the weights, and worth working out once."""
    single = plan.groups[0].count == 1
    return plan.inputs >= WIDE and single and NORMALIZATIONS[plan.normalization].place != "weights"


def is_plain(plan: Plan) -> bool:
    """Return whether layers are products, offsets and an activation that learns nothing, without a loop."""
    single = all(group.count == 1 for group in plan.groups)
    learned = ACTIVATIONS[plan.activation].learned
    return single and plan.normalization == "none" and not plan.residual and not learned


def _feature_major(plan: Plan, vector: Array, product: Array | None, x: Array, labels: Array) -> Array:
    """Return the mean loss of a plain network, its numbers as (units, N): half as long as (N, units) takes.

    `product`: Wᵀ Xᵀ of the first layer (width, N), if it is known.
    """
    groups, last = arrays_of(plan, vector)
    h = x.T
    for number, at in enumerate(groups):
        z = at["W"][0].T @ h if number or product is None else product
        h = ACTIVATIONS[plan.activation].function(z + at["b"][0][:, None])
    scores = last["W"].T @ h + last["b"][:, None]
    most = scores.max(axis=0)
    sums = most + jnp.log(jnp.exp(scores - most).sum(axis=0))
    return (sums - jnp.take_along_axis(scores, labels[None], axis=0)[0]).mean()


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
