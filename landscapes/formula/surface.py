"""Formulas as landscapes, and one name for whatever is descended."""

from catalog.kept import Kept
from landscapes.formula import suit
from landscapes.formula.box import DEFAULT_BOX
from landscapes.formula.expression import express
from landscapes.formula.reading import Formula, read_formula
from landscapes.formula.survey import survey
from landscapes.landscape import Box, Landscape

Which = str | Formula
"""What is descended: the id of a surface of the shelf, or a formula."""

MOST_SURFACES = 256

_SURFACES: Kept[Landscape] = Kept(MOST_SURFACES)


def find(which: Which) -> Landscape:
    """Return the surface that `which` names; equal formulas give the identical one while it is kept.

    Raises KeyError, naming the ids that exist, for an id that is not on the shelf.
    """
    if isinstance(which, Formula):
        return _SURFACES.get(which, lambda: _landscape(which))
    from landscapes import LANDSCAPES  # not above: the shelf's room may want formulas too

    return LANDSCAPES[which]


def from_formula(text: str, box: Box = DEFAULT_BOX) -> Landscape:
    """Return the surface of the formula `text`, in x and y as Python writes it, over `box`.

    Raises FormulaError, a ValueError, with a sentence and a position.
    """
    return find(read_formula(text, box))


def _landscape(formula: Formula) -> Landscape:
    """Return the surface of `formula`; nothing is compiled yet."""
    expression, box = express(formula.text), formula.box
    found = survey(expression, box)
    return Landscape(
        id="formula",
        family="typed",
        loss=expression,
        latex=expression.latex,
        box=box,
        start=suit.start(expression, box, found),
        source=None,
        gradient_rate=suit.gradient_rate(found, box),
        length_rate=suit.length_rate(box),
        smooth=expression.smooth,
        view=suit.view(found),
    )
