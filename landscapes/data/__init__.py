"""Losses that are made of data: of the shelf's, and of the reader's own."""

from landscapes.data.error import TableError
from landscapes.data.fit import Fit, fit, fitted, read_fit
from landscapes.data.models import MODELS
from landscapes.data.rows import Rows, parse_rows, spell_rows
from landscapes.data.table import read_table

__all__ = [
    "MODELS",
    "Fit",
    "Rows",
    "TableError",
    "fit",
    "fitted",
    "parse_rows",
    "read_fit",
    "read_table",
    "spell_rows",
]
