"""The networks of a scene, as an answer has them."""

from typing import Any

from optimizers.knobs import RATE
from scenes.network import NET, Net, NetworkScene, Trainer, Which, net_knobs, suggestion
from scenes.network_data import classes_of, inputs_of, training_examples, validation_examples
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
    inputs, classes = inputs_of(net.data, network.table), classes_of(net.data, network.table)
    parameters = _parameters(net, inputs, classes)
    return {
        "values": {knob.id: getattr(net, field) for field, knob in NET.items()},
        "usual": {knob.id: knob.default for knob in knobs.values()},
        "batch": knobs["batch"].high,
        "parameters": parameters,
        "examples": {
            "train": training_examples(net.data, network.table),
            "validation": validation_examples(net.data, network.table),
            "inputs": inputs,
            "classes": classes,
        },
        "cost": 3 * parameters * net.batch * net.steps,
    }


def _parameters(net: Net, inputs: int, classes: int) -> int:
    """Return the number of weights and biases."""
    hidden = (net.depth - 1) * (net.width + 1) * net.width
    return (inputs + 1) * net.width + hidden + (net.width + 1) * classes


def _trainer(trainer: Trainer) -> dict[str, Any]:
    """Return who trains."""
    return {
        "optimizer": trainer.optimizer,
        "knobs": dict(trainer.knobs),
        "extras": dict(trainer.extras),
        "suggested": trainer.knobs[RATE] == suggestion(trainer.optimizer),
    }
