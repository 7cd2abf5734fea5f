"""What a control of the stage needs to know of a knob, in one language."""

from collections.abc import Mapping
from typing import Any

from api.mathml import mathml
from catalog import Knob


def _label(knob: Knob, labels: Mapping[str, str]) -> str:
    """Return the label of `knob`; KeyError says where it is missing."""
    if knob.id not in labels:
        raise KeyError(
            f"Expected a label of the knob {knob.id!r} in locales/en and zh, got none; see CONTRIBUTING.md."
        )
    return labels[knob.id]


def control(
    knob: Knob, labels: Mapping[str, str], options: Mapping[str, Mapping[str, str]] = {}
) -> dict[str, Any]:
    """Return what a control needs to know of `knob`; `options` are the names of choices, by knob."""
    return {
        "id": knob.id,
        "short": knob.short,
        "label": _label(knob, labels),
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
