"""A formula cut into numbers, names and signs: the only characters that get any further."""

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from landscapes.formula.error import FormulaError, character

LONGEST_NUMBER = 32

SPACE = re.compile(r"[ \t\r\n]+")
NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
SIGN = re.compile(r"\*\*|[-+*/(),]")
RUN = re.compile(r"[0-9A-Za-z_.]*", re.ASCII)
# What other languages take for one number, and decimals would take for a product.
OTHER_NUMBER = re.compile(r"0[xX][0-9a-fA-F]|0[oO][0-7]|0[bB][01]", re.ASCII)
MEANT = {"^": "caret", "=": "equals", "|": "bars", **dict.fromkeys("[]{}", "other_bracket")}


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a sign, or the end of `text`, from index `start` to `end`."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the index behind the last character."""
        return self.start + len(self.text)


def cut(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`, an end last; FormulaError at the first character that fits none."""
    at = end = 0
    while at < len(text):
        if space := SPACE.match(text, at):
            at = space.end()
            continue
        if NUMBER.match(text, at):
            token = Token("number", _number(text, at), at)
        elif name := NAME.match(text, at):
            token = Token("name", name[0], at)
        elif sign := SIGN.match(text, at):
            token = Token("sign", sign[0], at)
        else:
            raise FormulaError(_misfit(text[at]), text, at, character(text[at]))
        yield token
        at = end = token.end
    yield Token("end", "", end)


def _number(text: str, at: int) -> str:
    """Return the plain decimal at index `at`; FormulaError if it is no float, or is written otherwise."""
    match, run = NUMBER.match(text, at), RUN.match(text, at)
    assert match and run
    number = match[0]
    if OTHER_NUMBER.match(text, at) or text[match.end() : match.end() + 1] in ("_", "."):
        raise FormulaError("number_form", text, at, run[0])
    if len(number) > LONGEST_NUMBER:
        raise FormulaError("number_long", text, at, number)
    value = float(number)
    if math.isinf(value):
        raise FormulaError("number_large", text, at, number)
    # Below the least normal float, compiled code may take a number for 0.
    if value < sys.float_info.min and re.search("[1-9]", re.split("[eE]", number)[0]):
        raise FormulaError("number_small", text, at, number)
    return number


def _misfit(c: str) -> str:
    """Return why `c` is in no token."""
    return MEANT.get(c, "character" if c.isascii() else "not_ascii")
