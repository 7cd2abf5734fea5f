"""A model fitted to the reader's own data: a value, like a shelf id or a formula."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from catalog.cache import MB, SingleFlightCache
from landscapes.data.defaults import default_layout
from landscapes.data.error import TableError
from landscapes.data.model import Data
from landscapes.data.models import MODELS
from landscapes.data.rows import Rows, parse_rows, spell_rows, tidy, unit
from landscapes.data.surface import surface
from landscapes.data.table import read_table
from landscapes.landscape import Landscape

__all__ = ["Fit", "fit", "fitted", "parse_rows", "read_fit", "spell_rows"]

_SURFACES: SingleFlightCache[Landscape] = SingleFlightCache(8 * MB)


@dataclass(frozen=True)
class Fit:
    """A data surface of the shelf on other data: `model` is its id, `rows` are pairs (x, y).

    Whoever holds one need not check again. Rows are rounded to four digits of their spread, see `tidy`.
    Raises TableError for rows that nothing can be fitted to, and for a model that takes no data.
    """

    model: str
    rows: Rows

    def __post_init__(self) -> None:
        """Check everything; nothing is compiled."""
        if not isinstance(self.model, str) or self.model not in MODELS:
            raise TableError("no_model", value=str(self.model))
        object.__setattr__(self, "rows", tidy(self.rows))

    @property
    def formula(self) -> None:
        """Return None: the loss is the model's."""
        return None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return how a link spells the data, beside the model."""
        return (("data", spell_rows(self.rows)),)

    def landscape(self) -> Landscape:
        """Return the landscape with the data as they are, see `fitted`."""
        return fitted(self)

    @property
    def nbytes(self) -> int:
        """Return about how many bytes the rows take: a tuple and two numbers each."""
        return 120 * len(self.rows)


def fit(model: str, rows: Rows) -> Fit:
    """Return `model`, the id of a surface, fitted to `rows`; TableError says why they cannot be used."""
    return Fit(model, rows)


def read_fit(model: str, raw: object) -> Fit:
    """Return `model` fitted to the table `raw`, see `read_table`; TableError says what is wrong with it."""
    return Fit(model, read_table(raw))


def fitted(which: Fit) -> Landscape:
    """Return the surface of `which` with its data as they are; equal fits give the identical one.

    Both columns are taken in their `unit`, a power of ten, without which no box would suit; their offset
    stays, for it is what makes the canyon. `choose` gives the surfaces of the other scalings.
    """
    return _variant(which, MODELS[which.model].scalings[0])


def _variant(which: Fit, scaling: str) -> Landscape:
    """Return the surface of `which` under `scaling`."""
    return _SURFACES.get((which, scaling), lambda: _surface(which, scaling))


def _surface(which: Fit, scaling: str) -> Landscape:
    """Return the surface of `which` under `scaling`; nothing is compiled yet."""
    model = MODELS[which.model]
    x, y = (np.array(column) / unit(column) for column in zip(*which.rows, strict=True))
    data = model.scaled(Data(x[None], y), scaling)

    def choose(scaling: Any) -> Landscape:
        return _variant(which, scaling)

    return surface(model, data, default_layout(model, data), choose)
