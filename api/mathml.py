"""Formulas as browsers draw them: MathML, made from LaTeX."""

from latex2mathml.converter import convert

from catalog.cache import MB, SingleFlightCache

_ELEMENTS: SingleFlightCache[str] = SingleFlightCache(8 * MB)


def mathml(latex: str, display: str = "block") -> str:
    """Return `latex` as one MathML element, `display` being "block" or "inline"."""
    return _ELEMENTS.get((latex, display), lambda: convert(latex, display=display))
