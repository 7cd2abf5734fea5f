"""Scenes that answer a question, ready to be opened, and the words of the experiments' knobs."""

from collections.abc import Mapping
from typing import Any

from app_pages.control import control
from scenes.knobs import RADIUS, SHIFT

PREPARED = {
    "global": (
        "v=1&f=three_minima&lane=sgd:lr=0.1&lane=momentum:lr=0.1&lane=rmsprop:lr=0.1&lane=adam:lr=0.1"
        "&steps=100&rule=same&page=fair&crowd=starts"
    ),
    "flat": (
        "v=1&f=flat_vs_sharp&lane=sgd:lr=0.1&lane=momentum:lr=0.05&lane=adam:lr=0.1&steps=200&noise=1"
        "&page=noise&crowd=starts"
    ),
}
"""Query strings by the name under which `locales/*/experiments.toml` asks their question."""


def words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the stage says of these scenes and of the knobs of its cards; `said` is of one language."""
    return {
        "prepared": [
            {"query": query, "question": said["questions"][name]} for name, query in PREPARED.items()
        ],
        "knobs": [control(knob, said["knobs"]) for knob in (SHIFT, RADIUS)],
    }
