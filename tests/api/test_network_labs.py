"""What is told of labs that train many networks at once."""

import base64
import math
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.chosen import chosen
from api.networks.normalization import _line
from api.networks.registry import NETWORKS
from api.networks.search import search_of
from networks.abreast import curves_so_far
from networks.training import step_cost
from scenes import read
from studies import small_batches
from studies.bearable_rates import SEEDS, bearable, rate_questions, rates
from studies.random_search import accuracies, best_so_far, found, grid_trials, questions_of, random_trials
from studies.small_batches import at_size, lines, size_questions
from studies.starting_scales import compared, scale_questions, scales
from tests.api.responses import response, told

SEARCH = (
    "search=moons:examples=50,depth=1,width=4,batch=25,epochs=4,side=3,repeats=2,rate_high=100,decay_high=10"
)
SCALES = "scales=digits:examples=200,depth=2,width=8,lr=0.1,batch=50,epochs=3"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def test_the_networks_of_all_sizes_are_told_as_they_learn():
    seen = told("net_scales.json", SCALES)
    for each in seen[:-1]:
        assert each["finding"] is None and 0 <= each["done"] < each["parts"] == 2 * 16 * 12 + 1
    last = seen[-1]
    lab = read(SCALES)[0].network.normalization
    questions = scale_questions(lab.training(), 3)
    known = [curves_so_far(question) for question in questions]
    assert (last["norm"], last["epochs"], last["missing"]) == ("batch", 3, False)
    assert np.allclose(floats(last["values"]), scales())
    for row, curves in zip(last["rows"], known, strict=True):
        assert row["looks"] == 4 and row["diverged"] == list(curves.diverged)
        for name, which in (("train", 2), ("validation", 3)):
            assert np.array_equal(
                floats(row[name]).reshape(16, 4), curves.values[:, :, which].T, equal_nan=True
            )
    finding = compared(*known)
    assert {name: last["finding"][name] for name in ("better", "worse", "held")} == {
        "better": finding.better,
        "worse": finding.worse,
        "held": finding.held,
    }
    assert response("net_scales", SCALES) == {**last, "finding": response("net_scales", SCALES)["finding"]}


def test_networks_at_all_rates_are_told_as_they_learn_and_up_to_which_they_do():
    spelling = f"{SCALES},vary=rates"
    seen = told("net_rates.json", spelling)
    for each in seen[:-1]:
        assert each["finding"] is None and 0 <= each["done"] < each["parts"] == 2 * 16 * SEEDS * 12 + 1
    last = seen[-1]
    lab = read(spelling)[0].network.normalization
    assert lab.training().network.initializer == "he_normal" and lab.idle == ("learning_rate",)
    assert len(lab.trainings()) == 2 * 16 * SEEDS
    rows = [[curves_so_far(question) for question in row] for row in rate_questions(lab.training(), 3)]
    assert (last["norm"], last["epochs"], last["missing"]) == ("batch", 3, False)
    assert np.allclose(floats(last["values"]), rates())
    for row, (curves, *_) in zip(last["rows"], rows, strict=True):
        assert row["looks"] == 4 and row["diverged"] == list(curves.diverged)
        assert np.array_equal(floats(row["train"]).reshape(16, 4), curves.values[:, :, 2].T, equal_nan=True)
    own, plain = map(tuple, rows)
    assert last["finding"] == vars(bearable(own, plain))
    # Whatever the link says of what is varied, and of the rate, which has no say.
    assert NETWORKS["net_rates.json"](SCALES.replace("lr=0.1", "lr=0.2")) == last


