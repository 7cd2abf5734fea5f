"""The book's experiments, run again: what is kept is what they say, and the book's dropout is the book's."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from networks import DATASETS, Network, Training, train
from networks.batches import chosen_examples
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.layers import arrays_of
from networks.normalizations import EPSILON
from networks.programs import kept_units
from scenes.network_book import FIGURE
from studies.networks import book
from studies.networks.book import EXPERIMENTS, SEEDS
from studies.networks.book_results import FILE, Row, banded, merged, results, rows, summary
from studies.networks.drawn import Drawn
from studies.networks.undivided import factors, other_epsilon, undivided
from tools import book as tool

KNOWN = results()


def test_every_experiment_has_its_place_in_the_link():
    assert set(FIGURE.choices) == set(EXPERIMENTS)
    assert FIGURE.default in KNOWN, "what a reader sees first was run"


@pytest.mark.parametrize("id", KNOWN)
def test_what_is_kept_hangs_together(id: str):
    kept, experiment = KNOWN[id], EXPERIMENTS[id]
    assert kept["seeds"] >= SEEDS
    assert kept["settings"] == json.loads(json.dumps(dict(experiment.settings)))
    assert kept["x"] == pytest.approx(experiment.x, rel=1e-4)
    lanes = {lane["id"]: lane["curves"] for lane in kept["lanes"]}
    assert list(lanes) == list(experiment.lanes)
    for row, printed in zip(rows(experiment, kept), experiment.printed, strict=True):
        curve = lanes[row.lane][row.curve]
        assert len(row.seeds) == kept["seeds"]
        middle, low, high = (curve[name][printed.at] for name in ("median", "low", "high"))
        assert (row.median, row.low, row.high) == pytest.approx((middle, low, high), rel=1e-4)
        assert min(row.seeds) <= row.low <= row.median <= row.high <= max(row.seeds)
        assert row.agree == (row.low - printed.half <= row.printed <= row.high + printed.half)


def test_nothing_of_a_machine_is_kept():
    assert not re.search(r"/|\\", FILE.read_text("utf-8"))


# A training run amplifies how a processor rounds: a share of 300 images may differ by a few of them.
@pytest.mark.parametrize(
    ("id", "lane", "within"),
    [
        ("activations", "sigmoid_1", 1e-3),
        ("activations", "sigmoid_01", 1e-4),
        ("weight_decay", "decay", 0.03),
        ("dropout", "undivided", 0.06),
    ],
)
def test_one_seed_says_again_what_is_kept(id: str, lane: str, within: float):
    experiment, kept = EXPERIMENTS[id], KNOWN[id]
    again = experiment.run(lane, 3)
    compared = [each for each in kept["printed"] if each["lane"] == lane]
    assert compared
    for each in compared:
        assert again[each["curve"]][each["at"]] == pytest.approx(each["seeds"][3], abs=within)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Training]]:
    """Catch the runs that an experiment asks for, before they are computed."""
    caught: list[Training] = []

    class Caught(Exception):
        pass

    def catch(training: Training) -> Any:
        caught.append(training)
        raise Caught

    monkeypatch.setattr(book, "train", catch)
    monkeypatch.setattr(book, "undivided", catch)
    for experiment in EXPERIMENTS.values():
        for lane in experiment.lanes:
            try:
                experiment.run(lane, 1)
            except Caught:
                caught[-1] = replace(caught[-1])
                CAUGHT[experiment.id, lane] = caught[-1]
    yield caught


CAUGHT: dict[tuple[str, str], Training] = {}
LAYERS = {
    "starting_weights": 4,
    "optimizers": 4,
    "batch_norm": 5,
    "weight_decay": 6,
    "dropout": 6,
    "search": 6,
}


def test_the_settings_that_are_told_are_those_of_the_runs(asked: list[Training]):
    assert asked
    assert {id for id, _ in CAUGHT} == set(LAYERS)
    for (id, lane), run in CAUGHT.items():
        settings, network = EXPERIMENTS[id].settings, run.network
        assert network.widths == (100,) * LAYERS[id]
        assert network.activation == "relu"
        data = network.data if isinstance(network.data, Drawn) else DATASETS[str(network.data)]
        assert (data.train, data.inputs) == (settings["examples"], 784)
        assert run.batch == settings["batch"]
        assert run.steps == settings["steps"] + (EXPERIMENTS[id].axis == "step"), (
            "a loss after the last step belongs to one more"
        )
        assert run.rate == settings.get("rate", run.rate)
        assert run.weight_decay == (
            settings.get("decay", run.weight_decay) if lane == "decay" else run.weight_decay
        )
        dropped = settings.get("dropout", 0) if lane.endswith("divided") else 0
        assert network.dropout == dropped
    assert CAUGHT["search", "random"].network.data.validation == 100  # type: ignore[union-attr]
    assert CAUGHT["starting_weights", "he"] == CAUGHT["optimizers", "sgd"], "they are kept as one"


def test_few_images_are_drawn_anew_for_each_seed():
    first, second = (Drawn(DATASETS["mnist"], 50, seed, 20).load() for seed in (0, 1))
    assert first.train_inputs.shape == (50, 784)
    assert first.validation_inputs.shape == (20, 784)
    assert not np.array_equal(first.train_inputs, second.train_inputs)
    again = Drawn(DATASETS["mnist"], 50, 0, 20).load()
    assert np.array_equal(first.train_inputs, again.train_inputs)
    held = {row.tobytes() for row in first.validation_inputs}
    assert held.isdisjoint(row.tobytes() for row in first.train_inputs)


def plain_dropout(run: Training) -> list[list[float]]:
    """Train as the book does, in float64: loss and share right of validation, times 1 − p and times p."""
    plan, p = run.network.plan, run.network.dropout
    groups, last = arrays_of(plan, first_weights(run.network, run.seed).astype(float))
    layers = [
        {name: np.array(each[name][k]) for name in "Wb"} for each in groups for k in range(len(each["W"]))
    ]
    layers.append({name: np.array(last[name]) for name in "Wb"})
    data = examples_of(run.network.data)
    x, labels = data.train_inputs.astype(float), data.train_labels
    for step in range(run.steps):
        seen = chosen_examples(len(labels), run.batch, run.seed, step, 1)[0]
        drawn = kept_units(plan, np.uint32(run.seed), jnp.int32(step), run.batch, np.float32(p))
        masks = [np.asarray(mask) > 0 for group in drawn for mask in group]
        h, passed = x[seen], []
        for layer, mask in zip(layers, masks, strict=False):
            z = h @ layer["W"] + layer["b"]
            passed.append((h, z, mask))
            h = np.maximum(z, 0) * mask
        scores = h @ layers[-1]["W"] + layers[-1]["b"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        back = (powers / powers.sum(axis=1, keepdims=True) - np.eye(plan.classes)[labels[seen]]) / len(seen)
        moves = [(h.T @ back, back.sum(axis=0))]
        back = back @ layers[-1]["W"].T
        for layer, (before, z, mask) in zip(reversed(layers[:-1]), reversed(passed), strict=True):
            back = back * mask * (z > 0)
            moves.append((before.T @ back, back.sum(axis=0)))
            back = back @ layer["W"].T
        for layer, (weights, offsets) in zip(reversed(layers), moves, strict=True):
            layer["W"] -= run.rate * weights
            layer["b"] -= run.rate * offsets
    told = []
    for factor in (1 - p, p):
        h = data.validation_inputs.astype(float)
        for layer in layers[:-1]:
            h = factor * np.maximum(h @ layer["W"] + layer["b"], 0)
        scores = h @ layers[-1]["W"] + layers[-1]["b"]
        chances = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        truth = data.validation_labels
        told.append([-chances[np.arange(len(truth)), truth].mean(), (scores.argmax(axis=1) == truth).mean()])
    return told


def test_dropout_that_does_not_divide_is_the_books():
    few = Drawn(DATASETS["digits"], 60, 2, 100)
    run = Training(
        Network(few, (20, 20, 20), "relu", "he_normal", dropout=0.3),
        "sgd",
        {"learning_rate": 0.1},
        batch=20,
        steps=90,
        seed=5,
    )
    shares, ends = undivided(run)
    expected = plain_dropout(run)
    assert shares.shape == (41, 2)
    assert ends[:, 0] == pytest.approx(np.array(expected)[:, 0], rel=1e-3)
    assert shares[-1, 1] == ends[0, 1] == pytest.approx(expected[0][1], abs=0.011)
    assert expected[0][0] < 2.2, "it has learned something"


def test_another_number_below_the_root_is_another_network_of_ours():
    few = Drawn(DATASETS["digits"], 60, 2, 100)
    network = Network(few, (20, 20), "relu", "normal", 3e-4, "batch")
    run = Training(network, "sgd", {"learning_rate": 0.05}, batch=20, steps=150, seed=5)
    ours = float(train(run).train_accuracy[-1])
    assert other_epsilon(run, EPSILON) == pytest.approx(ours, abs=0.02), "the same number is the same network"
    assert other_epsilon(run, EPSILON / 100) > ours + 0.05, "small weights are lifted above a smaller one"


def test_what_cannot_be_run_without_division_is_said():
    with pytest.raises(ValueError, match="plain gradient descent with batches"):
        undivided(Training(Network("moons", dropout=0.5), "adam", batch=20))


def test_only_weights_behind_a_dropped_layer_have_a_factor():
    plan = Network("moons", (3, 3)).plan
    told = factors(plan, 0.5)
    assert [told[place.start] for place in plan.places] == [1, 1, 0.5, 1, 0.5, 1]


def test_a_search_says_what_its_trials_say():
    asked = np.array([[1e-8, 1e-5], [1e-6, 5e-3], [1e-5, 9e-4], [1e-4, 1e-2]])
    found = np.array([0.1, 0.8, 0.3, 0.5])
    best, rate, slow, count, decades = book._outcome(asked, found)
    assert (best, rate, slow, count, decades) == (0.8, 5e-3, 0.3, 2, 4)
    drawn = book.trials(0)
    assert drawn.shape == (100, 2)
    low, high = np.log10(drawn.min(axis=0)), np.log10(drawn.max(axis=0))
    assert (low >= (-8, -6)).all() and (low < (-7.8, -5.8)).all()
    assert (high <= (-4, -2)).all() and (high > (-4.2, -2.2)).all()


def test_a_band_lies_between_quantiles():
    middle, low, high = banded(np.arange(41.0))
    assert (middle, low, high) == (20, 1, 39)


def test_results_stand_in_the_order_of_the_experiments():
    text = merged("{}", {"id": "optimizers"})
    text = merged(text, {"id": "activations"})
    assert list(json.loads(merged(text, {"id": "optimizers", "new": 1}))) == ["activations", "optimizers"]
    assert json.loads(text)["optimizers"] == {"id": "optimizers"}


def test_what_was_not_a_number_is_not_told():
    experiment = replace(EXPERIMENTS["starting_weights"], lanes=("he",), printed=())
    curve = [1.0, *[float("nan")] * (len(experiment.x) - 1)]
    kept = summary(experiment, {"he": [{"loss": curve}] * 3})
    assert kept["lanes"][0]["curves"]["loss"]["median"][:2] == [1.0, None]


def test_the_tool_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "results.json"
    monkeypatch.setattr(tool, "FILE", file)
    monkeypatch.setattr("sys.argv", ["book", "activations", "--seeds", "2", "--parts", str(tmp_path)])
    (tmp_path / "activations-sigmoid_1-0.json").write_text(
        json.dumps({"saturated": [0.5] * 5, "std": [1] * 5})
    )
    tool.main()
    kept = json.loads(file.read_text())["activations"]
    assert kept["printed"][0]["seeds"][0] == 0.5, "a run that is there is not computed again"
    assert "sigmoid_1 0:" not in capsys.readouterr().out
    assert kept["seeds"] == 2 and len(list(tmp_path.glob("activations-*.json"))) == 8
    assert isinstance(rows(EXPERIMENTS["activations"], kept)[0], Row)


def test_the_tool_says_what_it_knows(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("sys.argv", ["book", "nothing"])
    with pytest.raises(SystemExit):
        tool.main()
    assert "expected experiments among activations" in capsys.readouterr().err
