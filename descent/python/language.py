"""How Python writes the operations that act on numbers one by one, with NumPy, PyTorch or JAX.

It is to be read, and so what changes nothing is left out: x + 0, 1·x, 0·x, a choice that is made already.
(0·x of an x that is not finite would be NaN: a run has diverged by then.)
"""

import math
from collections.abc import Callable
from operator import add, ge, gt, le, lt, mul, ne, sub
from operator import eq as equal
from typing import Literal

import numpy as np

from descent.translation import Graph, Language, Node, UntranslatableError, Written

Library = Literal["np", "torch", "jnp"]
"""What the code imports its functions from: numpy as np, torch, jax.numpy as jnp."""

EVER = 2147483647.0
"""Below this every count of steps stays: optax asks for it at each of them."""

FUNCTIONS = {
    **{name: name for name in ("exp", "log", "log2", "log1p", "expm1", "sin", "cos", "tan", "sinh", "cosh")},
    **{name: name for name in ("tanh", "floor", "ceil", "abs", "sign", "sqrt", "exp2")},
    **{"asin": "arcsin", "acos": "arccos", "atan": "arctan", "cbrt": "cbrt", "round": "round"},
    **{"asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "is_finite": "isfinite"},
}
"""NumPy's name of a function of one number, by JAX's name of the operation."""


def literal(value: float | bool) -> str:
    """Return how Python writes a number or a truth value; `{lib}` stands for the library."""
    if isinstance(value, bool):
        return str(value)
    if math.isnan(value):
        return "{lib}.nan"
    if math.isinf(value):
        return "{lib}.inf" if value > 0 else "(-{lib}.inf)"
    text = repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    return f"({text})" if text.startswith("-") else text


def language(lib: Library, *, named: bool = True) -> Language:
    """Return Python with the functions of `lib`.

    `named`: whether functions that JAX traces as a call are written as one. A derivative of such a function
    has its name as well, so it has to be False for those.
    """

    def written(code: str, fold: Callable[..., float | bool] | None = None, total: str = "") -> Written:
        return Written(code.replace("{lib}", lib), fold, total.replace("{lib}", lib))

    largest, smallest = (
        written(f"{{lib}}.{name}imum({{0}}, {{1}})", fold, f"{{lib}}.{total}({{0}})")
        for name, fold, total in (
            ("max", max, "amax" if lib == "torch" else "max"),
            ("min", min, "amin" if lib == "torch" else "min"),
        )
    )
    plus = written("{0} + {1}", add, "{lib}.sum({0})")
    both, either = (
        written(f"{{lib}}.logical_{word}({{0}}, {{1}})", fold, f"{{lib}}.{total}({{0}})")
        for word, fold, total in (
            ("and", lambda a, b: a and b, "all"),
            ("or", lambda a, b: a or b, "any"),
        )
    )

    def added(graph: Graph, one: Node, other: Node) -> Node:
        if _is(one, 0):
            return other
        if _is(other, 0):
            return one
        if other.value is not None and one.value is None and other.value < 0:
            return taken(graph, one, graph.constant(-other.value))
        if other.code == negative.code:
            return taken(graph, one, other.parts[0])
        return plus(graph, one, other)

    def taken(graph: Graph, one: Node, other: Node) -> Node:
        if _is(other, 0):
            return one
        if other.value is not None and one.value is None and other.value < 0:
            return plus(graph, one, graph.constant(-other.value))
        return negated(graph, other) if _is(one, 0) else minus(graph, one, other)

    def negated(graph: Graph, number: Node) -> Node:
        if number.code == negative.code:
            return number.parts[0]
        if number.code == product.code and number.parts[0].code == negative.code:
            return times(graph, number.parts[0].parts[0], number.parts[1])
        return negative(graph, number)

    def times(graph: Graph, one: Node, other: Node) -> Node:
        for first, second in ((one, other), (other, one)):
            if _is(first, 0):
                return graph.constant(0.0)
            if _is(first, 1):
                return second
            if _is(first, -1):
                return negated(graph, second)
            # A power of two scales exactly, so that 0.05 * (2 * x) is 0.1 * x.
            if first.value is not None and second.code == product.code and second.parts[0].value is not None:
                a, b = first.value, second.parts[0].value
                if 0.5 in (abs(math.frexp(a)[0]), abs(math.frexp(b)[0])):
                    return times(graph, graph.constant(a * b), second.parts[1])
        return product(graph, other, one) if other.value is not None else product(graph, one, other)

    def over(graph: Graph, one: Node, other: Node) -> Node:
        if _is(other, 1):
            return one
        if _is(one, 0) and other.value is None:
            return one
        return quotient(graph, one, other)

    def raised(graph: Graph, base: Node, exponent: Node) -> Node:
        if _is(exponent, 1):
            return base
        return power(graph, base, exponent)

    def whole_power(graph: Graph, base: Node, exponent: int) -> Node:
        if exponent == 0:
            return graph.constant(1.0)
        if exponent < 0:
            return over(graph, graph.constant(1.0), whole_power(graph, base, -exponent))
        return raised(graph, base, graph.constant(float(exponent)))

    def higher(graph: Graph, one: Node, other: Node) -> Node:
        for first, second in ((one, other), (other, one)):
            if _is(first, -math.inf):
                return second
        return one if one is other else largest(graph, one, other)

    def lower(graph: Graph, one: Node, other: Node) -> Node:
        for first, second in ((one, other), (other, one)):
            if _is(first, math.inf):
                return second
        return one if one is other else smallest(graph, one, other)

    def below(graph: Graph, one: Node, other: Node) -> Node:
        return graph.constant(True) if _is(other, EVER) else less(graph, one, other)

    def conjoined(graph: Graph, one: Node, other: Node) -> Node:
        for first, second in ((one, other), (other, one)):
            if isinstance(first.value, bool):
                return second if first.value else first
        return both(graph, one, other)

    def disjoined(graph: Graph, one: Node, other: Node) -> Node:
        for first, second in ((one, other), (other, one)):
            if isinstance(first.value, bool):
                return first if first.value else second
        return either(graph, one, other)

    def within(graph: Graph, number: Node, low: Node, high: Node) -> Node:
        if _is(low, -math.inf) and _is(high, math.inf):
            return number
        return clamped(graph, number, low, high)

    def chosen(graph: Graph, truth: Node, first: Node, second: Node) -> Node:
        return choice(graph, truth, second, first)

    def itself(graph: Graph, number: Node) -> Node:
        return number

    def converted(graph: Graph, number: Node, before: str, after: str) -> Node:
        if before == after or (after in ("f8", "f4") and before[0] in "iu") or before[0] + after[0] == "ii":
            return number
        if before == "b1" and after[0] in "iuf":
            if number.value is not None:
                return graph.constant(float(number.value))
            return graph.apply("1.0 * {0}", number)
        if before[0] == "f" and after[0] in "iu":
            return graph.apply(f"{lib}.trunc({{0}})", number, fold=lambda value: float(math.trunc(value)))
        if before == "f8" and after == "f4" and number.value is not None:
            return graph.constant(float(np.float32(number.value)))
        if before == "f4" and after == "f8":
            return number
        raise UntranslatableError(f"Expected numbers of 64 bits, got a conversion from {before} to {after}.")

    minus, product = written("{0} - {1}", sub), written("{0} * {1}", mul)
    negative, quotient = written("-{0}", lambda number: -number), written("{0} / {1}", _quotient)
    power, less = written("{0} ** {1}", _power), written("{0} < {1}", lt)
    choice = written("{lib}.where({0}, {1}, {2})")
    clamped = written("{lib}.clip({0}, {1}, {2})", lambda number, low, high: min(max(number, low), high))
    renamed = {each: each.replace("arc", "a") for each in FUNCTIONS.values()} if lib == "torch" else {}
    functions: dict[str, Callable[..., Node]] = {
        name: written(f"{{lib}}.{renamed.get(other, other)}({{0}})", _folded(other))
        for name, other in FUNCTIONS.items()
    }
    if lib == "torch":
        functions["cbrt"] = written("torch.sign({0}) * torch.abs({0}) ** (1 / 3)")
    operations: dict[str, Callable[..., Node]] = {
        **functions,
        **{"add": added, "add_any": added, "sub": taken, "mul": times, "div": over, "neg": negated},
        **{"max": higher, "min": lower, "pow": raised, "lt": below, "and": conjoined, "or": disjoined},
        **{"le": written("{0} <= {1}", le), "gt": written("{0} > {1}", gt), "ge": written("{0} >= {1}", ge)},
        **{"eq": written("{0} == {1}", equal), "ne": written("{0} != {1}", ne)},
        "rem": written("{lib}.fmod({0}, {1})", math.fmod),
        "not": written("{lib}.logical_not({0})", lambda truth: not truth),
        "clamp": lambda graph, low, number, high: within(graph, number, low, high),
        "square": lambda graph, number: whole_power(graph, number, 2),
        "one_minus_square": written("(1 + {0}) * (1 - {0})"),
        "rsqrt": written("1 / {lib}.sqrt({0})"),
        "logistic": written(
            {"np": "1 / (1 + np.exp(-{0}))", "torch": "torch.sigmoid({0})", "jnp": "jax.nn.sigmoid({0})"}[lib]
        ),
        "atan2": written("{lib}.arctan2({0}, {1})"),
        **{"copy": itself, "stop_gradient": itself},
    }
    calls: dict[str, Callable[..., Node]] = {
        "floor_divide": written("{0} // {1}", lambda a, b: a // b),
        "remainder": written("{0} % {1}", lambda a, b: a % b),
        "clip": within,
        "hypot": written("{lib}.hypot({0}, {1})"),
        "logaddexp": written("{lib}.logaddexp({0}, {1})"),
    }
    if lib != "np":
        calls["relu"] = written({"torch": "torch.relu({0})", "jnp": "jax.nn.relu({0})"}[lib])
    return Language(
        lambda value: literal(value).replace("{lib}", lib),
        operations,
        {
            "reduce_sum": (Written(plus.code, plus.fold, plus.total), "0"),
            "reduce_max": (largest, f"(-{lib}.inf)"),
            "reduce_min": (smallest, f"{lib}.inf"),
            "reduce_and": (both, "True"),
            "reduce_or": (either, "False"),
        },
        chosen,
        whole_power,
        converted,
        calls if named else {},
    )


def _is(node: Node, value: float) -> bool:
    return node.value is not None and not isinstance(node.value, bool) and node.value == value


def _quotient(one: float, other: float) -> float:
    return one / other if other else math.copysign(math.inf, one) if one else math.nan


def _power(base: float, exponent: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(base) ** np.float64(exponent))


def _folded(name: str) -> Callable[[float], float | bool]:
    """Return NumPy's function of this name, of a number that is known when the code is written."""

    def fold(value: float) -> float | bool:
        with np.errstate(all="ignore"):
            return getattr(np, name)(np.float64(value)).item()

    return fold
