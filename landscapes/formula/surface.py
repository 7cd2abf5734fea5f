"""A formula as a landscape."""

from catalog.cache import MB, SingleFlightCache
from landscapes.formula import defaults
from landscapes.formula.expression import express
from landscapes.formula.survey import survey
from landscapes.landscape import Box, Landscape

_SURFACES: SingleFlightCache[Landscape] = SingleFlightCache(8 * MB)


def landscape_of(text: str, box: Box) -> Landscape:
    """Return the landscape of a formula that was read, over `box`; equal ones give the identical one."""
    return _SURFACES.get((text, box), lambda: _landscape(text, box))


def _landscape(text: str, box: Box) -> Landscape:
    """Return the landscape; nothing is compiled yet."""
    expression = express(text)
    found = survey(expression, box)
    return Landscape(
        id="formula",
        family="typed",
        loss=expression,
        latex=expression.latex,
        box=box,
        start=defaults.start(expression, box, found),
        source=None,
        gradient_rate=defaults.gradient_rate(found, box),
        length_rate=defaults.length_rate(box),
        smooth=expression.smooth,
        view=defaults.view(found),
    )
