"""One number or choice that the reader may turn."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from catalog.repair import Repair

Value = float | int | str

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
LONGEST_NUMBER = 32


def parse_number(text: str) -> float | None:
    """Return the finite float that plain ASCII `text` spells, or None.

    Stricter than `float`: no `nan`, `inf`, underscores, hexadecimals, white space or foreign
    digits, and nothing that a float can only hold as infinity or as a zero that was not meant.
    """
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return None
    value = float(text)
    mantissa = re.split("[eE]", text)[0]
    if math.isinf(value) or (value == 0 and any(digit in mantissa for digit in "123456789")):
        return None
    return value + 0.0  # -0.0 becomes 0.0, so that equal scenes have one spelling


def spell_number(value: float) -> str:
    """Return the shortest text that `parse_number` reads back as exactly `value`."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


@dataclass(frozen=True, slots=True)
class Knob:
    """A parameter with its range; slider, URL, documentation and tests all come from it.

    `symbol` is LaTeX. A `number` may take any float in [`low`, `high`]; `step` is only the grid of
    its slider (on the "log" scale: the ratio between neighbours is 10**step). A `whole` takes
    integers. A `choice` takes one of `choices`. `short` is how a URL spells the id.
    """

    id: str
    symbol: str
    default: Value
    low: float = 0.0
    high: float = 1.0
    scale: Literal["linear", "log"] = "linear"
    step: float = 0.01
    kind: Literal["number", "whole", "choice"] = "number"
    choices: tuple[str, ...] = ()
    short: str = ""

    def __post_init__(self) -> None:
        """Refuse a knob whose own default it would not accept."""
        if not self.short:
            object.__setattr__(self, "short", self.id)
        if not self.accepts(self.default):
            raise ValueError(
                f"Expected the default of knob {self.id!r} to be {self.wants()}, got {self.default!r}."
            )

    def wants(self) -> str:
        """Return what the knob takes, as a language-free text for repairs and errors."""
        if self.kind == "choice":
            return " | ".join(self.choices)
        return f"[{self.low:g}, {self.high:g}]"

    def accepts(self, value: Value) -> bool:
        """Return whether `value` is one that the knob can take."""
        if self.kind == "choice":
            return value in self.choices
        # The range comes first: it also keeps out nan, and integers too large for a float.
        if isinstance(value, str) or not self.low <= value <= self.high:
            return False
        return self.kind == "number" or value == int(value)

    def read(self, text: str, default: Value | None = None) -> tuple[Value, Repair | None]:
        """Return the value that `text` spells; never raises.

        Whatever cannot be used gives `default` (the knob's own one if None) and a Repair.
        """
        fallback = self.default if default is None else default
        value: Value | None = text
        if self.kind == "whole":
            value = int(text) if WHOLE.fullmatch(text) else None
        elif self.kind == "number":
            value = parse_number(text)
        if value is not None and self.accepts(value):
            return value, None
        why = (
            "unknown_choice" if self.kind == "choice" else "not_a_number" if value is None else "out_of_range"
        )
        return fallback, Repair(why, self.short, text, self.spell(fallback))

    def spell(self, value: Value) -> str:
        """Return the text that `read` reads back as `value`."""
        return value if isinstance(value, str) else spell_number(value)


def defaults(knobs: Iterable[Knob]) -> dict[str, Value]:
    """Return every knob's default, by id."""
    return {knob.id: knob.default for knob in knobs}


def complete(knobs: Iterable[Knob], given: Mapping[str, Value]) -> dict[str, Value]:
    """Return a value for every knob: the given one, or else its default.

    Raises ValueError for a name that is no knob's and for a value that its knob does not accept.
    """
    known = {knob.id: knob for knob in knobs}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"Expected knobs among {', '.join(known) or '(none)'}; got {name!r}.")
        if not known[name].accepts(value):
            raise ValueError(f"Expected {name} to be {known[name].wants()}, got {value!r}.")
    return {**defaults(known.values()), **given}
