"""The Hessian of all parameters: its product with a vector, some of its eigenvalues or all, their density."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from networks.geometry.objective import Data, Objective, made
from networks.history import Numbers
from networks.side_by_side import side_by_side

Floats = NDArray[np.float64]

MOST_EXACT = 1200
"""Of so many parameters at most all eigenvalues are worked out: 1,200² numbers in half a second."""
AT_ONCE = 32
"""So many columns of a Hessian are worked out at once."""
LOT = 192
"""So many columns are one call of a program, side by side with others."""
FEW_STEPS, MANY_STEPS = 20, 80
"""Steps of Lanczos: for the largest eigenvalues, and for both ends."""
CLOSE = 1e-3
BINS = 121


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Eigenvalues of a Hessian, the largest first, read-only.

    - `values` (k,), `vectors` (k, P), of length one.
    - `errors` (k,): there is an eigenvalue within so much of each value, ‖H v − λ v‖; 0 where all are exact.
    """

    values: Floats
    vectors: Numbers
    errors: Floats


def hessian_product(objective: Objective, vector: Any, direction: Any, data: Data) -> Numbers:
    """Return H d (P,) of the Hessian at `vector` (P,) and a `direction` d (P,)."""
    given = np.asarray(vector, np.float32), np.asarray(direction, np.float32), data

    def run(vector: Array, direction: Array, data: Data) -> Array:
        return product(objective, vector, direction, data)

    return np.asarray(made(objective, "Hessian times", run, given)(*given))


def product(objective: Objective, vector: Array, direction: Array, data: Data) -> Array:
    """Return H d, as JAX traces it (Pearlmutter, 1994, Fast exact multiplication by the Hessian)."""

    def slope(at: Array) -> Array:
        return jax.grad(objective.loss)(at, *data)

    return jax.jvp(slope, (vector,), (direction,))[1]


def leading(
    objective: Objective, vector: Any, data: Data, largest: int = 5, smallest: int = 0, seed: int = 0
) -> Spectrum:
    """Return the largest and the smallest eigenvalues at `vector` (P,), by Lanczos.

    With full reorthogonalisation (Paige, 1972; Parlett, 1998, The symmetric eigenvalue problem, section 13),
    20 steps where only the largest are asked for and 80 otherwise: as many as it takes here for six digits.
    Where 20 leave an error above a thousandth of an eigenvalue there are 80 as well: an eigenvalue is wrong
    by the square of that over the gap to the next (section 11.7).
    The smallest follow the largest, falling; there are no more of both together than there are parameters.
    """
    theta = np.asarray(vector, np.float32)
    wanted = largest, smallest
    if smallest or largest > 5:
        return _lanczos(objective, theta, data, wanted, MANY_STEPS, seed)
    found = _lanczos(objective, theta, data, wanted, FEW_STEPS, seed)
    if (found.errors <= CLOSE * np.abs(found.values)).all():
        return found
    return _lanczos(objective, theta, data, wanted, MANY_STEPS, seed)


def _lanczos(
    objective: Objective, theta: Numbers, data: Data, wanted: tuple[int, int], most: int, seed: int
) -> Spectrum:
    largest, smallest = wanted
    steps = min(most, len(theta))
    alpha, beta, basis = tridiagonal(objective, theta, data, steps, seed)
    values, rotation = ritz(alpha, beta)
    count = len(values)
    chosen = sorted({*range(count - min(largest, count), count), *range(min(smallest, count))}, reverse=True)
    vectors = rotation[:, chosen].T @ basis[:count]
    errors = np.abs(beta[count - 1] * rotation[-1, chosen]) if count < len(theta) else np.zeros(len(chosen))
    return Spectrum(*map(_fixed, (values[chosen], vectors.astype(np.float32), errors)))


def tridiagonal(
    objective: Objective, vector: Any, data: Data, steps: int, seed: int
) -> tuple[Floats, Floats, NDArray[np.float32]]:
    """Return what `steps` of Lanczos make of a random direction: α (m,), β (m,) and the basis (m, P).

    H is, on the basis, tridiagonal with α along the diagonal and β beside it; the last β says what is left.
    """
    start = np.random.default_rng((seed, 4)).normal(size=len(vector)).astype(np.float32)
    given = np.asarray(vector, np.float32), start, data

    def run(vector: Array, start: Array, data: Data) -> Any:
        return krylov(lambda direction: product(objective, vector, direction, data), start, steps)

    basis, alpha, beta = made(objective, ("Lanczos", steps), run, given)(*given)
    return np.asarray(alpha, float), np.asarray(beta, float), np.asarray(basis)


