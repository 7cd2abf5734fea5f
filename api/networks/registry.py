"""The facts of networks, by the name under which the stage asks for them."""

from collections.abc import Callable
from typing import Any

from api.networks.activations import net_activations
from api.networks.band import net_band
from api.networks.batches import net_batches
from api.networks.book import net_book
from api.networks.boundary import net_boundary
from api.networks.edge import net_edge
from api.networks.inside import net_signals
from api.networks.lines import net_lines
from api.networks.normalization import net_modes, net_rates, net_scales
from api.networks.regularization import net_regularization
from api.networks.residual import net_residual
from api.networks.saddles import net_saddles
from api.networks.search import net_search
from api.networks.slice import net_slice
from api.networks.spectrum import net_spectrum
from api.networks.train import net_train

NETWORKS: dict[str, Callable[[str], dict[str, Any]]] = {
    "net_train.json": net_train,
    "net_boundary.json": net_boundary,
    "net_slice.json": net_slice,
    "net_signals.json": net_signals,
    "net_activations.json": net_activations,
    "net_book.json": net_book,
    "net_scales.json": net_scales,
    "net_rates.json": net_rates,
    "net_modes.json": net_modes,
    "net_search.json": net_search,
    "net_spectrum.json": net_spectrum,
    "net_edge.json": net_edge,
    "net_saddles.json": net_saddles,
    "net_lines.json": net_lines,
    "net_regularization.json": net_regularization,
    "net_batches.json": net_batches,
    "net_residual.json": net_residual,
    "net_band.json": net_band,
}
"""The facts of the labs by name, in the order in which they are made ready."""

ASKED_FOR = (
    *("net_band.json", "net_rates.json", "net_modes.json"),
    *("net_saddles.json", "net_lines.json"),
)
"""What is computed for whoever asks: further seeds and solutions, other rates and batches, saddles."""
OPENED = [name for name in NETWORKS if name not in ASKED_FOR]
"""What labs open with."""
