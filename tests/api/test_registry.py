"""What holds for every experiment."""

import numpy as np
import pytest

from api.facts import FACTS
from api.messages import words
from api.prepared import PREPARED
from api.question import read_question
from api.registry import EXPERIMENTS
from api.sheets import sheets_json
from charts.palette import THEMES
from descent import Trajectory, race
from locales import LANGUAGES
from scenes import default_scene, read, write
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
    for name in EXPERIMENTS:
        assert f"{name}?" in ALL or f'of("{name}")' in ALL, "the stage asks for each"


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_query_has_an_answer(name: str, query: str):
    response(name.removesuffix(".json"), query)


def test_the_lane_that_is_asked_for():
    query = "lane=sgd&lane=adam&of="
    assert [read_question(query + of).lane for of in ("0", "1", "7", "-1", "x", "")] == [0, 1, 0, 0, 0, 0]
    assert read_question(query + "1").run.optimizer == "adam"


@pytest.mark.parametrize("name", PREPARED)
def test_prepared_scenes_read_without_a_repair(name: str):
    scene, repairs = read(PREPARED[name])
    assert repairs == ()
    assert read(write(scene)) == (scene, ())


def test_prepared_scenes_answer_their_questions():
    """Adam is said to find the global minimum: at one rate for all it does so from most starts."""
    shares = [response("reach", f"{PREPARED['global']}&of={lane}") for lane in range(4)]
    methods = [lane.optimizer for lane in read(PREPARED["global"])[0].racers]
    adam = shares[methods.index("adam")]
    assert all(adam["low"] > other["high"] for other in shares if other is not adam)
    assert response("shares", f"{PREPARED['flat']}&size=1")["ready"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_knobs_and_questions(language: str):
    said = words(language)["experiments"]
    assert [knob["id"] for knob in said["knobs"]] == ["shift", "radius"]
    assert [scene["query"] for scene in said["prepared"]] == list(PREPARED.values())
    assert all(each.strip() for each in [k["label"] for k in said["knobs"]])
    assert len({scene["question"] for scene in said["prepared"]}) == len(PREPARED)


@pytest.mark.parametrize("theme", THEMES)
def test_the_sheets_are_the_same_for_every_ground(theme: str):
    one, other = (sheets_json(default_scene(id).ground, THEMES[theme]) for id in ("bowl", "saddle"))
    assert one == other and set(read_json(one)) >= {"sweep", "shares", "slice", "variance", "scaling", "map"}


def ends(name: str) -> list[Trajectory]:
    """Return the runs of a prepared scene."""
    return list(race(read(PREPARED[name])[0].runs()))


def test_clipping_saves_what_the_cliff_throws_out():
    thrown, by_norm, by_value = ends("clip")
    assert thrown.ending.kind == "left_the_box" and np.abs(thrown.points).max() > 10
    for saved in (by_norm, by_value):
        assert saved.ending.kind != "left_the_box" and np.abs(saved.points).max() < 5


def test_decay_is_l2_for_gradient_descent_and_not_for_adam():
    sgd, decayed, adam, adamw = ends("decay")
    np.testing.assert_allclose(decayed.points, sgd.points, rtol=1e-12, atol=1e-12)
    assert np.hypot(*(adamw.points - adam.points).T).max() > 0.1


def test_a_schedule_calms_the_noise_of_mini_batches():
    """The last losses of a constant rate vary, those of rates that fall vary less; so for other seeds."""
    spreads = []
    for seed in range(8):
        scene, _ = read(f"{PREPARED['batch']}&seed={seed}")
        spreads.append([np.std(run.losses[-30:]) for run in race(scene.runs())])
    constant, inverse_time, cosine = np.median(spreads, axis=0)
    assert inverse_time < constant / 2 and cosine < constant / 2
