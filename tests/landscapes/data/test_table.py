"""Any bytes whatever are a table or a sentence; what people write is read as they mean it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landscapes.data import TableError, parse_rows, read_table, spell_rows
from landscapes.data.rows import FARTHEST, FEWEST_ROWS, LARGEST, LONGEST, MOST_ROWS, tidy, unit

ROWS = ((1.0, 2.0), (2.0, 3.5), (3.0, -4.0))

READ = {
    "commas": "1,2\n2,3.5\n3,-4",
    "semicolons": "1;2\n2;3.5\n3;-4\n",
    "tabs": "1\t2\n2\t3.5\n3\t-4",
    "blanks": "1 2\n  2   3.5  \n3 -4\n",
    "commas and blanks": "1, 2\n2, 3.5\n3 , -4",
    "decimal commas": "1;2,0\n2;3,5\n3;-4,",
    "decimal commas and tabs": "1\t2\n2\t3,5\n3\t-4",
    "header": "x,y\n1,2\n2,3.5\n3,-4",
    "header of words": "hours of study;points in the test\n1;2\n2;3.5\n3;-4",
    "header of one cell": "my data\n1,2\n2,3.5\n3,-4",
    "header in Chinese": "时间,得分\n1,2\n2,3.5\n3,-4",
    "CRLF": "x,y\r\n1,2\r\n2,3.5\r\n3,-4\r\n",
    "CR": "x,y\r1,2\r2,3.5\r3,-4",
    "blank lines": "\n\n1,2\n\n2,3.5\n   \n3,-4\n\n",
    "quotes": '"x","y"\n"1","2"\n"2","3.5"\n"3","-4"',
    "quoted decimal commas": '"1";"2"\n"2";"3,5"\n"3";"-4"',
    "exponents": "1e0,2\n2,35e-1\n3,-.4E1",
    "signs": "+1,2\n2,+3.5\n3,−4",
    "byte order mark in a text": "\ufeff1,2\n2,3.5\n3,-4",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_tables_are_read(text: str):
    assert read_table(text) == ROWS
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):  # the last one writes a byte order mark
        assert read_table(text.removeprefix("\ufeff").encode(encoding)) == ROWS
    assert read_table(b"\xfe\xff" + text.removeprefix("\ufeff").encode("utf-16-be")) == ROWS


MANY = "\n".join(f"{i},{i * i}" for i in range(MOST_ROWS + 1))

REFUSED = {
    "nothing": (b"", "empty", 0),
    "blank": (" \n\t\n\r\n", "empty", 0),
    "only a header": ("x,y\n", "empty", 0),
    "no text": (None, "not_table", 0),
    "a number": (3.5, "not_table", 0),
    "long": (b"1,2\n" * (LONGEST // 4 + 1), "too_long", 0),
    "one very long line": ("1" * (LONGEST + 1), "too_long", 0),
    "NUL": (b"1,2\n\x00,3\n4,5", "binary", 0),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", 0),
    "spreadsheet": (b"PK\x03\x04\x14\x00", "binary", 0),
    "UTF-16 without a mark": ("1,2\n2,3\n3,4".encode("utf-16-le"), "binary", 0),
    "control character": ("1,2\n2,\x1b3\n3,4", "binary", 0),
    "half of UTF-16": (b"\xff\xfe1\x00,\x00\x00\xd8", "encoding", 1),
    "Latin-1": ("x,y\n1,2\nn°,3".encode("latin-1"), "encoding", 3),
    "one column": ("x\n1\n2\n3", "columns", 2),
    "three columns": ("1,2,3\n4,5,6\n7,8,9", "columns", 1),
    "ragged, fewer": ("x,y\n1,2\n\n3\n4,5", "columns", 4),
    "ragged, more": ("1,2\n3,4,5\n6,7", "columns", 2),
    "delimiter at the end": ("1,2,\n3,4,\n5,6,", "columns", 1),
    "decimal commas between commas": ("1,5,2\n2,5,3\n3,5,4", "columns", 1),
    "empty cell": ("1,2\n2,\n3,4", "missing", 2),
    "formula": ("x,y\n1,=SUM(A1)\n2,3\n4,5", "formula", 2),
    "formula in the first line": ("=SUM(A1),x\n1,2\n2,3\n4,5", "formula", 1),
    "text": ("1,2\n2,two\n3,4", "not_a_number", 2),
    "text after blank lines": ("\n\nx,y\n1,2\n2,two\n3,4", "not_a_number", 5),
    "hexadecimal": ("1,2\n2,0x10\n3,4", "not_a_number", 2),
    "underscore": ("1,2\n2,1_0\n3,4", "not_a_number", 2),
    "foreign digits": ("1,2\n2,٣\n3,4", "not_a_number", 2),
    "thousands": ("1;2\n2;1.234,5\n3;4", "not_a_number", 2),
    "currency": ("1,2\n2,€3\n3,4", "not_a_number", 2),
    "vanishing": ("1,2\n2,1e-999\n3,4", "not_a_number", 2),
    "markup": ("1,2\n2,<b>\n3,4", "not_a_number", 2),
    "nan": ("1,2\nnan,3\n3,4", "not_finite", 2),
    "inf": ("1,2\n2,-inf\n3,4", "not_finite", 2),
    "1e999": ("1,2\n2,1e999\n3,4", "not_finite", 2),
    "nan in the first line": ("nan,inf\n1,2\n2,3\n4,5", "not_finite", 1),
    "large": ("1,2\n2,3\n3,1e16", "too_large", 3),
    "quote": ('1,2\n"2,3\n3,4', "quotes", 2),
    "quote in a cell": ('1,2\n"2"3,3\n3,4', "quotes", 2),
    "two rows": ("x,y\n1,2\n3,4", "too_few", 0),
    "201 rows": (MANY, "too_many", 0),
    "equal x": ("x,y\n7,1\n7,2\n7,3", "same_x", 0),
    "nearly equal x": ("0,1\n0,2\n1e-10,3", "narrow_x", 0),
    "nearly equal y": ("1,0\n2,0\n3,1e-10", "narrow_y", 0),
    "far x": ("1700000000,1\n1700000001,2\n1700000002,3", "far_x", 0),
    "far y": ("1,100000\n2,100001\n3,100002", "far_y", 0),
}


@pytest.mark.parametrize(("raw", "why", "line"), REFUSED.values(), ids=REFUSED)
def test_other_tables_get_a_sentence(raw: object, why: str, line: int):
    with pytest.raises(TableError) as caught:
        read_table(raw)
    assert (caught.value.why, caught.value.line) == (why, line)
    sentence = str(caught.value)
    assert sentence.endswith(".") and len(sentence) < 250 and sentence.isprintable()
    assert not line or f"ine {line}" in sentence


@pytest.mark.parametrize("count", [FEWEST_ROWS, MOST_ROWS])
def test_the_fewest_and_the_most_rows_are_read(count: int):
    assert len(read_table("\n".join(MANY.split("\n")[:count]))) == count


def test_sentences_say_what_came_and_what_helps():
    cases = {
        "1,2,3\n4,5,6": "Line 1: two columns are wanted, x and y; the number of columns here is 3.",
        "1700000000,1\n1700000001,2\n1700000002,3": "Subtract 1700000000 from all of them.",
        "1,2\n2,two\n3,4": "“two”",
        MANY: "there are 201",
    }
    for text, said in cases.items():
        with pytest.raises(ValueError, match=said.replace(".", r"\.")):
            read_table(text)


def test_subtracting_what_the_sentence_says_helps():
    text = "{},1\n{},2\n{},4"
    times = 1_700_000_000, 1_700_000_060, 1_700_000_300
    with pytest.raises(TableError) as caught:
        read_table(text.format(*times))
    assert read_table(text.format(*(time - int(caught.value.value) for time in times)))


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example("\ud800,1".encode("utf-8", "surrogatepass"))
def test_any_bytes_are_a_table_or_a_sentence(raw: bytes):
    try:
        rows = read_table(raw)
    except TableError as error:
        assert str(error)
    else:
        assert FEWEST_ROWS <= len(rows) <= MOST_ROWS


LIKE_TABLES = st.text(
    st.sampled_from('0123456789.,;\t \n\r"-+eExyna=\x85\u2028\xa0\ufeff\ud800'), max_size=80
)


@given(LIKE_TABLES)
def test_any_text_is_a_table_or_a_sentence(text: str):
    for raw in (text, text.encode("utf-8", "surrogatepass")):
        try:
            read_table(raw)
        except TableError as error:
            assert str(error)


@given(st.one_of(LIKE_TABLES, st.none(), st.integers(), st.lists(st.floats())))
@example("1,2;2,3;nan,4")
@example("1,2;" * 300)
@example("1" * (LONGEST + 1))
@example("1,2;2,3;5,4;")
def test_any_spelling_is_rows_or_a_sentence(text: object):
    try:
        rows = parse_rows(text)
    except TableError as error:
        assert str(error)
    else:
        assert parse_rows(spell_rows(rows)) == rows


NUMBERS = st.one_of(
    st.floats(-1e16, 1e16),
    st.floats(-10, 10),
    st.integers(-100, 100),
    st.sampled_from([0.99999, 1.00004, 0.5, 9.9995, 1e-12, 1e15, 123456.0]),
)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=12))
@example([(0.0, 0.0), (0.99999, 1.0), (0.50004, 2.0)])
@example([(0.50006, 0.0), (1.50009, 1.0), (0.9, 2.0)])
def test_rows_survive_a_link(rows: list[tuple[float, float]]):
    try:
        found = tidy(rows)
    except TableError:
        return
    assert tidy(found) == found
    assert parse_rows(spell_rows(found)) == found


def test_the_most_rows_fit_a_link():
    rows = [(2000 + 50 * (i * 0.6180339887 % 1), -1e-5 * (i * 0.7548776662 % 1)) for i in range(MOST_ROWS)]
    assert len(spell_rows(tidy(rows))) < 7000


@pytest.mark.parametrize(
    ("column", "rounded"),
    [
        ((0.0, 23.74681, 10.005), (0.0, 23.75, 10.01)),
        ((2000.12345, 2050.0, 2010.0), (2000.12, 2050.0, 2010.0)),
        ((0.0, 0.99999, 0.33333), (0.0, 1.0, 0.333)),  # the spread became 1: three decimals
        ((123456.0, 0.0, 987654.0), (123500.0, 0.0, 987700.0)),
        ((5.6789, 5.6789, 5.6789), (5.679, 5.679, 5.679)),
    ],
)
def test_columns_keep_four_digits_of_their_spread(column: tuple[float, ...], rounded: tuple[float, ...]):
    rows = tidy(list(zip((1.0, 2.0, 3.0), column, strict=True)))
    assert tuple(y for _, y in rows) == rounded


@given(st.lists(NUMBERS, min_size=3, max_size=12))
def test_in_its_unit_a_column_is_neither_large_nor_small(column: list[float]):
    rows = [(float(i), value) for i, value in enumerate(column)]
    try:
        column = [y for _, y in tidy(rows)]
    except TableError:
        return
    step = unit(column)
    mean = sum(column) / len(column) / step
    deviation = (sum((value / step - mean) ** 2 for value in column) / len(column)) ** 0.5
    assert abs(mean) <= FARTHEST
    assert deviation < 3.2
    if max(column) > min(column):
        assert deviation > 0.3 or abs(mean) > FARTHEST / 11  # another ten times, because it lies far out


@pytest.mark.parametrize(
    "rows",
    [
        "1,2;3,4",
        [(1, 2), (3, 4), 5],
        [(1, 2), (3, 4), (5, 6, 7)],
        [(1, 2), (3, 4), ("a", "b")],
        [(1, 2), (3, 4), (10**400, 1)],
        [(1, 2), (3, 4), (5, float("nan"))],
        {1: 2},
        None,
    ],
)
def test_rows_from_scripts_are_checked_too(rows: object):
    with pytest.raises(TableError):
        tidy(rows)


def test_what_is_larger_than_any_unit_is_refused_by_its_size():
    with pytest.raises(TableError, match="too large"):
        tidy([(0, 0), (1, 1), (2 * LARGEST, 2)])
