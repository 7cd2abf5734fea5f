"""What is wrong with a formula, where, and what would be right."""

import unicodedata

from catalog.repair import shortened
from locales import texts

WINDOW = 60


class FormulaError(ValueError):
    """A formula, or the box it is to be drawn over, that cannot be used.

    - `why`: the key of a sentence in `locales/*/formulas.toml`; the sentence may name the `value`.
    - `position`: 0-based index of the offending character in the formula as it was typed (its length
      where something is missing at the end), -1 where no place can be named.
    - `value`: what stands there, short and printable.
    - `suggestion`: an ASCII spelling that is accepted, or "".

    As text: the English sentence, the suggestion if there is one, and where there is a position two
    more lines: the formula, and a caret under the position.
    """

    def __init__(self, why: str, text: str = "", position: int = -1, value: str = "", suggestion: str = ""):
        """Say that `text` cannot be used, as described above."""
        self.why = why
        self.text = text
        self.position = position
        self.value = shortened(value)
        self.suggestion = suggestion
        super().__init__(why, text, position, value, suggestion)

    def __str__(self) -> str:
        """Return the sentence and, below it, the place."""
        said = texts("en")["formulas"]
        sentence = said[self.why].format(value=self.value)
        if self.suggestion:
            sentence += " " + said["suggestion"].format(suggestion=self.suggestion)
        return sentence if self.position < 0 else "\n".join((sentence, *pointed(self.text, self.position)))


def pointed(text: str, position: int) -> tuple[str, str]:
    """Return `text` on one line, cut to a window around `position`, and a line with a caret below it."""
    first = max(0, min(position - WINDOW // 2, len(text) - WINDOW))
    before, after = "…" if first else "", "…" if first + WINDOW < len(text) else ""
    shown = "".join(c if c.isprintable() else " " for c in text[first : first + WINDOW])
    return before + shown + after, " " * (len(before) + position - first) + "^"


def character(c: str) -> str:
    """Return `c` so that a reader can tell which one it is: “х (U+0445)” looks like x and is not."""
    if c.isascii() and c.isprintable():
        return c
    code = f"U+{ord(c):04X}"
    # What combines with its neighbour would be drawn on the quotation mark.
    return f"{c} ({code})" if c.isprintable() and not unicodedata.combining(c) else code
