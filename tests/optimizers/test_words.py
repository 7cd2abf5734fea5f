"""Every method, knob and departure has its words in both languages, and no word is left over."""

import tomllib
from pathlib import Path

import pytest

from optimizers import OPTIMIZERS

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_fit_the_shelf(language: str) -> None:
    words = tomllib.loads((LOCALES / language / "methods.toml").read_text(encoding="utf-8"))
    assert set(words) == {"knobs", "differs", "symbols", *OPTIMIZERS}
    assert set(words["knobs"]) == {knob.id for entry in OPTIMIZERS.values() for knob in entry.knobs}
    assert set(words["differs"]) == {entry.differs for entry in OPTIMIZERS.values() if entry.differs}
    assert set(words["symbols"]) == {each.name for entry in OPTIMIZERS.values() for each in entry.symbols}
    for name in OPTIMIZERS:
        assert set(words[name]) == {"name", "gist", "story"}
        gist = words[name]["gist"]
        assert len(gist) <= 14 if language == "zh" else len(gist.split()) <= 6, name
    assert all(text.strip() for table in words.values() for text in table.values())
    names = [words[name]["name"] for name in OPTIMIZERS]
    assert len(set(names)) == len(names)
