"""Which data networks learn from, and what training on them is as a question."""

import math
from collections.abc import Sequence

from catalog.knob import parse_number, spell_number
from landscapes.data import TableError
from landscapes.data.table import read_cell, split_table
from networks import TableData
from networks.data import Dataset, FewExamples, about
from scenes.network_knobs import TABLE

MOST_SPELLED = 3000
"""So many characters of a link are left for a table."""
DIGITS = 4
"""So many significant digits of its spread each input is rounded to."""
Table = TableData


def data_of(data: str, table: Table | None) -> str | Table:
    """Return the data as the room of networks knows them: an id, or the reader's own `table`."""
    return table if data == TABLE and table is not None else data


def size_of(data: str, table: Table | None) -> Dataset | TableData | FewExamples:
    """Return what says how many examples, inputs and classes there are; nothing is loaded."""
    return about(data_of(data, table))


def tidy(rows: Sequence[Sequence[float]]) -> Table:
    """Return a table that fits a link: its inputs rounded to four digits of how far they are spread.

    Rounding again changes nothing. Raises TableError where no network can learn from it, or where it is too
    long for a link.
    """
    checked = TableData(tuple(tuple(row) for row in rows))
    columns = [*zip(*checked.rows, strict=True)]
    rounded = [*(_rounded(column) for column in columns[:-1]), columns[-1]]
    table = TableData(tuple(zip(*rounded, strict=True)))
    if (length := len(spell_table(table))) > MOST_SPELLED:
        raise TableError("too_long_for_link", value=str(length))
    return table


def _rounded(column: tuple[float, ...]) -> tuple[float, ...]:
    """Return `column` to four digits of its spread; where that carries over, the digits are others, once."""
    for _ in range(3):
        spread = max(column) - min(column)
        digits = DIGITS - 1 - math.floor(math.log10(spread))
        column = tuple(round(value, digits) + 0.0 for value in column)
    return column


def spell_table(table: Table) -> str:
    """Return "x,y,class;…", which `parse_table` reads back as exactly `table` if `tidy` made it."""
    return ";".join(",".join(spell_number(value) for value in row) for row in table.rows)


def parse_table(text: str) -> Table:
    """Return the table that `text` spells; TableError for anything else."""
    if len(text) > MOST_SPELLED:
        raise TableError("too_long_for_link", value=str(len(text)))
    rows: list[list[float]] = []
    for line, row in enumerate(text.split(";") if text else (), 1):
        rows.append([])
        for cell in row.split(","):
            number = parse_number(cell)
            if number is None:
                raise TableError("not_a_number" if cell else "missing", line, cell)
            rows[-1].append(number)
    return tidy(rows)


def read_table(raw: object) -> Table:
    """Return the table that `raw`, text or the bytes of a file, holds: the class in the last column.

    Where a class is no number, classes are words, and numbered in the order of the alphabet.
    Raises TableError: what is wrong, and on which line of the file.
    """
    lines, delimiter = split_table(raw)
    words = sorted({cells[-1] for _, cells in lines}) if _are_words(lines, delimiter) else []
    rows: list[list[float]] = []
    for line, cells in lines:
        if len(cells) != len(lines[0][1]):
            raise TableError("uneven_columns", line, str(len(cells)))
        inputs = [read_cell(cell, line, delimiter) for cell in cells[:-1]]
        last = float(words.index(cells[-1])) if words else read_cell(cells[-1], line, delimiter)
        rows.append([*inputs, last])
    if len(words) == 1:
        raise TableError("one_class", value=words[0])
    try:
        return tidy(rows)
    except TableError as error:
        if error.why != "too_large":  # of all else no row is named
            raise
        raise TableError(error.why, lines[error.line - 1][0], error.value) from None


def _are_words(lines: list[tuple[int, list[str]]], delimiter: str) -> bool:
    """Return whether some class is a word: something is there, and it is no number."""
    for line, cells in lines:
        try:
            read_cell(cells[-1], line, delimiter)
        except TableError as error:
            if error.why == "not_a_number":
                return True
    return False
