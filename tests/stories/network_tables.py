"""What is said of tables for networks: how many rows, columns and classes are read."""

from landscapes.data import TableError
from networks.data.table import FEWEST_ROWS, MOST_CLASSES, MOST_COLUMNS, MOST_ROWS
from scenes.network_data import MOST_SPELLED, read_table, spell_table
from tests.stories.sentences import Sentence, claim


def unread(rows: int, columns: int = 2, classes: int = 2) -> str:
    """Return what is wrong with a table of so many rows, columns and classes."""
    lines = (",".join(f"{k * (j + 1) % 997}" for j in range(columns - 1)) for k in range(rows))
    try:
        read_table("\n".join(f"{line},{k % classes}".lstrip(",") for k, line in enumerate(lines)))
    except TableError as error:
        return error.why
    return ""


@claim("tables.too_few_examples", "tables.too_many_examples")
def rows_that_are_read(said: Sentence) -> None:
    assert said.numbers in ([FEWEST_ROWS], [MOST_ROWS])
    assert unread(7) == "too_few_examples" and unread(8) == ""
    # So many rows no longer fit a link, but that is said only of those that are not too many.
    assert unread(2000) == "too_long_for_link" and unread(2001) == "too_many_examples"


@claim("tables.example_columns")
def columns_that_are_read(said: Sentence) -> None:
    assert said.numbers == [2, MOST_COLUMNS]
    assert unread(9, 1) == unread(9, 51) == "example_columns" and unread(9, 2) == unread(9, 50) == ""


@claim("tables.too_many_classes", "tables.one_class")
def classes_that_are_told_apart(said: Sentence) -> None:
    assert said.numbers == [MOST_CLASSES] or ("at least two" in said.en and "两个类别" in said.zh)
    assert unread(42, classes=1) == "one_class" and unread(42, classes=21) == "too_many_classes"
    assert unread(42, classes=2) == unread(42, classes=20) == ""


@claim("tables.uneven_columns")
def as_many_numbers_as_the_first(said: Sentence) -> None:
    said.says("as many numbers as the first", "与第一行相同")
    try:
        read_table("1,2,0\n" * 8 + "1,2,3,0\n")
    except TableError as error:
        assert (error.why, error.line, error.value) == ("uneven_columns", 9, "4")
    else:
        raise AssertionError


@claim("tables.too_long_for_link")
def room_in_a_link(said: Sentence) -> None:
    assert said.numbers == [MOST_SPELLED]
    rows = max(rows for rows in range(200, 600) if unread(rows) == "")
    assert unread(rows + 1) == "too_long_for_link"
    lines = "\n".join(f"{k % 997},{k % 2}" for k in range(rows))
    assert MOST_SPELLED - 8 < len(spell_table(read_table(lines))) <= MOST_SPELLED
