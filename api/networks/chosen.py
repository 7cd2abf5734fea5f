"""The networks of a scene, as an answer has them."""

from typing import Any

from networks import cost_of, parameters_of
from optimizers.knobs import RATE
from scenes.network import NET, NetworkScene, Trainer, Which, net_knobs, suggestion
from scenes.network_data import size_of
from scenes.network_training import as_network, dearest
from scenes.write_network import spell_inside, spell_trained


def chosen(network: NetworkScene) -> dict[str, Any]:
    """Return the network that is trained, its trainers, and the one into which is looked."""
    return {
        **_net(network, "net"),
        "query": spell_trained(network),
        "trainers": [_trainer(trainer) for trainer in network.trainers],
        "inside": {**_net(network, "inside"), "query": spell_inside(network)},
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


def _trainer(trainer: Trainer) -> dict[str, Any]:
    """Return who trains."""
    return {
        "optimizer": trainer.optimizer,
        "knobs": dict(trainer.knobs),
        "extras": dict(trainer.extras),
        "suggested": trainer.knobs[RATE] == suggestion(trainer.optimizer),
    }
