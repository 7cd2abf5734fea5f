"""What a control of the stage needs to know of a knob, in one language."""

from collections.abc import Mapping
from typing import Any

from api.mathml import mathml
from catalog import Knob


def control(
    knob: Knob, labels: Mapping[str, str], options: Mapping[str, Mapping[str, str]] = {}
) -> dict[str, Any]:
    """Return what a control needs to know of `knob`; `options` are the names of choices, by knob."""
    return {
        "id": knob.id,
        "label": labels[knob.id],
        "math": mathml(knob.symbol, "inline") if knob.symbol else "",
        "default": knob.default,
        "low": knob.low,
        "high": knob.high,
        "scale": knob.scale,
        "step": knob.step,
        "kind": knob.kind,
        "choices": knob.choices,
        "options": [options[knob.id][choice] for choice in knob.choices],
    }