def krylov(times: Callable[[Array], Array], start: Array, steps: int) -> tuple[Array, Array, Array]:
    """Return the basis (m + 1, P), α (m,) and β (m,) of `steps` of Lanczos, as JAX traces it.

    `times` multiplies a vector (P,) by a symmetric matrix; `start` (P,) is not 0.
    """

    def step(k: Array, carry: Any) -> Any:
        basis, alpha, beta = carry
        now = basis[k]
        ahead = times(now)
        along = ahead @ now
        # Twice: what rounding leaves of the directions before would grow into copies of eigenvalues.
        for _ in range(2):
            ahead = ahead - basis[:steps].T @ (basis[:steps] @ ahead)
        left = jnp.linalg.norm(ahead)
        # Where nothing but rounding is left the directions found so far are all that there are.
        more = left > 1e-6 * jnp.abs(alpha).max(initial=1e-30)
        fresh = jnp.where(more, ahead / left, 0.0)
        return (
            basis.at[k + 1].set(fresh),
            alpha.at[k].set(along),
            beta.at[k].set(jnp.where(more, left, 0.0)),
        )

    basis = jnp.zeros((steps + 1, start.shape[0]), jnp.float32)
    basis = basis.at[0].set(start / jnp.linalg.norm(start))
    empty = jnp.zeros(steps, jnp.float32)
    return jax.lax.fori_loop(0, steps, step, (basis, empty, empty))


def ritz(alpha: Floats, beta: Floats) -> tuple[Floats, Floats]:
    """Return eigenvalues (m,), rising, and eigenvectors (m, m) of Lanczos's matrix up to where β is 0."""
    ends = np.flatnonzero(beta[:-1] == 0)
    count = int(ends[0]) + 1 if len(ends) else len(alpha)
    matrix = np.diag(alpha[:count]) + np.diag(beta[: count - 1], 1) + np.diag(beta[: count - 1], -1)
    return np.linalg.eigh(matrix)


def exact_hessian(objective: Objective, vector: Any, data: Data) -> NDArray[np.float32]:
    """Return the Hessian (P, P) at `vector` (P,), symmetric; ValueError for more than 1,200 parameters."""
    theta = np.asarray(vector, np.float32)
    if len(theta) > MOST_EXACT:
        raise ValueError(
            f"Expected at most {MOST_EXACT:,} parameters, so that a Hessian can be held; got {len(theta):,}."
            " Ask for `leading` eigenvalues or the `density` instead."
        )

    count = len(theta)

    def run(vector: Array, first: Array, data: Data) -> Array:
        units = first + jnp.arange(LOT).reshape(-1, AT_ONCE)

        def columns(which: Array) -> Array:
            directions = jax.nn.one_hot(which, count, dtype=jnp.float32)
            return jax.vmap(lambda d: product(objective, vector, d, data))(directions)

        return jax.lax.map(columns, units).reshape(LOT, count)

    program = made(objective, "Hessian", run, (theta, np.int32(0), data))
    lots = [partial(program, theta, np.int32(first), data) for first in range(0, count, LOT)]
    rows = np.concatenate([np.asarray(lot) for lot in side_by_side(lots)])[:count]
    return ((rows + rows.T) / 2).astype(np.float32)


def exact_spectrum(objective: Objective, vector: Any, data: Data) -> Floats:
    """Return all eigenvalues (P,), the largest first; ValueError for more than 1,200 parameters."""
    return _fixed(np.linalg.eigvalsh(exact_hessian(objective, vector, data))[::-1].astype(float))


def density(
    objective: Objective, vector: Any, data: Data, probes: int = 4, seed: int = 0
) -> tuple[Floats, Floats]:
    """Return how eigenvalues are spread: the middles of bins (121,) and the share of all in each (121,).

    By Lanczos from `probes` random directions (Lin, Saad & Yang, 2016, Approximating spectral densities of
    large matrices, section 3.2; Ghorbani et al., 2019, equation 8). The shares add up to 1.
    """
    values, weights = zip(
        *(probe(objective, vector, data, seed, number) for number in range(probes)), strict=True
    )
    return spread(np.concatenate(values), np.concatenate(weights) / probes)


def probe(
    objective: Objective, vector: Any, data: Data, seed: int = 0, number: int = 0
) -> tuple[Floats, Floats]:
    """Return values (m,), rising, and weights (m,) that stand for all eigenvalues, from one random direction.

    The mean of any polynomial of degree below 2m over all eigenvalues is about the sum of its values at
    these, weighted: about, for the direction is random. The weights add up to 1.
    """
    steps = min(MANY_STEPS, len(vector))
    alpha, beta, _ = tridiagonal(objective, vector, data, steps, seed + 1000 * (number + 1))
    values, rotation = ritz(alpha, beta)
    return _fixed(values), _fixed(rotation[0] ** 2)


def spread(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the middles of bins (121,) and the share in each (121,), of weighted `values` (m,).

    Each is a Gaussian as wide as a bin. The shares add up to 1.
    """
    low, high = float(values.min()), float(values.max())
    width = max(high - low, 1e-12) / (BINS - 9)
    middles = low + width * (np.arange(BINS) - 4)
    shares = weights @ np.exp(-(((middles - values[:, None]) / width) ** 2) / 2)
    return _fixed(middles), _fixed(shares / shares.sum())


def _fixed(values: Any) -> Any:
    values = np.ascontiguousarray(values)
    values.setflags(write=False)
    return values
