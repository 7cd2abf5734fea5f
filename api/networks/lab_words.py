"""The controls of labs of networks that have settings of their own."""

from collections.abc import Mapping
from typing import Any

from api.knob_json import control
from scenes.net_labs import TABLES
from scenes.setting import settings_of

OWN = "vary", "second", "drawn", "which", "compare"
GROUPS = {"data": "data", "examples": "data", **dict.fromkeys(OWN, "own")}
NETWORK = ("depth", "width", "activation", "init", "norm", "residual")
"""Under which heading the control of each knob stands: under that of training unless it is named here.

"own": the lab has a place of its own for it."""


def lab_knobs(said: Mapping[str, Any], methods: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the controls of each lab from the texts of locales/*/networks.toml and those of `methods`."""
    options = {
        "data": {id: entry["name"] for id, entry in said["data"].items()} | said["tasks"],
        "activation": {id: entry["name"] for id, entry in said["activations"].items()},
        "init": {id: entry["name"] for id, entry in said["initializers"].items()},
        "norm": {id: entry["name"] for id, entry in said["normalizations"].items()},
        "residual": said["switch"],
        **{name: said[name] for name in OWN},
        "method": {id: entry["name"] for id, entry in methods.items() if "name" in entry},
    }
    return {
        id: [
            {**control(each.knob, said["knobs"], options), "group": group_of(each.knob.id), "labs": [id]}
            for each in settings_of(table).values()
        ]
        for id, table in TABLES.items()
    }


def group_of(knob: str) -> str:
    """Return under which heading the control of a knob stands."""
    return GROUPS.get(knob, "network" if knob in NETWORK else "training")


def lab_texts(said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return what each lab says, by its id: the section of that name in locales/*/networks.toml."""
    return {id: dict(said[id]) for id in TABLES}
