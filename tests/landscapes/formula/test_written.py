"""Formulas as people write them: what is read, and how it is spelled."""

import random
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from landscapes.formula import FormulaError, read_formula
from landscapes.formula.check import read_steps
from landscapes.formula.expression import Expression, express
from tests.landscapes.formula.grammar import formulas

# What people write, and how it is spelled.
WRITTEN = [
    ("x^2/20 + y^2", "x**2/20+y**2"),
    ("3x^2+2y^2", "3*x**2+2*y**2"),
    ("sin(3x)+y²", "sin(3*x)+y**2"),
    ("x²−y²", "x**2-y**2"),
    ("2(x+1)", "2*(x+1)"),
    ("x(y+1)", "x*(y+1)"),
    ("(x+1)(y-1)", "(x+1)*(y-1)"),
    ("x y", "x*y"),
    ("xy", "x*y"),
    ("x\ny", "x*y"),
    ("x^2y", "x**2*y"),
    ("x⁻¹", "x**-1"),
    ("x⁺¹²", "x**12"),
    ("2×x·y÷3", "2*x*y/3"),
    ("x²y³", "x**2*y**3"),
    ("e^-x²", "e**-x**2"),
    ("2e^x", "2*e**x"),
    ("1e2x", "1e2*x"),
    ("2 e", "2*e"),
    ("√(x+9)", "sqrt(x+9)"),
    ("3√x", "3*sqrt(x)"),
    ("2πx", "2*pi*x"),
    ("2 pi x", "2*pi*x"),
    ("3sin(x)", "3*sin(x)"),
    ("1 + xsin(x)", "1+x*sin(x)"),
    ("2exp(x)", "2*exp(x)"),
    ("x + sin y", "x+sin(y)"),
    ("sinx+cosy", "sin(x)+cos(y)"),
    ("sin(sin x)", "sin(sin(x))"),
    ("sin**2(x)", "sin(x)**2"),
    ("sin²(x)", "sin(x)**2"),
    ("xsin²(y)cos^2(x)", "x*sin(y)**2*cos(x)**2"),
    ("sin² x - y", "sin(x)**2-y"),
    ("cos^2(3x+1)-y", "cos(3*x+1)**2-y"),
    ("max²(x, y)", "max(x,y)**2"),
    ("ln(1+x²)", "ln(1+x**2)"),
    ("X+y", "x+y"),
    ("XY + Sin(PI)", "x*y+sin(pi)"),
    ("|x|+2|y|", "abs(x)+2*abs(y)"),
    ("||x|+y|", "abs(abs(x)+y)"),
    ("|x||y|", "abs(x)*abs(y)"),
    ("|x|y||", "abs(x*abs(y))"),
    ("|-|x||", "abs(-abs(x))"),
    ("|x|-2|y|-|2|", "abs(x)-2*abs(y)-abs(2)"),
    ("2|-x|", "2*abs(-x)"),
    ("x|y|(|x-1|)", "x*abs(y)*(abs(x-1))"),
    ("max(|x|,|y|)^2", "max(abs(x),abs(y))**2"),
    ("ln|x| + |sin x|", "ln(abs(x))+abs(sin(x))"),
    ("（ｘ＋１）＊Ｙ＾２－｜ｙ｜", "(x+1)*y**2-abs(y)"),
    ("ｍａｘ（ｘ，１．５）", "max(x,1.5)"),
    ("x\u00a0+\u3000y\u2009x", "x+y*x"),
    ("𝑥²+𝐲", "x**2+y"),
    ("(x)/2 + 1/(2x)", "(x)/2+1/(2*x)"),
    ("x/2*y", "x/2*y"),
    ("1/-2+xy", "1/-2+x*y"),
    ("2^x*y+2^(x)y", "2**x*y+2**(x)*y"),
]


@pytest.mark.parametrize(("typed", "spelled"), WRITTEN, ids=[ascii(row[0]) for row in WRITTEN])
def test_formulas_are_read_as_people_write_them(typed: str, spelled: str):
    assert read_formula(typed).text == spelled
    assert read_formula(spelled) == read_formula(typed)


SIGNS = {"**": ("^", " ^ "), "*": ("·", "×", " "), "/": ("÷", "∕"), "-": ("−", "–"), "pi": ("π", "PI")}


@given(formulas(), st.randoms(use_true_random=False))
def test_another_spelling_has_the_same_steps(text: str, rng: random.Random):
    """Whatever is read as a formula is read, as it is spelled, as the same one, to the last bit."""

    def respelled(sign: re.Match[str]) -> str:
        others = SIGNS.get(sign[0])
        if others is None:
            return rng.choice((sign[0], sign[0].upper()))
        return rng.choice((sign[0], *others))

    typed = re.sub(r"(?<![0-9.])[a-z]+[0-9]*|\*\*|[-*/]", respelled, text)
    try:
        formula = read_formula(typed)
    except FormulaError:
        assume(False)
        raise
    again = read_formula(formula.text)
    assert again == formula
    x, y = np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1.5, 2.5, 5))
    np.testing.assert_array_equal(
        express(formula.text).on(x, y), Expression(typed, read_steps(typed)).on(x, y)
    )
    if text.replace(" ", "") == formula.text:
        np.testing.assert_array_equal(express(text).on(x, y), express(formula.text).on(x, y))


@given(st.lists(st.sampled_from([*"xyXY23 +-−*·/()^²³|√π", "sin", "ln", "e", "max(", ","]), max_size=14))
def test_what_is_spelled_out_reads_as_itself(pieces: list[str]):
    typed = "".join(pieces)
    try:
        formula = read_formula(typed)
    except FormulaError as error:
        assert -1 <= error.position <= len(typed)
        assume(False)
        raise
    assert formula.text.isascii() and read_formula(formula.text).text == formula.text
    x, y = np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1.5, 2.5, 5))
    np.testing.assert_array_equal(
        express(formula.text).on(x, y), Expression(typed, read_steps(typed)).on(x, y)
    )
