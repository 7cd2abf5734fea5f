"""A formula that has passed every check, and how a text becomes one."""

from dataclasses import dataclass

from catalog.knob import spell_number
from landscapes.formula.box import DEFAULT_BOX, flat, read_box
from landscapes.formula.check import LONGEST, read
from landscapes.formula.error import FormulaError
from landscapes.formula.expression import express
from landscapes.formula.suggest import suggested
from landscapes.formula.surface import landscape_of
from landscapes.formula.survey import is_defined
from landscapes.landscape import Box, Landscape

MOST_SIGNS = 4
"""How many unclear products a suggestion puts a sign into."""


@dataclass(frozen=True)
class Formula:
    """A formula of the reader's own, and the box that it is drawn over: a value, like a shelf id.

    Whoever holds one need not check again: `text` was read, and it is defined somewhere in the `box`.
    What is given is made canonical: x**2*y for x²y, and floats. Raises FormulaError for anything else.
    """

    text: str
    box: Box = DEFAULT_BOX

    def __post_init__(self) -> None:
        """Check everything; nothing is compiled."""
        text: object = self.text
        if not isinstance(text, str):
            raise FormulaError("not_text", value=type(text).__name__)
        box = read_box(flat(self.box))
        _, canonical = read(text)  # with places as they were typed
        if not is_defined(express(canonical), box):
            raise FormulaError("undefined", text)
        object.__setattr__(self, "text", canonical)
        object.__setattr__(self, "box", box)

    @property
    def formula(self) -> str:
        """Return the text."""
        return self.text

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return how a link spells the formula and its box, if that is another than usual."""
        formula = ("formula", self.text)
        if self.box == DEFAULT_BOX:
            return (formula,)
        return formula, ("box", ",".join(spell_number(number) for side in self.box for number in side))

    def landscape(self) -> Landscape:
        """Return the landscape of the formula; equal ones give the identical one, while it is kept."""
        return landscape_of(self.text, self.box)


def from_formula(text: str, box: Box = DEFAULT_BOX) -> Landscape:
    """Return the landscape of the formula `text`, in x and y as people or Python write it, over `box`.

    Raises FormulaError, a ValueError, with a sentence and a position.
    """
    return read_formula(text, box).landscape()


def read_formula(text: object, box: Box = DEFAULT_BOX) -> Formula:
    """Return the formula that `text` spells, over `box`.

    Takes any object whatever, at most some milliseconds, and runs no part of it. Raises FormulaError:
    what is wrong, where, and if another spelling of the same would be accepted, which one.
    """
    try:
        return Formula(text, box)  # type: ignore[arg-type] - refused if it is no string
    except FormulaError as error:
        suggestion = _suggestion(error.why, text, box)
        if not suggestion:
            raise
        raise FormulaError(error.why, error.text, error.position, error.value, suggestion) from None


def _suggestion(why: str, text: object, box: Box) -> str:
    """Return a spelling of `text`, which `why` says is not read, that is accepted; "" if we know none."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return ""
    other = suggested(text)
    if other == text and why != "unclear_product":
        return ""
    for _ in range(MOST_SIGNS):
        try:
            return Formula(other, box).text
        except FormulaError as error:
            if error.why != "unclear_product":
                return ""
            # What its sentence asks for, and what Python's precedence makes of 1/2x.
            other = f"{other[: error.position]}*{other[error.position :]}"
    return ""
