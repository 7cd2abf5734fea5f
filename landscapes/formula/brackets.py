"""Brackets and their partners."""

from collections.abc import Sequence

from landscapes.formula.error import FormulaError
from landscapes.formula.tokens import Token

DEEPEST = 32


def match_brackets(text: str, tokens: Sequence[Token]) -> None:
    """Refuse brackets without a partner, and too many within each other."""
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(":
            opened.append(token)
            if len(opened) > DEEPEST:
                raise too_deep(text, token)
        elif token.text == ")":
            if not opened:
                raise FormulaError("unopened_bracket", text, token.start, token.typed(text))
            opened.pop()
    if opened:
        raise FormulaError("unclosed_bracket", text, opened[-1].start, opened[-1].typed(text))


def too_deep(text: str, token: Token) -> FormulaError:
    """Return that `token` opens one bracket, or bar, too many."""
    return FormulaError("too_deep", text, token.start, token.typed(text))


def partner(tokens: Sequence[Token]) -> int:
    """Return the index of the bracket that closes the first of `tokens`, which opens one."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return at
    raise AssertionError
