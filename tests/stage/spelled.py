"""Numbers as `stage/lib/format.js` spells them, read back."""

import re

SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SPELLED = re.compile(r"(−?)(?:([\d.]+)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?|10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))")


def number(text: str) -> float:
    """Return the number that `text` spells; ValueError where it spells none."""
    found = SPELLED.fullmatch(text)
    if not found:
        raise ValueError(f"Expected a number as the stage spells it, got {text!r}.")
    minus, factor, power, alone = found.groups()
    size = float(factor or 1) * 10.0 ** int((power or alone or "0").translate(SUPERSCRIPT))
    return -size if minus else size
