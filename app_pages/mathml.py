"""Formulas as browsers draw them: MathML, made from LaTeX."""

from functools import lru_cache

from latex2mathml.converter import convert


@lru_cache(maxsize=1024)
def mathml(latex: str, display: str = "block") -> str:
    """Return `latex` as one MathML element, `display` being "block" or "inline"."""
    return convert(latex, display=display)
