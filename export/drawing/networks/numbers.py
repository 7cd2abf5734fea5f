"""Numbers and sentences of networks as a person writes them, as stage/lib/format.js does."""

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from charts.number_format import format_power

LEAST = 0.001
"""A smaller share is not told exactly."""


def fixed(value: float, decimals: int) -> str:
    """Return `value` with so many decimals and a real minus sign, none before a zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded):f}" if not rounded else _signed(f"{rounded:f}")


def spell(value: float | None, digits: int = 4) -> str:
    """Return `value` with so many significant digits: a power of ten from 10⁵ on and below 10⁻⁴.

    "∞" for what is no number that can be written.
    """
    if value is None or not math.isfinite(value):
        return "∞"
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e5:
        return _signed(_plain(_rounded(value, digits)))
    rounded = _rounded(value, max(1, digits - 1))
    power = rounded.adjusted()
    mantissa = _plain(rounded.scaleb(-power))
    factor = mantissa.replace("1", "") if mantissa in ("1", "-1") else f"{mantissa}·"
    return _signed(factor + format_power(power))


def percentage(share: float) -> str:
    """Return a share in whole per cent; with a decimal where that would hide that it is not none or all."""
    whole = math.floor(100 * share + 0.5)
    hidden = (whole == 0 and share > 0) or (whole == 100 and share < 1)
    if not hidden:
        return f"{whole}%"
    return f"< {100 * LEAST:g}%" if share < LEAST else f"{fixed(min(100 * share, 99.9), 1)}%"


def filled(sentence: str, **values: object) -> str:
    """Return `sentence` with each {name} that is among `values` replaced."""
    return re.sub(
        r"\{(\w+)\}", lambda found: str(values[found[1]]) if found[1] in values else found[0], sentence
    )


def listed(parts: Sequence[str], language: str) -> str:
    """Return what is listed in a sentence: "A, B, and C", "A、B和C"."""
    if len(parts) < 2:
        return "".join(parts)
    if language == "zh":
        return f"{'、'.join(parts[:-1])}和{parts[-1]}"
    if len(parts) == 2:
        return f"{parts[0]} and {parts[1]}"
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _rounded(value: float, digits: int) -> Decimal:
    exact = Decimal(value)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(text: str) -> str:
    return text.replace("-", "−")
