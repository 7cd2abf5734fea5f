"""Networks in a link, and what a reader does with them."""

from dataclasses import replace

import pytest

from locales import texts
from networks import MOST_COST, Network, Training, cost_of
from optimizers import OPTIMIZERS
from scenes import Scene, edit, read, write
from scenes.network import MOST_TRAINERS, UNTOUCHED, Net, Trainer, usual_net, usual_trainer
from scenes.network_data import MOST_SPELLED, parse_table, read_table, spell_table
from scenes.network_knobs import NORMAL_INPUTS, TRAINING_METHODS
from scenes.network_training import as_training, trainings
from scenes.write_network import spell_inside, spell_trained
from tests.scenes.usable import faults

ROWS = ";".join(f"{k},{(5 * k) % 7},{k % 3}" for k in range(12))
SCENE = read(f"net=circles:depth=3,batch=50&trainer=adam&trainer=sgd:lr=0.2&page=networks&nettable={ROWS}")[0]


def after(change: object, scene: Scene = SCENE) -> Scene:
    """Return the scene after a change that needs no repair."""
    changed, repairs = edit(scene, change)
    assert repairs == ()
    assert faults(changed) == []
    assert read(write(changed)) == (changed, ())
    return changed


def refused(change: object, scene: Scene = SCENE) -> str:
    """Return why `change` was refused; it must have changed nothing."""
    changed, repairs = edit(scene, change)
    assert changed == scene
    assert len(repairs) == 1
    return repairs[0].why


def test_a_link_that_says_nothing_of_networks_spells_nothing_of_them():
    scene, repairs = read("f=bowl&page=networks")
    assert repairs == () and scene.network == UNTOUCHED
    assert not {"net", "inside", "trainer", "nettable"} & {
        part.split("=")[0] for part in write(scene).split("&")
    }
    assert scene.network.net == Net(batch=200)
    assert scene.network.inside == Net(data=NORMAL_INPUTS, depth=5, width=100, batch=1000)


def test_only_what_is_unusual_is_spelled():
    link = "net=moons:depth=3,activation=relu&trainer=adam:lr=0.1,schedule=cosine&inside=digits:init=zeros"
    scene, repairs = read(link)
    assert repairs == ()
    assert f"&{link}" in write(scene)
    assert scene.network.net == replace(usual_net("net"), depth=3, activation="relu")
    assert scene.network.inside == replace(usual_net("inside", "digits"), init="zeros")
    (adam,) = scene.network.trainers
    assert adam.knobs == {**usual_trainer("adam").knobs, "learning_rate": 0.1}
    assert adam.extras["schedule"] == "cosine" and "final" in adam.extras


def test_a_network_is_kept_while_other_pages_are_open():
    scene = read("net=moons:depth=3&page=race")[0]
    assert scene.network.net.depth == 3 and read(write(scene)) == (scene, ())


def test_knobs_are_read_by_both_their_names():
    assert read("net=moons:netsteps=50,netseed=7")[0] == read("net=moons:steps=50,seed=7")[0]


@pytest.mark.parametrize(
    ("query", "why", "parameter", "used"),
    [
        ("net=mooons", "unknown_choice", "net", "moons"),
        ("net=normal_inputs", "unknown_choice", "net", "moons"),
        ("net=moons:depth=21", "out_of_range", "net:depth", "2"),
        ("net=moons:depth=deep", "not_a_number", "net:depth", "2"),
        ("net=moons:batch=201", "out_of_range", "net:batch", "200"),
        ("net=mnist:batch=0", "out_of_range", "net:batch", "128"),
        ("net=moons:activation=relu6", "unknown_choice", "net:activation", "tanh"),
        ("net=moons:depth=3,depth=4", "repeated_parameter", "net:depth", "3"),
        ("net=moons:shape=round", "unknown_knob", "net:shape", ""),
        ("net=table", "table_missing", "net", "moons"),
        ("inside=table", "table_missing", "inside", "normal_inputs"),
        ("net=moons&net=circles", "repeated_parameter", "net", "moons"),
        ("trainer=adamm&trainer=adam", "unknown_trainer", "trainer", ""),
        ("trainer=newton&trainer=adam", "needs_hessian", "trainer", ""),
        ("trainer=adam:lr=0", "out_of_range", "adam:lr", "0.01"),
        ("trainer=adam:clip=norm", "unknown_knob", "adam:clip", ""),
        ("trainer=adam&" * 9, "too_many_trainers", "trainer", "8"),
        ("nettable=1,2;3", "too_few_examples", "nettable", ""),
        ("nettable=1,x", "not_a_number", "nettable", "1"),
        ("lab=alchemy", "unknown_choice", "lab", "train"),
        ("netlane=9", "out_of_range", "netlane", "1"),
        ("figure=cover", "unknown_choice", "figure", "starting_weights"),
        ("netband=maybe", "unknown_choice", "netband", "off"),
        ("scorea=11", "out_of_range", "scorea", "2"),
        ("scored=low", "not_a_number", "scored", "-4"),
        ("truth=e", "unknown_choice", "truth", "d"),
        ("raised=e", "unknown_choice", "raised", "a"),
    ],
)
def test_what_cannot_be_used_is_said(query: str, why: str, parameter: str, used: str):
    scene, repairs = read(query)
    assert faults(scene) == []
    assert [(r.why, r.parameter, r.used) for r in repairs] == [(why, parameter, used)]


