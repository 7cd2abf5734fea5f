"""Symmetric 2×2 matrices in closed form: nothing iterates, so that it fits into a compiled step."""

import jax.numpy as jnp
from jax import Array

NEGLIGIBLE = 1e-12  # a component of a unit vector that may be rounding


def solve(matrix: Array, vector: Array) -> Array:
    """Return A⁻¹b of shape (2,) for a symmetric `matrix` A (2, 2) and a `vector` b (2,).

    Cramer's rule, after A is scaled to entries of at most 1 so that its determinant neither overflows
    nor underflows. A matrix without an inverse gives numbers that are not finite.
    """
    scale = jnp.max(jnp.abs(matrix))
    (a, b), (_, c) = matrix / scale
    x, y = vector
    return jnp.stack([c * x - b * y, a * y - b * x]) / (a * c - b * b) / scale


def eigen(matrix: Array) -> tuple[Array, Array]:
    """Return the eigenvalues (2,), rising, and the unit eigenvectors (2, 2), one a column.

    `matrix` (2, 2) is symmetric; a multiple of the identity, zero included, has the axes as its
    eigenvectors. The first component of an eigenvector that is not negligible is positive. The
    eigenvalue of smaller size comes from the determinant and not from a difference of nearly equal
    numbers, so that it is right to the last digits where the matrix is diagonal.
    """
    largest = jnp.max(jnp.abs(matrix))
    scale = jnp.where(largest == 0, 1.0, largest)
    (a, b), (_, c) = matrix / scale
    mean, half = (a + c) / 2, (a - c) / 2
    radius = jnp.hypot(half, b)
    larger = mean + jnp.where(mean >= 0, radius, -radius)
    smaller = jnp.where(larger == 0, 0.0, (a * c - b * b) / jnp.where(larger == 0, 1.0, larger))
    values = scale * jnp.stack([jnp.minimum(smaller, larger), jnp.maximum(smaller, larger)])
    # Of the two ways to write the upper eigenvector, the one that does not subtract.
    upper = jnp.where(half >= 0, jnp.stack([radius + half, b]), jnp.stack([b, radius - half]))
    upper = jnp.where(radius == 0, jnp.array([0.0, 1.0]), upper / jnp.hypot(*upper))
    lower = jnp.stack([upper[1], -upper[0]])
    return values, jnp.stack([_turned(lower), _turned(upper)], axis=1)


def _turned(vector: Array) -> Array:
    """Return the unit `vector` (2,) or its opposite: the one whose first component is positive."""
    x, y = vector
    first = jnp.where(jnp.abs(x) > NEGLIGIBLE, x, y)
    return jnp.where(first < 0, -vector, vector)
