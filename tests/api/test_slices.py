"""Slices by address: before they are sampled, meanwhile and afterwards, by processes that share nothing."""

import base64
import gzip
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import server
from api.answer import answer
from api.by_address import OF_ANY_GROUND, Answer, answer_to, is_elsewhere, listen
from api.page import page_data
from api.slices import SAMPLED
from api.visit import scene_of, visited
from catalog.patience import NotYet, waiting_at_most
from curvature import critical_points
from curvature.critical_points import search_critical_points
from export.by_name import part_of
from landscapes.find import find
from landscapes.spline import SIDE
from networks.geometry import known, sampled
from optimizers.knobs import RATE
from scenes import default_scene, read

SMALL = "f=slice&through=moons:depth=1,width=4,steps=9"


def told(made: Answer) -> dict[str, Any]:
    return json.loads(gzip.decompress(made.contents))


def asked(name: str, query: str) -> tuple[list[dict[str, Any]], Answer]:
    """Return all that is said until an answer has no parts, and that."""
    said = []
    while True:
        made = answer_to(name, query)
        said.append(told(made))
        if "parts" not in said[-1]:
            return said, made


@pytest.fixture
def forgotten() -> None:
    """This process knows no samples."""
    sampled._KNOWN.clear()


@pytest.mark.usefixtures("forgotten")
def test_an_untrained_slice_is_a_draft_until_somebody_was_told_its_samples():
    before = visited(SMALL)
    assert before["draft"] and before["ground"]["slice"]["sampling"] == f"{SAMPLED}?{SMALL}"
    assert before["ground"]["least"] is None and before["spelling"] == f"v=1&{SMALL}&steps=100"
    said, made = asked(SAMPLED, SMALL)
    assert not made.whole  # so that nobody keeps it
    done = [each["done"] for each in said[:-1]]
    assert done == sorted(done) and all(each["parts"] == 1001 for each in said[:-1])
    assert said[-1]["failed"] is None and len(base64.b64decode(said[-1]["samples"])) == 4 * SIDE**2
    assert answer_to(SAMPLED, SMALL) == made  # asking again is quick, and says the same
    # Another process, which was told.
    sampled._KNOWN.clear()
    assert visited(SMALL)["draft"] and answer(read(SMALL)[0], ())["draft"]
    listen(SAMPLED, SMALL, made)
    after = answer(read(SMALL)[0], ())
    slice_ = after["ground"]["slice"]
    assert not after["draft"] and slice_["sampling"] is None
    assert (slice_["off"], slice_["centre_loss"]) == (said[-1]["off"], said[-1]["centre_loss"])
    assert "&at=" in after["spelling"] and len(after["lanes"]) == 4
    assert all(lane["final"] < slice_["height"] + slice_["centre_loss"] for lane in after["lanes"])
    assert 0 < slice_["off"] < 0.05 * slice_["height"]


@pytest.mark.usefixtures("forgotten")
def test_what_is_asked_of_an_unknown_slice_is_left_to_the_process_that_knows_it():
    for name in ("terrain-light.json", "critical.json", "columns.json", "crowd.json"):
        assert is_elsewhere(name, SMALL) and not is_elsewhere(name, "f=bowl")
    assert all(not is_elsewhere(name, SMALL) for name in OF_ANY_GROUND)
    assert "surface.js" in OF_ANY_GROUND and "net_train.json" in OF_ANY_GROUND
    said, made = asked("critical.json", SMALL)
    assert all(set(each) == {"done", "parts"} for each in said[:-1])
    assert made.whole and said[-1]["points"]
    assert not is_elsewhere("critical.json", SMALL)


@pytest.mark.usefixtures("forgotten")
def test_modules_depend_on_no_samples_and_columns_are_these():
    first = answer_to("surface.js", "f=slice")
    assert first == answer_to("surface.js", SMALL)
    asked(SAMPLED, SMALL)
    assert answer_to("surface.js", SMALL) == first
    engine = answer(read(SMALL)[0], ())["engine"]
    assert engine["surface"] == "surface.js?f=slice" and engine["count"] == 0
    assert engine["columns"] == f"columns.json?{SMALL}"
    packed = told(answer_to("columns.json", SMALL))["values"]
    assert len(base64.b64decode(packed)) == 8 * ((SIDE + 2) ** 2 + 5)


