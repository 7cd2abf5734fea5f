"""Critical points of a loss of all parameters, in double precision: found, their index, how they are left.

Everything here is exact up to rounding: whole Hessians, all their eigenvalues, for a few hundred parameters.
"""

from dataclasses import dataclass
from math import asin, pi, sqrt
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.geometry.objective import Data, Objective, made

Floats = NDArray[np.float64]

MOST_PARAMETERS = 300
"""Of so many parameters at most: a step of the search takes all eigenvectors of a Hessian."""
BOUND = 1e-9
"""A point is taken for critical where the gradient is no longer than this."""
FLAT = 1e-6
"""An eigenvalue counts as 0 that is no further from it than this part of the largest in size."""
NEAR = 0.3
"""So far a step goes along one eigenvector at most, and three times as far in all."""
AT_ONCE = 32
"""So many columns of a Hessian are worked out at once."""


@dataclass(frozen=True, eq=False)
class Looked:
    """A point that is looked at: where (P,), its loss, gradient (P,) and Hessian (P, P)."""

    at: Floats
    loss: float
    gradient: Floats
    hessian: Floats

    @property
    def slope(self) -> float:
        """Return the length of the gradient."""
        return float(np.linalg.norm(self.gradient))


@dataclass(frozen=True, eq=False)
class CriticalPoint:
    """Where a gradient is 0 up to `BOUND`.

    - `at` (P,), `loss`, `slope`: the point, its loss, and the length of its gradient.
    - `eigenvalues` (P,): of its Hessian, the smallest first.
    - `descent` (P,): the eigenvector of the smallest, of length one.
    """

    at: Floats
    loss: float
    slope: float
    eigenvalues: Floats
    descent: Floats

    @property
    def index(self) -> int:
        """Return how many eigenvalues are negative, those left out that count as 0."""
        return int((self.eigenvalues < -self.tolerance).sum())

    @property
    def flat(self) -> int:
        """Return how many eigenvalues count as 0."""
        return int((np.abs(self.eigenvalues) <= self.tolerance).sum())

    @property
    def tolerance(self) -> float:
        """Return up to which size an eigenvalue counts as 0."""
        return FLAT * float(np.abs(self.eigenvalues).max(initial=0.0))


def with_penalty(objective: Objective) -> Objective:
    """Return L(θ) + ½ λ‖θ‖², of which λ () is the first of the data.

    With λ > 0 the loss grows in every direction, so that it has minima, and its critical points are isolated
    where it would have whole valleys of them: a score more for all classes changes nothing, say.
    """

    def loss(vector: Array, decay: Array, *data: Array) -> Array:
        return objective.loss(vector, *data) + decay * (vector @ vector) / 2

    return Objective(("penalty", objective.key), loss, objective.plan)


def doubled(data: Data) -> Data:
    """Return data with all that is a fraction in double precision."""
    return tuple(
        array.astype(np.float64) if np.issubdtype(array.dtype, np.floating) else array
        for array in map(np.asarray, data)
    )


def loss_and_gradient(objective: Objective, at: Any, data: Data) -> tuple[float, Floats]:
    """Return the loss at a point (P,) and its gradient (P,), in double precision."""
    given = np.asarray(at, np.float64), data

    def run(at: Array, data: Data) -> Any:
        return jax.value_and_grad(objective.loss)(at, *data)

    loss, gradient = made(objective, "double gradient", run, given)(*given)
    return float(loss), np.asarray(gradient)


