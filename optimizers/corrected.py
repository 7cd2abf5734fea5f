"""What the methods of the Adam family have in common: two moments that start at 0 and are corrected."""

from typing import Any

import optax
from jax import Array


def corrected(state: Any, beta1: Any, beta2: Any) -> tuple[Array, Array]:
    """Return m/(1-β₁ᵗ) and v/(1-β₂ᵗ), each of shape (2,).

    `state` is an optax state *after* step t, counted from 1, with `mu`, `nu` and `count`.
    Kingma and Ba (2015), section 3.
    """
    first = optax.tree.bias_correction(state.mu, beta1, state.count)
    second = optax.tree.bias_correction(state.nu, beta2, state.count)
    return first, second
