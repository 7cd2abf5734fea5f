"""What holds for every schedule on the shelf, and that its words fit it."""

import tomllib
from pathlib import Path

import pytest

from catalog import Knob
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.schedules import Schedule

LOCALES = Path(__file__).parents[3] / "locales"
# What a lane says in a link besides the knobs of its method and of its schedule.
OF_THE_LANE = {"lr", "schedule", "warmup", "clip", "clip_at", "penalty"}

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


def names(knobs: tuple[Knob, ...]) -> set[str]:
    return {name for knob in knobs for name in (knob.id, knob.short)}


def test_the_shelf_is_not_empty() -> None:
    assert len(SCHEDULES) >= 12
    assert list(SCHEDULES)[:3] == ["constant", "step", "linear"]
    assert {"cosine", "warm_restarts", "one_cycle"} <= set(SCHEDULES)
    assert SCHEDULES["step"].settings({"factor": 0.1}) == {"every": 20, "factor": 0.1}


@every_schedule
def test_a_link_can_tell_its_knobs_from_all_others_of_a_lane(schedule: Schedule) -> None:
    ids = [knob.id for knob in schedule.knobs]
    assert len(set(ids)) == len(ids) == len({knob.short for knob in schedule.knobs})
    for method in OPTIMIZERS.values():
        assert not names(schedule.knobs) & (names(method.knobs) | OF_THE_LANE)


@every_schedule
def test_no_knob_is_compiled_in(schedule: Schedule) -> None:
    assert {knob.kind for knob in schedule.knobs} <= {"number", "whole"}


@every_schedule
def test_it_says_where_it_comes_from(schedule: Schedule) -> None:
    assert (schedule.source is None) == (not schedule.knobs)
    assert schedule.source is None or schedule.source.url.startswith("https://")


def test_unknown_knobs_and_values_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"every, factor.*'gamma'"):
        SCHEDULES["step"].settings({"gamma": 0.1})
    with pytest.raises(ValueError, match=r"every to be \[1, 1000\], got 2\.5"):
        SCHEDULES["step"].settings({"every": 2.5})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_fit_the_shelf(language: str) -> None:
    words = tomllib.loads((LOCALES / language / "schedules.toml").read_text(encoding="utf-8"))
    assert list(words) == ["knobs", *SCHEDULES]
    assert set(words["knobs"]) == {knob.id for entry in SCHEDULES.values() for knob in entry.knobs}
    assert all(set(words[name]) == {"name", "story"} for name in SCHEDULES)
    assert all(text.strip() for table in words.values() for text in table.values())
    called = [words[name]["name"] for name in SCHEDULES]
    assert len(set(called)) == len(called)
