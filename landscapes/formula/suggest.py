"""What a reader may have meant who wrote what is not read: the same formula in a spelling that is.

Only spellings are changed, never a meaning guessed: where two readings are near (x2, sin 2x), there is
no suggestion. Whether the result is a formula is for the caller to check.
"""

import re
import unicodedata

from landscapes.formula.operations import FUNCTIONS
from landscapes.formula.tokens import on_keyboard

LIKE = {
    **dict.fromkeys("хХ", "x"),  # Cyrillic
    **dict.fromkeys("уУ", "y"),
    **dict.fromkeys("еЕ", "e"),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
}
LEFT_SIDE = re.compile(r"\A\s*[A-Za-z]\w*\s*(?:\([\s\w,]*\)\s*)?=(?!=)", re.ASCII)
DIGITS_IN_GROUPS = re.compile(r"(?<=[0-9])_(?=[0-9])")
HALF_A_NUMBER = re.compile(r"(?<![\w.])(0(?=x)|\.?[0-9][0-9.]*(?=e(?![+-]?[0-9])))", re.IGNORECASE | re.ASCII)
OF_TWO = "|".join(name for name, function in FUNCTIONS.items() if function.arity == 2)
BRACKET_OR_DECIMAL = re.compile(
    rf"(?P<opening>(?P<two>(?:{OF_TWO})\s*)?\()|(?P<closing>\))"
    r"|(?<![\w.,])(?P<whole>[0-9]+),(?=[0-9]+(?![\w.]*[.,]))",
    re.IGNORECASE | re.ASCII,
)


def suggested(text: str) -> str:
    """Return `text` as it should have been written, as far as that is known."""
    text = LEFT_SIDE.sub("", "".join(map(_meant, text)), count=1)
    text = HALF_A_NUMBER.sub(r"\1*", DIGITS_IN_GROUPS.sub("", text))
    return _close(_with_decimal_points(text))


def _meant(c: str) -> str:
    """Return what stands for `c`; itself if nothing does."""
    if unicodedata.category(c) == "Cf":  # invisible
        return ""
    plain = " " if c.isspace() else on_keyboard(c)
    return LIKE.get(plain, plain)


def _with_decimal_points(text: str) -> str:
    """Write 1,5 as 1.5, except between the arguments of a function that takes two."""
    two = [False]

    def write(found: re.Match[str]) -> str:
        if found["opening"]:
            two.append(found["two"] is not None)
        elif found["closing"]:
            del two[max(1, len(two) - 1) :]
        elif not two[-1]:
            return f"{found['whole']}."
        return found[0]

    return BRACKET_OR_DECIMAL.sub(write, text)


def _close(text: str) -> str:
    """Close at the end what was opened."""
    return text + ")" * (text.count("(") - text.count(")"))
