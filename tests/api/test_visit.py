"""Answers by address: what cannot be raced at once is answered by a draft."""

import json
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest

from api import visit
from api.answer import answer
from api.by_address import answer_to
from api.page import page_data
from api.pictures import picture
from api.visit import changed, opened, visited
from catalog.patience import waiting_at_most
from charts.palette import LIGHT
from scenes import read
from tests.api.responses import wait_for_answer

FORMULA = {"do": "formula", "to": "x**2 + 3.217*y**2 + cos(x)"}
METHOD = {"do": "lane_method", "lane": 0, "to": "yogi"}


def address(link: str, *changes: dict[str, Any]) -> str:
    return "&".join((link, *(f"change={quote(json.dumps(change))}" for change in changes)))


@pytest.fixture
def nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Compile nothing in the background, but note what would be."""
    begun: list[str] = []
    monkeypatch.setattr(visit.COMPILING, "begin", lambda name, *_: begun.append(name))
    return begun


@pytest.mark.parametrize(
    ("link", "change"), [("f=bowl", FORMULA), ("formula=x*y%2B0.7193*x**2&at=1,2", METHOD)]
)
def test_what_has_no_programs_is_answered_by_a_draft(
    link: str, change: dict[str, Any], nothing_is_begun: list[str]
) -> None:
    asked = address(link, change)
    said = visited(asked)
    assert nothing_is_begun == [asked]
    whole = answer(*changed(opened(link)[0], [change]))
    assert said["draft"] and said["ground"]["searching"] and not whole["draft"]
    assert said.keys() == whole.keys()
    assert said["ground"].keys() == whole["ground"].keys()
    for key in ("spelling", "view", "budget", "engine", "repairs"):
        assert said[key] == whole[key], key
    for lane, raced in zip(said["lanes"], whole["lanes"], strict=True):
        assert lane.keys() == raced.keys()
        assert lane["ending"] is lane["final"] is None
        assert {k: v for k, v in lane.items() if raced[k] == v}.keys() >= {"id", "knobs", "extras", "epsilon"}


def test_a_draft_becomes_the_answer() -> None:
    asked = address("f=bowl", {"do": "formula", "to": "x**2 + 4.119*y**2 + cos(x)"})
    first, last = visited(asked), wait_for_answer(asked)
    assert first["draft"] and not last["draft"]
    assert last["spelling"] == first["spelling"]
    assert all(lane["ending"] for lane in last["lanes"])


def test_where_a_race_cannot_begin_the_last_word_says_so() -> None:
    formula = {"do": "formula", "to": "log(x) + 2.931*y**2"}
    asked = address("f=bowl", formula, {"do": "start", "to": [-1, 2]})
    assert visited(asked)["draft"]
    last = wait_for_answer(asked)
    assert [repair["why"] for repair in last["repairs"]] == ["undefined_start"]


def test_all_that_a_draft_is_shown_with_is_there_at_once(nothing_is_begun: list[str]) -> None:
    said = visited("formula=x**2%2B5.313*y**2&lane=sgd&lane=adam:schedule=cosine")
    ground, engine = said["ground"]["query"], said["engine"]
    names = [engine["surface"], *(lane["step"] for lane in engine["lanes"]), engine["lanes"][1]["shares"]]
    with waiting_at_most(0):
        for name in (*names, f"outline-dark.json?{ground}"):
            assert answer_to(*name.split("?")).whole
    assert len(nothing_is_begun) == 1


def test_an_outline_is_the_terrain_without_its_land() -> None:
    ground = read("f=himmelblau")[0].ground
    outline, terrain = (json.loads(str(picture(kind, ground, LIGHT))) for kind in ("outline", "terrain"))
    assert outline.keys() == terrain.keys()
    for name in set(outline) - {"map"}:
        assert outline[name] == terrain[name]
    assert len(outline["map"]["data"]) == len(terrain["map"]["data"])
    layout, whole = outline["map"]["layout"], terrain["map"]["layout"]
    assert [layout[key] for key in ("xaxis", "yaxis", "meta")] == [
        whole[key] for key in ("xaxis", "yaxis", "meta")
    ]
    for key in ("x", "y", "sizex", "sizey"):
        assert layout["images"][0][key] == whole["images"][0][key]
    assert not np.size(outline["map"]["data"][0]["x"])  # no contour lines


def test_the_page_of_a_draft_brings_its_outline_and_is_not_kept(nothing_is_begun: list[str]) -> None:
    data = page_data("formula=x**2%2B6.151*y**2", "dark")
    assert not data.whole
    assert [name.split("?")[0] for name in data.carried] == ["outline-dark.json"]
    assert len(nothing_is_begun) == 1


def test_a_knob_of_what_is_there_is_answered_at_once(nothing_is_begun: list[str]) -> None:
    answer(*opened("f=bowl"))
    turned = visited(address("f=bowl", {"do": "lane_knob", "lane": 0, "knob": "learning_rate", "to": 0.0123}))
    assert not turned["draft"] and not nothing_is_begun
