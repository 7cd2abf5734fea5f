"""The data of a landscape as its modules take them."""

import jax
import numpy as np

from landscapes import Landscape
from landscapes.arrays import Floats


def columns_of(landscape: Landscape) -> Floats:
    """Return the data column by column (columns, N), in the order that modules have; (0, 0) for none.

    Without what fills a table up to its places: that has no share in any sum. Data that are no examples are
    one column.
    """
    if landscape.data is None:
        return np.zeros((0, 0))
    if landscape.examples is None:
        leaves = jax.tree.leaves(landscape.data)
        return np.concatenate([np.ravel(np.asarray(leaf, np.float64)) for leaf in leaves])[None]
    parts = [np.atleast_2d(np.asarray(part, np.float64)) for part in jax.tree.leaves(landscape.data)]
    return np.concatenate(parts)[:, : landscape.examples.count]
