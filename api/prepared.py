"""Scenes that answer a question, ready to be opened, and the words of the experiments' knobs."""

from collections.abc import Mapping
from typing import Any

from api.knob_json import control
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
    "clip": (
        "v=1&f=cliff:steepness=30&at=-3.2,2.5&lane=sgd:lr=1&lane=sgd:lr=1,clip=norm,clip_at=0.5"
        "&lane=sgd:lr=1,clip=value,clip_at=0.5&steps=100"
    ),
    "decay": (
        "v=1&f=canyon&l2=0.2&lane=sgd:lr=0.02&lane=sgd:lr=0.02,penalty=decoupled"
        "&lane=adam:lr=0.1&lane=adam:lr=0.1,penalty=decoupled&steps=60"
    ),
    "batch": (
        "v=1&f=line_fit:scaling=standard&lane=sgd:lr=0.3&lane=sgd:lr=0.3,schedule=inverse_time"
        "&lane=sgd:lr=0.3,schedule=cosine,warmup=10&steps=120&batch=4&page=noise"
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
