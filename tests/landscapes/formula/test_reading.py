"""How a formula is read: precedence, canonical text, places and suggestions."""

import ast
import dataclasses
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from landscapes.formula import DEFAULT_BOX, Formula, FormulaError, read_formula
from landscapes.formula.brackets import DEEPEST
from landscapes.formula.check import LONGEST, MOST_STEPS, MOST_WORK, read_steps
from landscapes.formula.error import pointed
from landscapes.formula.expression import express
from landscapes.formula.steps import fold
from tests.landscapes.formula.grammar import formulas

NAMES = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


def as_python_reads(node: ast.expr) -> object:
    """Return the nested tuples that Python's own parser makes of a formula."""
    match node:
        case ast.BinOp(left, sign, right):
            return NAMES[type(sign)], as_python_reads(left), as_python_reads(right)
        case ast.UnaryOp(ast.UAdd(), operand):
            return as_python_reads(operand)
        case ast.UnaryOp(ast.USub(), operand):
            return "negative", as_python_reads(operand)
        case ast.Call(ast.Name(name), arguments):
            return name, *map(as_python_reads, arguments)
        case ast.Name(name):
            return name
        case ast.Constant(float() | int() as value):
            return float(value)
    raise AssertionError(ast.dump(node))


def as_we_read(text: str) -> object:
    def make(step, given):
        if step.arity:
            return step.name, *given
        return step.value if step.name == "number" else step.name

    return fold(read_steps(text), make)


@given(formulas(depth=6))
def test_precedence_is_pythons(text: str):
    try:
        ours = as_we_read(text)
    except FormulaError as error:
        assume(error.why not in ("not_finite", "too_long", "too_many_steps", "too_much_work", "too_deep"))
        raise
    assert ours == as_python_reads(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize(
    "text",
    ["-x**2", "2**-x**2", "-x*-y", "x**y**2", "x-y-1", "x/y/2", "+-+x", "-min(-x,+y)**-2", "(x)**-(y)"],
)
def test_precedence_by_hand(text: str):
    assert as_we_read(text) == as_python_reads(ast.parse(text, mode="eval").body)


@given(formulas())
def test_white_space_means_nothing(text: str):
    try:
        formula = read_formula(text)
    except FormulaError:
        assume(False)
        raise
    assert " " not in formula.text
    assert read_formula(formula.text) == formula == read_formula(f"\t{text.replace('(', '( ')} \r\n")
    # Pluses that change nothing are gone; what is left is the same to the last bit.
    x, y = np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1.5, 2.5, 5))
    np.testing.assert_array_equal(express(formula.text).on(x, y), express(text).on(x, y))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("+x", "x"), ("x+-y", "x-y"), ("x++y", "x+y"), ("-+x*+y", "-x*y")),
        *(("1e+3*x", "1e+3*x"), ("max(+x,+-y)", "max(x,-y)")),
    ],
)
def test_an_idle_plus_is_dropped(typed: str, kept: str):
    assert read_formula(typed).text == kept


