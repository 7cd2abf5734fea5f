"""What a formula computes, against fifty digits, and what its LaTeX says."""

import ast
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import jax
import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, example, given, settings
from latex2mathml.converter import convert
from mpmath import mp

from landscapes.formula import FormulaError, from_formula, read_formula
from landscapes.formula.expression import Expression, express
from landscapes.formula.operations import FUNCTIONS
from tests.landscapes.formula.grammar import formulas
from tests.latex import parse

POINTS = [(1.3, 0.7), (-0.9, 1.7), (2.1, -1.1), (-1.6, -0.4)]
TAME = 1e4
NEAR = 1e-3  # to a kink, or to the edge of what is defined

EXACT: dict[str, Callable[..., Any]] = {
    **{name: getattr(mpmath, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "sqrt")},
    **dict.fromkeys(("arcsin", "asin"), mpmath.asin),
    **dict.fromkeys(("arccos", "acos"), mpmath.acos),
    **dict.fromkeys(("arctan", "atan"), mpmath.atan),
    **dict.fromkeys(("log", "ln"), mpmath.log),
    "log2": lambda u: mpmath.log(u, 2),
    "log10": mpmath.log10,
    "abs": abs,
    **dict.fromkeys(("min", "minimum"), min),
    **dict.fromkeys(("max", "maximum"), max),
    "relu": lambda u: max(u, mpmath.mpf(0)),
    "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
}


class Wild(Exception):
    """The value is undefined, huge, or so near to a kink or an edge that floats cannot be held to it."""


def exact(text: str, x: Any, y: Any) -> Any:
    """Return the value of `text` by Python's own parser and mpmath; Wild where floats are not comparable."""
    names = {"x": x, "y": y, "pi": mpmath.pi + 0, "e": mpmath.e + 0}

    def tame(value: Any) -> Any:
        if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value) or abs(value) > TAME:
            raise Wild
        return value

    def far(value: Any) -> None:
        if abs(value) < NEAR:
            raise Wild

    def constant(node: ast.expr) -> bool:
        return not {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} & {"x", "y"}

    def walk(node: ast.expr) -> Any:
        match node:
            case ast.Constant(float() | int() as value):
                return tame(mpmath.mpf(float(value)))
            case ast.Name(name):
                return names[name]
            case ast.UnaryOp(ast.USub(), operand):
                return -walk(operand)
            case ast.Call(ast.Name(name), given):
                arguments = [walk(each) for each in given]
                if len(arguments) == 2:
                    far(arguments[0] - arguments[1])
                elif name in ("abs", "relu", "sqrt", "tan") or name.startswith("l"):
                    far(arguments[0])
                elif name[:2] in ("as", "ac") or name[:4] in ("arcs", "arcc"):
                    far(abs(arguments[0]) - 1)
                return tame(EXACT[name](*arguments))
            case ast.BinOp(left, sign, right):
                a, b = walk(left), walk(right)
                match sign:
                    case ast.Add():
                        return tame(a + b)
                    case ast.Sub():
                        return tame(a - b)
                    case ast.Mult():
                        return tame(a * b)
                    case ast.Div():
                        far(b)
                        return tame(a / b)
                    case ast.Pow():
                        if not (constant(right) and float(b).is_integer() and b >= 0):
                            far(a)
                        if a < 0 and not (constant(right) and float(b).is_integer()):
                            raise Wild
                        return tame(a**b)
        raise AssertionError(ast.dump(node))

    try:
        return walk(ast.parse(text, mode="eval").body)
    except (OverflowError, ZeroDivisionError, ValueError):
        raise Wild from None


