"""What is told of paths between solutions and of critical points, meanwhile and in the end."""

import base64
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks import lines
from api.networks.lines import net_lines
from api.networks.saddles import net_saddles, question_of
from networks.geometry.critical_points import semicircle_share
from scenes import read
from studies.mode_connectivity import crossed, pairs_so_far
from studies.saddle_points import left_so_far, relation, searched_so_far
from tests.api.responses import told

LINES = "lines=moons:examples=50,depth=1,width=6,batch=25,epochs=10,pairs=2,cuts=10,bend=20"
SADDLES = "saddles=moons:examples=30,width=6,searches=5"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def test_pairs_are_told_as_they_come():
    seen = told("net_lines.json", LINES)
    done = [each["done"] for each in seen[:-1]]
    assert done == sorted(done) and all(each["parts"] == 201 for each in seen[:-1])
    assert all(each["finding"] is None for each in seen[:-1])
    last = seen[-1]
    question = lines.question_of(read(LINES)[0].network.lines)
    known = pairs_so_far(question)
    assert np.allclose(floats(last["places"]), question.places) and last["second"] == "seed"
    assert [pair["seeds"] for pair in last["pairs"]] == [[0, 1], [2, 3]]
    for pair, walked in zip(last["pairs"], known, strict=True):
        assert [path["id"] for path in pair["paths"]] == ["start", "straight", "matched", "bent"]
        for path in pair["paths"]:
            assert np.allclose(floats(path["loss"]), walked.losses[path["id"]], equal_nan=True)
            assert np.allclose(floats(path["accuracy"]), walked.accuracies[path["id"]], equal_nan=True)
    found = crossed(question, known)
    assert found is not None and last["finding"] == asdict(found)
    # What is drawn asks for nothing new.
    assert net_lines(f"{LINES},drawn=accuracy") == last


def test_points_are_told_as_they_are_found_and_how_one_is_left():
    seen = told("net_saddles.json", SADDLES)
    done = [each["done"] for each in seen[:-1]]
    assert done == sorted(done) and all(each["parts"] == 35 and each["finding"] is None for each in seen[:-1])
    last = seen[-1]
    question = question_of(read(SADDLES)[0].network.saddles)
    known = searched_so_far(question)
    assert [each["parameters"] for each in last["networks"]] == [12, 22, 32]
    for each, searched, network in zip(last["networks"], known, question.networks, strict=True):
        points, count = searched.points, network.plan.parameters
        assert (each["searches"], each["failed"]) == (5, searched.failed)
        assert np.allclose(floats(each["loss"]), [point.loss for point in points])
        assert np.allclose(floats(each["negative"]), [point.index / count for point in points])
        assert np.allclose(floats(each["predicted"]), [semicircle_share(p.eigenvalues) for p in points])
    relations = [relation(*each) for each in zip(question.networks, known, strict=True)]
    assert last["finding"] == [None if each is None else asdict(each) for each in relations]
    left = left_so_far(question)
    assert left is not None
    point, way = known[-1].points[left.number], last["left"]
    assert (way["negative"], way["loss"], way["parameters"]) == (point.index, point.loss, 32)
    assert floats(way["counts"]).sum() == 32 and len(floats(way["edges"])) == len(floats(way["counts"])) + 1
    assert way["radius"] == pytest.approx(2 * point.eigenvalues.std())
    assert way["ends"] == [rows[-1][1] for rows in left.ways] and max(way["ends"]) < way["loss"]
    assert net_saddles(SADDLES) == last
