"""How JavaScript writes the operations that act on numbers one by one.

Numbers are float64 on both sides. Sums, products, quotients and roots are rounded alike; the functions of
`Math` may differ from XLA's by a unit or two in the last place.
"""

import math
from operator import add, ge, gt, le, lt, mul, ne, sub
from operator import eq as equal

from descent.translation import Graph, Language, Node, UntranslatableError, Written


def literal(value: float | bool) -> str:
    """Return how JavaScript writes a number or a truth value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    text = repr(float(value)).removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


ADD, MULTIPLY = Written("{0}+{1}", add), Written("{0}*{1}", mul)
AND, OR = Written("{0}&&{1}"), Written("{0}||{1}")
LARGEST, SMALLEST = Written("Math.max({0},{1})"), Written("Math.min({0},{1})")

OPERATIONS = {
    "add": ADD,
    "add_any": ADD,
    "sub": Written("{0}-{1}", sub),
    "mul": MULTIPLY,
    "div": Written(
        "{0}/{1}",
        lambda one, other: one / other if other else math.copysign(math.inf, one) if one else math.nan,
    ),
    "neg": Written("-{0}", lambda number: -number),
    "rem": Written("{0}%{1}"),
    "max": LARGEST,
    "min": SMALLEST,
    "eq": Written("{0}==={1}", equal),
    "ne": Written("{0}!=={1}", ne),
    "lt": Written("{0}<{1}", lt),
    "le": Written("{0}<={1}", le),
    "gt": Written("{0}>{1}", gt),
    "ge": Written("{0}>={1}", ge),
    "and": AND,
    "or": OR,
    "not": Written("!{0}"),
    "is_finite": Written("Number.isFinite({0})"),
    "clamp": Written("Math.min(Math.max({1},{0}),{2})"),
    "pow": Written("Math.pow({0},{1})"),
    "square": Written("{0}*{0}"),
    "one_minus_square": Written("(1+{0})*(1-{0})"),
    "sqrt": Written("Math.sqrt({0})"),
    "rsqrt": Written("1/Math.sqrt({0})"),
    "logistic": Written("1/(1+Math.exp(-{0}))"),
    "exp2": Written("Math.pow(2,{0})"),
    "abs": Written("Math.abs({0})"),
    "sign": Written("Math.sign({0})"),
    "copy": Written("{0}"),
    "stop_gradient": Written("{0}"),
    "round": Written("Math.round({0})"),
    **{
        name: Written(f"Math.{name}({{0}})")
        for name in ("exp", "log", "log2", "log1p", "expm1", "sin", "cos", "tan", "sinh", "cosh", "tanh")
    },
    **{
        name: Written(f"Math.{name}({{0}})")
        for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh", "cbrt", "floor", "ceil")
    },
    "atan2": Written("Math.atan2({0},{1})"),
}

REDUCTIONS = {
    "reduce_sum": (ADD, "0"),
    "reduce_max": (LARGEST, "-Infinity"),
    "reduce_min": (SMALLEST, "Infinity"),
    "reduce_and": (AND, "true"),
    "reduce_or": (OR, "false"),
}
"""How many numbers become one, and with what that begins."""

CHOOSE = Written("{0}?{2}:{1}")
"""`select_n` of two: the first where the condition is false."""


def integer_power(graph: Graph, base: Node, exponent: int) -> Node:
    """Return `base` multiplied with itself so often; one over that for a negative `exponent`."""
    if exponent == 0:
        return graph.constant(1.0)
    result: Node | None = None
    left, square = abs(exponent), base
    while left:
        if left & 1:
            result = square if result is None else MULTIPLY(graph, result, square)
        left >>= 1
        if left:
            square = MULTIPLY(graph, square, square)
    assert result is not None
    return result if exponent > 0 else Written("1/{0}")(graph, result)


def converted(graph: Graph, number: Node, before: str, after: str) -> Node:
    """Return `number` of one type as another; `before` and `after` are kinds of NumPy, with their sizes."""
    if before == after or (before[0] in "iu" and after == "f8") or (before[0] in "iu" and after[0] in "iu"):
        return number
    if before == "b1" and after[0] in "iuf":
        return graph.apply("{0}?1:0", number, fold=lambda truth: 1 if truth else 0)
    if before[0] == "f" and after[0] in "iu":
        return graph.apply("Math.trunc({0})", number, fold=lambda number: float(math.trunc(number)))
    if after == "f4":
        return graph.apply("Math.fround({0})", number)
    if before == "f4" and after == "f8":
        return number
    if after == "b1":
        return graph.apply("{0}!==0", number)
    raise UntranslatableError(f"Expected numbers of 64 bits, got a conversion from {before} to {after}.")


JAVASCRIPT = Language(literal, OPERATIONS, REDUCTIONS, CHOOSE, integer_power, converted, entry="{0}[{1}+{2}]")
"""JavaScript, as browsers have it."""
