"""LaTeX that readers see, read back by sympy, so that tests can hold it to what the code computes."""

import re
from typing import Any
from unittest.mock import patch

import sympy
from antlr4 import PredictionMode, TokenStream
from sympy.parsing.latex import LaTeXParsingError, parse_latex
from sympy.parsing.latex import _parse_latex_antlr as by_grammar

CASES = re.compile(r"\\begin\{cases\}(.*)\\end\{cases\}")
NUMBERS = {sympy.Symbol("pi"): sympy.pi, sympy.Symbol("e"): sympy.E}
MAGNITUDE = sympy.Function("A")
BRANCHES = r"\Xi"  # what stands for the cases while everything around them is read


class QuickParser(by_grammar.LaTeXParser):
    """A parser that looks ahead without looking back at where it is, which takes a third of the time.

    It finds the same tree, or an error where the other mode might find none: ANTLR promises this of SLL.
    """

    def __init__(self, tokens: TokenStream) -> None:
        super().__init__(tokens)
        self._interp.predictionMode = PredictionMode.SLL


def tree(latex: str) -> Any:
    """Return what sympy reads."""
    try:
        with patch.object(by_grammar, "LaTeXParser", QuickParser):
            return parse_latex(latex, backend="antlr")
    except LaTeXParsingError:
        return parse_latex(latex, backend="antlr")


def parse(latex: str) -> Any:
    """Return the sympy expression that `latex` writes, π and e being the numbers.

    By the ANTLR grammar: the Lark one of sympy 1.14 stumbles over π x and over a fraction before a bracket.
    A symbol before a bracket is written {\\alpha} \\left(…, or it would be taken for a function of it.
    Factors stay in the order in which they are written, unless there are π, e, cases or bars among them.
    """
    branches = CASES.search(latex)
    if branches:
        latex = CASES.sub(lambda _: BRANCHES, latex)
    # The grammar has no bars with \left and \right.
    latex = latex.replace(r"\left|", r"A\left(").replace(r"\right|", r"\right)")
    formula = tree(latex.strip())
    if MAGNITUDE in {each.func for each in formula.atoms(sympy.Function)}:
        formula = formula.replace(MAGNITUDE, sympy.Abs)
    if formula.free_symbols & set(NUMBERS):
        formula = formula.subs(NUMBERS)
    if branches:
        rows = [[parse(part) for part in row.split("&")] for row in branches[1].split(r"\\")]
        formula = formula.subs(sympy.Symbol("Xi"), sympy.Piecewise(*rows))
    return formula