# The caret stands below the character at fault; ^ after the text where something is missing.
PLACES = [
    ("1 2", "missing_times", "  ^", ""),
    ("(x)2", "missing_times", "   ^", ""),
    ("x 2", "missing_times", "  ^", ""),
    ("x²3", "missing_times", "  ^", ""),
    ("π2", "missing_times", " ^", ""),
    ("0x", "missing_times", " ^", "0*x"),
    ("y-1e", "missing_times", "   ^", "y-1*e"),
    ("1/2x", "unclear_product", "   ^", "1/2*x"),
    ("y÷(x+1)(y-1)", "unclear_product", "       ^", "y/(x+1)*(y-1)"),
    ("x/-2y^2", "unclear_product", "    ^", "x/-2*y**2"),
    ("2^xy", "unclear_product", "   ^", "2**x*y"),
    ("2^-sin(x) y", "unclear_product", "          ^", "2**-sin(x)*y"),
    ("x + z", "unknown_name", "    ^", ""),
    ("x2", "unknown_name", "^", ""),
    ("2x3", "unknown_name", " ^", ""),
    ("log2x", "unknown_name", "^", ""),
    ("y*foo(x)", "unknown_function", "  ^", ""),
    ("sen(x)", "unknown_function", "^", ""),
    ("sin 2x", "needs_brackets", "^", ""),
    ("x√2x", "needs_brackets", " ^", ""),
    ("sin x cos y", "needs_brackets", "^", ""),
    ("ln|x|y", "needs_brackets", "^", ""),
    ("sin x**2", "needs_brackets", "^", ""),
    ("sin⁻¹(x)", "needs_brackets", "^", ""),
    ("x+sin²(x)^3", "needs_brackets", "  ^", ""),
    ("sin()", "one_argument", "    ^", ""),
    ("sin(x,y)", "one_argument", "     ^", ""),
    ("cos(1,5x)", "one_argument", "     ^", "cos(1.5*x)"),
    ("min(x)", "two_arguments", "     ^", ""),
    ("max(x,y,1)", "two_arguments", "       ^", ""),
    ("max(1,5)+cos(1,5)", "one_argument", "              ^", "max(1,5)+cos(1.5)"),
    ("x+1,5y", "comma", "   ^", "x+1.5*y"),
    ("x,y", "comma", " ^", ""),
    ("((x+1)", "unclosed_bracket", "^", "((x+1))"),
    ("x(y", "unclosed_bracket", " ^", "x*(y)"),
    ("(x+1))*y", "unopened_bracket", "     ^", ""),
    ("y = x²", "equals", "  ^", "x**2"),
    ("f(x,y)=xy", "equals", "      ^", "x*y"),
    ("x == y", "equals", "  ^", ""),
    ("min(x=1,y)", "equals", "     ^", ""),
    ("х+y", "not_ascii", "^", "x+y"),
    ("x\u200b+y", "not_ascii", " ^", "x+y"),
    ("½x", "not_ascii", "^", ""),
    ("x٣", "not_ascii", " ^", ""),
    ("x+|y", "bars", "  ^", ""),
    ("x|", "bars", " ^", ""),
    ("|(x|)", "bars", "   ^", ""),
    ("max(|x,y|)", "bars", "    ^", ""),
    ("|x|+||", "bars", "     ^", ""),
    ("|x|y|x|", "unclear_bars", "  ^", ""),
    ("|2|-x|+y|", "unclear_bars", "  ^", ""),
    ("x²^3", "second_power", "  ^", ""),
    ("[x+1]2", "other_bracket", "^", ""),
    ("{x+1}y", "other_bracket", "^", "(x+1)*y"),
    ("［x］", "other_bracket", "^", "(x)"),
    ("1_000x", "number_form", "^", "1000*x"),
    ("x+0x10", "number_form", "  ^", ""),
    ("1.2.3", "number_form", "^", ""),
    ("x*1e309", "number_large", "  ^", ""),
    ("x*1e-309", "number_small", "  ^", ""),
    ("x+0." + "1" * 31, "number_long", "  ^", ""),
    ("x" + "²" * 33, "number_long", " ^", ""),
    ("x+", "unfinished", "  ^", ""),
    ("x^", "unfinished", "  ^", ""),
    ("^2", "unexpected", "^", ""),
    ("²", "unexpected", "^", ""),
    ("x**/y", "unexpected", "   ^", ""),
    ("x + · y", "unexpected", "    ^", ""),
    ("x* *2", "unexpected", "   ^", ""),
    ("()", "unexpected", " ^", ""),
    ("x+1/(2-2)", "not_finite", "   ^", ""),
    ("y+x÷0", "not_finite", "   ^", ""),
    ("y√(1-2)", "not_finite", " ^", ""),
    ("x%2", "character", " ^", ""),
    ("x.real", "character", " ^", ""),
    ("x\f+y", "character", " ^", "x+y"),
    ("   ", "empty", "^", ""),
]


@pytest.mark.parametrize(
    ("text", "why", "caret", "suggestion"), PLACES, ids=[ascii(row[0]) for row in PLACES]
)
def test_the_place_and_the_suggestion(text: str, why: str, caret: str, suggestion: str):
    with pytest.raises(FormulaError) as caught:
        read_formula(text)
    error = caught.value
    assert (error.why, " " * error.position + "^", error.suggestion) == (why, caret, suggestion)
    shown = "".join(c if c.isprintable() else " " for c in text)
    assert pointed(text, error.position) == (shown, caret)
    sentence, *place = str(error).split("\n")
    assert place == [shown, caret]
    assert (suggestion in sentence) if suggestion else sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "not_text"),
        (b"x", "not_text"),
        (5, "not_text"),
        ("x" + "+x" * 200, "too_long"),
        ("+".join(["√5"] * 80), "too_long"),
        ("x" + "+x" * 130, "too_many_steps"),
        ("/".join("xy" * 20), "too_much_work"),
        ("log(-1-x**2)", "undefined"),
        ("(0-2)**x", "undefined"),
        ("sqrt(-x**2)", "undefined"),
        ("1e200*1e108*x**2", "undefined"),
    ],
)
def test_what_has_no_place(text: object, why: str):
    with pytest.raises(FormulaError) as caught:
        read_formula(text)
    assert (caught.value.why, caught.value.position) == (why, -1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("opened", "closed"), [("(", ")"), ("|", "|")])
def test_the_bracket_that_is_too_deep_is_shown(opened: str, closed: str):
    with pytest.raises(FormulaError) as caught:
        read_formula(opened * 40 + "x" + closed * 40)
    assert (caught.value.why, caught.value.position) == ("too_deep", DEEPEST)
    with pytest.raises(FormulaError) as caught:
        read_formula("|(" * 20 + "x" + ")|" * 20)
    assert (caught.value.why, caught.value.position, caught.value.value) == ("too_deep", DEEPEST, "|")


