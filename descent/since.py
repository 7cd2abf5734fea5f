"""Since when something has been so."""

import numpy as np
from numpy.typing import NDArray

from landscapes.arrays import Floats


def apart(a: Floats, b: Floats) -> Floats:
    """Return the distances (n,) between points (n, 2); infinite where a float cannot hold them."""
    with np.errstate(over="ignore"):
        return np.hypot(*(a - b).T)


def since(condition: NDArray[np.bool_]) -> int:
    """Return the first index from which `condition` holds to the end; its length if it does not."""
    broken = np.flatnonzero(~condition)
    return int(broken[-1]) + 1 if len(broken) else 0
