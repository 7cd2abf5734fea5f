"""What is told of batches, and how their lab stands in a link."""

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.batches import growth_of
from api.networks.chosen import chosen
from networks import MOST_COST
from networks.training import MOST_STEPS, step_cost
from scenes import edit, read, write
from scenes.net_labs import Batches
from studies.batch_sizes import LANES, costs, epochs_of, law, sizes
from studies.intervals import wilson
from tests.api.responses import response
from tests.scenes.usable import faults

SMALL = "batches=moons:depth=1,width=8,batch=8,epochs=6"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return response("net_batches", SMALL)


def test_what_is_known_is_told(told: dict[str, Any]):
    question = growth_of(SMALL)
    known = costs(question)
    assert told["examples"] == 200 and floats(told["sizes"]).tolist() == list(sizes(200))
    share = np.array([cost.seconds for cost in known]) / known[-1].seconds
    assert floats(told["update"]) == pytest.approx(share, rel=1e-5)
    assert floats(told["epoch"]) == pytest.approx(share * 200 / np.array(sizes(200)), rel=1e-5)
    assert floats(told["update"])[-1] == floats(told["epoch"])[-1] == 1.0
    assert floats(told["law"]) == pytest.approx([law(200, size) for size in sizes(200)[:-1]], rel=1e-6)
    assert [lane["id"] for lane in told["lanes"]] == list(LANES)
    for lane in told["lanes"]:
        rows = np.array(epochs_of(question, lane["id"]).rows)
        assert floats(lane["epochs"]).tolist() == list(range(7))
        for column, name in enumerate(
            ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy")
        ):
            assert floats(lane[name]) == pytest.approx(rows[:, column], rel=1e-6)
    assert floats(told["lanes"][2]["batches"]).tolist() == [8, 8, 32, 32, 128, 128]
    assert floats(told["lanes"][1]["rates"]) == pytest.approx([0.1, 0.1, 0.025, 0.025, 0.00625, 0.00625])


def test_what_is_found_is_recomputed(told: dict[str, Any]):
    found = told["finding"]
    assert found["validated"] == 100 and found["sizes"] == len(sizes(200)) - 1
    off = np.abs(floats(told["variance"])[:-1] - floats(told["law"]))
    assert found["held"] == (off <= floats(told["half"])[:-1]).sum()
    assert found["update"] == pytest.approx(float(floats(told["update"])[0]), rel=1e-5)
    assert found["epoch"] == pytest.approx(float(floats(told["epoch"])[0]), rel=1e-5)
    for lane, end in zip(told["lanes"], found["lanes"], strict=True):
        right = round(float(floats(lane["validation_accuracy"])[-1]) * 100)
        assert (end["low"], end["high"]) == wilson(right, 100)
        assert end["loss"] == pytest.approx(float(floats(lane["train_loss"])[-1]), rel=1e-6)
        assert end["updates"] == floats(lane["updates"])[-1]
    assert [end["updates"] for end in found["lanes"]] == [150, 150, 2 * (25 + 6 + 1)]


def test_links_and_changes():
    scene, repairs = read(f"{SMALL}&page=networks&lab=batch&step=5")
    assert repairs == () and read(write(scene)) == (scene, ()) and scene.view.step == 5
    assert SMALL in write(scene) and "batches=" not in write(read("page=networks&lab=batch")[0])
    turned, repairs = edit(scene, {"do": "net_lab", "lab": "batch", "knob": "factor", "to": 2})
    assert repairs == () and turned.network.batch.factor == 2 and faults(turned) == []
    assert read(write(turned)) == (turned, ())
    other, repairs = edit(scene, {"do": "net_lab", "lab": "batch", "knob": "data", "to": "digits"})
    assert repairs == () and other.network.batch.examples == 1000
    reset, repairs = edit(scene, {"do": "net_lab", "lab": "batch"})
    assert repairs == () and reset.network.batch == Batches()
    told = chosen(scene.network)["labs"]["batch"]
    assert told["query"] == SMALL and told["length"] == 6 and told["most"]["examples"] == 200


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("batches=moons:batch=300", "out_of_range"),
        ("batches=mnist:activation=prelu", "unknown_choice"),
        ("batches=mnist:batch=1,epochs=200", "too_much_training"),
        ("batches=mnist:depth=20,width=128,epochs=200", "too_much_training"),
    ],
)
def test_what_cannot_be_used_is_mended(link: str, why: str):
    scene, repairs = read(link)
    assert [repair.why for repair in repairs] == [why]
    lab = scene.network.batch
    run = lab.trainings()[0]
    assert lab.epochs * lab.updates == run.steps <= MOST_STEPS and run.steps * step_cost(run) <= MOST_COST
    assert read(write(scene)) == (scene, ())
