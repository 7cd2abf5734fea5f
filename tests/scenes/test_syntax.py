import pytest
from hypothesis import given

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes.syntax import parse
from tests.scenes.strategies import text

ENTRIES = [*LANDSCAPES.values(), *OPTIMIZERS.values()]


@pytest.mark.parametrize(
    ("text", "name", "settings"),
    [
        ("adam", "adam", []),
        ("adam:", "adam", []),
        ("adam:lr=0.3", "adam", [("lr", "0.3")]),
        ("adam:lr=0.3,schedule=cosine", "adam", [("lr", "0.3"), ("schedule", "cosine")]),
        ("adam:lr=1,5,beta1=0.9", "adam", [("lr", "1,5"), ("beta1", "0.9")]),
        ("adam:lr=0.3,", "adam", [("lr", "0.3,")]),
        ("adam:lr", "adam", [("lr", "")]),
        ("adam:,lr=1", "adam", [("", ""), ("lr", "1")]),
        ("adam:lr=a=b:c", "adam", [("lr", "a=b:c")]),
        (":lr=1", "", [("lr", "1")]),
        ("", "", []),
    ],
)
def test_parse(text: str, name: str, settings: list[tuple[str, str]]):
    assert parse(text) == (name, settings)


@given(text)
def test_parse_takes_anything(text: str):
    name, settings = parse(text)
    assert ":" not in name
    assert all(isinstance(part, str) for pair in settings for part in pair)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_shelves_use_words_that_a_phrase_can_hold(entry):
    knobs = entry.knobs
    words = [entry.id, *(word for knob in knobs for word in (knob.id, knob.short, *knob.choices))]
    assert not [word for word in words if not word.isascii() or set(word) & set(":=,&#%+ ?")]
    names = [name for knob in knobs for name in {knob.id, knob.short}]
    assert len(names) == len(set(names)), "a name that means two knobs"
