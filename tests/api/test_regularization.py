"""What is told of five lanes side by side."""

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.chosen import chosen
from api.networks.regularization import DROPOUT, LANES, finding
from networks import MOST_COST, cost_of, so_far, train, training_parts
from scenes import edit, read, write
from scenes.net_labs import Regularization
from studies.intervals import wilson
from tests.api.responses import response
from tests.scenes.usable import faults

SMALL = "regularization=line:depth=1,width=16,lr=0.02,l2=0.05,dropout=0.3,steps=200"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return response("net_regularization", SMALL)


def test_every_lane_is_told_as_it_is(told: dict[str, Any]):
    runs = read(SMALL)[0].network.regularization.trainings()
    assert [lane["id"] for lane in told["lanes"]] == list(LANES)
    for lane, run in zip(told["lanes"], runs, strict=False):
        known = train(run)
        assert (lane["steps"], lane["of"], lane["stop"], lane["ending"]["kind"]) == (200, 200, None, "done")
        for row in ("measured", "train_loss", "validation_loss", "train_accuracy", "norms"):
            assert np.array_equal(floats(lane[row]), getattr(known, row)), row
    early, none = told["lanes"][-1], told["lanes"][0]
    assert {**early, "id": "none", "stop": None} == none
    losses = floats(none["validation_loss"])
    assert early["stop"] == floats(none["measured"])[losses.argmin()]


def test_lanes_differ_in_nothing_but_what_holds_them_back():
    none, l2, decoupled, dropout = Regularization().trainings()
    assert [run.weight_decay for run in (none, l2, decoupled, dropout)] == [0, 0.003, 2.0, 0]
    assert [run.decoupled for run in (none, l2, decoupled, dropout)] == [False, False, True, False]
    assert [run.network.dropout for run in (none, l2, decoupled, dropout)] == [0, 0, 0, 0.5]
    assert (
        len(
            {
                (run.network.plan, run.optimizer, run.batch, run.steps, run.seed)
                for run in Regularization().trainings()
            }
        )
        == 1
    )
    assert len(training_parts(Regularization().trainings())) == 1, "they are one program"


def test_what_is_found_is_recomputed(told: dict[str, Any]):
    found = told["finding"]
    examples = found["examples"]
    assert examples == 270
    for lane, end in zip(told["lanes"], found["lanes"], strict=True):
        step = lane["stop"] if lane["stop"] is not None else lane["of"]
        row = list(floats(lane["measured"])).index(step)
        right = round(float(floats(lane["validation_accuracy"])[row]) * examples)
        low, high = wilson(right, examples)
        training = float(floats(lane["train_accuracy"])[row])
        assert end["gap"] == pytest.approx(training - right / examples)
        assert (end["gap_low"], end["gap_high"]) == (
            pytest.approx(training - high),
            pytest.approx(training - low),
        )
        assert end["norm"] == pytest.approx(float(floats(lane["norms"])[row]))
    assert found["smaller"] == [k for k, less in enumerate(found["less"], 1) if less["low"] > 0]
    none, dropped = found["lanes"][0], found["lanes"][DROPOUT]
    assert found["dropout"]["closed"] == pytest.approx(none["gap"] - dropped["gap"])
    assert found["dropout"]["training"] == pytest.approx(none["train"] - dropped["train"])
    assert found["dropout"]["validation"] == pytest.approx(dropped["validation"] - none["validation"])
    assert found["dropout"]["low"] < found["dropout"]["validation"] < found["dropout"]["high"]


def test_a_lane_that_diverges_stands_nowhere():
    runs = read("regularization=line:examples=30,depth=1,width=8,steps=60,method=sgd,lr=1,pull=10")[0]
    runs = runs.network.regularization.trainings()
    for run in runs:
        train(run)
    found = finding(runs[0], [so_far(run) for run in runs])
    assert found["lanes"][2] is None and found["less"][1] is None
    assert 2 not in found["smaller"]


def test_links_and_changes():
    scene, repairs = read(f"{SMALL}&page=networks&lab=regularization&step=150")
    assert repairs == () and read(write(scene)) == (scene, ()) and scene.view.step == 150
    assert SMALL in write(scene)
    assert "regularization=" not in write(read("page=networks&lab=regularization")[0])
    change = {"do": "net_lab", "lab": "regularization", "knob": "dropout", "to": 0.25}
    turned, repairs = edit(scene, change)
    assert repairs == () and turned.network.regularization.dropout == 0.25 and faults(turned) == []
    assert read(write(turned)) == (turned, ())
    other, repairs = edit(scene, {**change, "knob": "data", "to": "digits"})
    assert repairs == () and other.network.regularization.examples == 300, "as usual there"
    assert other.network.regularization.dropout == 0.3, "as it was"
    other, repairs = edit(scene, {**change, "knob": "method", "to": "sgd"})
    assert repairs == () and other.network.regularization.rate == 0.1, "the rate is suggested for the method"
    assert (
        edit(scene, {"do": "net_lab", "lab": "regularization"})[0].network.regularization == Regularization()
    )


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("regularization=line:examples=300", "out_of_range"),
        ("regularization=cows", "unknown_choice"),
        ("regularization=mnist:method=lion", "unknown_choice"),
        ("regularization=mnist:cows=3", "unknown_knob"),
        ("regularization=mnist:depth=20,width=128,steps=20000,batch=1000,examples=1000", "too_much_training"),
    ],
)
def test_what_cannot_be_used_is_mended(link: str, why: str):
    scene, repairs = read(link)
    assert [repair.why for repair in repairs] == [why]
    assert all(cost_of(run) <= MOST_COST for run in scene.network.regularization.trainings())
    assert read(write(scene)) == (scene, ())


def test_changes_that_mean_nothing_change_nothing():
    scene = read(SMALL)[0]
    for change in (
        {"lab": "train", "knob": "depth", "to": 2},
        {"lab": ["regularization"], "knob": "depth", "to": 2},
        {"lab": "regularization", "knob": "cows", "to": 2},
        {"lab": "regularization", "knob": ["depth"], "to": {}},
    ):
        changed, repairs = edit(scene, {"do": "net_lab", **change})
        assert changed == scene and len(repairs) == 1


def test_what_an_answer_says_of_the_lab():
    told = chosen(read(SMALL)[0].network)["labs"]["regularization"]
    assert told["query"] == SMALL and told["values"]["examples"] == 30 and told["length"] == 200
    assert told["most"]["examples"] == 200 and told["examples"]["validation"] == 270
    assert told["parameters"] == 2 * 16 + 16 + 16 * 2 + 2
    assert told["cost"] == sum(cost_of(run) for run in read(SMALL)[0].network.regularization.trainings())