def test_everything_at_its_limit_is_accepted():
    for text in (
        "x" + "+1" * ((LONGEST - 1) // 2 // 2) + " " * (LONGEST - 199),
        "(" * DEEPEST + "x" + ")" * DEEPEST,
        "|" * DEEPEST + "x" + "|" * DEEPEST,
        "-" * (MOST_STEPS - 1) + "x",
        "+" * (LONGEST - 1) + "x",
        "*".join("x" * (MOST_WORK + 1)),
        "1e299*x",
        "2.3e-308*x",
        "0e999*x",
        "0." + "1" * 30,
    ):
        read_formula(text)


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("x+y-3*x/7+(-x)*2", 0),
        ("x*y", 1),
        ("x**2", 1),
        ("1/x", 2),
        ("x**y+2**x", 6),
        ("sin(x)+abs(y)", 2),
        ("sinh(x)", 3),
        ("sin(pi**2/3)*sqrt(2)", 0),
    ],
)
def test_what_compiling_takes_is_counted(text: str, work: int):
    """Each once more than the limit allows, and as often as it allows."""
    if work:
        often = MOST_WORK // work
        read_steps("+".join([text] * often))
        with pytest.raises(FormulaError) as caught:
            read_steps("+".join([text] * (often + 1)))
        assert (caught.value.why, caught.value.value) == ("too_much_work", str((often + 1) * work))
    else:
        read_steps("+".join([text] * 12))


def test_no_depth_exhausts_the_stack():
    """Reading, evaluating and writing LaTeX call nothing that calls itself."""
    from landscapes.formula.expression import express

    limit, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    formula = read_formula("-" * (MOST_STEPS - 1) + "x")
    sys.setrecursionlimit(depth + 50)
    try:
        steps = read_steps(formula.text)
        assert express(formula.text).latex == "-x"
    finally:
        sys.setrecursionlimit(limit)
    assert len(steps) == MOST_STEPS


def test_a_long_formula_is_cut_around_the_place():
    text = "x" + "+1" * 80 + "+z" + "+2" * 80
    line, caret = pointed(text, text.index("z"))
    assert len(line) == 62 and line[0] == line[-1] == "…"
    assert line[caret.index("^")] == "z"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x+(1)/(0)*y", "(1)/(0)"),
        ("x*sqrt(2 - 3)", "sqrt(2 - 3)"),
        ("((-8))**(1/3)", "((-8))**(1/3)"),
        ("x+arcsin²(2)+y", "arcsin²(2)"),
        ("x+√(−1)÷y", "√(−1)"),
        ("x+|ln 0|", "ln 0"),
        ("-log(0)", "log(0)"),
        ("x+1/(0*sin(11111111111111111111))/y", "1/(0*sin(11111111111111111111))"),
        (
            "y/(0*sin(1111111111111111111111111111111))",
            "y/(0*sin(1111111111111111111111111111111…"[:39] + "…",
        ),
    ],
)
def test_the_part_without_a_value_is_shown(text: str, value: str):
    with pytest.raises(FormulaError) as caught:
        read_formula(text)
    assert (caught.value.why, caught.value.value) == ("not_finite", value)


def test_characters_that_look_like_others_are_told_apart():
    for text, value in (
        ("х", "х (U+0445)"),
        ("e\u0301", "U+0301"),
        ("x\x00", "U+0000"),
        ("x\ud800", "U+D800"),
    ):
        with pytest.raises(FormulaError) as caught:
            read_formula(text)
        assert caught.value.value == value


def test_a_formula_is_a_value_that_has_been_checked():
    formula = read_formula(" x + 1 ", ((-1, 2), (0, 3)))
    assert formula == Formula("x+1", ((-1.0, 2.0), (0.0, 3.0)))
    assert hash(formula) == hash(Formula("x +1", ((-1.0, 2.0), (-0.0, 3.0))))
    assert formula != read_formula("x+1") and read_formula("x+1").box == DEFAULT_BOX
    assert all(type(end) is float for side in formula.box for end in side)
    with pytest.raises(FormulaError):
        Formula("x.__class__")
    with pytest.raises(FormulaError):
        dataclasses.replace(formula, box=((1, -1), (0, 3)))


def test_definedness_depends_on_the_box():
    read_formula("log(x)", ((-1, 3), (0, 3)))
    with pytest.raises(FormulaError, match="almost everywhere"):
        read_formula("log(x)", ((-3, -1), (0, 2)))


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str):
    try:
        assert read_formula(text).text.isascii()
    except FormulaError as error:
        assert str(error).encode("utf-8", "replace")
