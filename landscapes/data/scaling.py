"""Inputs brought to like sizes before a model sees them.

LeCun, Bottou, Orr & Müller (1998, 2nd edition 2012), "Efficient BackProp", §4.3: inputs should have mean
zero, like variances, and if possible be uncorrelated, because the curvature of the loss is made of their
second moments. Every scaling takes and gives columns of shape (d, N).
"""

from collections.abc import Callable, Mapping

import numpy as np

from landscapes.arrays import Floats

FLAT = 1e-12
"""Below this share of the largest spread, a direction holds nothing but rounding errors."""


def as_it_is(columns: Floats) -> Floats:
    """Return `columns`."""
    return columns


def minmax(columns: Floats) -> Floats:
    """Return (x − min x)/(max x − min x), which lies in [0, 1]; 0 for a column of equal values."""
    return _over(columns - columns.min(axis=1, keepdims=True), np.ptp(columns, axis=1, keepdims=True))


def standard(columns: Floats) -> Floats:
    """Return (x − x̄)/σ, of mean 0 and variance 1; 0 for a column of equal values.

    σ² is the mean of (x − x̄)², over N and not N − 1.
    """
    centred = columns - columns.mean(axis=1, keepdims=True)
    equal = np.ptp(columns, axis=1, keepdims=True) == 0
    return _over(centred, np.where(equal, 0.0, centred.std(axis=1, keepdims=True)))


def whitened(columns: Floats) -> Floats:
    """Return Λ^(−1/2) Vᵀ(x − x̄), of mean 0 and covariance I: PCA whitening.

    VΛVᵀ is the covariance; the principal components come in the order of their variance, the largest
    first, and each has a positive share of the first input. A component without variance is 0.
    """
    centred = columns - columns.mean(axis=1, keepdims=True)
    variances, vectors = np.linalg.eigh(centred @ centred.T / columns.shape[1])
    vectors = vectors * np.where(vectors[0] < 0, -1, 1)
    variances = np.where(variances <= FLAT * variances.max(), 0.0, variances)
    return _over(vectors.T @ centred, np.sqrt(variances)[:, None])[::-1]


def _over(columns: Floats, sizes: Floats) -> Floats:
    """Return each of `columns` (d, N) over its size (d, 1), and 0 where that is 0."""
    return np.divide(columns, sizes, out=np.zeros_like(columns), where=sizes > 0)


SCALINGS: Mapping[str, Callable[[Floats], Floats]] = {
    "none": as_it_is,
    "minmax": minmax,
    "standard": standard,
    "whitened": whitened,
}
"""By the words of the knob. With one input, whitening is standardising."""