def test_without_a_trainer_that_can_be_used_the_usual_ones_train():
    scene, repairs = read("trainer=newton&trainer=nope")
    assert scene.network.trainers == UNTOUCHED.trainers
    assert [repair.why for repair in repairs] == ["needs_hessian", "unknown_trainer", "no_trainer_left"]


def test_every_method_but_those_that_need_a_hessian_trains():
    assert set(OPTIMIZERS) - set(TRAINING_METHODS) == {
        id for id, method in OPTIMIZERS.items() if method.hessian
    }
    scene, repairs = read("&".join(f"trainer={id}" for id in TRAINING_METHODS[:MOST_TRAINERS]))
    assert repairs == ()
    assert scene.network.trainers == tuple(usual_trainer(id) for id in TRAINING_METHODS[:MOST_TRAINERS])


@pytest.mark.parametrize(
    ("query", "narrower"),
    [
        ("net=mnist:depth=4,width=128,batch=2000,steps=20000", False),
        ("net=mnist:depth=20,width=128,batch=4000,steps=20000", True),
        ("net=moons:depth=20,width=128,steps=20000&trainer=sgd&trainer=sam", False),
        ("inside=mnist:depth=20,width=128,batch=4000,steps=20000", True),
    ],
)
def test_what_costs_too_much_is_said_and_the_nearest_is_offered(query: str, narrower: bool):
    scene, repairs = read(query)
    assert faults(scene) == []
    (repair,) = repairs
    which, _, row = query.split("&")[0].partition("=")
    assert (repair.why, repair.parameter) == ("too_much_training", which)
    net = scene.network.net if which == "net" else scene.network.inside
    said = dict(part.split("=") for part in repair.used.split(", "))
    assert int(said["steps"]) == net.steps < 20000
    assert ("width" in said) == narrower == (net.width < 128)
    # It is what was asked for that would have cost so much, and a tenth more than what is used is too much.
    asked = dict(part.split("=") for part in row.split(":")[1].split(","))
    wanted = replace(net, steps=int(asked["steps"]), width=int(asked["width"]))
    costs = [cost_of(as_training(wanted, trainer, None)) for trainer in scene.network.trainers]
    assert float(repair.value) == pytest.approx(max(costs), rel=0.05)
    more = replace(net, steps=int(1.1 * net.steps) + 1)
    dearest = max(cost_of(as_training(more, trainer, None)) for trainer in scene.network.trainers)
    assert dearest > MOST_COST
    assert read(write(scene)) == (scene, ())


def test_a_scene_asks_the_room_of_networks_for_what_it_says():
    query = (
        "net=mnist1d:depth=3,width=32,activation=gelu,init=uniform,sigma=0.2,norm=batch,residual=on,dropout=0.25"
        ",decay=0.01,decoupled=on,batch=32,steps=70,seed=5&trainer=momentum:lr=0.3,schedule=cosine,warmup=4"
    )
    scene, repairs = read(query)
    assert repairs == ()
    network = Network("mnist1d", (32, 32, 32), "gelu", "uniform", 0.2, "batch", True, 0.25)
    extras = scene.network.trainers[0].extras
    schedule = {name: value for name, value in extras.items() if name not in ("schedule", "warmup")}
    knobs = {"learning_rate": 0.3, "momentum": 0.9}
    assert trainings(scene.network) == (
        Training(network, "momentum", knobs, "cosine", schedule, 4, 32, 70, 0.01, True, 5),
    )


