"""Changes of networks that are trained, and of who trains them. Trainers are counted from 0."""

from dataclasses import replace

from catalog import Repair, Settings
from landscapes.data import TableError
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from scenes.changes.change import Change, turned
from scenes.changes.ground import as_table
from scenes.coerce import coerced, shown
from scenes.knobs import lane_knob
from scenes.network import (
    MOST_TRAINERS,
    UNTOUCHED,
    Net,
    NetworkScene,
    Trainer,
    Which,
    net_knobs,
    suggestion,
    usual_net,
    usual_trainer,
)
from scenes.network_data import Table, read_table
from scenes.network_knobs import TABLE, TRAINING_METHODS, trainer_knobs
from scenes.network_training import affordable
from scenes.read_ground import unusable
from scenes.repairs import Repairs
from scenes.scene import Scene


def change_net(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of the network: `{"knob": "depth", "to": 3}`; in lab "init" of the one looked into."""
    network = scene.network
    which = which_of(change)
    net = network.inside if which == "inside" else network.net
    knobs = net_knobs(which, net.data, network.table)
    name, to = change.get("knob"), change.get("to")
    field = next((field for field, knob in knobs.items() if knob.id == name), None)
    if field is None:
        repairs.append(Repair("unknown_knob", f"{which}:{shown(name)}", shown(to), ""))
        return scene
    value = coerced(knobs[field], to, getattr(net, field), f"{which}:{knobs[field].short}", repairs)
    if field == "data" and value != net.data:
        return on_data(scene, which, str(value), repairs)
    return with_net(scene, which, replace(net, **{field: value}), repairs)


def on_data(scene: Scene, which: Which, data: str, repairs: Repairs) -> Scene:
    """Return the scene with one of its networks on other data; their usual batch comes with them."""
    network = scene.network
    net = network.inside if which == "inside" else network.net
    if data == TABLE and network.table is None:
        repairs.append(Repair("table_missing", which, TABLE, net.data))
        return scene
    return with_net(
        scene, which, replace(net, data=data, batch=usual_net(which, data, network.table).batch), repairs
    )


def change_table(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Learn from the reader's own table: `{"bytes": base64}`, or `{"to": text}`; in lab "init" look at it."""
    network, which = scene.network, which_of(change)
    try:
        table = read_table(as_table(change))
    except TableError as error:
        repairs.append(unusable(error, "nettable"))
        return scene
    other = network.net if which == "inside" else network.inside
    network = replace(network, table=table)
    if other.data == TABLE:  # it is on the new one too, whose examples are others
        network = replace(network, **{other_of(which): on_table(other_of(which), other, table)})
    net = network.inside if which == "inside" else network.net
    return with_net(replace(scene, network=network), which, on_table(which, net, table), repairs)


def on_table(which: Which, net: Net, table: Table) -> Net:
    """Return the network on a table, with the batch that is usual there."""
    return replace(net, data=TABLE, batch=usual_net(which, TABLE, table).batch)


def which_of(change: Change) -> Which:
    """Return which network a change is of: in lab "init" the one into which is looked."""
    return "inside" if change.get("lab") == "init" else "net"


def other_of(which: Which) -> Which:
    """Return the other of the two networks."""
    return "net" if which == "inside" else "inside"


def look_inside(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Look into the network that is trained."""
    return with_net(scene, "inside", scene.network.net, repairs)


def reset_networks(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Train the usual network by the usual methods, and look into the usual one."""
    return with_network(replace(scene, view=replace(scene.view, net_lane=1)), UNTOUCHED, repairs)


def change_trainer_method(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Train by another method, with its usual knobs; the schedule stays."""
    at, to = trainer_at(scene, change, repairs), change.get("to")
    if at is None:
        return scene
    old = scene.network.trainers[at]
    if not isinstance(to, str) or to not in TRAINING_METHODS:
        repairs.append(Repair("unknown_method", "trainer", shown(to), old.optimizer))
        return scene
    return with_trainer(scene, at, replace(usual_trainer(to), extras=old.extras), repairs)


def change_trainer_knob(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of a trainer's method, or one of those that every trainer has."""
    at, name = trainer_at(scene, change, repairs), change.get("knob")
    if at is None:
        return scene
    trainer = scene.network.trainers[at]
    method, extras = trainer.optimizer, trainer_knobs(str(trainer.extras["schedule"]))
    if any(knob.id == name for knob in extras):
        values = turned(method, extras, trainer.extras, change, repairs)
        kept = trainer_knobs(str(values["schedule"]))
        had = Settings({knob.id: values.get(knob.id, knob.default) for knob in kept})
        return with_trainer(scene, at, replace(trainer, extras=had), repairs)
    knobs = turned(method, OPTIMIZERS[method].knobs, trainer.knobs, change, repairs)
    return with_trainer(scene, at, replace(trainer, knobs=knobs), repairs)


def add_trainer(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Add a trainer at the end: the method that is named, or the first that does not train yet."""
    to, trainers = change.get("to"), scene.network.trainers
    if to is None:
        there = {trainer.optimizer for trainer in trainers}
        to = next((method for method in TRAINING_METHODS if method not in there), TRAINING_METHODS[0])
    if not isinstance(to, str) or to not in TRAINING_METHODS:
        why = "needs_hessian" if isinstance(to, str) and to in OPTIMIZERS else "unknown_trainer"
        repairs.append(Repair(why, "trainer", shown(to), ""))
        return scene
    return with_another(scene, usual_trainer(to), repairs)


def copy_trainer(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Add a trainer like this one at the end."""
    at = trainer_at(scene, change, repairs)
    return scene if at is None else with_another(scene, scene.network.trainers[at], repairs)


def remove_trainer(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Take the trainer out, unless it is the last; what is shown stays with its trainer where it can."""
    at, trainers = trainer_at(scene, change, repairs), scene.network.trainers
    if at is None:
        return scene
    if len(trainers) == 1:
        repairs.append(Repair("last_trainer", "trainer", trainers[0].optimizer, ""))
        return scene
    left = trainers[:at] + trainers[at + 1 :]
    shown_now = scene.view.net_lane - 1  # a link counts from one
    shown_then = min(shown_now - (shown_now > at), len(left) - 1)
    scene = replace(scene, view=replace(scene.view, net_lane=max(shown_then, 0) + 1))
    return with_network(scene, replace(scene.network, trainers=left), repairs)


def suggest_trainer_rate(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Bring the trainer back to the rate suggested for its method."""
    at = trainer_at(scene, change, repairs)
    if at is None:
        return scene
    trainer = scene.network.trainers[at]
    knobs = Settings({**trainer.knobs, RATE: suggestion(trainer.optimizer)})
    return with_trainer(scene, at, replace(trainer, knobs=knobs), repairs)


def trainer_at(scene: Scene, change: Change, repairs: Repairs) -> int | None:
    """Return the index of the trainer that `change` names as its lane, None if there is no such one."""
    raw, problems = change.get("lane"), Repairs()
    at = int(coerced(lane_knob(len(scene.network.trainers), first=0), raw, 0, "trainer", problems))
    if not problems:
        return at
    repairs.append(Repair("no_such_trainer", "trainer", shown(raw), ""))
    return None


def with_another(scene: Scene, trainer: Trainer, repairs: Repairs) -> Scene:
    """Return the scene with `trainer` at the end, if there is room."""
    trainers = scene.network.trainers
    if len(trainers) >= MOST_TRAINERS:
        repairs.append(Repair("no_more_trainers", "trainer", trainer.optimizer, str(MOST_TRAINERS)))
        return scene
    return with_network(scene, replace(scene.network, trainers=(*trainers, trainer)), repairs)


def with_trainer(scene: Scene, index: int, trainer: Trainer, repairs: Repairs) -> Scene:
    """Return the scene with `trainer` in place of the one at `index`."""
    before, after = scene.network.trainers[:index], scene.network.trainers[index + 1 :]
    return with_network(scene, replace(scene.network, trainers=(*before, trainer, *after)), repairs)


def with_net(scene: Scene, which: Which, net: Net, repairs: Repairs) -> Scene:
    """Return the scene with `net` as one of its networks."""
    changed = {which: net}
    return with_network(scene, replace(scene.network, **changed), repairs)


def with_network(scene: Scene, network: NetworkScene, repairs: Repairs) -> Scene:
    """Return the scene with `network`, which keeps no table that nothing is on and costs what it may."""
    used = TABLE in (network.net.data, network.inside.data)
    network = network if used else replace(network, table=None)
    return replace(scene, network=affordable(network, repairs))
