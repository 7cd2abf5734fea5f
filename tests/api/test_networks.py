"""What is told of networks: how they learn, what they say of their data, and what goes through them."""

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.by_address import answer_to
from api.messages import words
from api.networks.chosen import chosen
from api.networks.inside import BINS, histogram
from api.networks.registry import NETWORKS
from api.networks.train import MOST_DRAWN, drawn, finding
from locales import LANGUAGES, texts
from networks import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    NORMALIZATIONS,
    History,
    Network,
    Training,
    cost_of,
    nearest_allowed,
    parameters_of,
    signals,
    so_far,
    train,
)
from networks.data import examples_of
from scenes import read
from scenes.net_labs import TABLES
from scenes.network import NET
from scenes.network_knobs import LAB, SCHEDULE, WARMUP
from scenes.network_outputs import NET_BAND
from scenes.network_training import trainings
from studies.intervals import wilson
from tests.api.responses import response

SMALL = "net=moons:depth=1,width=8,steps=60&trainer=adam:lr=0.05&trainer=sgd:lr=0.1"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def whole(packed: str) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(packed), np.uint8)


def test_a_run_is_told_as_it_is():
    told = response("net_train", SMALL)
    runs = trainings(read(SMALL)[0].network)
    assert len(told["lanes"]) == len(runs) == 2
    for lane, run in zip(told["lanes"], runs, strict=True):
        known = train(run)
        assert (lane["steps"], lane["of"], lane["ending"]) == (60, 60, {"kind": "done", "step": 60})
        assert np.array_equal(floats(lane["losses"]), known.losses)
        assert np.array_equal(floats(lane["loss_steps"]), np.arange(61))
        assert np.array_equal(floats(lane["measured"]), known.measured)
        for row in (
            "train_loss",
            "validation_loss",
            "train_accuracy",
            "validation_accuracy",
            "norms",
            "dead",
        ):
            assert np.array_equal(floats(lane[row]), getattr(known, row))
        assert len(floats(lane["saturated"])) == 41
    assert "missing" not in told


