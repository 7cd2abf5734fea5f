"""What a formula may do, once for NumPy, once for JAX and once as it is printed."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.formula import typeset
from landscapes.formula.typeset import Piece, call

LARGEST_INTEGER_POWER = 1024


@dataclass(frozen=True)
class Operation:
    """An operation on `arity` values, on arrays elementwise: by NumPy, by JAX, and in LaTeX.

    `kinked`: it has a point without a Hessian where it is itself defined and finite.
    """

    arity: int
    numpy: Callable[..., Any]
    jax: Callable[..., Any]
    typeset: Callable[..., Piece]
    kinked: bool = False


def numpy_power(base: Any, exponent: Any) -> Any:
    """Return base ** exponent; nan for a negative base under an exponent that is not constant."""
    result = np.power(base, exponent)
    return result if isinstance(exponent, float) else np.where(np.less(base, 0), np.nan, result)


def jax_power(base: Any, exponent: Any) -> Any:
    """Return the same as `numpy_power`, with derivatives wherever the power has them.

    A constant whole exponent becomes products: x**2 has a Hessian at 0 and for negative x. A varying
    exponent asks for the logarithm of the base, so that isolated values (at y = 2 of x**y, x < 0)
    would have no gradient; they are left out.
    """
    if not isinstance(exponent, float):
        return jnp.where(jnp.less(base, 0), jnp.nan, jnp.power(base, exponent))
    if exponent.is_integer() and abs(exponent) <= LARGEST_INTEGER_POWER:
        return jax.lax.integer_pow(base, int(exponent))
    return jnp.power(base, exponent)


def numpy_sigmoid(u: Any) -> Any:
    """Return 1 / (1 + exp(−u)), exact in both tails."""
    return np.exp(-np.logaddexp(0.0, -u))


@jax.custom_jvp
def jax_softplus(u: Any) -> Any:
    """Return ln(1 + exp(u)). Its derivative is given: XLA takes seconds over that of `jax.nn.softplus`."""
    return jnp.maximum(u, 0.0) + jnp.log1p(jnp.exp(-jnp.abs(u)))


@jax_softplus.defjvp
def _slope_of_softplus(primals: tuple[Any], tangents: tuple[Any]) -> tuple[Any, Any]:
    return jax_softplus(*primals), jax.nn.sigmoid(*primals) * tangents[0]


SIGNS: Mapping[str, Operation] = {
    "+": Operation(2, np.add, jnp.add, typeset.plus),
    "-": Operation(2, np.subtract, jnp.subtract, typeset.minus),
    "*": Operation(2, np.multiply, jnp.multiply, typeset.times),
    "/": Operation(2, np.divide, jnp.divide, typeset.over),
    "**": Operation(2, numpy_power, jax_power, typeset.power),
    "negative": Operation(1, np.negative, jnp.negative, typeset.negative),
}

_ARCSIN = Operation(1, np.arcsin, jnp.arcsin, call(r"\arcsin"))
_ARCCOS = Operation(1, np.arccos, jnp.arccos, call(r"\arccos"))
_ARCTAN = Operation(1, np.arctan, jnp.arctan, call(r"\arctan"))
_LN = Operation(1, np.log, jnp.log, call(r"\ln"))
_MIN = Operation(2, np.minimum, jnp.minimum, call(r"\min"), kinked=True)
_MAX = Operation(2, np.maximum, jnp.maximum, call(r"\max"), kinked=True)

FUNCTIONS: Mapping[str, Operation] = {
    "sin": Operation(1, np.sin, jnp.sin, call(r"\sin")),
    "cos": Operation(1, np.cos, jnp.cos, call(r"\cos")),
    "tan": Operation(1, np.tan, jnp.tan, call(r"\tan")),
    "arcsin": _ARCSIN,
    "asin": _ARCSIN,
    "arccos": _ARCCOS,
    "acos": _ARCCOS,
    "arctan": _ARCTAN,
    "atan": _ARCTAN,
    "sinh": Operation(1, np.sinh, jnp.sinh, call(r"\sinh")),
    "cosh": Operation(1, np.cosh, jnp.cosh, call(r"\cosh")),
    "tanh": Operation(1, np.tanh, jnp.tanh, call(r"\tanh")),
    "exp": Operation(1, np.exp, jnp.exp, typeset.exponential),
    "log": _LN,
    "ln": _LN,
    "log2": Operation(1, np.log2, jnp.log2, call(r"\log_{2}")),
    "log10": Operation(1, np.log10, jnp.log10, call(r"\log_{10}")),
    "sqrt": Operation(1, np.sqrt, jnp.sqrt, typeset.root),
    "abs": Operation(1, np.abs, jnp.abs, typeset.bars, kinked=True),
    "min": _MIN,
    "minimum": _MIN,
    "max": _MAX,
    "maximum": _MAX,
    "relu": Operation(1, lambda u: np.maximum(u, 0.0), jax.nn.relu, typeset.rectified, kinked=True),
    "sigmoid": Operation(1, numpy_sigmoid, jax.nn.sigmoid, typeset.logistic),
    "softplus": Operation(1, lambda u: np.logaddexp(u, 0.0), jax_softplus, typeset.softened),
}

OPERATIONS: Mapping[str, Operation] = {**SIGNS, **FUNCTIONS}

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
VARIABLES = ("x", "y")
