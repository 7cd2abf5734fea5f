"""Every repair has its sentence, in every language."""

import ast
import string
from pathlib import Path

import pytest

from catalog import Repair
from locales import LANGUAGES, texts

ROOT = Path(__file__).parents[2]
FIELDS = {"parameter", "value", "used"}


def whys() -> set[str]:
    """Return every key that our code can give a repair: the words in the first argument of `Repair(…)`."""
    found = set()
    for path in (
        file for room in ("catalog", "scenes", "api", "app_pages") for file in ROOT.glob(f"{room}/**/*.py")
    ):
        tree = ast.parse(path.read_text("utf-8"))
        named = {  # `why = "a" if … else "b"`, used below it
            word.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "why"
            for word in words(node.value)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Repair":
                found |= (
                    named if isinstance(node.args[0], ast.Name) else {w.value for w in words(node.args[0])}
                )
    return found


def words(node: ast.expr) -> list[ast.Constant]:
    """Return the strings that the expression can give: not those that it only compares with."""
    if isinstance(node, ast.IfExp):
        return words(node.body) + words(node.orelse)
    return [node] if isinstance(node, ast.Constant) else []


def sentences(language: str) -> dict[str, str]:
    return texts(language)["repairs"]


def test_the_keys_are_found():
    assert {"not_a_number", "out_of_range", "unknown_choice", "clamped", "outside_box", "last_lane"} <= whys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_repair_has_a_sentence_and_every_sentence_a_repair(language: str):
    assert set(sentences(language)) == whys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_what_a_repair_has(language: str):
    for why, sentence in sentences(language).items():
        named = {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}
        assert named and named <= FIELDS
        repair = Repair(why, "adam:lr", "{nan}", "0.3")
        spoken = sentence.format(parameter=repair.parameter, value=repair.value, used=repair.used)
        assert ("{nan}" in spoken) == ("value" in named)
        assert spoken.endswith(("。", "."))


def test_languages_name_the_same_things():
    def named(sentence: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(sentence)} - {None}

    english = {why: named(sentence) for why, sentence in sentences("en").items()}
    for language in LANGUAGES:
        assert {why: named(sentence) for why, sentence in sentences(language).items()} == english
