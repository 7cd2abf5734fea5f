"""Every reason has its sentence, and the sentences tell the truth about what there is."""

import ast
import pickle
import re
from pathlib import Path

import pytest

import landscapes.formula
from landscapes.formula import FormulaError, read_formula
from landscapes.formula.brackets import DEEPEST
from landscapes.formula.check import LONGEST, MOST_STEPS, MOST_WORK
from landscapes.formula.operations import CONSTANTS, FUNCTIONS, SIGNS, VARIABLES
from landscapes.formula.tokens import LONGEST_NUMBER, MEANT
from locales import LANGUAGES, texts
from tests.landscapes.formula.test_reading import PLACES

FILES = sorted(Path(landscapes.formula.__file__).parent.glob("*.py"))
ALIASES = {"asin", "acos", "atan", "ln", "minimum", "maximum"}


def reasons(source: str) -> set[str]:
    """Return every reason that a call of FormulaError or of a refusal in `source` names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("FormulaError", "self._refuse"):
            first = node.args[0]
            chosen = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            found |= {each.value for each in chosen if isinstance(each, ast.Constant)}
    return found


RAISED = set().union(*(reasons(file.read_text("utf-8")) for file in FILES))
RAISED |= {*MEANT.values(), "character", "not_ascii"}


def test_reasons_are_found():
    assert {"empty", "missing_times", "unknown_name", "unknown_function", "box_far"} <= RAISED
    assert reasons('raise FormulaError("a" if x else "b", text)') == {"a", "b"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_every_sentence_a_reason(language: str):
    assert set(texts(language)["formulas"]) == RAISED | {"suggestion"}


def test_every_reason_that_has_a_place_is_tried():
    said = {row[1] for row in PLACES}
    elsewhere = {"not_text", "too_long", "too_deep", "too_many_steps", "too_much_work", "undefined"}
    assert said == {why for why in RAISED if not why.startswith("box_")} - elsewhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_everything_there_is(language: str):
    said = texts(language)["formulas"]
    assert set(re.findall(r"[a-z]+[0-9]*", said["unknown_function"])) >= FUNCTIONS.keys() - ALIASES
    for name in (*VARIABLES, *CONSTANTS):
        assert name in said["unknown_name"]
    for sign in SIGNS.keys() - {"negative"}:
        assert sign in said["character"] and sign in said["not_ascii"]
    limits = {"too_long": LONGEST, "too_deep": DEEPEST, "too_many_steps": MOST_STEPS}
    for why, most in (limits | {"too_much_work": MOST_WORK, "number_long": LONGEST_NUMBER}).items():
        assert str(most) in said[why]


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_in_sentences_are_formulas(language: str):
    said = texts(language)["formulas"]
    for why in ("empty", "bars", "unclear_bars", "second_power", "comma"):
        examples = re.findall(r"[|(xy0-9]+[xy0-9*^+.|() ]*[0-9|)]", said[why])
        assert examples
        for example in examples:
            read_formula(example)


def test_examples_in_the_editor_are_formulas_as_people_write_them():
    script = (Path(__file__).parents[3] / "stage/controls/formula.js").read_text("utf-8")
    first, examples = re.findall(r"^const (?:FIRST|EXAMPLES) = ([^;]*);", script, re.MULTILINE)
    typed = re.findall('"(.*?)"', first + examples)
    assert len(typed) == 5
    for text in typed:
        assert read_formula(text).text != text.replace(" ", "")


def test_an_error_is_a_value_error_with_a_sentence():
    with pytest.raises(
        ValueError, match=r"A multiplication sign .* Write 0\*x instead\.\n0x\n \^$"
    ) as caught:
        read_formula("0x")
    assert isinstance(caught.value, FormulaError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and vars(again) == vars(caught.value)
