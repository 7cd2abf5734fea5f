"""How a link says which network is trained, by whom, and into which one is looked."""

from collections.abc import Sequence
from typing import Any

from catalog import Repair, Settings
from catalog.knob import defaults
from landscapes.data import TableError
from optimizers import OPTIMIZERS
from scenes import syntax
from scenes.net_labs import TABLES
from scenes.network import (
    MOST_TRAINERS,
    UNTOUCHED,
    USUAL_TRAINERS,
    Net,
    NetworkScene,
    Trainer,
    Which,
    net_knobs,
    usual_net,
    usual_trainer,
)
from scenes.network_data import Table, parse_table
from scenes.network_knobs import PLAIN, SCHEDULE, TABLE, TRAINING_METHODS, trainer_knobs
from scenes.network_training import affordable
from scenes.read_ground import unusable
from scenes.read_knobs import read_knob, read_settings
from scenes.repairs import Repairs

NETWORK_PARAMETERS = ("net", "inside", "nettable", *(table.parameter for table in TABLES.values()))


def read_network(single: dict[str, str], trainers: Sequence[str], repairs: Repairs) -> NetworkScene:
    """Return what a link says of networks; what it does not say is as in every link."""
    if not trainers and not any(name in single for name in NETWORK_PARAMETERS):
        return UNTOUCHED
    table = read_own(single.get("nettable"), repairs)
    net = read_net("net", single.get("net"), table, repairs)
    inside = read_net("inside", single.get("inside"), table, repairs)
    used = table if TABLE in (net.data, inside.data) else None
    labs: dict[str, Any] = {id: kind.read(single.get(kind.parameter), repairs) for id, kind in TABLES.items()}
    return affordable(NetworkScene(net, inside, read_trainers(trainers, repairs), used, **labs), repairs)


def read_own(text: str | None, repairs: Repairs) -> Table | None:
    """Return the table that a link holds, None where it has none that can be used."""
    try:
        return None if text is None else parse_table(text)
    except TableError as error:
        repairs.append(unusable(error, "nettable"))
        return None


def read_net(which: Which, text: str | None, table: Table | None, repairs: Repairs) -> Net:
    """Return the network that `text` spells: `moons:depth=3,activation=relu`. Its data stand first."""
    if text is None:
        return usual_net(which)
    name, settings = syntax.parse(text)
    usual = usual_net(which)
    knob = net_knobs(which, usual.data, table)["data"]
    data = str(read_knob(knob, name or None, usual.data, which, repairs))
    if data == TABLE and table is None:
        repairs.append(Repair("table_missing", which, TABLE, usual.data))
        data = usual.data
    by_field = {field: knob for field, knob in net_knobs(which, data, table).items() if field != "data"}
    found = tuple(by_field.values())
    values = read_settings(which, found, Settings(defaults(found)), settings, repairs)
    return Net(data, **{field: values[knob.id] for field, knob in by_field.items()})  # type: ignore[arg-type]


def read_trainers(texts: Sequence[str], repairs: Repairs) -> tuple[Trainer, ...]:
    """Return the trainers that can be used, at most eight; the usual ones if there are none."""
    if len(texts) > MOST_TRAINERS:
        repairs.append(Repair("too_many_trainers", "trainer", str(len(texts)), str(MOST_TRAINERS)))
    asked = (read_trainer(text, repairs) for text in texts[:MOST_TRAINERS])
    found = tuple(trainer for trainer in asked if trainer is not None)
    if texts and not found:
        instead = ", ".join(trainer.optimizer for trainer in USUAL_TRAINERS)
        repairs.append(Repair("no_trainer_left", "trainer", str(len(texts)), instead))
    return found or USUAL_TRAINERS


def read_trainer(text: str, repairs: Repairs) -> Trainer | None:
    """Return the trainer that `text` spells as a lane; None where its method is none that trains networks."""
    method, settings = syntax.parse(text)
    if method not in TRAINING_METHODS:
        why = "needs_hessian" if method in OPTIMIZERS else "unknown_trainer"
        repairs.append(Repair(why, "trainer", method, ""))
        return None
    usual = usual_trainer(method)
    # Which knobs there are depends on the schedule, so that comes first, wherever it stands.
    texts = [text for name, text in settings if name == SCHEDULE.id]
    schedule = SCHEDULE.read(texts[0])[0] if texts else SCHEDULE.default
    knobs, extras = OPTIMIZERS[method].knobs, trainer_knobs(str(schedule))
    values = read_settings(
        method,
        (*knobs, *extras),
        Settings({**usual.knobs, **PLAIN, **defaults(extras[1:])}),
        settings,
        repairs,
    )
    return Trainer(
        method,
        Settings({knob.id: values[knob.id] for knob in knobs}),
        Settings({knob.id: values[knob.id] for knob in extras}),
    )
