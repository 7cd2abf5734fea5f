"""Which data networks learn from, as far as a scene must know them."""

Rows = tuple[tuple[float, ...], ...]
"""A table of one's own: a row for each example, its class in the last column."""

_PLANE = (200, 100, 2, 2)
_SIZES = {
    "digits": (1437, 360, 64, 10),
    "mnist": (4000, 1000, 784, 10),
    "mnist1d": (4000, 1000, 40, 10),
    "normal_inputs": (1000, 0, 100, 10),
}


def training_examples(data: str, table: Rows | None) -> int:
    """Return how many examples of these data are for training."""
    return _SIZES.get(data, _PLANE)[0]


def validation_examples(data: str, table: Rows | None) -> int:
    """Return how many examples of these data are for validation."""
    return _SIZES.get(data, _PLANE)[1]


def inputs_of(data: str, table: Rows | None) -> int:
    """Return how many numbers an example is."""
    return _SIZES.get(data, _PLANE)[2]


def classes_of(data: str, table: Rows | None) -> int:
    """Return how many classes there are."""
    return _SIZES.get(data, _PLANE)[3]
