"""What the stage says of networks in one language: labs, knobs, and what can be chosen, by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.knob_json import control
from scenes.network import MOST_TRAINERS, NET, PLACES
from scenes.network_knobs import (
    ACTIVATIONS,
    INITIALIZERS,
    INPUTS,
    LAB,
    NORMALIZATIONS,
    SCHEDULE,
    TRAINING_METHODS,
    WARMUP,
)

WITH_SIGMA = ("constant", "normal", "uniform")
ONLY_TRAINED = ("dropout", "decay", "decoupled", "batch", "steps")
"""What has no part in signals before training."""


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
        "labs": [{"id": id, **said["labs"][id]} for id in LAB.choices],
        "knobs": [
            {
                **control(knob, said["knobs"], options),
                "group": PLACES[field],
                "labs": ["train"] if field in ONLY_TRAINED else ["train", "init"],
            }
            for field, knob in NET.items()
        ],
        "inputs": control(INPUTS, said["knobs"], options),
        "trainer": [control(knob, said["knobs"], options) for knob in (SCHEDULE, WARMUP)],
        "methods": TRAINING_METHODS,
        "datasets": _entries(said["data"], INPUTS.choices),
        "activations": _entries(said["activations"], ACTIVATIONS),
        "initializers": [
            {**entry, "sigma": entry["id"] in WITH_SIGMA}
            for entry in _entries(said["initializers"], INITIALIZERS)
        ],
        "normalizations": _entries(said["normalizations"], NORMALIZATIONS),
        "limits": {"trainers": MOST_TRAINERS},
    }


def _entries(said: Mapping[str, Any], ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return name and description of each entry of a shelf."""
    return [{"id": id, **said[id]} for id in ids]


def _names(said: Mapping[str, Any]) -> dict[str, str]:
    return {id: entry["name"] for id, entry in said.items()}
