"""What people leave out of a formula, put in: signs of multiplication and brackets; and bars as abs(…).

Only where there is one way to read it. Tokens that are put in stand, without a length, where they were left
out, so that whatever is found wrong later has its place in the text as it was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from landscapes.formula.brackets import DEEPEST, partner, too_deep
from landscapes.formula.error import FormulaError
from landscapes.formula.operations import CONSTANTS, FUNCTIONS, VARIABLES
from landscapes.formula.tokens import Token

LETTERS = (*VARIABLES, *CONSTANTS)
LETTER = re.compile("|".join(LETTERS))
RUN_OF_LETTERS = re.compile(rf"(?:{LETTER.pattern})+")
# What may stand behind the x of "sin x" for nothing to follow that might belong to the sine.
AFTER_CALL = ("", "+", "-", ")", ",")
OPENS, CLOSES = "(", ")"


def spelled_out(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` of `text`, of which all brackets have a partner, with all that is implied."""
    return _times(text, _calls(text, _bars(text, _names(tokens))))


def _ends_value(token: Token) -> bool:
    """Return whether `token` is a number, a letter or an unknown name, or closes a bracket."""
    return (
        token.kind == "number" or token.text == ")" or (token.kind == "name" and token.text not in FUNCTIONS)
    )


def _names(tokens: Sequence[Token]) -> list[Token]:
    """Write names small, and cut xy, xsin(…) and sinx into what they are made of."""
    split: list[Token] = []
    for token, following in zip(tokens, (*tokens[1:], tokens[-1]), strict=True):
        parts = _parts(token.text.lower(), following.text) if token.kind == "name" else [token.text]
        if len(parts) == 1:
            split.append(replace(token, text=parts[0]))
            continue
        at = token.start
        for part in parts:
            split.append(Token("name", part, at, at + len(part)))
            at += len(part)
    return split


def _parts(name: str, following: str) -> list[str]:
    """Return letters and functions that `name` runs together, itself if it does not."""
    if name in FUNCTIONS or name in LETTERS:
        return [name]
    if RUN_OF_LETTERS.fullmatch(name):
        return LETTER.findall(name)
    for function in sorted(FUNCTIONS, key=len, reverse=True):
        letters = name.removesuffix(function)
        if letters != name and RUN_OF_LETTERS.fullmatch(letters) and following in ("(", "**", "|"):
            return [*LETTER.findall(letters), function]
        # log2x may be the logarithm of 2x.
        if name.removeprefix(function) in VARIABLES and function.isalpha():
            return [function, name.removeprefix(function)]
    return [name]


