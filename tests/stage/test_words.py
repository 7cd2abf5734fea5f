"""Every word that the scripts ask for exists, and no word is left over."""

import re
import string

from locales import texts
from tests.stage.scripts import ALL, SCRIPTS

INTERFACE = {key for key, text in texts("en")["interface"].items() if isinstance(text, str)}
ENDINGS = {key for key in INTERFACE if key.startswith("ending_")}


def asked(source: str) -> set[str]:
    """Return the interface texts that `source` asks for by name."""
    return set(re.findall(r"\bui\??\.(\w+)", source))


def filled(source: str) -> dict[str, set[str]]:
    """Return what `source` fills into the interface texts: fill(ui.step_of, { step, last })."""
    calls = re.findall(r"\bfill\((?:this\.)?ui\.(\w+), \{([^}]*)\}\)", source)
    return {key: set(re.findall(r"(?:^|,)\s*(\w+)\s*(?=[:,]|$)", values)) for key, values in calls}


def placeholders(key: str) -> set[str]:
    text = texts("en")["interface"][key]
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_reading_is_right():
    source = (
        "fill(ui.a, { x, y: spell(d.e, 2), z: 1 }); this.ui.b; words?.ui.c; ui; fill(this.ui.d, { from: r })"
    )
    assert asked(source) == {"a", "b", "c", "d"}
    assert filled(source) == {"a": {"x", "y", "z"}, "d": {"from"}}


def test_every_text_that_is_asked_for_exists_and_none_is_left_over():
    assert "play" in asked(ALL)
    assert asked(ALL) == INTERFACE - ENDINGS


def test_only_endings_are_asked_for_in_another_way():
    """Texts whose name is put together cannot be found by reading; there is one such place."""
    assert re.findall(r"\bui\[([^\]]*)\]", ALL) == ["`ending_${kind}`"]
    assert "ui[`ending_${kind}`], { step }" in SCRIPTS["panel.js"]
    assert ENDINGS
    for key in ENDINGS:
        assert placeholders(key) <= {"step"}


def test_what_a_text_leaves_open_is_filled_in():
    calls = filled(ALL)
    calls["loading_failed"] = {"what"}  # filled where it may be missing itself, see Stage.fail
    assert "fill(sentence, { what: " in SCRIPTS["stage.js"]
    assert {key for key in INTERFACE - ENDINGS if placeholders(key)} == set(calls)
    for key, names in calls.items():
        assert placeholders(key) == names, key
