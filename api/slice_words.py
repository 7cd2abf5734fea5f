"""What the stage says of slices through the loss of networks, in one language."""

from collections.abc import Mapping
from typing import Any

from api.knob_json import control
from api.mathml import mathml
from landscapes.spline import CHECKED, SIDE
from scenes.network_slice import LATEX, SLICE, SOURCE, SliceTable
from scenes.setting import settings_of

SLICES = "networks"
"""The family of surfaces to which they belong."""
OF_THE_PLANE = ("plane", "lengths", "extent", "directions")


def slice_entry(said: Mapping[str, Any], keywords: str) -> dict[str, Any]:
    """Return the entry in the gallery, as those of the shelf have one; its controls are elsewhere."""
    return {
        "id": SLICE,
        "family": SLICES,
        "name": said["name"],
        "story": said["story"],
        "keywords": keywords,
        "math": mathml(f"L(a, b) = {LATEX}"),
        "source": str(SOURCE),
        "takes_data": False,
        "knobs": [],
    }


def slice_words(
    said: Mapping[str, Any], networks: Mapping[str, Any], methods: Mapping[str, str]
) -> dict[str, Any]:
    """Return controls and sentences, from the texts of locales/*/slices.toml and networks.toml."""
    options = {
        "data": {id: entry["name"] for id, entry in networks["data"].items()},
        "activation": {id: entry["name"] for id, entry in networks["activations"].items()},
        "norm": {id: entry["name"] for id, entry in networks["normalizations"].items()},
        "residual": networks["switch"],
        "method": methods,
        "plane": said["planes"],
        "lengths": said["lengths"],
    }
    knobs = [each.knob for each in settings_of(SliceTable).values()]
    return {
        "knobs": [
            {
                **control(knob, said["knobs"], options),
                "group": "plane" if knob.id in OF_THE_PLANE else "network",
            }
            for knob in knobs
        ],
        "texts": {key: text for key, text in said.items() if isinstance(text, str)},
        "samples": SIDE**2,
        "checked": CHECKED,
    }
