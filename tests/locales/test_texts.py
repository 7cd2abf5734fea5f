"""Both languages say the same things, each in its own manner."""

import re
import string
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from descent.trajectory import Kind
from locales import LANGUAGES, texts

HAN = re.compile(r"[\u4e00-\u9fff]")
OTHERS = [language for language in LANGUAGES if language != "en"]


def flat(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with its keys, outermost first."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, (*path, key))
        else:
            yield (*path, key), value


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


SAID = {language: dict(flat(texts(language))) for language in LANGUAGES}


def test_there_is_something_to_read():
    assert {path[0] for path in SAID["en"]} == {
        "cards",
        "experiments",
        "formulas",
        "interface",
        "methods",
        "networks",
        "questions",
        "repairs",
        "schedules",
        "slice_lab",
        "slices",
        "surfaces",
        "tables",
    }
    assert SAID["en"]["interface", "play"] == "Play"
    assert SAID["zh"]["interface", "play"] == "播放"


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_keys(language: str):
    assert set(SAID[language]) == set(SAID["en"])


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_in_the_same_things(language: str):
    for path, text in SAID["en"].items():
        assert placeholders(SAID[language][path]) == placeholders(text), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_blanks_around_it(language: str):
    for path, text in SAID[language].items():
        assert text and text == " ".join(text.split()), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ending_has_its_sentence(language: str):
    sentences = {key for _, key in (p for p in SAID[language] if len(p) == 2) if key.startswith("ending_")}
    assert sentences == {f"ending_{kind}" for kind in typing.get_args(Kind)}


def test_chinese_is_chinese():
    """What reads alike in both languages is a name, or has no words at all."""
    for path, text in SAID["zh"].items():
        if text == SAID["en"][path]:
            is_name = path[0] in ("methods", "networks") and path[-1] == "name"
            assert is_name or not re.search("[a-z]", re.sub(r"\{\w+\}", "", text)), path
        else:
            assert HAN.search(text), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_set_as_in_print(language: str):
    for path, text in SAID[language].items():
        assert not re.search(r"""["']|\.\.\.|--""", text), path
        assert not re.search(r"\s[,.;:!?]", text), path


def test_chinese_marks_are_full_width():
    for path, text in SAID["zh"].items():
        assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$", text), (
            path
        )


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(KeyError, match=r"en, zh.*'fr'"):
        texts("fr")
