"""What is told of the book's experiments: as it is kept, and why it differs where it does."""

import base64
from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from api.messages import words
from api.networks.book import Row, net_book, passes, ranking, reason
from locales import LANGUAGES
from scenes.network_book import FIGURE
from studies.networks.book import EXPERIMENTS
from studies.networks.book_results import results
from tests.api.responses import response

KNOWN = results()


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return response("net_book", "")


def test_figures_are_those_that_were_run_in_the_order_of_the_book(told: dict[str, Any]):
    ids = [each["id"] for each in told["experiments"]]
    assert ids == [id for id in FIGURE.choices if id in KNOWN]
    for language in LANGUAGES:
        said = words(language)["network"]["book"]
        assert said["figure"]["choices"] == ids
        assert len(said["figure"]["options"]) == len(ids)


def test_curves_are_told_as_they_are_kept(told: dict[str, Any]):
    for each in told["experiments"]:
        for lane, kept in zip(each["lanes"], KNOWN[each["id"]]["lanes"], strict=False):
            assert lane["id"] == kept["id"]
            for curve in lane["curves"]:
                for name in ("median", "low", "high"):
                    sent = np.frombuffer(base64.b64decode(curve[name]), "<f4")
                    values = kept["curves"][curve["id"]][name]
                    known = [k for k, value in enumerate(values) if value is not None]
                    assert sent[known] == pytest.approx([values[k] for k in known], rel=1e-6)
                    assert len(sent) == len(EXPERIMENTS[each["id"]].x)


def test_every_row_and_lane_has_its_words(told: dict[str, Any]):
    for language in LANGUAGES:
        said = words(language)["network"]["book"]
        for each in told["experiments"]:
            assert {lane["id"] for lane in each["lanes"]} <= set(said["lanes"])
            for row in each["rows"]:
                assert (row["why"] is None) == row["agree"]
                assert row["why"] is None or row["why"] in said["why"]
                assert row["curve"] in said["curves"] and row["lane"] in said["lanes"]
                assert row["outcome"] is None or row["outcome"] in said["outcomes"]


def test_bands_are_worth_what_is_said(told: dict[str, Any]):
    """Of n + 1 runs that are alike each is as likely the least or the largest."""
    random = np.random.default_rng(1)
    runs = random.normal(size=(40_000, 11))
    share = ((runs[:, 0] > runs[:, 1:].min(axis=1)) & (runs[:, 0] < runs[:, 1:].max(axis=1))).mean()
    for each in told["experiments"]:
        assert each["seeds"] == 10
        assert each["within"] == pytest.approx(share, abs=0.01)


ROW = Row("he", "loss", 1000.0, 0.2, 0.1, 0.05, 0.15, False, (0.1,))


@pytest.mark.parametrize(
    ("experiment", "row", "why"),
    [
        ("starting_weights", ROW, "fewer"),
        ("starting_weights", replace(ROW, median=0.3), "open"),
        ("starting_weights", replace(ROW, x=20.0), "open"),
        ("starting_weights", replace(ROW, agree=True), None),
        ("dropout", replace(ROW, lane="divided", curve="train"), "divided"),
        ("batch_norm", replace(ROW, lane="batch", curve="train", x=1e-4), "epsilon"),
        ("batch_norm", replace(ROW, lane="plain", curve="train", x=1e-4), "open"),
        ("weight_decay", replace(ROW, lane="decay", curve="train"), "open"),
    ],
)
def test_reasons_are_given_where_they_hold(experiment: str, row: Row, why: str | None):
    assert reason(EXPERIMENTS[experiment], row) == why


def test_how_often_images_were_seen_is_counted():
    seen = passes(EXPERIMENTS["optimizers"], 1000)
    assert seen is not None
    assert seen["ours"] == 128 * 1000 / 4000 == 32
    assert seen["book"] == pytest.approx(2.1333, abs=1e-4)
    assert passes(EXPERIMENTS["weight_decay"], 200) is None


def test_dropout_without_division_is_what_the_book_prints(told: dict[str, Any]):
    """The sentence on division claims that the printed numbers are those of networks that do not divide."""
    rows = next(each for each in told["experiments"] if each["id"] == "dropout")["rows"]
    agree = {(row["lane"], row["curve"]): row["agree"] for row in rows}
    assert agree == {
        ("undivided", "train"): True,
        ("undivided", "test"): True,
        ("divided", "train"): False,
        ("divided", "test"): False,
    }
    assert all(row["low"] > row["printed"] for row in rows if row["lane"] == "divided")


def test_the_number_below_the_root_is_why_small_weights_learn_less(told: dict[str, Any]):
    """The sentence claims that ours come to what is printed with the book's number."""
    normed = next(each for each in told["experiments"] if each["id"] == "batch_norm")
    row = next(row for row in normed["rows"] if row["why"] == "epsilon")
    assert normed["answer"]["low_epsilon"] - 0.02 <= row["printed"] <= normed["answer"]["high_epsilon"] + 0.02
    assert row["high"] < normed["answer"]["low_epsilon"]


def test_a_hundred_points_rank_nothing():
    said = ranking()
    shares = [0.71, 0.77, 0.75, 0.76]
    assert said["error"] == pytest.approx(sqrt(0.75 * 0.25 / 100))
    both = 0.71 * 0.29 + 0.77 * 0.23
    assert said["difference"] == pytest.approx(0.06)
    assert said["z"] == pytest.approx(0.06 / sqrt(both / 100))
    assert 0.06 / sqrt(both / said["needed"]) >= 1.96 > 0.06 / sqrt(both / (said["needed"] - 1))
    assert [lane["share"] for lane in said["lanes"]] == shares
    lowest, highest = max(lane["low"] for lane in said["lanes"]), min(lane["high"] for lane in said["lanes"])
    assert lowest < highest, "all intervals overlap"


def test_it_is_a_small_answer(told: dict[str, Any]):
    assert told == net_book("")
    assert all(np.isfinite(row["printed"]) for each in told["experiments"] for row in each["rows"])
