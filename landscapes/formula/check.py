"""From a text of any length to steps that are short and harmless, cheap checks first."""

import math
import re
from collections.abc import Sequence

import numpy as np

from landscapes.formula.brackets import match_brackets
from landscapes.formula.error import FormulaError
from landscapes.formula.implied import spelled_out
from landscapes.formula.operations import OPERATIONS, VARIABLES
from landscapes.formula.shunting_yard import parse
from landscapes.formula.steps import Step, fold
from landscapes.formula.tokens import Token, cut

LONGEST = 400
MOST_STEPS = 250
MOST_WORK = 50
"""Compiling cannot be interrupted. What it takes grows with what the Hessian is long by: products of what
varies, and functions. At the limit a Hessian takes two to six times as long to compile as that of peaks."""
WORK = {"+": 0, "-": 0, "negative": 0, "/": 2, "**": 3, "sinh": 3, "cosh": 3, "softplus": 3}


def read_steps(text: str) -> tuple[Step, ...]:
    """Return the steps of the formula `text`, of any length; FormulaError says what is wrong and where.

    What comes back is short and harmless, but may still be undefined nearly everywhere.
    """
    return read(text)[0]


def read(text: str) -> tuple[tuple[Step, ...], str]:
    """Return the steps of the formula `text`, and its canonical spelling, which has the same steps.

    That is how Python writes it: in ASCII, every sign and bracket spelled out, without white space or idle
    pluses, and no longer than what was typed may be. Raises FormulaError as `read_steps` does.
    """
    if len(text) > LONGEST:
        raise FormulaError("too_long", text, value=str(len(text)))
    tokens: Sequence[Token] = list(cut(text))
    if len(tokens) == 1:
        raise FormulaError("empty", text, 0)
    match_brackets(text, tokens)
    tokens = spelled_out(text, tokens)
    match_brackets(text, tokens)  # there are more now
    steps = parse(text, tokens)
    if len(steps) > MOST_STEPS:
        raise FormulaError("too_many_steps", text, value=str(len(steps)))
    _compute(text, steps)
    canonical = _without_idle_plus("".join(token.text for token in tokens))
    if len(canonical) > LONGEST:
        raise FormulaError("too_long", text, value=str(len(canonical)))
    return steps, canonical


def _without_idle_plus(text: str) -> str:
    """Return a formula without the pluses that change nothing: those of a sign, and the one in "+-".

    So equal formulas are spelled alike more often.
    """
    signs = re.compile(r"(^|[-+*/(,])\+")
    while (shorter := signs.sub(r"\1", text)) != text:
        text = shorter
    return text.replace("+-", "-")


def _compute(text: str, steps: Sequence[Step]) -> None:
    """Refuse a part without x and y that is infinite or not real, a division by zero, and too much work.

    Constants are computed in floats, as everything else will be: 9**9**9 is too large at once.
    """
    work = 0

    def compute(step: Step, given: list[float | None]) -> float | None:
        nonlocal work
        if not step.arity:
            return None if step.name in VARIABLES else step.value
        if None in given:
            work += _work(step.name, given)
            value, bad = None, step.name == "/" and given[1] == 0
        else:
            value = float(OPERATIONS[step.name].numpy(*given))
            bad = not math.isfinite(value)
        if bad:
            first, last = step.extent
            raise FormulaError("not_finite", text, step.at, text[first:last])
        return value

    with np.errstate(all="ignore"):
        fold(steps, compute)
    if work > MOST_WORK:
        raise FormulaError("too_much_work", text, value=str(work))


def _work(name: str, given: Sequence[float | None]) -> int:
    """Return how much an operation adds to the work of compiling; None in `given` is what varies."""
    left, right = given[0], given[-1]
    if (name == "*" and left is not None) or (name in ("*", "/") and right is not None):
        return 0
    return 1 if name == "**" and right is not None else WORK.get(name, 1)
