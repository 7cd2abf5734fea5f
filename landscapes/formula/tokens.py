"""A formula cut into numbers, names and signs: the only characters that get any further.

Signs that people write in place of the keyboard's are read here: each character that has one meaning stands
for one of the keyboard, so that every place is one in the text as it was typed.
"""

import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from landscapes.formula.error import FormulaError, character

LONGEST_NUMBER = 32

LIKE = {
    **dict.fromkeys("−‐‑‒–—﹣", "-"),
    **dict.fromkeys("×·⋅∙•∗✕✖⨯", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
}
NAMED = {"π": "pi", "√": "sqrt"}
SPACE = re.compile(r"[ \t\r\n]+")
NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
SIGN = re.compile(r"\*\*|[-+*/(),^|]")
RUN = re.compile(r"[0-9A-Za-z_.]*", re.ASCII)
RAISED = re.compile("([⁻⁺]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
# What other languages take for one number, and decimals would take for a product.
OTHER_NUMBER = re.compile(r"0[xX][0-9a-fA-F]|0[oO][0-7]|0[bB][01]", re.ASCII)
MEANT = {"=": "equals", **dict.fromkeys("[]{}", "other_bracket")}


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a sign, or the end, in its canonical spelling `text`.

    It was typed as the characters from index `start` to `end`; what was only meant has no length.
    """

    kind: Literal["number", "name", "sign", "end"]
    text: str
    start: int
    end: int

    def typed(self, text: str) -> str:
        """Return what was typed in `text`, or what was only meant."""
        return text[self.start : self.end] or self.text


def cut(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`, an end last; FormulaError at the first character that fits none."""
    keys = "".join(map(on_keyboard, text))
    at = end = 0
    raised = False  # whether a raised number was the last
    while at < len(text):
        if space := SPACE.match(keys, at):
            at = space.end()
            continue
        tokens = _tokens_at(text, keys, at)
        if raised and tokens[0].text == "**":
            raise FormulaError("second_power", text, at, text[at : tokens[0].end])
        raised = RAISED.match(keys, at) is not None
        yield from tokens
        at = end = tokens[-1].end
    yield Token("end", "", end, end)


def on_keyboard(c: str) -> str:
    """Return the one character of a plain keyboard that `c` stands for, itself if there is none.

    Full-width characters, as Chinese keyboards write them, and the alphabets of mathematics are letters and
    signs; spaces of any width are spaces. Characters that only look alike (Cyrillic) stand for themselves.
    """
    if c.isascii():
        return c
    if unicodedata.category(c) == "Zs":
        return " "
    if unicodedata.decomposition(c).startswith(("<wide>", "<font>")):
        same = unicodedata.normalize("NFKC", c)
        c = same if len(same) == 1 else c
    return LIKE.get(c, c)


def _tokens_at(text: str, keys: str, at: int) -> list[Token]:
    """Return the tokens that begin at index `at`: one, or those of a raised number."""
    if NUMBER.match(keys, at):
        number = _number(text, keys, at)
        return [Token("number", number, at, at + len(number))]
    if name := NAME.match(keys, at):
        return [Token("name", name[0], at, name.end())]
    if sign := SIGN.match(keys, at):
        return [Token("sign", sign[0].replace("^", "**"), at, sign.end())]
    if raised := RAISED.match(keys, at):
        sign, number = (part.translate(LOWERED) for part in raised.groups())
        first = raised.start(2)
        tokens = [Token("sign", sign, at, first)] if sign else []
        number = _sized(text, first, number)
        return [Token("sign", "**", at, raised.end()), *tokens, Token("number", number, first, raised.end())]
    if keys[at] in NAMED:
        return [Token("name", NAMED[keys[at]], at, at + 1)]
    raise FormulaError(_misfit(keys[at]), text, at, character(text[at]))


def _number(text: str, keys: str, at: int) -> str:
    """Return the plain decimal at index `at`; FormulaError if it is no float, or is written otherwise."""
    match, run = NUMBER.match(keys, at), RUN.match(keys, at)
    assert match and run
    if OTHER_NUMBER.match(keys, at) or keys[match.end() : match.end() + 1] in ("_", "."):
        raise FormulaError("number_form", text, at, run[0])
    return _sized(text, at, match[0])


def _sized(text: str, at: int, number: str) -> str:
    """Return `number`, which stands at index `at`; FormulaError if no float is as large or as small."""
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
