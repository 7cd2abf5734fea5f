"""How near a method is to the largest rate at which it would still converge."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from landscapes.arrays import Floats
from optimizers import Optimizer
from optimizers.knobs import without_rate


def preconditioned(hessians: ArrayLike, G: ArrayLike, epsilon: float) -> Floats:
    """Return the largest eigenvalue of P^(-1/2) H P^(-1/2), of shape (n,), with P = diag(√G + ε).

    `hessians` (n, 2, 2) are symmetric, `G` (n, 2) is the divisor of the unified form (1 where a method
    divides by nothing: then it is the largest curvature itself) and `epsilon` its ε. Cohen et al.
    (2022), Adaptive gradient methods at the edge of stability, call it the preconditioned sharpness.
    NaN where a number is not finite or P is 0.
    """
    matrices, squares = np.asarray(hessians, np.float64), np.asarray(G, np.float64)
    with np.errstate(all="ignore"):
        p, q = np.sqrt(np.sqrt(squares) + epsilon).T
        a, b, c = matrices[:, 0, 0] / p / p, matrices[:, 0, 1] / p / q, matrices[:, 1, 1] / q / q
        mean, radius = a / 2 + c / 2, np.hypot(a / 2 - c / 2, b)
        largest = mean + radius
    return np.where(np.isfinite(largest), largest, np.nan)


def limit(optimizer: Optimizer, knobs: Mapping[str, Any]) -> float | None:
    """Return the α·λ from which `optimizer` diverges on a quadratic; None where none is known.

    `knobs` are the method's; those that are not given have their defaults, and the learning rate
    does not matter. See `Optimizer.limit`, and `Optimizer.frozen` for whether it is an estimate.
    """
    return (
        None if optimizer.limit is None else float(optimizer.limit(**without_rate(optimizer.settings(knobs))))
    )


def loads(
    optimizer: Optimizer, knobs: Mapping[str, Any], hessians: ArrayLike, rates: ArrayLike, G: ArrayLike
) -> Floats:
    """Return α_t·λ_t, of shape (T,): what `limit` is a limit of.

    `hessians` (T, 2, 2) at the points that the steps t leave (more of them count for nothing),
    `rates` (T,) and `G` (T, 2) as a trajectory has them. Not above 0 where the surface curves upwards
    in no direction. NaN where a number is not finite, and throughout if the method has no limit: then
    λ_t would mean nothing.
    """
    alphas = np.asarray(rates, np.float64)
    if optimizer.limit is None:
        return np.full(len(alphas), np.nan)
    epsilon = float(optimizer.epsilon(**without_rate(optimizer.settings(knobs))))
    with np.errstate(all="ignore"):
        found = alphas * preconditioned(np.asarray(hessians)[: len(alphas)], G, epsilon)
    return np.where(np.isfinite(found), found, np.nan)
