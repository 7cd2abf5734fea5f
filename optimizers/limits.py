"""Stability limits that several methods share, each derived once.

On a quadratic, with the preconditioner P held still, every coordinate along an eigenvector of
P^(-1/2) H P^(-1/2) obeys a linear recursion of its own. With T(z) the transfer function from gradients
to the first moment M, its characteristic equation is z - 1 + αλ T(z) = 0. As αλ grows, the first root
to leave the unit circle does so at z = -1, hence αλ = 2 / T(-1): the path begins to jump to and fro.
"""

from typing import Any


def averaged(beta1: Any, **_: Any) -> Any:
    """Return 2(1+β₁)/(1-β₁), the limit of methods whose M averages gradients: 38 at β₁ = 0.9.

    There T(z) = (1-β₁) z / (z-β₁); the correction of the start at 0 dies out. Cohen et al. (2022),
    Adaptive gradient methods at the edge of stability, https://arxiv.org/abs/2207.14484.
    """
    return 2 * (1 + beta1) / (1 - beta1)
