"""All that the stage says in one language: sentences, names, knobs, and formulas as MathML.

Browsers draw MathML themselves, so that formulas need no library, work offline and are read aloud.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from app_pages.escape import HAIR
from app_pages.mathml import mathml
from catalog import Knob
from landscapes import LANDSCAPES
from locales import LANGUAGES, texts
from optimizers import OPTIMIZERS
from scenes.knobs import NOISE, SEED, STEPS


@cache
def words(language: str) -> dict[str, Any]:
    """Return the words of `language`, JSON all through."""
    said = texts(language)
    surfaces, methods, interface = said["surfaces"], said["methods"], said["interface"]
    return {
        "lang": language,
        "tag": LANGUAGES[language],
        "ui": {key: text for key, text in interface.items() if isinstance(text, str)},
        "repairs": said["repairs"],
        "formulas": said["formulas"],
        "families": surfaces["families"],
        "surfaces": [
            {
                "id": entry.id,
                "family": entry.family,
                **surfaces[entry.id],
                "math": mathml(f"L(x, y) = {entry.latex}"),
                "source": str(entry.source or ""),
                "knobs": [_knob(knob, surfaces["knobs"]) for knob in entry.knobs],
            }
            for entry in LANDSCAPES.values()
        ],
        "methods": [
            {
                "id": entry.id,
                **methods[entry.id],
                "rules": [mathml(line) for line in entry.latex],
                "source": str(entry.source),
                "differs": methods["differs"][entry.differs] if entry.differs else None,
                "knobs": [_knob(knob, methods["knobs"]) for knob in entry.knobs],
            }
            for entry in OPTIMIZERS.values()
        ],
        "budget": [_knob(knob, interface["budget_knobs"]) for knob in (STEPS, NOISE, SEED)],
        "hair": _knob(HAIR, interface["budget_knobs"]),
    }


def _knob(knob: Knob, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return what a control needs to know of `knob`."""
    return {
        "id": knob.id,
        "label": labels[knob.id],
        "math": mathml(knob.symbol, "inline"),
        "default": knob.default,
        "low": knob.low,
        "high": knob.high,
        "scale": knob.scale,
        "step": knob.step,
        "kind": knob.kind,
        "choices": knob.choices,
    }
