"""The labs of networks that have settings of their own, each a table that a link spells."""

from scenes.net_labs.batches import Batches
from scenes.net_labs.edge import EdgeLab
from scenes.net_labs.lines import Lines
from scenes.net_labs.normalization import Normalization
from scenes.net_labs.regularization import Regularization
from scenes.net_labs.residual import Residual
from scenes.net_labs.saddles import Saddles
from scenes.net_labs.search import Search
from scenes.net_labs.spectrum import SpectrumLab
from scenes.net_labs.table import LabTable

__all__ = [
    "TABLES",
    "Batches",
    "EdgeLab",
    "LabTable",
    "Lines",
    "Normalization",
    "Regularization",
    "Residual",
    "Saddles",
    "Search",
    "SpectrumLab",
]

_ALL = (
    *(Regularization, Batches, Normalization, Search),
    *(Residual, SpectrumLab, EdgeLab, Saddles, Lines),
)
TABLES: dict[str, type[LabTable]] = {each.id: each for each in _ALL}
"""The kinds of tables by the id of their lab; a scene has one of each (`NetworkScene`)."""
