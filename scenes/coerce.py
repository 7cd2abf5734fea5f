"""How a value that came as JSON is taken for a knob. Any value is taken, somehow."""

import math
from collections.abc import Sequence
from typing import cast

from catalog import Knob, Repair, Value
from catalog.knob import parse_number, spell_number
from scenes.repairs import Repairs

# Larger than any knob's end; a JSON integer may be too large for a float.
HUGE = 10**300
MOST_SHOWN = 4
"""So many items of a list are shown: the numbers of a box."""


def coerced(knob: Knob, raw: object, old: Value, parameter: str, repairs: Repairs) -> Value:
    """Return the value that `raw` means for `knob`; the `old` one, with a repair, if it means none."""
    value = nearest(knob, raw, parameter, repairs)
    if value is not None:
        return value
    why = "unknown_choice" if knob.kind == "choice" else "not_a_number"
    repairs.append(Repair(why, parameter, shown(raw), knob.spell(old)))
    return old


def nearest(knob: Knob, raw: object, parameter: str, repairs: Repairs) -> Value | None:
    """Return the value of `knob` that is nearest to what `raw` means, None if it means none.

    A number beyond an end of the range gives that end, with a repair.
    """
    if knob.kind == "choice":
        return raw if isinstance(raw, str) and raw in knob.choices else None
    number = as_number(raw)
    if number is None:
        return None
    value = min(max(number, knob.low), knob.high)
    if knob.kind == "whole" and value != int(value):
        return None
    if value != number:
        repairs.append(Repair("clamped", parameter, shown(raw), knob.spell(value)))
    return int(value) if knob.kind == "whole" else value + 0.0  # never -0.0: equal scenes, one spelling


def as_number(raw: object) -> float | None:
    """Return `raw` as a finite float: a number, or a text that spells one. None for anything else."""
    if isinstance(raw, str):
        return parse_number(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    if isinstance(raw, int):
        return float(min(max(raw, -HUGE), HUGE))
    return raw if math.isfinite(raw) else None


def shown(raw: object) -> str:
    """Return `raw` as a repair shows it; bounded work, whatever its depth or size."""
    match raw:
        case None:
            return "null"
        case bool():
            return "true" if raw else "false"
        case str():
            return raw
        case float():
            return spell_number(raw)
        case int():
            # Beyond, Python would be slow to spell it, or refuse.
            return str(raw) if abs(raw) < 10**15 else "-10^15…" if raw < 0 else "10^15…"
        case list() | tuple():
            items = cast(Sequence[object], raw)
            flat = 0 < len(items) <= MOST_SHOWN and not any(
                isinstance(item, list | tuple | dict) for item in items
            )
            return ", ".join(shown(item) for item in items) if flat else "[…]"
        case _:
            return "{…}"
