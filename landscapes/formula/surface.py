"""Formulas as landscapes, and one name for whatever is descended."""

from collections.abc import Mapping
from typing import Any

from catalog.kept import MB, Kept
from catalog.knob import complete
from landscapes.data.fit import Fit, fitted
from landscapes.formula import suit
from landscapes.formula.box import DEFAULT_BOX
from landscapes.formula.expression import express
from landscapes.formula.reading import Formula, read_formula
from landscapes.formula.survey import survey
from landscapes.landscape import Box, Landscape
from landscapes.penalty import penalised

Which = str | Formula | Fit
"""What is descended: the id of a surface of the shelf, a formula, or a model fitted to the reader's data."""

_SURFACES: Kept[Landscape] = Kept(8 * MB)


def find(which: Which, knobs: Mapping[str, Any] = {}) -> Landscape:
    """Return the surface that `which` names, with the choices that `knobs` makes and the knob `l2`.

    Equal questions give the identical surface (of a formula or a fit: while it is kept). Raises KeyError,
    naming the ids that exist, for an id that is not on the shelf, and ValueError for a choice that a knob
    does not have.
    """
    return penalised(chosen(_plain(which), knobs))


def chosen(landscape: Landscape, knobs: Mapping[str, Any]) -> Landscape:
    """Return `landscape` with the choices that `knobs` makes, the usual ones where it makes none."""
    if landscape.choose is None:
        return landscape
    choices = {knob.id: knob for knob in landscape.knobs if knob.kind == "choice"}
    return landscape.choose(**complete(choices.values(), {k: v for k, v in knobs.items() if k in choices}))


def _plain(which: Which) -> Landscape:
    """Return the surface that `which` names, without the penalty."""
    if isinstance(which, Formula):
        return _SURFACES.get(which, lambda: _landscape(which))
    if isinstance(which, Fit):
        return fitted(which)
    from landscapes import LANDSCAPES  # not above: the shelf's room may want formulas too

    return LANDSCAPES[which]


def from_formula(text: str, box: Box = DEFAULT_BOX) -> Landscape:
    """Return the surface of the formula `text`, in x and y as Python writes it, over `box`.

    Raises FormulaError, a ValueError, with a sentence and a position.
    """
    return _plain(read_formula(text, box))


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
