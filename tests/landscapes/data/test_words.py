"""Every reason has its sentence in both languages, and the sentences tell the truth about the limits."""

import ast
from pathlib import Path

import pytest

import landscapes.data
from landscapes.data.rows import FEWEST_ROWS, LARGEST, LONGEST, MOST_ROWS
from locales import LANGUAGES, texts
from networks.data import table as examples
from scenes.network_data import MOST_SPELLED


def reasons(source: str) -> set[str]:
    """Return every reason that a call of TableError in `source` names; {name} stands for x and y."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "TableError":
            first = node.args[0]
            if isinstance(first, ast.Attribute):  # that of an error which is told with another line
                continue
            for each in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                text = ast.literal_eval(ast.unparse(each).removeprefix("f"))
                found |= {text.replace("{name}", name) for name in "xy"}
    return found


ROOT = Path(landscapes.data.__file__).parents[2]
RAISED = set().union(
    *(
        reasons(file.read_text("utf-8"))
        for where in ("landscapes/data/*.py", "networks/data/*.py", "scenes/network_data.py")
        for file in ROOT.glob(where)
    )
)


def test_reasons_are_found():
    assert {"empty", "columns", "not_finite", "far_x", "far_y", "no_model"} <= RAISED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_every_sentence_a_reason(language: str):
    assert set(texts(language)["tables"]) == RAISED


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_the_limits(language: str):
    said = texts(language)["tables"]
    limits = {
        **{"too_long": LONGEST, "too_few": FEWEST_ROWS, "too_many": MOST_ROWS},
        **{"too_few_examples": examples.FEWEST_ROWS, "too_many_examples": examples.MOST_ROWS},
        **{"example_columns": examples.MOST_COLUMNS, "too_many_classes": examples.MOST_CLASSES},
        "too_long_for_link": MOST_SPELLED,
    }
    assert all(str(limit) in said[why] for why, limit in limits.items())
    assert f"{LARGEST:g}".replace("+", "") in said["too_large"]
