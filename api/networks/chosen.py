"""The networks of a scene, as an answer has them."""

from typing import Any

from networks import cost_of, parameters_of
from optimizers.knobs import RATE
from scenes import query
from scenes.net_labs import TABLES, LabTable
from scenes.network import NET, NetworkScene, Trainer, Which, net_knobs, suggestion
from scenes.network_data import size_of
from scenes.network_training import as_network, dearest
from scenes.setting import settings_of
from scenes.write_network import lab_of, spell_inside, spell_trained


def chosen(network: NetworkScene) -> dict[str, Any]:
    """Return the network that is trained, its trainers, and the one into which is looked."""
    return {
        **_net(network, "net"),
        "query": spell_trained(network),
        "trainers": [_trainer(trainer) for trainer in network.trainers],
        "inside": {**_net(network, "inside"), "query": spell_inside(network)},
        "labs": {id: _lab(lab_of(network, id)) for id in TABLES},
    }


def _net(network: NetworkScene, which: Which) -> dict[str, Any]:
    """Return a network, how many parameters it has, and on how many examples a run of what cost trains it."""
    net = network.net if which == "net" else network.inside
    knobs = net_knobs(which, net.data, network.table)
    size = size_of(net.data, network.table)
    return {
        "values": {knob.id: getattr(net, field) for field, knob in NET.items()},
        "usual": {knob.id: knob.default for knob in knobs.values()},
        "batch": knobs["batch"].high,
        "parameters": parameters_of(as_network(net, network.table)),
        "examples": {
            "train": size.train,
            "validation": size.validation,
            "inputs": size.inputs,
            "classes": size.classes,
        },
        "cost": cost_of(dearest(network, which)),
    }


def _lab(lab: LabTable) -> dict[str, Any]:
    """Return what is set in a lab that has a table of its own.

    `most` is how far a knob goes on its data, where that is not as far as it goes on all.
    """
    knobs, widest = lab.knobs(lab.data), settings_of(type(lab))
    return {
        "values": lab.values(),
        "query": query.join(lab.pairs()),
        "most": {knob.id: knob.high for field, knob in knobs.items() if knob.high != widest[field].knob.high},
        "idle": list(lab.idle),
        "length": lab.length,
        "parameters": lab.parameters,
        "examples": lab.seen._asdict(),
        "runs": lab.run_count,
        "cost": lab.cost,
    }


def _trainer(trainer: Trainer) -> dict[str, Any]:
    """Return who trains."""
    return {
        "optimizer": trainer.optimizer,
        "knobs": dict(trainer.knobs),
        "extras": dict(trainer.extras),
        "suggested": trainer.knobs[RATE] == suggestion(trainer.optimizer),
    }
