"""The page: what it shows of a URL, and how it takes the reader's changes."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.util import AttributeDictionary

from api.answer import answer
from app_pages import race
from landscapes import LANDSCAPES
from locales import LANGUAGES
from scenes import default_scene, edit, read, write
from tests.app_pages.visits import message_of, send, visit
from tests.scenes.strategies import changes, json_values, queries
from tests.scenes.test_hostile_queries import rows, translated, unfolded

DEFAULT = write(default_scene())
OWN = {"token", "applied", "visit"}


def facts(query: str) -> dict[str, Any]:
    """Return the answer to `query` as JSON carries it."""
    return json.loads(json.dumps(answer(*read(query)), allow_nan=False))


def shown(query: str) -> dict[str, Any]:
    """Return what the page tells the stage of the scene at `?query`."""
    data = message_of(visit(query))
    assert data.keys() >= OWN
    return {name: value for name, value in data.items() if name not in OWN}


def test_the_first_page_shows_the_default_scene():
    data = message_of(visit())
    assert data["spelling"] == DEFAULT
    assert (data["applied"], data["visit"], data["repairs"]) == (0, 0, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_is_shown_in_every_language(name: str, language: str):
    """The words come from elsewhere (`messages-….json`): the facts are the same."""
    assert shown(f"f={name}&lang={language}") == facts(f"f={name}")


def test_a_formula_in_the_first_address_keeps_its_plus(monkeypatch: pytest.MonkeyPatch):
    context = SimpleNamespace(query_string="formula=sin(3x)+y^2")
    monkeypatch.setattr(race, "get_script_run_ctx", lambda: context)
    assert message_of(visit())["ground"]["formula"]["text"] == "sin(3*x)+y**2"


def test_a_whole_link_is_shown_as_it_says():
    query = (
        "v=1&f=canyon:condition=10&at=1,-1&lane=adam:lr=0.5,beta1=0.5&lane=sgd:lr=1&steps=12&noise=0.5&seed=3"
    )
    assert shown(f"{query}&step=4&pick=2&hide=losses")["spelling"] == f"{query}&pick=2"
    assert shown(query) == facts(query)


@pytest.mark.parametrize("row", rows("refuse") + rows("accept"))
def test_no_query_breaks_the_page(row: str):
    query = unfolded(row)
    for each in {query, translated(query)}:
        data = shown(each)
        assert data["spelling"] == write(read(each)[0])
        assert bool(data["repairs"]) == bool(read(each)[1])
        assert data["lanes"]


def test_a_change_is_made_and_counted():
    app = visit()
    data = send(
        app, "edits", {"token": message_of(app)["token"], "changes": [[1, {"do": "start", "to": [1, 2]}]]}
    )
    assert data["ground"]["start"] == [1, 2]
    assert (data["applied"], data["repairs"]) == (1, [])
    again = send(
        app, "edits", {"token": data["token"], "changes": [[2, {"do": "setting", "knob": "steps", "to": 7}]]}
    )
    assert (again["ground"]["start"], again["budget"]["steps"], again["applied"]) == ([1, 2], 7, 2)
    assert {lane["ending"]["step"] <= 7 for lane in again["lanes"]} == {True}


def test_changes_are_made_in_their_order_and_only_once():
    app = visit()
    token = message_of(app)["token"]
    three = [[n, {"do": "lane_add"}] for n in (1, 2, 3)]
    assert len(send(app, "edits", {"token": token, "changes": three})["lanes"]) == 7
    # The answer was slow, so the stage sends them again, with one more.
    once_more = [*three, [4, {"do": "lane_remove", "lane": 0}]]
    data = send(app, "edits", {"token": token, "changes": once_more})
    assert (len(data["lanes"]), data["applied"]) == (6, 4)


def test_a_message_that_comes_twice_changes_nothing_not_even_the_notes():
    app = visit()
    message = {"token": message_of(app)["token"], "changes": [[1, {"do": "start", "to": [99, 0]}]]}
    first = send(app, "edits", message)
    assert [repair["why"] for repair in first["repairs"]] == ["clamped"]
    assert send(app, "edits", message) == first


def test_a_message_that_comes_twice_costs_nothing(monkeypatch: pytest.MonkeyPatch):
    app = visit()
    message = {"token": message_of(app)["token"], "changes": [[1, {"do": "start", "to": [1, 2]}]]}
    first = send(app, "edits", message)
    computed = list[str]()
    for name in ("answer", "changed", "opened"):
        original = getattr(race, name)
        monkeypatch.setattr(
            race, name, lambda *a, name=name, call=original: computed.append(name) or call(*a)
        )
    assert send(app, "edits", message) == first
    assert computed == []
    second = send(app, "edits", {**message, "changes": [[2, {"do": "setting", "knob": "steps", "to": 7}]]})
    assert (second["budget"]["steps"], second["applied"]) == (7, 2)
    assert computed == ["changed", "answer"]


def test_an_answer_without_its_minima_is_made_anew_without_a_change(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(race, "PATIENCE", 0)
    app = visit("formula=sin(9.75*x)*cos(9*y)%2B(x**2%2By**2)/10")
    data = message_of(app)
    asked = 0
    while data["ground"]["searching"]:
        asked += 1
        data = send(app, "edits", {"token": data["token"], "changes": []})
    assert 1 < asked < 1000
    assert data["ground"]["least"] < -0.9 and data["applied"] == 0


def test_a_visit_that_comes_twice_is_made_once():
    app = visit("f=saddle")
    there = {"visit": 1, "search": "?f=beale"}
    data = send(app, "visit", there)
    changed = send(
        app, "edits", {"token": data["token"], "changes": [[1, {"do": "setting", "knob": "steps", "to": 7}]]}
    )
    assert send(app, "visit", there) == changed
    assert (changed["ground"]["id"], changed["budget"]["steps"]) == ("beale", 7)


def test_another_session_s_changes_are_ignored():
    """The server was restarted: what the stage has not heard of any more must not be made twice."""
    app, other = visit(), visit()
    token = message_of(app)["token"]
    assert token != message_of(other)["token"]
    before = message_of(other)
    assert (
        send(other, "edits", {"token": token, "changes": [[1, {"do": "setting", "knob": "steps", "to": 7}]]})
        == before
    )


def test_one_message_makes_so_many_changes_and_no_more():
    app = visit()
    many = [[n, {"do": "setting", "knob": "steps", "to": n}] for n in range(1, 200)]
    data = send(app, "edits", {"token": message_of(app)["token"], "changes": many})
    assert data["applied"] == data["budget"]["steps"] == race.MOST_CHANGES
    # The stage keeps what is not applied, and sends it again.
    rest = send(app, "edits", {"token": data["token"], "changes": many[race.MOST_CHANGES :]})
    assert rest["applied"] == 2 * race.MOST_CHANGES


def test_going_back_shows_what_the_url_said_and_counts_the_visit():
    app = visit("f=saddle")
    send(
        app, "edits", {"token": message_of(app)["token"], "changes": [[1, {"do": "surface", "to": "beale"}]]}
    )
    data = send(app, "visit", {"visit": 1, "search": "?f=saddle&step=3&hide=losses"})
    assert (data["ground"]["id"], data["visit"], data["applied"]) == ("saddle", 1, 1)
    assert {name: data["view"][name] for name in ("step", "loss", "hide")} == {
        "step": 3,
        "loss": "log",
        "hide": ["losses"],
    }
    broken = send(app, "visit", {"visit": 2, "search": "?f=nope"})
    assert broken["spelling"] == DEFAULT
    assert [repair["why"] for repair in broken["repairs"]] == ["unknown_landscape"]


def test_the_scene_stays_when_the_page_runs_again():
    app = visit("f=beale")
    before = message_of(app)
    app.query_params.clear()
    assert message_of(app.run()) == before


# What a socket may bring, straight to where it arrives: no page is drawn.

messages = (
    some.fixed_dictionaries(
        {
            "token": some.sampled_from(("right", "wrong")) | json_values,
            "changes": json_values
            | some.lists(
                some.tuples(some.integers(-2, 9) | json_values, changes() | json_values).map(list)
                | json_values,
                max_size=6,
            ),
        }
    )
    | some.fixed_dictionaries({"visit": json_values, "search": queries | json_values})
    | json_values
)


@settings(max_examples=300)
@given(message=messages, before=queries)
def test_whatever_the_socket_brings_leaves_a_scene(message: object, before: str):
    state = AttributeDictionary(
        token="right", applied=3, visit=0, repairs=[], spelling=write(read(before)[0])
    )
    state["stage"] = {"edits": message, "visit": message}
    kept = dict(state)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", state)
        race._on_edits()
        if not isinstance(message, dict) or message.get("token") != "right":
            assert dict(state) == kept
        race._on_visit()
    assert state.applied >= 3
    assert read(state.spelling)[1] == ()
    for why, parameter, value, used in state.repairs:
        assert {type(text) for text in (why, parameter, value, used)} == {str}


@given(numbers=some.lists(some.integers(0, 12), max_size=12))
def test_only_higher_numbers_are_made(numbers: list[int]):
    """The scene is what those changes alone make of it, whatever repeats or comes late."""
    new, expected = 3, default_scene()
    for number in numbers:
        if number > new:
            new, (expected, _) = number, edit(expected, {"do": "setting", "knob": "steps", "to": 10 + number})
    state = AttributeDictionary(token="t", applied=3, repairs=[], spelling=DEFAULT)
    state["stage"] = {
        "edits": {
            "token": "t",
            "changes": [[n, {"do": "setting", "knob": "steps", "to": 10 + n}] for n in numbers],
        }
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", state)
        race._on_edits()
    assert (state.spelling, state.applied) == (write(expected), new)