def test_while_it_is_trained_what_is_known_is_told():
    """All curves grow together: nobody is half a run ahead when others have not begun."""
    query = "net=circles:depth=2,width=64,steps=6000,seed=3&trainer=adam:lr=0.01&trainer=sgd:lr=0.1"
    seen: list[dict[str, Any]] = []
    while not seen or "parts" in seen[-1]:
        seen.append(NETWORKS["net_train.json"](query))
    assert len(seen) > 4
    done = [each["done"] for each in seen[:-1]]
    assert done == sorted(done) and all(each["parts"] == 12001 for each in seen[:-1])
    for each in seen[:-1]:
        steps = [lane["steps"] for lane in each["lanes"]]
        assert each["done"] == sum(steps) and each["finding"] is None
        for lane in each["lanes"]:
            assert lane["ending"]["kind"] in ("running", "done")
            assert floats(lane["measured"]).size == floats(lane["train_loss"]).size <= 41
    assert any(min(lane["steps"] for lane in each["lanes"]) > 0 for each in seen[: len(seen) // 2])
    assert seen[-1]["finding"] is not None


def test_the_losses_that_are_told_keep_ends_and_peaks():
    random = np.random.default_rng(0)
    losses = random.normal(size=20_001).astype(np.float32)
    losses[777], losses[778] = 9.0, -9.0
    steps = drawn(losses)
    assert len(steps) <= MOST_DRAWN and list(steps) == sorted(set(steps))
    assert {0, 777, 778, 20_000} <= set(steps)
    assert np.array_equal(drawn(losses[:500]), np.arange(500))
    losses[-1] = np.nan
    assert drawn(losses)[-1] == 20_000
    assert len(drawn(np.zeros(0, np.float32))) == 0


def history(accuracy: float, kind: Any = "done") -> History:
    numbers = np.array([0.5, accuracy], np.float32)
    known = so_far(Training(Network()))
    return History(
        **{
            **vars(known),
            "train_accuracy": np.array([0.5, 1.0], np.float32),
            "validation_accuracy": numbers,
            "ending": type(known.ending)(kind, 9),
        }
    )


def test_who_is_best_is_told_with_an_interval():
    asked = [Training(Network("moons"))] * 4
    known = [history(0.80), history(0.97), history(0.99, "diverged"), history(0.93)]
    found = finding(asked, known)
    assert found is not None
    low, high = wilson(97, 100)
    assert (found["lane"], found["examples"], found["accuracy"]) == (1, 100, 0.97)
    assert (found["low"], found["high"]) == (low, high)
    assert found["alike"] == [3] and found["diverged"] == [2]
    assert found["gap"] == pytest.approx(0.03)
    assert finding(asked[:1], [history(0.9, "diverged")]) is None


def test_a_run_that_diverges_says_where():
    told = response("net_train", "net=moons:depth=2,width=16,activation=relu,steps=80&trainer=sgd:lr=100")
    (lane,) = told["lanes"]
    losses = floats(lane["losses"])
    assert lane["ending"]["kind"] in ("diverged", "dead")
    if lane["ending"]["kind"] == "diverged":
        assert lane["steps"] == lane["ending"]["step"] == len(losses) - 1 and told["finding"] is None


def test_the_boundary_is_what_the_network_says():
    told = response("net_boundary", f"{SMALL}&of=1")
    run = trainings(read(SMALL)[0].network)[1]
    assert (told["kind"], told["lane"], told["classes"], told["grid"]) == ("boundary", 1, 2, 41)
    frames = whole(told["frames"]).reshape(-1, 41, 41)
    assert len(frames) == len(floats(told["measured"])) == 41
    data = examples_of("moons")
    points = floats(told["points"]).reshape(-1, 2)
    assert np.array_equal(points, np.concatenate([data.train_inputs, data.validation_inputs]))
    held = whole(told["validation"]).astype(bool)
    labels = whole(told["labels"])
    assert held.sum() == 100 and np.array_equal(labels[held], data.validation_labels)
    # Where an example lies the picture says of most of them what the network is told to be right about.
    x0, x1, y0, y1 = told["box"]
    column = np.round((points[:, 0] - x0) / (x1 - x0) * 40).astype(int)
    row = np.round((points[:, 1] - y0) / (y1 - y0) * 40).astype(int)
    right = (frames[-1][row, column] > 127) == labels
    assert right[held].mean() == pytest.approx(train(run).validation_accuracy[-1], abs=0.05)


def test_examples_that_are_no_points_are_pictures():
    query = "net=digits:depth=1,width=16,steps=50&trainer=adam"
    told = response("net_boundary", query)
    data = examples_of("digits")
    assert (told["kind"], told["size"], told["count"], told["classes"]) == ("examples", [8, 8], 64, 10)
    images = whole(told["images"]).reshape(64, 64)
    assert np.abs(images / 255 - data.validation_inputs[:64]).max() <= 0.5 / 255 + 1e-6
    assert np.array_equal(whole(told["truth"]), data.validation_labels[:64])
    predicted = whole(told["predicted"]).reshape(-1, 64)
    assert len(predicted) == len(floats(told["measured"])) and predicted.max() < 10
    assert (predicted[-1] == data.validation_labels[:64]).mean() > 0.5


@pytest.mark.parametrize("name", ["net_train", "net_boundary", "net_signals"])
def test_data_that_were_not_made_are_said_to_be_missing(name: str, monkeypatch: pytest.MonkeyPatch):
    def absent(_: Any) -> Any:
        raise FileNotFoundError("Expected the data set.")

    for module in ("networks.course", "networks.inside", "api.networks.boundary"):
        monkeypatch.setattr(f"{module}.examples_of", absent)
    query = "net=mnist1d:width=7&trainer=adam&inside=mnist1d:width=7"
    told = response(name, query)
    assert told["missing"] is True
    answer = answer_to(f"{name}.json", query)
    assert not answer.whole and answer.missing, "they may be made yet"


def test_signals_are_those_of_the_room():
    told = response(
        "net_signals", "inside=normal_inputs:depth=3,width=20,activation=relu,init=he_normal,seed=2"
    )
    found = signals(Network("normal_inputs", (20,) * 3, "relu", "he_normal"), seed=2)
    assert (told["step"], told["inputs"], told["equal"]) == (0, {"n": 1000, "d": 100}, False)
    assert len(told["layers"]) == 3
    for layer, said in enumerate(told["layers"]):
        counts, edges = floats(said["activations"]["counts"]), floats(said["activations"]["edges"])
        expected, ends = np.histogram(found.activations[layer], BINS)
        assert np.abs(counts - expected).sum() <= 2 and counts.sum() == 20_000  # rounding at an edge
        assert edges == pytest.approx(ends, abs=1e-6)
        assert floats(said["gradients"]["counts"]).sum() == 20_000
        for name in ("std", "gradient_std", "theory", "dead", "saturated"):
            assert said[name] == pytest.approx(float(getattr(found, name)[layer]))


@pytest.mark.parametrize(("init", "equal"), [("zeros", True), ("constant", True), ("he_normal", False)])
def test_units_that_begin_equal_are_said_to_be(init: str, equal: bool):
    told = response("net_signals", f"inside=normal_inputs:depth=2,width=8,init={init}")
    assert told["equal"] is equal


def test_signals_that_explode_are_counted_and_not_drawn():
    told = response(
        "net_signals", "inside=normal_inputs:depth=20,width=128,activation=relu,init=normal,sigma=10"
    )
    last = told["layers"][-1]["activations"]
    assert floats(last["counts"]).sum() + last["lost"] == 128 * 1000
    values = np.array([1, 2, np.inf, np.nan], np.float32)
    assert histogram(values)["lost"] == 2 and floats(histogram(values)["counts"]).sum() == 2
    same = histogram(np.full(5, 3.0, np.float32))
    assert floats(same["counts"]).sum() == 5 and floats(same["edges"])[0] < 3 < floats(same["edges"])[-1]
    assert histogram(np.full(3, np.nan, np.float32))["lost"] == 3


def test_signals_along_training():
    query = "inside=moons:depth=2,width=8,steps=60,activation=tanh&trainer=sgd&trainer=adam:lr=0.05"
    run = trainings(read(query)[0].network, "inside")[1]
    started, later = (response("net_signals", f"{query}&of=1&at={at}") for at in ("start", 20))
    assert (started["step"], later["step"]) == (0, 30)
    found = signals(run.network, seed=0, at=(run, 20))
    assert [layer["std"] for layer in later["layers"]] == pytest.approx(found.std.tolist())
    assert [layer["std"] for layer in started["layers"]] != [layer["std"] for layer in later["layers"]]
    assert response("net_signals", f"{query}&of=1&at=0") == started


def test_every_activation_is_drawn_with_its_derivative():
    told = response("net_activations", "")["activations"]
    assert [each["id"] for each in told] == list(ACTIVATIONS)
    for each in told:
        x, value, slope = (floats(each[name]).astype(float) for name in ("x", "value", "derivative"))
        assert np.allclose(value, ACTIVATIONS[each["id"]].value(x.astype(np.float32)), atol=1e-6)
        # The trapezoids below the derivative are the value again, kinks and all.
        again = value[0] + np.concatenate([[0], np.cumsum((slope[1:] + slope[:-1]) / 2 * np.diff(x))])
        assert np.abs(again - value).max() < 0.02, each["id"]
        assert "<math" in each["math"] and "<math" in each["derivative_math"]


def test_an_answer_tells_what_is_chosen():
    network = read("net=digits:depth=3,width=20,batch=64,steps=300&trainer=adam&trainer=sgd:lr=0.3")[
        0
    ].network
    told = chosen(network)
    run = Training(Network("digits", (20,) * 3), "adam", {"learning_rate": 0.01}, batch=64, steps=300)
    assert told["values"]["depth"] == 3 and told["values"]["netsteps"] == 300 and told["usual"]["depth"] == 2
    assert told["parameters"] == parameters_of(run.network) == 65 * 20 + 2 * 21 * 20 + 21 * 10
    assert told["cost"] == cost_of(run) and nearest_allowed(run) is run
    assert told["examples"] == {"train": 1437, "validation": 360, "inputs": 64, "classes": 10}
    assert told["batch"] == 1437
    assert (
        told["query"]
        == "net=digits:depth=3,width=20,batch=64,steps=300&trainer=adam:lr=0.01&trainer=sgd:lr=0.3"
    )
    assert [trainer["suggested"] for trainer in told["trainers"]] == [True, False]
    assert told["inside"]["values"]["data"] == "normal_inputs" and told["inside"]["query"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_chosen_has_a_name_and_nothing_else_has(language: str):
    said = texts(language)["networks"]
    shelves = {"activations": ACTIVATIONS, "initializers": INITIALIZERS, "normalizations": NORMALIZATIONS}
    for kind, shelf in shelves.items():
        assert list(said[kind]) == list(shelf)
    assert set(said["data"]) == {*DATASETS, "table"} and set(said["labs"]) == set(LAB.choices)
    of_labs = [knob for table in TABLES.values() for knob in table.knobs(str(table().data)).values()]
    assert set(said["knobs"]) == {knob.id for knob in (*NET.values(), SCHEDULE, WARMUP, NET_BAND, *of_labs)}
    told = words(language)["network"]
    assert [each["id"] for each in told["initializers"] if each["sigma"]] == ["constant", "normal", "uniform"]
    by_id = {knob["id"]: knob for knob in told["knobs"]}
    assert set(by_id) == {knob.id for knob in NET.values()}
    assert by_id["activation"]["options"] == [said["activations"][id]["name"] for id in ACTIVATIONS]
    assert by_id["dropout"]["labs"] == ["train", "slice"]
    assert by_id["depth"]["labs"] == ["train", "slice", "init"]
    assert told["inputs"]["choices"][0] == "normal_inputs" and "normal_inputs" not in by_id["data"]["choices"]


def test_what_labs_open_with_is_asked_for_with_an_empty_query():
    """So that what the server makes ready after its start is what is asked for then."""
    told = chosen(read("")[0].network)
    assert told["query"] == told["inside"]["query"] == ""


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_at_its_end_is_whole_and_may_be_kept(name: str):
    """Or whoever waits for it, as the server does after its start, would ask for ever."""
    little = "moons:examples=50,depth=1,width=4,epochs=3"
    network = "moons:depth=1,width=4,steps=9"
    asked = f"net={network}&trainer=sgd&regularization={network},examples=50&batches={little}"
    asked += f"&inside={network}&scales={little}&search={little},side=2,repeats=1"
    while "parts" in NETWORKS[name](asked):
        pass
    answer = answer_to(name, asked)
    assert answer.whole and not answer.missing