def exact_facts(text: str, at: tuple[float, float]) -> tuple[float, Any, Any]:
    """Return value, gradient (2,) and Hessian (2, 2) by differences of a step of 1e-15 in fifty digits."""
    h = mpmath.mpf(10) ** -15
    x, y = map(mpmath.mpf, at)
    f = {(i, j): exact(text, x + i * h, y + j * h) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    gradient = [(f[1, 0] - f[-1, 0]) / (2 * h), (f[0, 1] - f[0, -1]) / (2 * h)]
    xy = (f[1, 1] - f[1, -1] - f[-1, 1] + f[-1, -1]) / (4 * h * h)
    xx = (f[1, 0] - 2 * f[0, 0] + f[-1, 0]) / h**2
    yy = (f[0, 1] - 2 * f[0, 0] + f[0, -1]) / h**2
    return float(f[0, 0]), np.array(gradient, dtype=float), np.array([[xx, xy], [xy, yy]], dtype=float)


def read(text: str) -> Expression:
    try:
        return express(read_formula(text).text)
    except FormulaError:
        assume(False)
        raise


def held(text: str, expression: Expression) -> int:
    """Compare value, gradient and Hessian; return at how many points floats could be held to it."""
    p = jax.numpy.array(POINTS)
    facts = expression, jax.grad(expression), jax.hessian(expression)
    # As one program: operation by operation, there would be many more to compile.
    computed = jax.jit(jax.vmap(lambda q: [f(q) for f in facts]))(p)
    count = 0
    for at, on, loss, gradient, hessian in zip(
        POINTS, expression.on(*np.transpose(POINTS)), *computed, strict=True
    ):
        try:
            expected, slope, bend = exact_facts(text, at)
            beside = exact_facts(text, (at[0] * (1 + 1e-9), at[1] * (1 - 1e-9)))[2]
        except Wild:
            continue
        if max(np.abs(slope).max(), np.abs(bend).max()) > 1e6:
            continue
        room = 1e-9 * (TAME + np.abs(bend).max()) + 10 * np.abs(beside - bend).max()
        np.testing.assert_allclose([loss, on], [expected] * 2, rtol=1e-9, atol=1e-9 * TAME)
        np.testing.assert_allclose(gradient, slope, rtol=1e-6, atol=room)
        np.testing.assert_allclose(hessian, bend, rtol=1e-6, atol=room)
        count += 1
    return count


@settings(max_examples=25)
@given(formulas())
@example("x**2+y**3")
@example("(x-y)**4/(1+x**2)")
@example("2**-x+x**2**y")
@example("x**-3*y**0.5")
@example("softplus(x*y)-sigmoid(y)**2+relu(x-y)")
@example("min(x,y)*max(x**2,-y)-abs(x*y)")
@example("arcsin(x/6)+acos(y/6)-arctan(x*y)")
@example("log2(1+x**2)-log10(y**2)+ln(3+x)*tan(y)")
@example("sinh(x)-cosh(y)*tanh(x*y)+exp(sin(x))")
@example("e**x-pi*y**2+sqrt(x**2+1e-3)")
def test_value_gradient_and_hessian(text: str):
    expression = read(text)
    with mp.workdps(50):
        assume(held(text, expression))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_held_to_its_name(name: str):
    arguments = ",".join(["x/3+y/5", "y-x/2"][: FUNCTIONS[name].arity])
    with mp.workdps(50):
        text = f"{name}({arguments})+x*y"
        assert held(text, express(text)) >= 2


@pytest.mark.parametrize("text", ["x**2+y**2", "x**4-2*x*y", "(x*y)**3", "x**1+y**0", "x**2.0", "x**(1+1)*y"])
def test_powers_have_derivatives_at_zero_and_below(text: str):
    for at in ((0.0, 0.0), (-1.0, -2.0), (0.0, -1.0)):
        p = jax.numpy.array(at)
        assert (
            np.isfinite(jax.grad(express(text))(p)).all() and np.isfinite(jax.hessian(express(text))(p)).all()
        )


def test_a_varying_exponent_is_for_bases_above_zero():
    power = express("x**y")
    assert np.isnan(power(jax.numpy.array([-2.0, 2.0]))) and power(jax.numpy.array([2.0, 3.0])) == 8
    assert np.isnan(power.on(np.array([-2.0]), np.array([2.0]))).all()


@pytest.mark.parametrize("text", ["5", "0*x", "pi**2", "x", "x/y+log(x)"])
def test_what_comes_out_is_one_double(text: str):
    value = express(text)(jax.numpy.array([2.0, 3.0]))
    assert value.shape == () and value.dtype == np.float64
    assert jax.hessian(express(text))(jax.numpy.array([2.0, 3.0])).shape == (2, 2)
    assert express(text).on(np.ones((3, 4)), np.ones((3, 4))).shape == (3, 4)


def spoken(latex: str) -> Callable[..., Any]:
    """Return what sympy reads in `latex`, as a function."""
    x, y = sympy.symbols("x y")
    formula = parse(latex)
    assert formula.free_symbols <= {x, y}
    names = {
        **dict.fromkeys(("min", "Min"), np.minimum),
        **dict.fromkeys(("max", "Max"), np.maximum),
    }
    names["log"] = lambda u, base=np.e: np.log(u) / np.log(base)
    return sympy.lambdify([x, y], formula, [names, {"e": np.e}, "numpy"])


def agree(expression: Expression) -> None:
    x, y = np.random.default_rng(7).uniform(-3, 3, (2, 40))
    with np.errstate(all="ignore"):
        ours, theirs = expression.on(x, y), np.broadcast_to(spoken(expression.latex)(x, y), x.shape)
        same = np.isfinite(ours) & np.isfinite(theirs) & (np.abs(ours) < 1e9)
    np.testing.assert_allclose(theirs[same], ours[same], rtol=1e-7, atol=1e-7)


@settings(max_examples=80)
@given(formulas())
@example("x*(y+1)*(x-1)")
@example("-x*-y*-(x+y)")
@example("x-(y-(x-1))--y+-x")
@example("2*(1/3)*x*3*4")
@example("1e-7*x+1.5E-9*y*1e20")
@example("(-x)**2*(x/y)**2*(2**x)**3*sin(x)**2*cos(y)**-1*sqrt(x+9)**2")
@example("pi*(x+1)*e*(y)")
@example("abs(x)*abs(y)**2*(abs(x-abs(y))+1)")
@example("min(x,y)**2*max(x,2*y)**3")
@example("x*abs(y)*3-log10(x**2)**2/ln(x**2+2)")
def test_latex_says_what_is_computed(text: str):
    agree(read(text))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("3*x", "3 x"),
        ("3*4*x", r"3 \cdot 4 x"),
        ("x+-y", "x - y"),
        ("x--y", "x + y"),
        ("--x", "x"),
        ("-x*-y", "x y"),
        ("x-(y+1)", r"x - \left(y + 1\right)"),
        ("x+(y-1)", "x + y - 1"),
        ("(x+y)*2", r"\left(x + y\right) \cdot 2"),
        ("x/(y+1)", r"\frac{x}{y + 1}"),
        ("-x/y", r"-\frac{x}{y}"),
        ("-x**2", "-x^{2}"),
        ("(-x)**2", r"\left(-x\right)^{2}"),
        ("x**y**2", "x^{y^{2}}"),
        ("2.50*x", "2.5 x"),
        ("1e-30*x", "10^{-30} x"),
        ("2e-30*x", r"2 \cdot 10^{-30} x"),
        ("sin(x)**2", r"\sin^{2}\left(x\right)"),
        ("sqrt(abs(x))", r"\sqrt{\left|x\right|}"),
        ("exp(-x**2)", "e^{-x^{2}}"),
        ("pi*(x+1)", r"{\pi} \left(x + 1\right)"),
        ("relu(x)", r"\max\left(0, x\right)"),
        ("sigmoid(x)", r"\frac{1}{1 + e^{-x}}"),
        ("sigmoid(-x)", r"\frac{1}{1 + e^{x}}"),
        ("2*(1/3)", r"2 \cdot \frac{1}{3}"),
    ],
)
def test_latex_by_hand(text: str, latex: str):
    assert express(text).latex == latex
    agree(express(text))


@settings(max_examples=50)
@given(formulas())
def test_browsers_can_draw_it(text: str):
    latex = read(text).latex
    root = ElementTree.fromstring(convert(f"L(x, y) = {latex}"))
    said = "".join(root.itertext())
    assert "\\" not in said and "merror" not in "".join(node.tag for node in root.iter())
    assert "+ -" not in latex and "- -" not in latex


def test_equal_texts_are_one_program():
    one, other = from_formula("x + y").loss, from_formula("x+y", ((0, 1), (0, 1))).loss
    assert one == other and hash(one) == hash(other) and one != from_formula("y+x").loss
