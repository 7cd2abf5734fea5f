"""Flat and sharp minima, against surfaces on which all is known."""

import base64

import numpy as np
import pytest

from descent import race
from scenes import read
from studies.flat_and_sharp import MOST, SAMPLES
from tests.api.responses import response


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4").astype(float)


def loss(x: float, y: float) -> float:
    a, b = (x + 2) ** 2 + y**2, (x - 2) ** 2 + y**2
    return a * b / (0.25 * a + 4 * b)


def test_the_flat_and_the_sharp_one():
    answer = response("minima", "f=flat_vs_sharp&shift=0.4&radius=0.1")
    flat, sharp = answer["minima"]
    assert flat["point"] == pytest.approx([-2, 0], abs=1e-6) and flat["flattest"] and not flat["sharpest"]
    assert sharp["point"] == pytest.approx([2, 0], abs=1e-6) and sharp["sharpest"] and not sharp["flattest"]
    assert (flat["largest"], sharp["largest"]) == pytest.approx((0.5, 8))
    assert answer["way"] == pytest.approx([1, 0]) and answer["moved"] == pytest.approx([0.4, 0])
    # L(θ − s·u): the test loss where the training loss is least.
    assert flat["test"] == pytest.approx(loss(-2.4, 0)) and sharp["test"] == pytest.approx(loss(1.6, 0))
    assert flat["worst"] == pytest.approx(0.01 / 4, rel=0.02)
    assert sharp["sharpness"] == pytest.approx(100 * sharp["worst"])


def test_a_wider_radius_is_worse_and_no_shift_costs_nothing():
    near, far = (response("minima", f"f=flat_vs_sharp&shift=0&radius={r}")["minima"] for r in (0.1, 0.5))
    for one, other in zip(near, far, strict=True):
        assert one["worst"] < other["worst"]
        assert one["test"] == one["loss"]


def test_the_slice_goes_through_both():
    told_slice = response("minima", "f=flat_vs_sharp&shift=0.4")["slice"]
    at, train, test = (floats(told_slice[name]) for name in ("at", "train", "test"))
    assert len(at) == SAMPLES and at[0] < 0 < 4 < at[-1]
    np.testing.assert_allclose(train, [loss(t - 2, 0) for t in at], atol=1e-6)
    np.testing.assert_allclose(test, [loss(t - 2.4, 0) for t in at], atol=1e-6)
    assert told_slice["marks"] == {"at": [0, pytest.approx(4)], "train": pytest.approx([0, 0], abs=1e-12)}
    assert at[0] >= -3 and at[-1] <= 7, "within the box"


def test_the_lanes_are_judged_where_they_ended():
    query = "f=flat_vs_sharp&noise=1&shift=0.4&lane=sgd&lane=adam"
    paths = race(read(query)[0].runs())
    for lane, path in zip(response("minima", query)["lanes"], paths, strict=True):
        x, y = path.points[-1]
        assert (lane["train"], lane["test"]) == pytest.approx((loss(x, y), loss(x - 0.4, y)))


@pytest.mark.parametrize(("query", "count"), [("f=bowl", 1), ("f=saddle", 0), ("f=himmelblau", 4)])
def test_other_surfaces(query: str, count: int):
    answer = response("minima", query)
    assert len(answer["minima"]) == count
    assert (answer["slice"] is None) == (count == 0)
    assert answer["differ"] == (count > 1)
    assert sum(row["flattest"] for row in answer["minima"]) == (1 if count > 1 else 0)


def test_at_most_six_are_told_and_the_lowest_come_first():
    answer = response("minima", "f=rastrigin")
    losses = [row["loss"] for row in answer["minima"]]
    assert len(losses) == MOST < answer["count"] and losses == sorted(losses)


def test_equally_flat_minima_are_no_pair():
    assert not response("minima", "f=double_well")["differ"]
