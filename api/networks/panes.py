"""The charts of each lab that can be carried away one by one, by the names that a link has for them."""

from collections.abc import Mapping
from typing import Any

PANES: Mapping[str, tuple[str, ...]] = {
    "train": ("data", "losses", "accuracies"),
    "slice": ("plane", "distances"),
    "init": ("histograms", "activations", "gradients"),
    "activations": ("function", "functions"),
    "regularization": ("lanes", "gaps", "norms"),
    "batch": ("losses", "times", "variance"),
    "normalization": ("curves",),
    "search": ("trials", "best"),
    "residual": ("slices", "losses", "gradients", "roughness"),
    "spectrum": ("histogram", "pairs"),
    "edge": ("sharpness", "losses"),
    "saddles": ("points", "spectrum", "ways"),
    "lines": ("paths", "barriers", "start"),
    "book": ("curves", "printed"),
    "outputs": ("bars",),
}
"""By lab, in the order of the stage; those of a lab that has one are the whole of it."""


def pane_words(said: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the charts of each lab with their names, from the texts of locales/*/networks.toml."""
    names = said["panes"]
    return {lab: [{"id": id, "name": names[lab][id]} for id in ids] for lab, ids in PANES.items()}
