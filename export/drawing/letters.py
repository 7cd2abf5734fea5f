"""How long texts are about, and where their lines break: what draws a picture may have any font."""

WIDE = {
    **dict.fromkeys("mwMW%@—…", 0.95),
    **dict.fromkeys("ijlI.,;:'|!·’", 0.32),
    **dict.fromkeys("ftr()[]/ -", 0.4),
}
"""Widths of letters that are not as wide as most, in sizes: those of DejaVu Sans, the widest of our fonts."""
CJK = 0x2E80
NEVER_FIRST, NEVER_LAST = "，。；：、）”！？", "（“"
"""What no line of Chinese begins or ends with."""


def length(said: str) -> float:
    """Return about how long a text is, in sizes of its letters."""
    return sum(1.0 if ord(letter) > CJK else WIDE.get(letter, 0.64) for letter in said)


def wrapped(said: str, width: float, size: float) -> list[str]:
    """Return the lines of a text that is at most `width` pixels wide in letters of `size`."""
    lines, line = [], ""
    for piece in _pieces(said):
        if line and length((line + piece).rstrip()) * size > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def shortened(said: str, width: float, size: float) -> str:
    """Return a text that fits into `width` pixels, with an ellipsis where it had to be cut."""
    if length(said) * size <= width:
        return said
    while said and length(said + "…") * size > width:
        said = said[:-1]
    return said.rstrip() + "…" if said else ""


def _pieces(said: str) -> list[str]:
    """Return what must not be broken: words with the space behind them, Chinese letters with what follows."""
    found: list[str] = []
    for letter in said:
        last = found[-1][-1] if found else " "
        chinese = ord(letter) > CJK or ord(last) > CJK
        kept = letter in NEVER_FIRST or last in NEVER_LAST or letter == " "
        if not found or (not kept and (last == " " or chinese)):
            found.append(letter)
        else:
            found[-1] += letter
    return found
