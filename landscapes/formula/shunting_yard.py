"""From tokens to steps, by operator precedence: Dijkstra (1961), "Algol 60 translation", the shunting-yard.

Our own reading: no `eval`, no `ast`. Precedence is Python's: -x**2 is −(x²), 2**-x is allowed, x**y**z is
x**(y**z).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from landscapes.formula.error import FormulaError
from landscapes.formula.operations import CONSTANTS, FUNCTIONS, OPERATIONS, VARIABLES
from landscapes.formula.steps import Step
from landscapes.formula.tokens import Token

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "negative": 3, "**": 4}


def parse(text: str, tokens: Sequence[Token]) -> tuple[Step, ...]:
    """Return the steps of `text`, cut into `tokens` of which all brackets have a partner.

    Raises FormulaError at the first token that cannot follow what stands before it.
    """
    return Parser(text, tokens).read()


@dataclass(slots=True)
class PendingOperator:
    """An operator, or an opened bracket with the function it belongs to, that waits for its right operand."""

    token: Token
    name: str
    function: Token | None = None
    commas: int = 0


@dataclass(slots=True)
class Parser:
    """Reads tokens once, from left to right: `steps` is the output queue, `pending` the operator stack."""

    text: str
    tokens: Sequence[Token]
    steps: list[Step] = field(default_factory=list)
    pending: list[PendingOperator] = field(default_factory=list)
    extents: list[tuple[int, int]] = field(default_factory=list)
    function: Token | None = None  # whose bracket comes next

    def read(self) -> tuple[Step, ...]:
        """Return the steps; the brackets have been matched already."""
        wants_operand = True
        for token, following in zip(self.tokens, (*self.tokens[1:], self.tokens[-1]), strict=True):
            if token.kind == "name":
                self._check_name(token, called=following.text == "(")
            wants_operand = self._operand(token) if wants_operand else self._operator(token)
        return tuple(self.steps)

    def _refuse(self, why: str, token: Token, value: str = "") -> FormulaError:
        return FormulaError(why, self.text, token.start, value or token.typed(self.text))

    def _check_name(self, token: Token, called: bool) -> None:
        """Refuse a name that means nothing, and a function that is not called."""
        if token.text in FUNCTIONS:
            if not called:
                raise self._refuse("needs_brackets", token)
        elif token.text not in CONSTANTS and token.text not in VARIABLES:
            raise self._refuse("unknown_function" if called else "unknown_name", token)

    def _operand(self, token: Token) -> bool:
        """Take `token` where a value should begin; return whether one is still wanted."""
        if token.kind == "number":
            return self._push("number", token, float(token.text))
        if token.text in FUNCTIONS:
            self.function = token
        elif token.kind == "name":
            return self._push(token.text, token, CONSTANTS.get(token.text, math.nan))
        elif token.text == "(":
            self.pending.append(PendingOperator(token, "(", self.function))
            self.function = None
        elif token.text == "-":
            self.pending.append(PendingOperator(token, "negative"))
        elif token.text == ")" and self.pending[-1].function:
            raise self._wrong_arity(token, self.pending[-1].function)
        elif token.text != "+":
            raise self._refuse("unexpected" if token.text else "unfinished", token)
        return True

    def _push(self, name: str, token: Token, value: float) -> bool:
        """Put out a number, a constant or a variable."""
        self.extents.append((token.start, token.end))
        self.steps.append(Step(name, token.start, self.extents[-1], value=value))
        return False

    def _operator(self, token: Token) -> bool:
        """Take `token` where a value has ended; return whether another one is wanted."""
        if token.text in PRECEDENCE:
            self._reduce(PRECEDENCE[token.text])
            self.pending.append(PendingOperator(token, token.text))
            return True
        if token.kind == "end":
            self._reduce(0)
            return False
        if token.text == ")":
            self._reduce(0)
            return self._close(token)
        if token.text == ",":
            self._reduce(0)
            return self._comma(token)
        raise self._refuse("missing_times", token)

    def _reduce(self, precedence: int) -> None:
        """Put out the operators that bind at least as tightly as `precedence`, back to the last bracket."""
        while self.pending and self.pending[-1].name != "(":
            operator = self.pending[-1]
            # Equal precedence goes from left to right, powers from right to left.
            if (
                PRECEDENCE[operator.name] < precedence
                or PRECEDENCE[operator.name] == precedence == PRECEDENCE["**"]
            ):
                return
            self._apply(self.pending.pop().name, operator.token, None)

    def _apply(self, name: str, token: Token, closed: Token | None) -> None:
        """Put out an operation; `closed` is the bracket that ends it if it is a function."""
        arity = OPERATIONS[name].arity
        given = self.extents[len(self.extents) - arity :]
        del self.extents[len(self.extents) - arity :]
        # An exponent may have been typed before what it belongs to: sin²(x).
        starts, ends = zip((token.start, (closed or token).end), *given, strict=True)
        extent = min(starts), max(ends)
        self.extents.append(extent)
        self.steps.append(Step(name, token.start, extent, arity))

    def _close(self, token: Token) -> bool:
        """Take a closing bracket."""
        bracket = self.pending.pop()
        if bracket.function is None:
            self.extents[-1] = bracket.token.start, token.end
        elif bracket.commas + 1 < OPERATIONS[bracket.function.text].arity:
            raise self._wrong_arity(token, bracket.function)
        else:
            self._apply(bracket.function.text, bracket.function, token)
        return False

    def _comma(self, token: Token) -> bool:
        """Take a comma, which stands nowhere but between the two arguments of a function."""
        bracket = self.pending[-1] if self.pending else None
        if bracket is None or bracket.function is None:
            raise self._refuse("comma", token)
        bracket.commas += 1
        if bracket.commas >= OPERATIONS[bracket.function.text].arity:
            raise self._wrong_arity(token, bracket.function)
        return True

    def _wrong_arity(self, token: Token, function: Token) -> FormulaError:
        """Say at `token` that `function` has too few or too many arguments."""
        one = OPERATIONS[function.text].arity == 1
        return self._refuse("one_argument" if one else "two_arguments", token, function.text)
