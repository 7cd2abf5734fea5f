"""Knobs read any text whatever, and spell what they read back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Knob, Value
from catalog.knob import complete, defaults, parse_number, spell_number

NUMBER = Knob("learning_rate", r"\alpha", default=0.1, low=-1e9, high=1e9, short="lr")
TINY = Knob("epsilon", r"\varepsilon", default=1e-8, low=1e-12, high=1.0, scale="log")
WHOLE = Knob("steps", "T", default=30, low=1, high=1000, kind="whole", step=1)
CHOICE = Knob("kind", "k", default="flat", kind="choice", choices=("flat", "sharp"))
KNOBS = pytest.mark.parametrize("knob", [NUMBER, TINY, WHOLE, CHOICE], ids=lambda knob: knob.id)

texts = st.one_of(
    st.text(),
    st.text(alphabet="0123456789+-.eE_x nainf", max_size=12),
    st.floats().map(repr),
    st.integers().map(str),
)


@KNOBS
@given(text=texts)
def test_any_text_gives_a_value_that_the_knob_accepts(knob: Knob, text: str) -> None:
    value, repair = knob.read(text)
    assert knob.accepts(value)
    assert (repair is None) or (value == knob.default and repair.parameter == knob.short)


@KNOBS
@given(text=texts)
def test_what_was_read_is_spelled_and_read_alike(knob: Knob, text: str) -> None:
    value, _ = knob.read(text)
    assert knob.read(knob.spell(value)) == (value, None)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_spelled_exactly(value: float) -> None:
    assert parse_number(spell_number(value)) == value


@given(value=st.integers(1, 1000))
def test_whole_numbers_stay_whole(value: int) -> None:
    found, repair = WHOLE.read(WHOLE.spell(value))
    assert (found, repair) == (value, None)
    assert isinstance(found, int)


HOSTILE = ["nan", "inf", "-inf", "Infinity", "1_0", "0x1", "١", "1e999", "1e-400", "1" * 33, "1e0001"]
HOSTILE += ["", " ", " 1", "1 ", "1\n", "+", ".", "e5", "1e", "1,5", "½", "−1", "1+1", "0b1", "1j", "True"]


@pytest.mark.parametrize("text", HOSTILE)
@KNOBS
def test_hostile_numbers_are_refused_with_a_note(knob: Knob, text: str) -> None:
    value, repair = knob.read(text)
    assert value == knob.default
    assert repair is not None
    assert repair.why == ("unknown_choice" if knob.kind == "choice" else "not_a_number")


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.30", 0.3), (".5", 0.5), ("5.", 5.0), ("+1e-3", 1e-3), ("-2E2", -200.0), ("-0", 0.0), ("0e9", 0.0)],
)
def test_plain_numbers_are_read(text: str, value: float) -> None:
    found, repair = NUMBER.read(text)
    assert (found, repair) == (value, None)
    assert math.copysign(1, float(found)) == math.copysign(1, value)


@pytest.mark.parametrize(
    ("knob", "text", "why"),
    [
        (TINY, "0", "out_of_range"),
        (TINY, "1.0000001", "out_of_range"),
        (WHOLE, "0", "out_of_range"),
        (WHOLE, "1001", "out_of_range"),
        (WHOLE, "3.0", "not_a_number"),
        (CHOICE, "Flat", "unknown_choice"),
    ],
)
def test_the_note_says_why(knob: Knob, text: str, why: str) -> None:
    value, repair = knob.read(text)
    assert repair is not None
    assert (value, repair.why, repair.value) == (knob.default, why, text)
    assert repair.used == knob.spell(knob.default)


def test_a_given_default_stands_in_for_the_knobs_own() -> None:
    value, repair = WHOLE.read("many", default=50)
    assert value == 50
    assert repair is not None
    assert repair.used == "50"


@pytest.mark.parametrize("default", [2.0, float("nan"), float("inf"), "0.5"])
def test_a_knob_refuses_a_default_that_it_would_not_accept(default: Value) -> None:
    with pytest.raises(ValueError, match="Expected the default of knob 'rho'"):
        Knob("rho", r"\rho", default=default)


def test_completing_keeps_what_is_given() -> None:
    knobs = (NUMBER, WHOLE, CHOICE)
    assert defaults(knobs) == {"learning_rate": 0.1, "steps": 30, "kind": "flat"}
    assert complete(knobs, {"kind": "sharp"}) == {"learning_rate": 0.1, "steps": 30, "kind": "sharp"}
    with pytest.raises(ValueError, match=r"among learning_rate, steps, kind; got 'lr'"):
        complete(knobs, {"lr": 1.0})
    with pytest.raises(ValueError, match=r"Expected kind to be flat \| sharp, got 'round'"):
        complete(knobs, {"kind": "round"})
