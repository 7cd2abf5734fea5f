"""Labs that train many networks at once: how a link spells them, and what a reader turns."""

from dataclasses import replace

import pytest

from catalog import Repair
from networks import Network, Training
from scenes import edit, read, write
from scenes.net_labs import Normalization, Search
from scenes.net_labs.many import MOST_LAB_COST
from tests.scenes.usable import faults


def test_a_link_that_says_nothing_of_it_spells_nothing_of_it():
    scene, repairs = read("page=networks&lab=normalization")
    assert repairs == () and scene.network.normalization == Normalization.usual()
    assert "scales=" not in write(scene) and scene.view.lab == "normalization"


def test_what_is_unusual_is_spelled_and_read_back():
    network = "depth=3,width=40,activation=tanh,norm=group,residual=on"
    link = f"scales=mnist:examples=500,{network},lr=0.1,batch=50,epochs=7,seed=4"
    scene, repairs = read(link)
    assert repairs == () and link in write(scene) and read(write(scene)) == (scene, ())
    lab = scene.network.normalization
    assert lab == Normalization("mnist", 500, 3, 40, "tanh", "group", "on", 0.1, 50, 7, 4)
    run = lab.training()
    assert isinstance(run, Training) and run.steps == 7 * 10 and run.seed == 4
    assert run.network == Network(run.network.data, (40,) * 3, "tanh", "normal", 0.1, "group", True)
    assert (run.network.data.train, run.network.data.validation) == (500, 1000)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "why", "parameter", "used"),
    [
        ("scales=table", "unknown_choice", "scales", "digits"),
        ("scales=digits:norm=none", "unknown_choice", "scales:norm", "batch"),
        ("scales=moons:examples=300", "out_of_range", "scales:examples", "200"),
        ("scales=digits:epochs=0", "out_of_range", "scales:epochs", "20"),
        ("scales=digits:vary=seeds", "unknown_choice", "scales:vary", "scales"),
        ("scales=digits:vary=rates,epochs=50,examples=1437", "too_much_training", "scales", "epochs=30"),
        ("scales=digits:vary=batches,epochs=50", "too_much_training", "scales", "epochs=37"),
        ("scales=digits:vary=batches,lr=10,batch=10", "clamped", "scales:lr", "7.8125"),
        ("scales=digits:sigma=1", "unknown_knob", "scales:sigma", ""),
        (
            "scales=mnist:examples=4000,depth=20,width=128,epochs=50",
            "too_much_training",
            "scales",
            "epochs=1",
        ),
    ],
)
def test_what_cannot_be_used_is_said(query: str, why: str, parameter: str, used: str):
    scene, repairs = read(query)
    assert faults(scene) == []
    assert [(r.why, r.parameter, r.used) for r in repairs] == [(why, parameter, used)]
    assert read(write(scene)) == (scene, ())


def test_no_setting_costs_more_than_is_allowed_with_one_epoch():
    dearest = Normalization("mnist", 4000, 20, 128, "relu", "batch", "on", 0.1, 10, 1, 0)
    for batch in (10, 1000):
        for vary in ("scales", "rates"):
            repairs: list[Repair] = []
            lab = replace(dearest, batch=batch, vary=vary).affordable(repairs)
            assert len(lab.trainings()) * lab.cost <= MOST_LAB_COST
        assert replace(dearest, batch=batch, vary="batches").affordable([]).whole_cost <= MOST_LAB_COST


def test_knobs_are_turned():
    scene = read("page=networks&lab=normalization")[0]

    def after(knob: str, to: object) -> Normalization:
        changed, repairs = edit(scene, {"do": "net_lab", "lab": "normalization", "knob": knob, "to": to})
        assert repairs == () and faults(changed) == [] and read(write(changed)) == (changed, ())
        return changed.network.normalization

    assert after("norm", "rms").norm == "rms" and after("learning_rate", 0.5).rate == 0.5
    assert after("data", "moons").examples == 200
    varied = after("vary", "rates")
    assert varied.idle == ("learning_rate",) and varied.pairs() == [("scales", "digits:vary=rates")]
    assert replace(varied, activation="tanh").training().network.initializer == "xavier_normal"
    assert replace(varied, activation="gelu").training().network.initializer == "he_normal"
    batches = after("vary", "batches")
    assert batches.idle == () and batches.pairs() == [("scales", "digits:lr=0.1,vary=batches")]
    said: list[Repair] = []
    assert Normalization.read("digits:vary=batches", said) == batches  # as the knob
    slow = replace(batches, rate=Normalization.usual().rate)
    assert Normalization.read(slow.pairs()[0][1], said) == slow and slow != batches
    assert said == []
    assert {run.batch for run in batches.trainings()} == {2, 4, 8, 16, 32, 64, 128}
    assert {run.steps for run in batches.trainings()} == {20 * (1000 // 2**k) for k in range(1, 8)}
    assert batches.turned({"knob": "vary", "to": "scales"}, []) == Normalization.usual()
    assert replace(batches, rate=0.5).turned({"knob": "vary", "to": "scales"}, []).rate == 0.5
    changed, repairs = edit(scene, {"do": "net_lab", "lab": "normalization", "knob": "epochs", "to": 99})
    assert changed.network.normalization.epochs == 50 and [r.why for r in repairs] == ["clamped"]
    refused, repairs = edit(scene, {"do": "net_lab", "lab": "nonsense", "knob": "epochs", "to": 9})
    assert refused == scene and [r.why for r in repairs] == ["unknown_choice"]


def test_a_search_is_spelled_and_its_ranges_are_narrowed_at_once():
    link = "search=digits:examples=200,width=16,method=adam,side=4,repeats=2,rate_high=1,decay_low=1e-06"
    scene, repairs = read(link)
    lab = scene.network.search
    assert repairs == () and link in write(scene) and read(write(scene)) == (scene, ())
    assert (lab.method, lab.side, lab.repeats, lab.rate_low, lab.rate_high) == ("adam", 4, 2, 1e-6, 1)
    run = lab.training()
    assert run.steps == 50 * 8 and len(lab.trainings()) == 2 * 2 * 16 and run.optimizer == "adam"
    change = {"do": "net_lab", "lab": "search", "knob": "ranges", "to": [0.001, 0.1, 1e-7, 1e-5]}
    narrowed, repairs = edit(scene, change)
    found = narrowed.network.search
    assert repairs == () and faults(narrowed) == [] and read(write(narrowed)) == (narrowed, ())
    assert (found.rate_low, found.rate_high, found.decay_low, found.decay_high) == (0.001, 0.1, 1e-7, 1e-5)
    assert replace(found, rate_low=lab.rate_low, rate_high=lab.rate_high) == replace(
        lab, decay_low=1e-7, decay_high=1e-5
    )
    for bad in (None, 3, [1], "abcd", {"a": 1}):
        refused, repairs = edit(scene, {**change, "to": bad})
        assert refused == scene and len(repairs) == 1
    assert Search.usual().seed == 0
