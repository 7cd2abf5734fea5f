"""How numbers stand on maps and scales: a real minus, powers of ten, no digit too many."""

import math
from decimal import Decimal

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_level(level: float) -> str:
    """Return a contour's loss: as many digits as it has, and a power of ten where that is shorter.

    What rounding left in the last of a float's sixteen digits is no digit of the level.
    """
    rounded = Decimal(f"{level:.12g}")
    if not rounded:
        return "0"
    mantissa, _, exponent = f"{abs(rounded):.11e}".partition("e")
    figures, power = mantissa.rstrip("0").rstrip("."), int(exponent)
    plain = f"{abs(rounded):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if -5 < power < 6 or len(plain) <= len(figures) + 2:
        return _signed(level < 0, plain)
    return _signed(level < 0, ("" if figures == "1" else f"{figures}·") + format_power(power))


def format_power(power: int) -> str:
    """Return 10 to the `power` as a power of ten: "10³", "10⁻²"."""
    return "10" + str(power).translate(SUPERSCRIPTS)


def format_tick(value: float) -> str:
    """Return a mark of a logarithmic scale: a power of ten as such from 10³ and below 10⁻², or "∞"."""
    if math.isinf(value):
        return _signed(value < 0, "∞")
    power = round(math.log10(abs(value))) if value else 0
    if -2 <= power <= 2 or f"{abs(value):.3e}" != f"{10.0**power:.3e}":
        return format_level(value)
    return _signed(value < 0, format_power(power))


def _signed(negative: bool, text: str) -> str:
    return ("−" if negative else "") + text