def _bars(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Write |x| as abs(x)."""
    within: list[list[int]] = [[]]  # for each open bracket: the bars in it, as far back as the last comma
    roles: dict[int, str] = {}
    for at, token in enumerate(tokens):
        if token.text == "|":
            within[-1].append(at)
        elif token.text == "(":
            within.append([])
        elif token.text in (")", ",") or token.kind == "end":
            roles |= _roles(text, tokens, within.pop())
            within += [[]] * (token.text == ",")
    written: list[Token] = []
    for at, token in enumerate(tokens):
        if roles.get(at) == OPENS:
            written += [replace(token, kind="name", text="abs"), replace(token, text="(")]
        else:
            written.append(replace(token, text=roles.get(at, token.text)))
    return written


def _roles(text: str, tokens: Sequence[Token], bars: Sequence[int]) -> dict[int, str]:
    """Return which of the `bars`, all that stand between the same brackets, open and which close.

    If there are two ways to pair them, nobody can tell what is meant, as in |x|y|x|. But |x|+2|y| is not
    |x·|+2|·y|: what begins with a sign stands beside a factor only where there is no other way.
    """
    found = _pairings(tokens, bars, signed=False) or _pairings(tokens, bars, signed=True)
    if not found:
        raise _without_partner(text, tokens, bars)
    if len(found) > 1:
        first = next(at for at, *two in zip(bars, *found[:2], strict=True) if len(set(two)) == 2)
        raise FormulaError("unclear_bars", text, tokens[first].start, tokens[first].typed(text))
    return dict(zip(bars, found[0], strict=True))


def _pairings(tokens: Sequence[Token], bars: Sequence[int], signed: bool) -> list[str]:
    """Return what each of the `bars` does, in one or two of all ways to pair them, found at the same time.

    A bar closes only behind a value, and opens only before one; if `signed`, between a value and a sign too.
    """
    ways: dict[tuple[int, str], list[str]] = {(0, ""): [""]}  # by how many are open, and what the last did
    for at in bars:
        before, after = tokens[at - 1], tokens[at + 1].text
        further: dict[tuple[int, str], list[str]] = {}
        for (opened, last), paths in ways.items():
            behind_value = last == CLOSES if before.text == "|" else _ends_value(before)
            before_value = after not in ("*", "/", "**", ")", ",", "") and (
                signed or not behind_value or after not in ("+", "-")
            )
            for role, possible in ((OPENS, before_value), (CLOSES, behind_value and opened > 0)):
                deep = opened + (1 if role == OPENS else -1)
                if possible and deep <= DEEPEST:
                    known = further.setdefault((deep, role), [])
                    known += [path + role for path in paths[: 2 - len(known)]]
        ways = further
    return [path for (opened, _), paths in ways.items() if opened == 0 for path in paths]


def _without_partner(text: str, tokens: Sequence[Token], bars: Sequence[int]) -> FormulaError:
    """Return what is wrong with `bars`: one stays open though each closes the last one that it can."""
    opened: list[int] = []
    closed = -1
    for at in bars:
        if opened and (_ends_value(tokens[at - 1]) or at - 1 == closed):
            opened.pop()
            closed = at
        else:
            opened.append(at)
        if len(opened) > DEEPEST:
            return too_deep(text, tokens[at])
    bar = tokens[opened[-1] if opened else bars[-1]]
    return FormulaError("bars", text, bar.start, bar.typed(text))


def _calls(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Write sin x as sin(x), and sin**2(x) as sin(x)**2; the last ones first, which stand within others."""
    written = list(tokens)
    for at in reversed(range(len(written))):
        if written[at].text in FUNCTIONS:
            written[at + 1 :] = _called(text, written[at + 1 :])
    return written


def _called(text: str, rest: list[Token]) -> list[Token]:
    """Return what follows a function, beginning with its bracket if one can be found or put in."""
    power = rest[:2] if rest[0].text == "**" and rest[1].kind == "number" else []
    operand = rest[len(power) :]
    first = operand[0]
    if first.text == "(":
        size = partner(operand) + 1
    elif first.text == "abs" and first.typed(text) in "|｜":
        size = partner(operand[1:]) + 2
    elif first.kind == "number" or first.text in LETTERS:
        size = 1
    else:
        return rest
    argument, after = operand[:size], operand[size:]
    if first.text != "(":
        if after[0].text not in AFTER_CALL:
            return rest
        argument = [_sign("(", first.start), *argument, _sign(")", argument[-1].end)]
    if power and after[0].text == "**":  # sin²(x)³: a power of the sine, or of its power?
        return rest
    return [*argument, *power, *after]


def _sign(text: str, at: int) -> Token:
    return Token("sign", text, at, at)


def _times(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Put a sign between factors that stand side by side.

    Not before a number: x 2 and (x)2 may be powers. Nor behind a denominator, or an exponent that begins
    with a letter: x/2y may be x/(2y), and e^xy may be e^(xy).
    """
    signed: list[Token] = []
    unclear = [False]  # for each open bracket: whether what stands beside the last factor might belong to it
    for at, token in enumerate(tokens):
        if signed and _ends_value(signed[-1]):
            unknown = signed[-1].kind == "name" and signed[-1].text not in LETTERS
            if token.kind == "name" or (token.text == "(" and not unknown):
                if _seems_one_number(signed[-1], token, tokens[at + 1]):
                    raise FormulaError("missing_times", text, token.start, token.typed(text))
                if unclear[-1]:
                    raise FormulaError("unclear_product", text, token.start, token.typed(text))
                signed.append(_sign("*", token.start))
            elif token.text in ("+", "-", "*", "/", ","):
                unclear[-1] = token.text == "/"
        elif token.kind == "name" and _is_raised(signed):
            unclear[-1] = True
        if token.text == "(":
            unclear.append(False)
        elif token.text == ")":
            unclear.pop()
        signed.append(token)
    return signed


def _seems_one_number(number: Token, letter: Token, following: Token) -> bool:
    """Return whether `letter` seems a part of the `number` before it: 0x and 1e do, 3x and 2e^x do not."""
    if number.kind != "number" or number.end != letter.start:
        return False
    return number.text == "0" if letter.text == "x" else letter.text == "e" and following.text != "**"


def _is_raised(tokens: Sequence[Token]) -> bool:
    """Return whether what comes next is an exponent; signs may stand before it."""
    others = (token.text for token in reversed(tokens) if token.text not in ("+", "-"))
    return next(others, "") == "**"
