"""What is told of slices through the loss of a network that is trained."""

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.slice import PARTS, asked_by, net_slice
from networks import so_far
from networks.geometry import path_on, race_so_far, slice_so_far
from networks.geometry.slices import end_of
from scenes import read, write
from scenes.network_training import trainings
from scenes.slice_knobs import SLICE

NET = "net=moons:depth=1,width=5,steps=40&trainer=sgd:lr=0.5&trainer=adam:lr=0.05"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def told(query: str) -> list[dict[str, Any]]:
    """Return all answers until the whole one."""
    seen: list[dict[str, Any]] = []
    while not seen or "parts" in seen[-1]:
        seen.append(net_slice(query))
        assert len(seen) < 2000
    return seen


def test_a_slice_is_told_as_it_grows_with_all_paths_on_it():
    query = f"{NET}&slicepoints=21&slicerace=on&of=1"
    seen = told(query)
    done = [each["done"] for each in seen[:-1]]
    assert done == sorted(done) and all(0 <= each < PARTS for each in done)
    last = seen[-1]
    asked = asked_by(query)
    question = asked.question()
    assert question is not None and question.training == asked.runs[1]
    found = slice_so_far(question)
    np.testing.assert_array_equal(floats(last["losses"]).reshape(21, 21), found.losses)
    assert last["centre"] == found.centre_loss and last["points"] == last["asked"] == 21
    assert (last["kind"], last["lane"]) == ("path", 1) and 0 < sum(last["shares"]) <= 1.0001
    for lane, (sent, run) in enumerate(zip(last["paths"], asked.runs, strict=True)):
        path = path_on(question, run)
        np.testing.assert_allclose(floats(sent["relative"]), path.relative, rtol=1e-6)
        np.testing.assert_allclose(floats(sent["a"]), path.coordinates[:, 0], rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(floats(sent["true"]), path.true)
        race = race_so_far(question, run)
        assert race is not None and race.whole
        np.testing.assert_array_equal(floats(last["race"][lane]["losses"]), race.losses)
    finding = last["finding"]
    own = floats(last["paths"][1]["relative"])
    assert finding["own"] == pytest.approx(np.nanmedian(own), rel=1e-5)
    assert finding["others"] == pytest.approx(np.nanmedian(floats(last["paths"][0]["relative"])), rel=1e-5)
    assert net_slice(query) == last


def test_a_plane_goes_through_the_ends_of_other_trainers_or_seeds():
    last = told(f"{NET}&slicepoints=3&slice=trainers")[-1]
    ends = last["ends"]
    assert len(ends) == 1 and ends[0]["seed"] is None
    assert (ends[0]["a"], ends[0]["b"]) == pytest.approx((1.0, 0.0), abs=1e-5)
    last = told(f"{NET}&slicepoints=3&slice=seeds")[-1]
    assert [each["seed"] for each in last["ends"]] == [1, 2]
    assert last["race"] == [] and len(last["paths"]) == 2


def test_what_cannot_be_sliced_is_said():
    lost = told("net=moons:depth=2,width=8,decay=1,steps=60&trainer=sgd:lr=100&slicepoints=3")[-1]
    assert lost["diverged"] is not None and lost["finding"] is None and lost["losses"] == ""
    alone = told("net=moons:depth=1,width=5,steps=40&trainer=sgd:lr=0.5&slicepoints=3&slice=trainers")[-1]
    assert alone["flat"] and alone["diverged"] is None
    short = told("net=moons:depth=1,width=5,steps=1&trainer=sgd:lr=0.5&slicepoints=3")[-1]
    assert short["flat"] or short["finding"] is not None


def test_dear_slices_have_fewer_places_and_even_numbers_become_odd():
    asked = asked_by("net=mnist:depth=4,width=128,steps=1&slicepoints=101")
    assert asked.points < 101 and asked.points % 2
    assert asked_by(f"{NET}&slicepoints=20").points == 19


def test_a_link_has_all_settings_of_the_lab():
    link = "slice=random&slicenorm=length&sliceextent=0.5&slicepoints=21&sliceseed=4&slicerace=on"
    view = read(link)[0].view
    assert (view.slice_kind, view.slice_norm, view.slice_extent) == ("random", "length", 0.5)
    assert (view.slice_points, view.slice_seed, view.slice_race) == (21, 4, "on")
    scene, repairs = read("slice=cube&slicepoints=999")
    assert [each.why for each in repairs] == ["unknown_choice", "out_of_range"]
    assert scene.view.slice_kind == "path" and len(SLICE) == 6
    assert "slice" not in write(scene)


def test_the_trainers_end_is_the_middle_of_its_picture():
    query = f"{NET}&slicepoints=5&slice=random"
    last = told(query)[-1]
    run = trainings(read(query)[0].network)[0]
    path = last["paths"][0]
    assert floats(path["steps"])[-1] == so_far(run).measured[-1] == 40
    assert (floats(path["a"])[-1], floats(path["b"])[-1]) == pytest.approx((0, 0), abs=1e-5)
    assert floats(last["losses"])[12] == pytest.approx(last["centre"], abs=1e-6)
    assert len(end_of(run)) == run.network.plan.parameters
