"""The runs of training that a scene asks for, and what they may cost."""

from dataclasses import replace

from catalog import Repair
from networks import Network, Training, cost_of, nearest_allowed
from scenes.network import Net, NetworkScene, Trainer, Which
from scenes.network_data import Table, data_of
from scenes.network_knobs import NORMAL_INPUTS, WIDTH
from scenes.repairs import Repairs


def as_network(net: Net, table: Table | None) -> Network:
    """Return the network as the room of networks knows it."""
    return Network(
        data=data_of(net.data, table),
        widths=(net.width,) * net.depth,
        activation=net.activation,
        initializer=net.init,
        sigma=net.sigma,
        normalization=net.norm,
        residual=net.residual == "on",
        dropout=net.dropout,
    )


def as_training(net: Net, trainer: Trainer, table: Table | None) -> Training:
    """Return how `trainer` trains the network."""
    extras = dict(trainer.extras)
    schedule, warmup = str(extras.pop("schedule")), int(extras.pop("warmup"))
    return Training(
        as_network(net, table),
        optimizer=trainer.optimizer,
        knobs=trainer.knobs,
        schedule=schedule,
        schedule_knobs=extras,
        warmup=warmup,
        batch=net.batch,
        steps=net.steps,
        weight_decay=net.decay,
        decoupled=net.decoupled == "on",
        seed=net.seed,
    )


def trainings(network: NetworkScene, which: Which = "net") -> tuple[Training, ...]:
    """Return a run for each trainer, in their order."""
    net = network.net if which == "net" else network.inside
    return tuple(as_training(net, trainer, network.table) for trainer in network.trainers)


def dearest(network: NetworkScene, which: Which = "net") -> Training:
    """Return the run that costs most."""
    return max(trainings(network, which), key=cost_of)


def affordable(network: NetworkScene, repairs: Repairs) -> NetworkScene:
    """Return `network` with no run that costs more than is allowed: with fewer steps, or narrower layers.

    A repair says what it would have cost, in multiplications and additions, and what is trained instead.
    """
    for which in ("net", "inside"):
        net = network.net if which == "net" else network.inside
        if net.data == NORMAL_INPUTS:
            continue
        asked = dearest(network, which)
        allowed = nearest_allowed(asked)
        if allowed is asked:
            continue
        width = max(int(WIDTH.low), max(allowed.network.widths))
        changes = {"steps": allowed.steps} | ({"width": width} if width != net.width else {})
        cost = f"{cost_of(asked):.1e}".replace("e+", "e")
        used = ", ".join(f"{name}={value}" for name, value in changes.items())
        repairs.append(Repair("too_much_training", which, cost, used))
        network = replace(network, **{which: replace(net, **changes)})
    return network
