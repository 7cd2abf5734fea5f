"""What draws each lab, by its id."""

from collections.abc import Callable, Mapping
from typing import Any

from export.drawing.networks.activations import activations_sheet
from export.drawing.networks.asked import Asked
from export.drawing.networks.batches import batches_sheet
from export.drawing.networks.book import book_sheet
from export.drawing.networks.edge import edge_sheet
from export.drawing.networks.lines import lines_sheet
from export.drawing.networks.normalization import normalization_sheet
from export.drawing.networks.outputs import outputs_sheet
from export.drawing.networks.regularization import regularization_sheet
from export.drawing.networks.residual import residual_sheet
from export.drawing.networks.saddles import saddles_sheet
from export.drawing.networks.search import search_sheet
from export.drawing.networks.sheet import Sheet
from export.drawing.networks.signals import signals_sheet
from export.drawing.networks.slice import slice_sheet
from export.drawing.networks.spectrum import spectrum_sheet
from export.drawing.networks.training import training_sheet

SHEETS: Mapping[str, Callable[[Mapping[str, Any], Asked], Sheet]] = {
    "train": training_sheet,
    "slice": slice_sheet,
    "init": signals_sheet,
    "activations": activations_sheet,
    "regularization": regularization_sheet,
    "batch": batches_sheet,
    "normalization": normalization_sheet,
    "search": search_sheet,
    "residual": residual_sheet,
    "spectrum": spectrum_sheet,
    "edge": edge_sheet,
    "saddles": saddles_sheet,
    "lines": lines_sheet,
    "book": book_sheet,
    "outputs": outputs_sheet,
}
"""Each takes facts by the names that `export.lab_facts` has for them."""
