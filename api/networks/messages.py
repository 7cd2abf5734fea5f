"""What the stage says of networks in one language: labs, knobs, and what can be chosen, by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.knob_json import control
from api.mathml import mathml
from api.networks.book import book_words
from api.networks.outputs import output_words
from api.networks.panes import pane_words
from networks import ACTIVATIONS, DATASETS, INITIALIZERS, NORMALIZATIONS
from scenes.network import MOST_TRAINERS, NET, PLACES
from scenes.network_knobs import (
    INPUTS,
    LAB,
    LANDSCAPE_LABS,
    SCHEDULE,
    TRAINING_METHODS,
    WARMUP,
)
from scenes.network_outputs import NET_BAND

ONLY_TRAINED = ("dropout", "decay", "decoupled", "batch", "steps")
"""What has no part in signals before training."""

TRAINED = "train", "slice"
"""The labs on the network that is trained, and its trainers."""


def network_words(said: Mapping[str, Any], schedules: Mapping[str, str]) -> dict[str, Any]:
    """Return the words of networks from the texts of locales/*/networks.toml and the names of `schedules`."""
    names = {kind: _names(said[kind]) for kind in ("data", "activations", "initializers", "normalizations")}
    options = {
        "data": names["data"],
        "activation": names["activations"],
        "init": names["initializers"],
        "norm": names["normalizations"],
        "residual": said["switch"],
        "decoupled": said["switch"],
        "schedule": schedules,
    }
    return {
        "labs": [
            {"id": id, "group": "landscape" if id in LANDSCAPE_LABS else "training", **said["labs"][id]}
            for id in LAB.choices
        ],
        "knobs": [
            {
                **control(knob, said["knobs"], options),
                "group": PLACES[field],
                "labs": [*TRAINED, *(() if field in ONLY_TRAINED else ("init",))],
            }
            for field, knob in NET.items()
        ],
        "inputs": control(INPUTS, said["knobs"], options),
        "trainer": [control(knob, said["knobs"], options) for knob in (SCHEDULE, WARMUP)],
        "methods": TRAINING_METHODS,
        "datasets": [
            {**entry, "source": str(DATASETS[entry["id"]].source or "") if entry["id"] in DATASETS else ""}
            for entry in _entries(said["data"], INPUTS.choices)
        ],
        "activations": [
            {**entry, **_about(ACTIVATIONS[entry["id"]])}
            for entry in _entries(said["activations"], ACTIVATIONS)
        ],
        "initializers": [
            {
                **entry,
                **_about(INITIALIZERS[entry["id"]]),
                "sigma": INITIALIZERS[entry["id"]].knob is not None,
            }
            for entry in _entries(said["initializers"], INITIALIZERS)
        ],
        "normalizations": [
            {**entry, **_about(NORMALIZATIONS[entry["id"]])}
            for entry in _entries(said["normalizations"], NORMALIZATIONS)
        ],
        "book": book_words(said),
        "outputs": output_words(said),
        "panes": pane_words(said),
        "band": control(NET_BAND, said["knobs"], {NET_BAND.id: said["switch"]}),
        "limits": {"trainers": MOST_TRAINERS},
    }


def _entries(said: Mapping[str, Any], ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return name and description of each entry of a shelf."""
    return [{"id": id, **said[id]} for id in ids]


def _about(entry: Any) -> dict[str, str]:
    """Return the formula of an entry of a shelf, and where it comes from."""
    return {"math": mathml(entry.latex), "source": str(entry.source or "")}


def _names(said: Mapping[str, Any]) -> dict[str, str]:
    return {id: entry["name"] for id, entry in said.items()}
