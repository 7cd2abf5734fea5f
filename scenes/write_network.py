"""How a link spells which network is trained, by whom, and into which one is looked."""

from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from scenes import query, syntax
from scenes.net_labs import TABLES, LabTable
from scenes.network import (
    USUAL_INSIDE,
    USUAL_NET,
    USUAL_TRAINERS,
    Net,
    NetworkScene,
    Trainer,
    Which,
    net_knobs,
)
from scenes.network_data import Table, spell_table
from scenes.network_knobs import NORMAL_INPUTS, TABLE, trainer_knobs


def network_pairs(network: NetworkScene) -> list[tuple[str, str]]:
    """Return the pairs of a link: none for what is as in every link that says nothing of networks."""
    inside = net_pairs(network, "inside")
    labs = [pair for id in TABLES for pair in lab_of(network, id).pairs()]
    return [*net_pairs(network, "net"), *trainer_pairs(network), *inside, *table_pairs(network.table), *labs]


def net_pairs(network: NetworkScene, which: Which) -> list[tuple[str, str]]:
    """Return the pair of one of the two networks, none where it is the usual one."""
    net = network.net if which == "net" else network.inside
    if net == (USUAL_NET if which == "net" else USUAL_INSIDE):
        return []
    return [(which, spell_net(net, which, network))]


def trainer_pairs(network: NetworkScene) -> list[tuple[str, str]]:
    """Return a pair for each trainer, none where they are the usual ones."""
    if network.trainers == USUAL_TRAINERS:
        return []
    return [("trainer", spell_trainer(trainer)) for trainer in network.trainers]


def table_pairs(table: Table | None) -> list[tuple[str, str]]:
    """Return the pair of a table of one's own, none where there is none."""
    return [] if table is None else [("nettable", spell_table(table))]


def spell_net(net: Net, which: Which, network: NetworkScene) -> str:
    """Return the text of a network: `moons:depth=3,activation=relu`."""
    by_field = net_knobs(which, net.data, network.table)
    values = {knob.id: getattr(net, field) for field, knob in by_field.items()}
    knobs = (knob for field, knob in by_field.items() if field != "data")
    return syntax.spell(net.data, knobs, values, always=frozenset())


def spell_trainer(trainer: Trainer) -> str:
    """Return the text of a trainer, that of a lane: `adam:lr=0.01,schedule=cosine`."""
    knobs = (*OPTIMIZERS[trainer.optimizer].knobs, *trainer_knobs(str(trainer.extras["schedule"])))
    values = {**trainer.knobs, **trainer.extras}
    return syntax.spell(trainer.optimizer, knobs, values, always=frozenset({RATE}))


def spell_trained(network: NetworkScene) -> str:
    """Return the query string of the network that is trained and of its trainers alone."""
    table = network.table if network.net.data == TABLE else None
    return query.join([*net_pairs(network, "net"), *trainer_pairs(network), *table_pairs(table)])


def spell_inside(network: NetworkScene) -> str:
    """Return the query string of the network into which is looked alone."""
    trained = network.inside.data != NORMAL_INPUTS
    table = network.table if network.inside.data == TABLE else None
    trainers = trainer_pairs(network) if trained else []
    return query.join([*net_pairs(network, "inside"), *trainers, *table_pairs(table)])


def lab_of(network: NetworkScene, lab: str) -> LabTable:
    """Return the table of a lab with settings of its own."""
    return getattr(network, lab)


def steps_of(network: NetworkScene, lab: str) -> int:
    """Return how many steps there are to look at in a lab."""
    if lab in TABLES:
        return lab_of(network, lab).length
    return (network.inside if lab == "init" else network.net).steps
