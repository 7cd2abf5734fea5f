"""Every surface, family and knob has its words in both languages, and no word is left over."""

import tomllib
import typing
from pathlib import Path

import pytest

from landscapes import LANDSCAPES
from landscapes.landscape import Family

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_fit_the_shelf(language: str) -> None:
    words = tomllib.loads((LOCALES / language / "surfaces.toml").read_text(encoding="utf-8"))
    knobs = {knob.id for landscape in LANDSCAPES.values() for knob in landscape.knobs}
    assert set(words) == {"families", "knobs", "own", *LANDSCAPES}
    assert set(words["families"]) == set(typing.get_args(Family))
    assert set(words["knobs"]) == knobs
    assert set(words["own"]) == {"formula", "data"}
    for name in LANDSCAPES:
        assert set(words[name]) == {"name", "story"}
    assert all(text.strip() for table in words.values() for text in table.values())
    names = [words[name]["name"] for name in LANDSCAPES]
    assert len(set(names)) == len(names)
