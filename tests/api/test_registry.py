"""What holds for every experiment."""

import pytest

from api.facts import FACTS
from api.messages import words
from api.question import read_question
from api.registry import EXPERIMENTS
from api.sheets import sheets_json
from api.slices import SAMPLED
from charts.palette import THEMES
from locales import LANGUAGES
from scenes import default_scene
from tests.api.responses import response
from tests.charts.grounds import read as read_json
from tests.stage.scripts import ALL

HOSTILE = (
    "",
    "of=99&size=-3&times=1e9",
    "of=x&crowd=nobody&shift=nan&radius=0",
    "formula=log(x)&noise=1&of=1&size=2",
    "formula=0&noise=1&crowd=starts",
    "formula=x&noise=10&crowd=starts&steps=3",
    "lane=sgd:lr=100&noise=10&steps=2&probe=1e9,1e9",
)


def test_they_are_facts():
    assert set(EXPERIMENTS) < set(FACTS)
    # Where samples are asked for an answer says, see tests/api/test_slices.py.
    for name in set(EXPERIMENTS) - {SAMPLED}:
        assert f"{name}?" in ALL or f'of("{name}")' in ALL, "the stage asks for each"


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_query_has_an_answer(name: str, query: str):
    response(name.removesuffix(".json"), query)


def test_the_lane_that_is_asked_for():
    query = "lane=sgd&lane=adam&of="
    assert [read_question(query + of).lane for of in ("0", "1", "7", "-1", "x", "")] == [0, 1, 0, 0, 0, 0]
    assert read_question(query + "1").run.optimizer == "adam"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_knobs(language: str):
    said = words(language)["experiments"]
    assert [knob["id"] for knob in said["knobs"]] == ["shift", "radius"]
    assert all(each.strip() for each in [k["label"] for k in said["knobs"]])


@pytest.mark.parametrize("theme", THEMES)
def test_the_sheets_are_the_same_for_every_ground(theme: str):
    one, other = (sheets_json(default_scene(id).ground, THEMES[theme]) for id in ("bowl", "saddle"))
    assert one == other and set(read_json(one)) >= {"sweep", "shares", "slice", "variance", "scaling", "map"}
