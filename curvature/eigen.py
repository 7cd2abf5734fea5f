"""Eigenvalues and eigenvectors of many symmetric 2×2 matrices at once, in closed form."""

import numpy as np

from landscapes.arrays import Floats

NEGLIGIBLE = 1e-9
_HALVES = 2.0**27 + 1  # splits 53 bits into two halves whose products are exact (Dekker 1971)


def eigen(hessians: Floats) -> tuple[Floats, Floats]:
    """Return the eigenvalues (…, 2), rising, and eigenvectors (…, 2, 2) of symmetric `hessians` (…, 2, 2).

    Column j of the vectors belongs to eigenvalue j, has length one, and its first component that is
    not negligible is positive. The eigenvalue further from zero is mean ± radius with equal signs;
    the other one is determinant / that one, with the determinant free of cancellation, so that it
    keeps its digits whatever the condition number is. Where an entry is not finite all are NaN.
    """
    finite = np.asarray(np.isfinite(hessians).all(axis=(-2, -1)))
    safe = np.where(finite[..., None, None], hessians, 0.0)
    _, exponent = np.frexp(np.abs(safe).max(axis=(-2, -1)))  # a power of two, so that scaling is exact
    scaled = np.ldexp(safe, -exponent[..., None, None])
    a, b, c = scaled[..., 0, 0], scaled[..., 0, 1], scaled[..., 1, 1]
    mean, half = (a + c) / 2, (a - c) / 2
    radius = np.hypot(half, b)
    far = np.where(mean < 0, mean - radius, mean + radius)
    near = np.where(far == 0, 0.0, _determinant(a, b, c) / np.where(far == 0, 1.0, far))
    rising = np.stack([np.minimum(near, far), np.maximum(near, far)], axis=-1)
    with np.errstate(over="ignore", under="ignore"):
        values = np.ldexp(rising, exponent[..., None])
    # The vector of the upper eigenvalue, from the row of H − λ₁ in which nothing cancels.
    u = np.where(half < 0, b, radius + half)
    v = np.where(half < 0, radius - half, b)
    length = np.hypot(u, v)
    round_ = length == 0
    u, v = np.where(round_, 1.0, u), v / np.where(round_, 1.0, length)
    u = np.where(round_, u, u / np.where(round_, 1.0, length))
    vectors = np.stack([_signed(-v, u), _signed(u, v)], axis=-1)
    return np.where(finite[..., None], values, np.nan), np.where(finite[..., None, None], vectors, np.nan)


def _signed(u: Floats, v: Floats) -> Floats:
    """Return the vectors (u, v) (…, 2), turned so that the first component that counts is positive."""
    leading = np.where(np.abs(u) > NEGLIGIBLE, u, v)
    return np.stack([u, v], axis=-1) * np.where(leading < 0, -1.0, 1.0)[..., None] + 0.0


def _determinant(a: Floats, b: Floats, c: Floats) -> Floats:
    """Return ac − b², each product with its rounding error (Dekker 1971)."""
    ac, ac_error = _product(a, c)
    bb, bb_error = _product(b, b)
    return (ac - bb) + (ac_error - bb_error)


def _product(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return x·y as it is rounded, and what rounding took away."""
    rounded = x * y
    x_high, y_high = _HALVES * x - (_HALVES * x - x), _HALVES * y - (_HALVES * y - y)
    x_low, y_low = x - x_high, y - y_high
    return rounded, ((x_high * y_high - rounded) + x_high * y_low + x_low * y_high) + x_low * y_low
