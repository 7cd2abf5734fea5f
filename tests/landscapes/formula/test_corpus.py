"""Formulas that ran code, hung or crashed elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from landscapes.formula import FormulaError, read_formula
from landscapes.formula.check import LONGEST, MOST_STEPS, read_steps
from tests.landscapes.formula.corpus import ACCEPTED, EITHER, REFUSED

ROOT = Path(__file__).parents[3]


def shown(text: str) -> str:
    return ascii(text if len(text) < 40 else f"{text[:30]}… {len(text)}")


def test_the_table_is_whole():
    assert (len(ACCEPTED), len(REFUSED), len(EITHER)) == (47, 149, 4)
    assert max(map(len, REFUSED)) == 200_001
    assert "file:" + "///etc/passwd" in REFUSED and "x\ud800" in REFUSED


@pytest.mark.parametrize("text", REFUSED, ids=shown)
def test_what_is_hostile_is_refused_with_a_sentence(text: str):
    with pytest.raises(FormulaError) as caught:
        read_formula(text)
    error = caught.value
    assert str(error).encode("utf-8")
    assert -1 <= error.position <= len(text)
    assert len(error.value) <= 40 and error.value.isprintable()
    if error.suggestion:
        assert error.suggestion.isascii() and read_formula(error.suggestion).text == error.suggestion


@pytest.mark.parametrize("text", ACCEPTED, ids=shown)
def test_what_is_good_is_accepted_and_small(text: str):
    formula = read_formula(text)
    assert read_formula(formula.text) == formula and not set(formula.text) & set(" \t")
    assert len(formula.text) <= LONGEST and len(read_steps(formula.text)) <= MOST_STEPS


def test_what_may_be_accepted_or_refused_is_one_of_both():
    read = [text for text in EITHER if not isinstance(attempted(text), FormulaError)]
    assert {"sin²(x)", "𝐱+𝐲"} <= set(read)


def attempted(text: str) -> object:
    try:
        return read_formula(text)
    except FormulaError as error:
        return error


WATCHED = """
import sys
from landscapes.find import find
from landscapes.formula import FormulaError, read_formula
from tests.landscapes.formula.corpus import ACCEPTED, EITHER, REFUSED

def read_all():
    for text in ACCEPTED + EITHER + REFUSED:
        try:
            read_formula(text)
        except FormulaError as error:
            str(error)

read_all()  # whatever is imported or opened once, is now
events = []
sys.addaudithook(lambda event, arguments: events.append(event))
read_all()
seen = set(events)
exec("1")  # the hook does see what it should
assert {"compile", "exec"} <= set(events)
print(sorted(seen))
"""


def test_reading_does_nothing_that_python_audits():
    """No compile, exec, import, open, system, socket or anything else on the list of audit events."""
    canaries = [Path("/tmp/landscape_canary")]
    assert not any(canary.exists() for canary in canaries)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
    assert not any(canary.exists() for canary in canaries)