def test_facts_of_one_network_are_asked_for_without_the_other():
    scene = read("net=circles:depth=3&inside=digits:depth=4&trainer=adam&at=1,2&lab=init")[0]
    assert spell_trained(scene.network) == "net=circles:depth=3&trainer=adam:lr=0.01"
    assert spell_inside(scene.network) == "inside=digits:depth=4&trainer=adam:lr=0.01"
    asked = read(spell_trained(scene.network))[0].network
    assert (asked.net, asked.trainers) == (scene.network.net, scene.network.trainers)
    # Nobody trains on numbers without a meaning, and so it does not matter who would.
    assert (
        spell_inside(read("inside=normal_inputs:depth=4&trainer=adam")[0].network)
        == "inside=normal_inputs:depth=4"
    )
    table = read(f"net=table&nettable={ROWS}")[0].network
    assert spell_trained(table) == f"net=table&nettable={ROWS}" and spell_inside(table) == ""


def test_a_table_that_nothing_is_on_is_not_kept():
    assert SCENE.network.table is None
    on_it = read(f"net=table&nettable={ROWS}")[0]
    assert on_it.network.table == parse_table(ROWS)
    assert after({"do": "net", "knob": "data", "to": "moons"}, on_it).network.table is None


def test_net():
    assert after({"do": "net", "knob": "depth", "to": 5}).network.net.depth == 5
    assert after({"do": "net", "knob": "netsteps", "to": "50"}).network.net.steps == 50
    assert after({"do": "net", "knob": "activation", "to": "mish"}).network.net.activation == "mish"
    inside = after({"do": "net", "knob": "depth", "to": 7, "lab": "init"})
    assert (inside.network.inside.depth, inside.network.net) == (7, SCENE.network.net)
    assert refused({"do": "net", "knob": "depth", "to": "deep"}) == "not_a_number"
    assert refused({"do": "net", "knob": "breadth", "to": 3}) == "unknown_knob"
    assert refused({"do": "net", "knob": "data", "to": NORMAL_INPUTS}) == "unknown_choice"
    assert refused({"do": "net", "knob": "data", "to": "table"}) == "table_missing"
    clamped, repairs = edit(SCENE, {"do": "net", "knob": "depth", "to": 99})
    assert clamped.network.net.depth == 20 and [repair.why for repair in repairs] == ["clamped"]


def test_other_data_bring_their_usual_batch():
    assert SCENE.network.net.batch == 50
    scene = after({"do": "net", "knob": "data", "to": "digits"})
    assert (scene.network.net.data, scene.network.net.batch, scene.network.net.depth) == ("digits", 128, 3)


def test_too_large_a_turn_is_turned_back_to_what_is_allowed():
    large = read("net=mnist:depth=20,width=128")[0]
    scene, repairs = edit(large, {"do": "net", "knob": "netsteps", "to": 20000})
    assert [repair.why for repair in repairs] == ["too_much_training"]
    assert faults(scene) == [] and 1000 <= scene.network.net.steps < 20000


def test_net_inside_and_reset():
    assert after({"do": "net_inside"}).network.inside == SCENE.network.net
    assert after({"do": "net_reset"}).network == UNTOUCHED
    assert after({"do": "reset"}).network == SCENE.network
    assert after({"do": "surface", "to": "saddle"}).network == SCENE.network


def test_net_table():
    text = "height,width,kind\n" + "".join(
        f"{k},{(5 * k) % 7},{'dog' if k % 2 else 'cat'}\n" for k in range(12)
    )
    scene = after({"do": "net_table", "to": text})
    assert scene.network.net.data == "table" and scene.network.net.batch == 9
    assert scene.network.table is not None
    assert [row[-1] for row in scene.network.table.rows] == [k % 2 for k in range(12)]
    both = after({"do": "net_table", "to": text, "lab": "init"}, scene)
    assert both.network.inside.data == "table"
    other = after({"do": "net_table", "to": text + "9,9,mouse\n9,8,dog\n8,9,cat\n8,8,cat\n"}, both)
    assert other.network.net.batch == other.network.inside.batch == 12
    for bad in (None, 3, "", "x", "1,2\n", "1,2,3\n1,2\n", "1;2;3", "=1,2,3"):
        assert refused({"do": "net_table", "to": bad}) in texts("en")["tables"]
    assert refused({"do": "net_table", "bytes": "!"}) == "binary"