@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_batches_of_all_sizes_are_told_seed_by_seed(norm: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(small_batches, "SIZES", (2, 16))  # each size compiles
    spelling = f"scales=moons:examples=50,depth=1,width=4,norm={norm},lr=0.2,batch=20,epochs=2,vary=batches"
    seen = told("net_modes.json", spelling)
    for each in seen[:-1]:
        assert each["finding"] is None and each["done"] < each["parts"] == 2 * 3 * 2 + 1
    last = seen[-1]
    lab = read(spelling)[0].network.normalization
    cells = size_questions(lab.training(), 2)
    own, plain = (tuple(tuple(map(curves_so_far, row)) for row in each) for each in cells)
    known = lines(own, plain)
    assert (last["norm"], last["seeds"], last["missing"]) == (norm, 3, False)
    assert list(floats(last["values"])) == [2, 16]
    assert [line["id"] for line in last["lines"]] == list(known)
    assert list(known) == (["test", "train", "plain"] if norm == "batch" else ["test", "plain"])
    for line in last["lines"]:
        shares = known[line["id"]]
        assert np.allclose(floats(line["mean"]), shares.mean(axis=0))
        assert np.allclose(floats(line["low"]), shares.min(axis=0))
        assert np.allclose(floats(line["high"]), shares.max(axis=0))
    finding = last["finding"]
    assert finding["ends"] == [asdict(at_size(known, k, size)) for k, size in ((0, 2), (1, 16))]
    assert finding["validated"] == 250 and (finding["furthest"] is None) == (norm == "layer")


def test_what_is_known_of_no_seed_yet_has_no_number():
    nan = math.nan
    line = _line("test", np.array([[nan, 0.5], [nan, nan], [nan, 0.75]]))
    assert [list(floats(line[name])) for name in ("mean", "low", "high")] == [
        [pytest.approx(nan, nan_ok=True), value] for value in (0.625, 0.5, 0.75)
    ]


def test_what_is_set_of_the_lab_is_in_the_answer():
    network = read(SCALES)[0].network
    lab = chosen(network)["labs"]["normalization"]
    assert lab["query"] == SCALES and lab["runs"] == 32 and lab["most"]["examples"] == 1437
    assert lab["values"]["norm"] == "batch" and lab["values"]["epochs"] == 3
    # Weights 64·8 + 8·8 + 8·10; offsets 8 + 8 + 10; γ and β 2·(8 + 8).
    assert lab["parameters"] == 64 * 8 + 8 * 8 + 8 * 10 + 26 + 32
    multiplied = 64 * 8 + 8 * 8 + 8 * 10
    run = network.normalization.training()
    assert run.steps == 3 * 4 and step_cost(run) == 3 * 50 * multiplied
    assert lab["cost"] == (12 * 3 * 50 * multiplied + 4 * (200 + 200) * multiplied)


def test_trials_are_told_as_they_come_to_their_end():
    seen = told("net_search.json", SEARCH)
    for each in seen[:-1]:
        assert each["finding"] is None and 0 <= each["done"] < each["parts"] == 8 * 36 + 1
        assert all(way["best"] is None for way in each["ways"])
    last = seen[-1]
    search = search_of(read(SEARCH)[0].network.search)
    assert (last["budget"], last["repeats"], last["examples"], last["missing"]) == (9, 2, 200, False)
    assert last["ranges"] == [1e-6, 100, 1e-8, 10]
    assert len(last["ways"]) == 2
    for way, trials, pooled in zip(
        last["ways"], (random_trials(search), grid_trials(search)), (True, False), strict=True
    ):
        curves = curves_so_far(questions_of(search, trials))
        reached = accuracies(curves, len(trials))
        assert np.allclose(floats(way["rate"]), trials[:, 0]) and np.allclose(
            floats(way["decay"]), trials[:, 1]
        )
        assert np.array_equal(floats(way["accuracy"]), reached.astype(np.float32))
        assert way["diverged"] == [k for k, step in enumerate(curves.diverged) if step >= 0]
        best = best_so_far([reached] if pooled else [reached[:9], reached[9:]], 9)
        for name in ("mean", "low", "high"):
            assert np.array_equal(floats(way["best"][name]), getattr(best, name).astype(np.float32))
    trials = random_trials(search)
    curves = curves_so_far(questions_of(search, trials))
    finding = found(trials, accuracies(curves, 18), curves.diverged >= 0, 200)
    assert {
        **last["finding"],
        **{k: tuple(v) for k, v in last["finding"].items() if isinstance(v, list)},
    } == vars(finding)
    assert last["ways"][0]["diverged"], "Rates up to 100 with λ up to 10 are to be too much for some trial."
