"""A table of two columns, as spreadsheets and people write it."""

import csv
import re

from catalog.knob import parse_number
from landscapes.data.error import TableError
from landscapes.data.rows import LONGEST, MOST_ROWS, Rows, tidy

DELIMITERS = ("\t", ";", ",")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?|[+-]?[0-9]+,", re.ASCII)
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and the encodings that they announce."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FORMULA = tuple("=@")


def read_table(raw: object) -> Rows:
    """Return the rows (x, y) that `raw`, text or the bytes of a file, holds.

    Read as UTF-8, or as UTF-16 where a byte order mark says so. The delimiter is the tab, semicolon or
    comma that most lines hold, in this order, else spaces; with a tab or a semicolon, 1,5 is one and a half.
    Cells may be quoted, blank lines are passed over, and so is a first line that holds no number: a header.
    Numbers are rounded to four significant digits of their column's spread (`tidy`).

    Takes any object whatever, at most some milliseconds. Raises TableError: what is wrong, and on which
    line of the file.
    """
    lines, delimiter = split_table(raw)
    if not lines:
        raise TableError("empty")
    if len(lines) > MOST_ROWS:
        raise TableError("too_many", value=str(len(lines)))
    rows = []
    for line, cells in lines:
        if len(cells) != 2:
            raise TableError("columns", line, str(len(cells)))
        rows.append([read_cell(cell, line, delimiter) for cell in cells])
    return tidy(rows, [line for line, _ in lines])


def split_table(raw: object) -> tuple[list[tuple[int, list[str]]], str]:
    """Return the cells of each line but a header, with the line's number, and the delimiter between them.

    Raises TableError where `raw` is no table.
    """
    lines = [(number, line) for number, line in enumerate(_text(raw).split("\n"), 1) if line.strip()]
    delimiter = next((d for d in DELIMITERS if 2 * sum(d in line for _, line in lines) > len(lines)), " ")
    cells = [(number, _cells(number, line, delimiter)) for number, line in lines]
    if cells and _is_header(cells[0][1], delimiter):
        del cells[0]
    return cells, delimiter


def _text(raw: object) -> str:
    """Return `raw` as text with lines that end in a line feed."""
    if not isinstance(raw, str | bytes):
        raise TableError("not_table", value=type(raw).__name__)
    if len(raw) > LONGEST:
        raise TableError("too_long")
    if isinstance(raw, bytes):
        encoding = next((name for mark, name in MARKS.items() if raw.startswith(mark)), "utf-8")
        if encoding != "utf-16" and CONTROLS.search(raw.decode("latin-1")):
            raise TableError("binary")
        try:
            raw = raw.decode(encoding)
        except UnicodeDecodeError as error:
            raise TableError("encoding", raw.count(b"\n", 0, error.start) + 1) from None
    if CONTROLS.search(raw):
        raise TableError("binary")
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _cells(number: int, line: str, delimiter: str) -> list[str]:
    """Return the cells of one line, without quotes and blanks around them."""
    # Blanks between cells are one delimiter; the no-break space is what thousands are grouped with.
    line = re.sub(r"[ \f\xa0]+", " ", line).strip(" ")
    try:
        (cells,) = csv.reader([line], delimiter=delimiter, skipinitialspace=delimiter != " ", strict=True)
    except csv.Error:
        raise TableError("quotes", number) from None
    return [cell.strip() for cell in cells]


def _is_header(cells: list[str], delimiter: str) -> bool:
    """Return whether no cell is a number, nor meant as one."""
    return not any(cell.startswith(FORMULA) or _is_float(_plain(cell, delimiter)) for cell in cells)


def _is_float(cell: str) -> bool:
    """Return whether Python takes `cell` for a number: also nan, inf and what is too large."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _plain(cell: str, delimiter: str) -> str:
    """Return `cell` with the minus and the decimal point of the keyboard."""
    cell = cell.replace("−", "-")
    return cell.replace(",", ".") if delimiter in "\t;" and DECIMAL_COMMA.fullmatch(cell) else cell


def read_cell(cell: str, line: int, delimiter: str) -> float:
    """Return the number that `cell` holds; TableError names the `line`."""
    plain = _plain(cell, delimiter)
    if (value := parse_number(plain)) is not None:
        return value
    if not cell:
        raise TableError("missing", line)
    if cell.startswith(FORMULA):
        raise TableError("formula", line, cell)
    raise TableError("not_finite" if _is_unbounded(plain) else "not_a_number", line, cell)


def _is_unbounded(cell: str) -> bool:
    """Return whether `cell` is nan, an infinity, or larger than any float."""
    return _is_float(cell) and not abs(float(cell)) < float("inf")