def test_trainer_method_and_knob():
    scene = after({"do": "trainer_method", "lane": 1, "to": "rmsprop"})
    assert scene.network.trainers == (SCENE.network.trainers[0], usual_trainer("rmsprop"))
    scene = after({"do": "trainer_knob", "lane": 0, "knob": "beta1", "to": 0.5})
    assert scene.network.trainers[0].knobs["beta1"] == 0.5
    scene = after({"do": "trainer_knob", "lane": 0, "knob": "schedule", "to": "cosine"})
    scene = after({"do": "trainer_knob", "lane": 0, "knob": "final", "to": 0.5}, scene)
    assert scene.network.trainers[0].extras["final"] == 0.5
    scene = after({"do": "trainer_method", "lane": 0, "to": "sgd"}, scene)
    assert scene.network.trainers[0].extras["schedule"] == "cosine"
    assert refused({"do": "trainer_method", "lane": 0, "to": "newton"}) == "unknown_method"
    assert refused({"do": "trainer_knob", "lane": 0, "knob": "clip", "to": "norm"}) == "unknown_knob"


def test_trainer_suggest():
    turned = after({"do": "trainer_knob", "lane": 0, "knob": "beta1", "to": 0.5})
    turned = after({"do": "trainer_knob", "lane": 0, "knob": "learning_rate", "to": 0.5}, turned)
    back = after({"do": "trainer_suggest", "lane": 0}, turned)
    usual = usual_trainer("adam")
    assert back.network.trainers[0].knobs == {**usual.knobs, "beta1": 0.5}
    assert back.network.trainers[1] == turned.network.trainers[1]
    assert refused({"do": "trainer_suggest", "lane": 9}) == "no_such_trainer"


def test_trainers_come_and_go():
    assert after({"do": "trainer_add"}).network.trainers[-1].optimizer == "momentum"
    assert after({"do": "trainer_add", "to": "lion"}).network.trainers[-1] == usual_trainer("lion")
    assert refused({"do": "trainer_add", "to": "newton"}) == "needs_hessian"
    assert refused({"do": "trainer_add", "to": "nope"}) == "unknown_trainer"
    scene = SCENE
    while len(scene.network.trainers) < MOST_TRAINERS:
        scene = after({"do": "trainer_copy", "lane": 1}, scene)
    assert scene.network.trainers[2:] == (SCENE.network.trainers[1],) * (MOST_TRAINERS - 2)
    assert refused({"do": "trainer_add"}, scene) == "no_more_trainers"
    alone = after({"do": "trainer_remove", "lane": 0})
    assert alone.network.trainers == SCENE.network.trainers[1:]
    assert refused({"do": "trainer_remove", "lane": 0}, alone) == "last_trainer"


@pytest.mark.parametrize(("seen", "removed", "then"), [(2, 0, 1), (2, 1, 2), (1, 1, 1), (3, 0, 2), (3, 2, 2)])
def test_what_is_seen_stays_with_its_trainer(seen: int, removed: int, then: int):
    scene = read(f"trainer=adam&trainer=sgd&trainer=lion&netlane={seen}")[0]
    assert after({"do": "trainer_remove", "lane": removed}, scene).view.net_lane == then


@pytest.mark.parametrize("lane", [-1, 2, 1.5, "first", None, True, [0]])
@pytest.mark.parametrize(
    "do", ["trainer_method", "trainer_knob", "trainer_copy", "trainer_remove", "trainer_suggest"]
)
def test_no_such_trainer(do: str, lane: object):
    assert refused({"do": do, "lane": lane, "knob": "learning_rate", "to": "adam"}) == "no_such_trainer"


def test_a_table_is_rounded_once_and_spelled_exactly():
    rows = "\n".join(f"{k / 7},{1e6 + k * k / 3},{k % 2}" for k in range(30))
    table = read_table(rows)
    assert parse_table(spell_table(table)) == table
    assert all(abs(x - k / 7) <= 0.5e-3 for k, (x, *_) in enumerate(table.rows))
    assert len({row[1] for row in table.rows}) == 30


def test_a_table_that_a_link_has_no_room_for_is_refused():
    rows = "\n".join(f"{k / 7},{k * k / 3},{k % 2}" for k in range(400))
    with pytest.raises(ValueError, match=f"room for {MOST_SPELLED} characters"):
        read_table(rows)
    with pytest.raises(ValueError, match=f"room for {MOST_SPELLED} characters"):
        parse_table("1,2;" * 1000)


def test_trainers_are_values():
    adam = usual_trainer("adam")
    assert hash(adam) == hash(Trainer("adam", adam.knobs)) and adam == Trainer("adam", adam.knobs)
