"""The reader's own formula as a surface: read by our own rules, never run as Python."""

from landscapes.formula.box import DEFAULT_BOX, read_box
from landscapes.formula.error import FormulaError
from landscapes.formula.reading import Formula, from_formula, read_formula

__all__ = [
    "DEFAULT_BOX",
    "Formula",
    "FormulaError",
    "from_formula",
    "read_box",
    "read_formula",
]