WILD = "f=slice&through=moons:activation=relu,opt=sgd,lr=10,batch=4,steps=100"


@pytest.mark.usefixtures("forgotten")
def test_a_run_that_diverges_is_a_sentence_everywhere():
    said, _ = asked(SAMPLED, WILD)
    assert said[-1]["failed"] == "diverged" and said[-1]["step"] > 0 and said[-1]["samples"] == ""
    made = answer_to("terrain-light.json", WILD)
    assert made.missing and not made.whole
    waiting = visited(WILD)
    assert waiting["draft"]
    # Its training can be looked at all the same: on a surface that is there.
    training, repairs = read(waiting["ground"]["slice"]["training"])
    assert not repairs and training.ground == default_scene().ground and training.view.page == "networks"
    assert training.network.net.activation == "relu" and training.network.trainers[0].knobs[RATE] == 10
    with pytest.raises(ValueError, match="training ends well"):
        part_of("picture.svg", WILD, "http://a/")


def test_of_another_surface_there_are_no_samples():
    assert told(answer_to(SAMPLED, "f=bowl"))["failed"] == "no_slice"
    listen(SAMPLED, "f=bowl", answer_to(SAMPLED, "f=bowl"))


@pytest.mark.usefixtures("forgotten")
def test_a_page_brings_no_picture_of_what_is_not_there():
    assert page_data(SMALL, "light").carried == {}
    asked(SAMPLED, SMALL)
    while page_data(SMALL, "light").answer["draft"]:  # type: ignore[index]
        pass
    assert [*page_data(SMALL, "light").carried] == [f"terrain-light.json?{SMALL}"]


@pytest.mark.usefixtures("forgotten")
def test_no_scene_is_kept_as_it_was_before_its_samples():
    before = scene_of(SMALL)
    assert before.ground.landscape.sampled is None  # type: ignore[union-attr]
    asked(SAMPLED, SMALL)
    assert scene_of(SMALL).ground.landscape.sampled == known(before.ground.landscape.table.question)  # type: ignore[union-attr]


@pytest.mark.usefixtures("forgotten")
def test_the_server_keeps_what_the_other_process_says(monkeypatch: pytest.MonkeyPatch):
    """The other process stands for itself: nothing that it computes stays in this one but what is told."""

    def aside(_: Any, name: str, query: str) -> Answer:
        mine = {key: sampled._KNOWN.peek(key) for key in everything()}
        sampled._KNOWN.clear()
        for key, value in theirs.items():
            sampled._KNOWN.get(key, lambda value=value: value)
        try:
            return answer_to(name, query)
        finally:
            theirs.update({key: sampled._KNOWN.peek(key) for key in everything()})
            sampled._KNOWN.clear()
            for key, value in mine.items():
                if value is not None:
                    sampled._KNOWN.get(key, lambda value=value: value)

    everything = sampled._KNOWN.keys
    theirs: dict[Any, Any] = {}
    monkeypatch.setattr(server.ASIDE, "run", aside)
    query = SMALL.replace("steps=9", "steps=11")
    assert not told(server._answer("critical.json", query)).keys() & {"parts"}  # quick ones are waited for
    assert theirs and visited(query)["draft"]
    assert not told(server._answer(SAMPLED, query)).keys() & {"parts"}
    assert is_elsewhere("critical.json", query) is False
    server.ANSWERS.clear()


def test_who_cannot_wait_for_a_program_spoils_no_search():
    """As when a race is compiled already, and the search for its minima is not."""
    landscape = replace(find("saddle_between_valleys"), id="unknown", data=np.zeros(3))
    landscape = replace(landscape, loss=lambda p, data, **_: (p @ p - 1) ** 2 + data[0] + p[0] / 9)
    with waiting_at_most(5), pytest.raises(NotYet):
        search_critical_points(landscape, {}, 5)
    assert search_critical_points(landscape, {}, 60)
    assert critical_points(landscape, {}).points


def test_exports_wait_for_samples_and_code_is_refused_with_a_sentence():
    asked(SAMPLED, SMALL)
    drawn = part_of("picture.svg", SMALL, "http://a/")
    assert drawn is not None and b"<svg" in drawn
    with pytest.raises(
        ValueError,
        match=r"race_numpy\.py cannot be written .* Expected a surface that is a formula",
    ):
        part_of("race_numpy.py", SMALL, "http://a/")
