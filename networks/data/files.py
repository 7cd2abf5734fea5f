"""Data that packages carry: read once, when the environment is made, by `python -m tools.datasets`."""

from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "files"


def stored(name: str) -> dict[str, Any]:
    """Return the arrays of the data set `name`; FileNotFoundError says how to make its file."""
    path = FOLDER / f"{name}.npz"
    if not path.is_file():
        raise FileNotFoundError(
            f"Expected the data set {name!r} at {path.name} in networks/data/files, and it is not there;"
            " make it with `python -m tools.datasets` (`make run` and `make test` do so)."
        )
    with np.load(path) as arrays:
        return {key: arrays[key] for key in arrays.files}
