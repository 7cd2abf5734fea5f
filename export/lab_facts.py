"""The facts that a lab of networks is drawn from: those that the stage asks for, trained in parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.networks.registry import ASKED_FOR, NETWORKS
from networks import cost_of
from networks.training import MEASUREMENTS
from scenes import Scene, query
from scenes.network_knobs import NORMAL_INPUTS
from scenes.network_training import trainings

VARIED = {"scales": "net_scales.json", "rates": "net_rates.json", "batches": "net_modes.json"}
NEAR = 6e10
"""Multiply-adds: what costs no more is trained within ten seconds or so, and somebody may wait for it."""


def facts_of(scene: Scene, link: str, *, waits: bool = True) -> dict[str, Any] | None:
    """Return the facts of the lab that `link` opens, by name; None where networks train on.

    Each call trains for a moment. Where nobody `waits`, there are facts at once, as far as they are known.
    Raises ValueError where the file of a data set was not made.
    """
    found = {}
    for name, fact, asked in _questions(scene, link, waits):
        told = NETWORKS[fact](asked)
        if told.get("missing"):
            raise ValueError("Expected the file of the data set, which was not made; choose other data.")
        if "parts" in told and waits:
            return None
        found[name] = told
    return found


def is_near(scene: Scene) -> bool:
    """Return whether all that a lab shows is trained so soon that somebody may wait for it."""
    facts = {fact for _, fact, _ in _questions(scene, "", waits=True)}
    return facts.isdisjoint(ASKED_FOR) and _cost(scene) <= NEAR


def _questions(scene: Scene, link: str, waits: bool) -> Iterator[tuple[str, str, str]]:
    """Yield what each fact is called here, the fact, and the query by which it is asked for."""
    view, network = scene.view, scene.network
    pairs = query.split(link)

    def with_(**more: object) -> str:
        return query.join([*pairs, *((name, str(value)) for name, value in more.items())])

    lane = min(view.net_lane, len(network.trainers)) - 1
    if view.lab == "train":
        yield "train", "net_train.json", link
        yield "boundary", "net_boundary.json", with_(of=lane)
        if view.net_band == "on":
            yield "band", "net_band.json", link
    elif view.lab == "slice":
        yield "slice", "net_slice.json", with_(of=lane)
    elif view.lab == "init":
        # Without waiting there is nothing of a run but its beginning.
        look = look_of(scene) if waits else 0
        yield "signals", "net_signals.json", with_(at=look or "start", of=lane)
    elif view.lab == "normalization":
        yield "normalization", VARIED[network.normalization.vary], link
    elif view.lab == "batch":
        yield "batch", "net_batches.json", link
    elif view.lab != "outputs":
        yield view.lab, f"net_{view.lab}.json", link


def look_of(scene: Scene) -> int:
    """Return the measurement that is nearest to the step of a scene in the lab on starting weights.

    Runs are measured at equal distances; nothing learns from numbers that have no classes. In this lab a
    playhead stands at the beginning where a link says nothing.
    """
    net = scene.network.inside
    if net.data == NORMAL_INPUTS:
        return 0
    step = min(scene.view.step or 0, net.steps)
    return int(step / net.steps * min(MEASUREMENTS - 1, net.steps) + 0.5)


def _cost(scene: Scene) -> float:
    """Return how many multiply-adds all that a lab shows takes."""
    view, network = scene.view, scene.network
    tables: Mapping[str, Any] = {
        "regularization": network.regularization,
        "batch": network.batch,
        "normalization": network.normalization,
        "search": network.search,
        "residual": network.residual,
        "spectrum": network.spectrum,
        "edge": network.edge,
    }
    if view.lab in tables:
        return tables[view.lab].whole_cost
    if view.lab in ("train", "slice"):
        return sum(map(cost_of, trainings(network)))
    if view.lab == "init" and look_of(scene):
        return sum(map(cost_of, trainings(network, "inside")))
    return 0.0
