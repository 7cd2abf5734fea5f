"""A table for networks, as people write it and as nobody should: read, or said what is wrong and where."""

import gzip
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landscapes.data import TableError
from landscapes.data.rows import LONGEST
from networks.data.table import MOST_CLASSES, MOST_COLUMNS, MOST_ROWS
from scenes.network_data import MOST_SPELLED, parse_table, read_table, spell_table
from tests.stage.scripts import SCRIPTS

ROWS = tuple((float(k), float(k * k) / 2, float(k % 2)) for k in range(8))
LINES = [f"{x:g},{y:g},{kind:g}" for x, y, kind in ROWS]
TEXT = "\n".join(LINES)

READ = {
    "commas": TEXT,
    "commas and blanks": TEXT.replace(",", " , "),
    "semicolons": TEXT.replace(",", ";"),
    "tabs": TEXT.replace(",", "\t"),
    "spaces": TEXT.replace(",", "   "),
    "decimal commas": TEXT.replace(",", ";").replace(".", ","),
    "a header": "length,width,kind\n" + TEXT,
    "a header in Chinese": "长度,宽度,类别\n" + TEXT,
    "blank lines": "\n\n" + TEXT.replace("\n", "\n\n") + "\n",
    "CRLF": TEXT.replace("\n", "\r\n"),
    "quotes": "\n".join(f'"{line}"'.replace(",", '","') for line in LINES),
    "classes that are words": "\n".join(f"{x},{y},{('ant', 'bee')[int(kind)]}" for x, y, kind in ROWS),
    "classes in Chinese": "\n".join(f"{x},{y},{'一二'[int(kind)]}" for x, y, kind in ROWS),
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_tables_are_read(text: str):
    for raw in (text, text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        table = read_table(raw)
        assert [row[:2] for row in table.rows] == [row[:2] for row in ROWS]
        assert len({row[2] for row in table.rows}) == 2
        assert (table.train, table.validation) == (6, 2)
        assert parse_table(spell_table(table)) == table


def lines(*last: str) -> str:
    """Return a table whose first lines are in order, and the last ones these."""
    return "\n".join([*LINES, *last])


REFUSED = {
    "nothing": ("", "too_few_examples", 0, "0"),
    "only a header": ("x,y,kind\n", "too_few_examples", 0, "0"),
    "no table": (None, "not_table", 0, "NoneType"),
    "few rows": ("\n".join(LINES[:7]), "too_few_examples", 0, "7"),
    "a million rows": ("1,2,0\n3,4,1\n" * 500_000, "too_long", 0, ""),
    "many rows": ("1 0\n2 1\n" * 1001, "too_many_examples", 0, "2002"),
    "too long for a link": (
        "\n".join(f"{k * 0.12345678:.7f},{k * k},{k % 2}" for k in range(300)),
        "too_long_for_link",
        0,
        None,
    ),
    "one class": (TEXT.replace(",0\n", ",1\n"), "one_class", 0, "1"),
    "one class that is a word": ("\n".join(f"{k},bee" for k in range(9)), "one_class", 0, "bee"),
    "as many classes as rows": ("\n".join(f"{k},{k}" for k in range(30)), "too_many_classes", 0, "30"),
    "a constant column": ("\n".join(f"{k},7,{k % 2}" for k in range(9)), "constant_column", 2, "7"),
    "one column": ("\n".join("0123456789"), "example_columns", 1, "1"),
    "many columns": (
        "\n".join(",".join(str(k * j % 11) for j in range(51)) for k in range(9)),
        "example_columns",
        1,
        "51",
    ),
    "a row that is longer": (lines("1,2,3,0"), "uneven_columns", 9, "4"),
    "a row that is shorter, after a header": ("a,b,c\n" + lines("1,0"), "uneven_columns", 10, "2"),
    "NaN": (lines("nan,2,0"), "not_finite", 9, "nan"),
    "infinity": (lines("1,-inf,0"), "not_finite", 9, "-inf"),
    "beyond every float": (lines("1e999,2,0"), "not_finite", 9, "1e999"),
    "too large, after a header": ("a,b,c\n\n" + lines("1e16,2,0"), "too_large", 11, "1e+16"),
    "a word among the numbers": (lines("1,many,0"), "not_a_number", 9, "many"),
    "a word, and words for classes": ("1,x,ant\n" + READ["classes that are words"], "not_a_number", 1, "x"),
    "a thousand, grouped": (lines('"1,000",2,0'), "not_a_number", 9, "1,000"),
    "an empty cell": (lines("1,,0"), "missing", 9, ""),
    "no class": (lines("1,2,"), "missing", 9, ""),
    "a formula": (lines("=1+1,2,0"), "formula", 9, "=1+1"),
    "a quotation mark": (lines('"1,2,0'), "quotes", 9, ""),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", 0, ""),
    "a spreadsheet": (b"PK\x03\x04\x14\x00", "binary", 0, ""),
    "Latin-1": (lines("é,2,0").encode("latin-1"), "encoding", 9, ""),
    "a page": ("<!doctype html>\n<script>alert(1)</script>\n" + TEXT, "uneven_columns", 3, "3"),
}


@pytest.mark.parametrize(("raw", "why", "line", "value"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_learned_from_is_told_with_its_line(
    raw: object, why: str, line: int, value: str | None
):
    with pytest.raises(TableError) as told:
        read_table(raw)
    assert (told.value.why, told.value.line) == (why, line)
    assert value is None or told.value.value == value
    assert "{" not in str(told.value)


@given(st.one_of(st.text(), st.binary(), st.text("0123456789,.;-e\n \tnaif")))
@example("1e15,0\n-1e15,1\n" * 4)
@example("5e-324,0\n0,1\n" * 4)
@example("1e-300,0\n1.0000001e-300,1\n" * 4)
def test_any_text_and_any_bytes_are_a_table_for_a_link_or_a_sentence(raw: str | bytes):
    try:
        table = read_table(raw)
    except TableError as error:
        assert str(error)
    else:
        assert len(spell_table(table)) <= MOST_SPELLED
        assert parse_table(spell_table(table)) == table


def test_the_limits_are_those_that_are_read():
    assert (MOST_ROWS, MOST_COLUMNS, MOST_CLASSES) == (2000, 50, 20)
    assert len("1,2,0\n3,4,1\n" * 500_000) > LONGEST
    wide = "\n".join(",".join(str((k * (j + 1)) % 53) for j in range(49)) + f",{k % 2}" for k in range(20))
    assert read_table(wide).inputs == 49


def test_the_example_that_the_box_offers_is_what_was_measured():
    folder = files("plotly") / "package_data" / "datasets" / "iris.csv.gz"
    measured: dict[str, list[str]] = {}
    for line in gzip.decompress(folder.read_bytes()).decode().splitlines()[1:]:
        _, _, length, width, kind, _ = line.split(",")
        measured.setdefault(kind, []).append(f"{length},{width}")
    source = SCRIPTS["networks/own_table.js"]
    for kind, petals in measured.items():
        assert f'{kind}:\n    "{" ".join(petals[:16])}"' in source
    assert len(measured) == 3
