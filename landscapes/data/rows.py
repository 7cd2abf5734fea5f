"""Rows of data as a value: checked, rounded, and spelled in a link."""

import math
from collections.abc import Sequence

from catalog.knob import parse_number, spell_number
from landscapes.data.error import TableError

Rows = tuple[tuple[float, float], ...]
"""Pairs (x, y) that a model can be fitted to; `tidy` makes them."""

FEWEST_ROWS, MOST_ROWS = 3, 200
LONGEST = 64 * 1024
"""The most characters, or bytes, that a table may have."""
LARGEST = 1e15
NARROWEST = 1e-9
FARTHEST = 700.0
"""How far from 0 the mean of a column may lie, in its units: the curvature of a line's loss grows with its
square, and above 10⁶ no rate that a knob reaches is small enough."""
DIGITS = 4


def tidy(rows: object, lines: Sequence[int] = ()) -> Rows:
    """Return `rows`, pairs of numbers, as data that a line can be fitted to.

    Each column is rounded to four significant digits of its spread (largest less least value), so that 200
    rows fit a link: with a spread of 23.7, to a multiple of 0.01. Rounding again changes nothing.

    Raises TableError unless there are 3 to 200 pairs of finite numbers of at most 10¹⁵ either way, x
    differs by 1e-9 or more, y too or not at all, and neither lies so far from zero that its values look
    alike from there. `lines` are the lines of the file that the rows stand on; else they are counted.
    """
    if isinstance(rows, str | bytes) or not isinstance(rows, Sequence):
        raise TableError("not_table", value=type(rows).__name__)
    if len(rows) > MOST_ROWS:
        raise TableError("too_many", value=str(len(rows)))
    pairs = [_pair(row, lines[n] if lines else n + 1) for n, row in enumerate(rows)]
    if len(pairs) < FEWEST_ROWS:
        raise TableError("too_few", value=str(len(pairs)))
    columns = []
    for name, column in zip("xy", zip(*pairs, strict=True), strict=True):
        columns.append(column := _rounded(column))
        _check_spread(name, column)
    return tuple(zip(*columns, strict=True))


def _pair(row: object, line: int) -> tuple[float, float]:
    """Return the two numbers of `row`; TableError names the `line` if they are none that can be used."""
    try:
        x, y = (float(cell) + 0.0 for cell in row)  # type: ignore[attr-defined] - refused if it has no cells
    except (TypeError, ValueError, OverflowError):
        raise TableError("not_a_number", line, str(row)[:LONGEST]) from None
    for value in (x, y):
        if not math.isfinite(value):
            raise TableError("not_finite", line, str(value))
        if abs(value) > LARGEST:
            raise TableError("too_large", line, f"{value:g}")
    return x, y


def _rounded(column: tuple[float, ...]) -> tuple[float, ...]:
    """Return `column` to four digits of its spread, or of itself where all values are equal."""
    # Rounding may carry the spread over a power of ten; then the digits are others, once.
    for _ in range(3):
        spread = max(column) - min(column) or abs(column[0]) or 1.0
        digits = DIGITS - 1 - math.floor(math.log10(spread))
        column = tuple(round(value, digits) + 0.0 for value in column)
    return column


def _check_spread(name: str, column: tuple[float, ...]) -> None:
    """Refuse a column whose values can hardly be told apart."""
    spread = max(column) - min(column)
    if spread == 0 and name == "x":
        raise TableError("same_x", value=spell_number(column[0]))
    if 0 < spread < NARROWEST:
        raise TableError(f"narrow_{name}", value=f"{spread:g}")
    mean = sum(column) / len(column)
    if abs(mean) > FARTHEST * (step := unit(column)):
        near = round(mean / (10 * step)) * 10 * step
        raise TableError(f"far_{name}", value=f"{near:.10g}")


def unit(column: Sequence[float]) -> float:
    """Return the power of ten in which the standard deviation of `column` lies between 0.3 and 3.

    Ten times that where its mean would lie farther than FARTHEST from 0. Values that are all equal are
    measured by how large they are.
    """
    mean = math.fsum(column) / len(column)
    largest = max(abs(value - mean) for value in column)
    if max(column) == min(column):
        exponent = math.floor(math.log10(abs(mean))) if mean else 0
    else:
        # Over the largest, so that no square vanishes.
        share = math.sqrt(math.fsum(((value - mean) / largest) ** 2 for value in column) / len(column))
        exponent = round(math.log10(share * largest))
    step = float(f"1e{exponent}")
    return step if abs(mean) <= FARTHEST * step else float(f"1e{exponent + 1}")


def spell_rows(rows: Rows) -> str:
    """Return "x,y;x,y;…", which `parse_rows` reads back as exactly `rows` if `tidy` made them."""
    return ";".join(f"{spell_number(x)},{spell_number(y)}" for x, y in rows)


def parse_rows(text: object) -> Rows:
    """Return the rows that `text` spells as "1,2;3,4"; TableError for anything else.

    Strict: plain decimal numbers, no blanks, nothing missing and nothing between.
    """
    if not isinstance(text, str):
        raise TableError("not_table", value=type(text).__name__)
    if len(text) > LONGEST:
        raise TableError("too_long")
    spelled = text.split(";") if text else []
    if len(spelled) > MOST_ROWS:
        raise TableError("too_many", value=str(len(spelled)))
    rows = []
    for line, row in enumerate(spelled, 1):
        cells = row.split(",")
        if len(cells) != 2:
            raise TableError("columns", line, str(len(cells)))
        numbers = [parse_number(cell) for cell in cells]
        for cell, number in zip(cells, numbers, strict=True):
            if number is None:
                raise TableError("not_a_number" if cell else "missing", line, cell)
        rows.append(numbers)
    return tidy(rows)