def look(objective: Objective, at: Any, data: Data) -> Looked:
    """Return loss, gradient and Hessian at a point (P,); ValueError for more than 300 parameters."""
    at = np.asarray(at, np.float64)
    if len(at) > MOST_PARAMETERS:
        raise ValueError(
            f"Expected at most {MOST_PARAMETERS} parameters, so that whole Hessians are worked out in a"
            f" moment; got {len(at)}. Take a narrower network."
        )
    given = at, data

    def run(at: Array, data: Data) -> Any:
        def slope(vector: Array) -> Array:
            return jax.grad(objective.loss)(vector, *data)

        count = at.shape[0]
        lots = -(-count // AT_ONCE)
        units = jnp.arange(lots * AT_ONCE).reshape(lots, AT_ONCE)

        def columns(which: Array) -> Array:
            directions = jax.nn.one_hot(which, count, dtype=jnp.float64)
            return jax.vmap(lambda d: jax.jvp(slope, (at,), (d,))[1])(directions)

        rows = jax.lax.map(columns, units).reshape(-1, count)[:count]
        loss, gradient = jax.value_and_grad(objective.loss)(at, *data)
        return loss, gradient, (rows + rows.T) / 2

    loss, gradient, hessian = made(objective, "double Hessian", run, given)(*given)
    return Looked(at, float(loss), np.asarray(gradient), np.asarray(hessian))


def newton_step(looked: Looked) -> Floats:
    """Return the step (P,) of Newton's method towards a critical point of whatever index.

    −Σ (vᵢ·g) λᵢ/(λᵢ² + 10⁻¹⁴) vᵢ over the eigenvectors of the Hessian, which solves H δ = −g in the sense of
    least squares (Gauss and Newton's step for ½‖∇L‖²): up along vᵢ where λᵢ < 0. No part of it is longer than
    `NEAR`, nor the whole than three times that. The length of the gradient may grow from step to step:
    methods that only let it fall end where H g = 0 and g is not (Frye et al., 2021, Critical point-finding
    methods reveal gradient-flat regions of deep network losses, Neural Computation 33).
    """
    values, vectors = np.linalg.eigh(looked.hessian)
    parts = (vectors.T @ looked.gradient) * values / (values**2 + 1e-14)
    parts = np.clip(parts, -NEAR, NEAR)
    longest = 3 * NEAR
    parts *= min(1.0, longest / max(float(np.linalg.norm(parts)), 1e-300))
    return -(vectors @ parts)


def critical_at(looked: Looked) -> CriticalPoint | None:
    """Return a point that was looked at, with its eigenvalues; None where its gradient is not 0 enough."""
    if not looked.slope <= BOUND:
        return None
    values, vectors = np.linalg.eigh(looked.hessian)
    return CriticalPoint(looked.at, looked.loss, looked.slope, values, vectors[:, 0])


def find_critical_point(
    objective: Objective, start: Any, data: Data, most: int = 150
) -> CriticalPoint | None:
    """Return the critical point to which Newton's method leads from `start` (P,) in `most` steps, or None."""
    looked = look(objective, start, data)
    for _ in range(most):
        if (found := critical_at(looked)) is not None or not np.isfinite(looked.slope):
            return found
        looked = look(objective, looked.at + newton_step(looked), data)
    return critical_at(looked)


def alike(one: CriticalPoint, other: CriticalPoint) -> bool:
    """Return whether two points have one loss and one spectrum: they are the same, up to symmetries.

    Units that change places, or whose signs do on both sides, make other points of one that are no news.
    """
    near = abs(one.loss - other.loss) <= 1e-7 * max(abs(one.loss), 1e-300)
    size = float(np.abs(one.eigenvalues).max(initial=0.0))
    return near and bool(np.abs(one.eigenvalues - other.eigenvalues).max() <= 1e-5 * size)


def semicircle_share(eigenvalues: Any) -> float:
    """Return the share below 0 of Wigner's semicircle with the mean c and the variance of `eigenvalues`.

    Of radius R, two standard deviations: ½ − (x √(1 − x²) + arcsin x)/π with x = c/R, from 1 at c ≤ −R to 0
    at c ≥ R. So the eigenvalues of large Gaussian symmetric matrices lie, moved by c (Wigner, 1958, On the
    distribution of the roots of certain symmetric matrices; for critical points of Gaussian fields, where c
    follows the loss, Bray & Dean, 2007, The statistics of critical points of Gaussian fields on
    large-dimensional spaces, Physical Review Letters 98).
    """
    values = np.asarray(eigenvalues, float)
    centre, radius = float(values.mean()), 2 * float(values.std())
    x = min(max(centre / radius, -1.0), 1.0) if radius > 0 else float(np.sign(centre))
    return 0.5 - (x * sqrt(1 - x * x) + asin(x)) / pi


@dataclass(frozen=True, eq=False)
class Descending:
    """Where gradient descent is: the point (P,), its loss and gradient (P,), and the rate."""

    at: Floats
    loss: float
    gradient: Floats
    rate: float


def begin_descent(objective: Objective, start: Any, data: Data, rate: float) -> Descending:
    """Return gradient descent before its first step from `start` (P,)."""
    at = np.asarray(start, np.float64)
    return Descending(at, *loss_and_gradient(objective, at, data), rate)


def step_down(objective: Objective, now: Descending, data: Data) -> Descending:
    """Return gradient descent one step further.

    The rate is halved until the loss falls by half of what the gradient promises at least (Armijo, 1966,
    Minimization of functions having Lipschitz continuous first partial derivatives), so that losses never
    rise; a step later it is larger by a quarter again. Where no step lowers the loss, nothing moves.
    """
    promised = float(now.gradient @ now.gradient)
    rate = now.rate
    for _ in range(60):
        at = now.at - rate * now.gradient
        loss, gradient = loss_and_gradient(objective, at, data)
        if loss <= now.loss - rate * promised / 2 and loss < now.loss:
            return Descending(at, loss, gradient, 1.25 * rate)
        rate /= 2
    return now
