"""Notes about what came from outside stay short, printable and on one line."""

from hypothesis import given
from hypothesis import strategies as st

from catalog import Repair
from catalog.repair import LONGEST_SHOWN, shortened


@given(text=st.text())
def test_whatever_came_fits_on_one_line(text: str) -> None:
    repair = Repair("out_of_range", text, text, "1")
    for shown in (repair.parameter, repair.value):
        assert len(shown) <= LONGEST_SHOWN
        assert shown.isprintable()


def test_short_text_is_kept() -> None:
    assert shortened("−1 + 学习率") == "−1 + 学习率"
    assert shortened("x" * LONGEST_SHOWN) == "x" * LONGEST_SHOWN


def test_long_text_ends_in_an_ellipsis() -> None:
    assert shortened("x" * (LONGEST_SHOWN + 1)) == "x" * (LONGEST_SHOWN - 1) + "…"


def test_control_characters_and_text_turned_around_are_replaced() -> None:
    assert shortened("a\x00b\nc\u202ed\ud800") == "a�b�c�d�"
