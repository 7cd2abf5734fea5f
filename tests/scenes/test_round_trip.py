"""`write` and `read` are each other's inverse, and neither minds what it is given."""

import time
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given, settings

from scenes import Scene, default_scene, read, write
from scenes.read import LONGEST_QUERY
from scenes.repairs import MOST_REPAIRS
from tests.scenes.strategies import queries, scenes
from tests.scenes.usable import faults


@given(scenes())
@settings(max_examples=250)
def test_a_link_reads_as_the_scene_it_was_written_from_even_when_it_was_taken_apart(scene: Scene):
    link = write(scene)
    assert read(link) == (scene, ())
    assert read(f"?{link}") == (scene, ())
    assert len(link) < LONGEST_QUERY / 2
    # Browsers and Streamlit, who take it apart, decode a query as forms do.
    pairs = parse_qsl(link, strict_parsing=True)
    assert read("&".join(f"{name}={value.replace('+', '%2B')}" for name, value in pairs)) == (scene, ())
    assert link.isascii() and not set(link) & set(" \"#<>'\\^`{|}")


@given(queries)
@example("")
@example("?")
@example("&&&&=&=&==")
@example("%" * (LONGEST_QUERY + 1000))
@settings(max_examples=700)
def test_any_text_whatever_is_a_scene(query: str):
    scene, repairs = read(query)
    assert faults(scene) == []
    assert len(repairs) <= MOST_REPAIRS
    link = write(scene)
    assert read(link) == (scene, ())
    assert write(read(link)[0]) == link


@pytest.mark.parametrize(
    "query",
    [
        "x" * 1_000_000,
        "&" * 1_000_000,
        "lane=adam&" * 100_000,
        "a=1&" * 100_000,
        "lane=adam:" + "lr=1," * 200_000,
        "f=bowl:" + ":" * 1_000_000,
        "at=" + "9" * 1_000_000,
        "%e4%b8" * 200_000,
        "hide=" + "surface," * 100_000,
    ],
    ids=lambda query: query[:12],
)
def test_a_huge_query_takes_no_time(query: str):
    before = time.perf_counter()
    scene, repairs = read(query)
    assert time.perf_counter() - before < 0.5
    assert faults(scene) == []
    assert "too_long" in {repair.why for repair in repairs}


def test_the_empty_query_is_the_default_scene():
    assert read("") == (default_scene(), ())
    assert read("?") == (default_scene(), ())


def test_the_default_scene_is_the_one_in_the_notes():
    assert write(default_scene()) == (
        "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.95&lane=momentum:lr=0.95,momentum=0.5&lane=adagrad:lr=1.5"
        "&lane=adam:lr=0.3&steps=150"
    )
