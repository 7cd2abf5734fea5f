"""Formulas as in print: LaTeX with as few brackets as precedence allows.

Signs are drawn out of products and quotients, sums in sums are joined, and what a computer reads as
x·(−y) stands as −xy. Values stay, up to rounding; the tests read the LaTeX back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

SUM, PRODUCT, POWER, ATOM = range(4)

# 2 ¼ would be read as a mixed number.
MIXED = re.compile(r"(?:\\frac\{)+[0-9]")
LETTER = re.compile(r"(?:(?<![A-Za-z\\])[xye]|\\pi)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a formula: `latex` without its sign, and how tightly it holds together.

    A function call also keeps its `head`, between which and the rest an exponent goes: sin²(x).
    """

    latex: str
    binds: int = ATOM
    negative: bool = False
    head: str = ""

    def __str__(self) -> str:
        """Return the LaTeX with the sign."""
        return f"-{self.latex}" if self.negative else self.latex

    def bracketed(self) -> str:
        """Return the LaTeX with the sign, in brackets."""
        return rf"\left({self}\right)"

    def factor(self) -> str:
        """Return the LaTeX without the sign, as it stands in a product."""
        return self.bracketed() if self.binds == SUM else self.latex


def number(value: float) -> Piece:
    """Return `value` >= 0 spelled short, with a power of ten where Python writes an exponent."""
    digits, _, exponent = repr(value).partition("e")
    digits = digits.removesuffix(".0")
    if not exponent:
        return Piece(digits)
    power = f"10^{{{int(exponent)}}}"
    return Piece(power, POWER) if digits == "1" else Piece(rf"{digits} \cdot {power}", PRODUCT)


def negative(a: Piece) -> Piece:
    """Return −a."""
    return Piece(a.bracketed(), negative=True) if a.binds == SUM else replace(a, negative=not a.negative)


def plus(a: Piece, b: Piece) -> Piece:
    """Return a + b."""
    right = str(b)
    sign, right = ("-", right[1:]) if right.startswith("-") else ("+", right)
    return Piece(f"{a} {sign} {right}", SUM)


def minus(a: Piece, b: Piece) -> Piece:
    """Return a − b."""
    return plus(a, negative(b))


def times(a: Piece, b: Piece) -> Piece:
    """Return a b: a dot only where two numbers would run together."""
    left, right, sign = a.factor(), b.factor(), " "
    if right[0].isdigit() or (left[-1].isdigit() and MIXED.match(right)):
        sign = r" \cdot "
    elif right.startswith(r"\left("):
        # An x before a bracket would be read as a function of the bracket.
        left = LETTER.sub(lambda letter: f"{{{letter[0]}}}", left)
    return Piece(left + sign + right, PRODUCT, a.negative != b.negative)


def over(a: Piece, b: Piece) -> Piece:
    """Return the fraction a / b."""
    return Piece(rf"\frac{{{a.latex}}}{{{b.latex}}}", PRODUCT, a.negative != b.negative)


def power(a: Piece, b: Piece) -> Piece:
    """Return a to the power of b."""
    if a.head and not a.negative:
        if re.fullmatch("[2-9]|[1-9][0-9]+", str(b)):
            return Piece(f"{a.head}^{{{b}}}{a.latex.removeprefix(a.head)}", POWER)
    elif a.binds == ATOM and not a.negative:
        return Piece(f"{a.latex}^{{{b}}}", POWER)
    return Piece(f"{a.bracketed()}^{{{b}}}", POWER)


def call(head: str) -> Callable[..., Piece]:
    """Return how a function is written whose LaTeX name is `head`; sin² x is usual, min²(x, y) is not."""

    def written(*given: Piece) -> Piece:
        latex = rf"{head}\left({', '.join(map(str, given))}\right)"
        return Piece(latex, head=head if len(given) == 1 else "")

    return written


def exponential(a: Piece) -> Piece:
    """Return e to the power of a."""
    return power(Piece("e"), a)


def root(a: Piece) -> Piece:
    """Return the square root of a."""
    return Piece(rf"\sqrt{{{a}}}", POWER)


def bars(a: Piece) -> Piece:
    """Return the absolute value of a."""
    return Piece(rf"\left|{a}\right|")


def rectified(a: Piece) -> Piece:
    """Return max(0, a)."""
    return call(r"\max")(number(0.0), a)


def logistic(a: Piece) -> Piece:
    """Return 1 / (1 + exp(−a))."""
    one = number(1.0)
    return over(one, plus(one, exponential(negative(a))))


def softened(a: Piece) -> Piece:
    """Return ln(1 + exp(a))."""
    return call(r"\ln")(plus(number(1.0), exponential(a)))
