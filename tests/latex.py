"""LaTeX that readers see, read back by sympy, so that tests can hold it to what the code computes."""

import re
from typing import Any

import sympy
from sympy.parsing.latex import parse_latex

CASES = re.compile(r"\\begin\{cases\}(.*)\\end\{cases\}")
NUMBERS = {sympy.Symbol("pi"): sympy.pi, sympy.Symbol("e"): sympy.E}
MAGNITUDE = sympy.Function("A")
BRANCHES = r"\Xi"  # what stands for the cases while everything around them is read


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
    formula: Any = parse_latex(latex.strip(), backend="antlr")
    if MAGNITUDE in {each.func for each in formula.atoms(sympy.Function)}:
        formula = formula.replace(MAGNITUDE, sympy.Abs)
    if formula.free_symbols & set(NUMBERS):
        formula = formula.subs(NUMBERS)
    if branches:
        rows = [[parse(part) for part in row.split("&")] for row in branches[1].split(r"\\")]
        formula = formula.subs(sympy.Symbol("Xi"), sympy.Piecewise(*rows))
    return formula
