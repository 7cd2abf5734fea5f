"""The facts of networks, by the name under which the stage asks for them."""

from collections.abc import Callable
from typing import Any

from api.networks.activations import net_activations
from api.networks.band import net_band
from api.networks.boundary import net_boundary
from api.networks.inside import net_signals
from api.networks.train import net_train

NETWORKS: dict[str, Callable[[str], dict[str, Any]]] = {
    "net_train.json": net_train,
    "net_band.json": net_band,
    "net_boundary.json": net_boundary,
    "net_signals.json": net_signals,
    "net_activations.json": net_activations,
}
