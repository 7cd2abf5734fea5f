"""Where ensembles end, held against surfaces on which it is known and against single runs."""

import base64
import zlib
from dataclasses import replace

import numpy as np
import pytest

from api.ensembles import DRAWN, LISTED, MARGIN, MEMBERS, MOST_LISTED
from descent import descend
from scenes import read
from tests.api.responses import response

NOISY = "f=double_well&noise=0.3&steps=60&lane=sgd:lr=0.05&lane=momentum:lr=0.02"


def counts(answer: dict) -> int:
    """Return how many members have been counted somewhere."""
    rows = sum(row["count"] for row in answer["rows"])
    return rows + sum(answer[name]["count"] for name in ("elsewhere", "outside", "diverged"))


@pytest.mark.parametrize("ensemble", ["seeds", "starts"])
@pytest.mark.parametrize("lane", [0, 1])
def test_everybody_is_counted_once(lane: int, ensemble: str):
    answer = response("crowd", f"{NOISY}&of={lane}&crowd={ensemble}")
    assert (answer["lane"], answer["members"]) == (lane, MEMBERS)
    assert counts(answer) == MEMBERS
    assert answer["lowest"]["count"] + answer["others"]["count"] == sum(r["count"] for r in answer["rows"])
    for row in answer["rows"]:
        assert row["low"] <= row["share"] == row["count"] / MEMBERS <= row["high"]


def test_a_symmetric_surface_is_found_symmetric():
    """From starts all over a box that is symmetric in x, half of the runs end on either side."""
    answer = response("crowd", f"{NOISY}&crowd=starts")
    left, right = answer["rows"]
    assert left["point"][0] < 0 < right["point"][0]
    assert left["lowest"] and right["lowest"]
    assert left["low"] < 0.5 < left["high"]


def test_runs_that_leave_or_diverge_are_in_no_basin():
    left = response("crowd", "f=saddle&noise=0.1&lane=sgd:lr=0.1&steps=50")
    assert left["outside"]["count"] > 0 and left["rows"] == []
    assert left["outside"]["count"] + left["diverged"]["count"] + left["elsewhere"]["count"] == MEMBERS
    gone = response("crowd", "f=bowl&noise=0.1&lane=sgd:lr=50&steps=100")
    assert gone["diverged"]["count"] == MEMBERS and counts(gone) == MEMBERS


def test_without_chance_seeds_are_no_ensemble():
    assert response("crowd", "f=double_well&lane=sgd:lr=0.05") == {"lane": 0, "chance": False}
    assert response("cloud", "f=double_well&lane=sgd:lr=0.05") == {"lane": 0, "chance": False}
    assert response("crowd", "f=double_well&lane=sgd:lr=0.05&crowd=starts")["chance"]


def test_where_there_are_very_many_minima_few_are_listed():
    answer = response("crowd", "f=rastrigin&lane=sgd:lr=0.0005&steps=50&crowd=starts")
    assert len(answer["rows"]) == MOST_LISTED + 1
    assert answer["rows"][-1]["more"] > LISTED
    assert answer["rows"][0]["lowest"] and counts(answer) == MEMBERS


def unpacked(answer: dict) -> np.ndarray:
    """Return the shares (K, n, 2) of the widened box that a cloud holds."""
    numbers = np.frombuffer(base64.b64decode(answer["points"]), "<u2").astype(float) / 65535
    return numbers.reshape(len(answer["steps"]), answer["members"], 2)


def test_the_cloud_holds_the_ways_of_the_first_members():
    query = f"{NOISY}&of=1"
    answer = response("cloud", query)
    assert (answer["steps"][0], answer["steps"][-1], answer["members"]) == (0, 60, DRAWN)
    scene = read(query)[0]
    box = np.array(scene.ground.surface.box)
    low, side = box[:, 0], np.ptp(box, axis=1)
    points = low - MARGIN * side + unpacked(answer) * (1 + 2 * MARGIN) * side
    for member in (0, 1, 599):
        run = scene.runs()[1]
        path = descend(replace(run, seed=run.seed + member)).points[answer["steps"]]
        np.testing.assert_allclose(points[:, member], path, atol=float(side.max()) / 65535)


def test_the_cloud_is_small_enough_to_send():
    answer = response("cloud", "f=rastrigin&noise=1&lane=adam&steps=1000&crowd=starts")
    assert len(zlib.compress(answer["points"].encode(), 6)) < 150_000


def test_reaching_the_global_minimum():
    everybody = response("reach", "f=round_bowl&lane=sgd:lr=0.1&steps=300")
    assert everybody["known"] and everybody["count"] == MEMBERS and everybody["high"] == 1
    nobody = response("reach", "f=round_bowl&lane=sgd:lr=0.000001&steps=1")
    assert nobody["share"] < 0.02  # only those that start there
    assert response("reach", "f=saddle&lane=sgd") == {"lane": 0, "known": False}


def test_methods_reach_it_for_equally_many_gradients():
    """A step of Newton's method costs three gradients."""
    assert response("reach", "f=bowl&lane=newton&steps=30")["steps"] == 10
    assert response("reach", "f=bowl&lane=newton&steps=1")["steps"] == 1
