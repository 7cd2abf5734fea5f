"""All that the stage says in one language: sentences, names, knobs, and formulas as MathML.

Browsers draw MathML themselves, so that formulas need no library, work offline and are read aloud.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from api.escape import HAIR
from api.knob_json import control
from api.mathml import mathml
from api.networks.lab_words import lab_knobs, lab_texts
from api.networks.messages import network_words
from api.networks.slice import slice_lab_words
from api.slice_words import SLICES, slice_entry, slice_words
from api.variance import MULTIPLES
from landscapes import LANDSCAPES, MODELS
from landscapes.data.rows import LONGEST
from landscapes.penalty import L2
from locales import LANGUAGES, texts
from optimizers import OPTIMIZERS, SCHEDULES
from scenes import MOST_LANES
from scenes.knobs import RADIUS, SHIFT, lane_knobs
from scenes.network_slice import SLICE
from scenes.questions import QUESTIONS
from scenes.read import READER
from scenes.scene import BUDGET, VIEW
from scenes.setting import GROUPS, SHOWN, Setting


@cache
def words(language: str) -> dict[str, Any]:
    """Return the words of `language` with the limits and choices that the stage needs, JSON all through."""
    said = texts(language)
    surfaces, methods, interface = said["surfaces"], said["methods"], said["interface"]
    schedules, options = said["schedules"], interface["choices"]
    lane, whole = interface["lane_knobs"], interface["budget_knobs"]
    sentences = {**interface, **said.get("experiments", {})}
    return {
        "lang": language,
        "tag": LANGUAGES[language],
        "ui": {key: text for key, text in sentences.items() if isinstance(text, str)},
        "repairs": said["repairs"],
        "reasons": interface["reasons"],
        "formulas": said["formulas"],
        "tables": said["tables"],
        "families": surfaces["families"],
        "own": [
            {"id": id, "family": "typed", "name": name, "keywords": _keywords(id, "typed")}
            for id, name in surfaces["own"].items()
        ],
        "surfaces": [
            {
                "id": entry.id,
                "family": entry.family,
                **surfaces[entry.id],
                "keywords": _keywords(entry.id, entry.family),
                "math": mathml(f"L({', '.join(entry.axes)}) = {entry.latex}"),
                "source": str(entry.source or ""),
                "takes_data": entry.id in MODELS,
                "knobs": [control(knob, surfaces["knobs"], options) for knob in entry.knobs],
            }
            for entry in LANDSCAPES.values()
        ]
        + [slice_entry(said["slices"], _keywords(SLICE, SLICES))],
        "slice": slice_words(said["slices"], said["networks"], _names(methods)),
        "methods": [
            {
                "id": entry.id,
                **methods[entry.id],
                "rules": [mathml(line) for line in entry.latex],
                "symbols": [
                    {"math": mathml(each.latex, "inline"), "name": methods["symbols"][each.name]}
                    for each in entry.symbols
                ],
                "direction": "hessian" if entry.hessian else "elsewhere" if entry.elsewhere else "memory",
                "source": str(entry.source),
                "differs": methods["differs"][entry.differs] if entry.differs else None,
                "knobs": [control(knob, methods["knobs"], options) for knob in entry.knobs],
            }
            for entry in OPTIMIZERS.values()
        ],
        "schedules": [
            {
                "id": entry.id,
                "name": schedules[entry.id]["name"],
                "story": schedules[entry.id]["story"],
                "math": mathml(entry.latex),
                "source": str(entry.source or ""),
                "knobs": [control(knob, schedules["knobs"], options) for knob in entry.knobs],
            }
            for entry in SCHEDULES.values()
        ],
        "lane": [control(knob, lane, options | {"schedule": _names(schedules)}) for knob in LANE],
        "budget": [
            {
                **control(setting.knob, whole, options),
                "group": setting.group,
                "shown": setting.shown,
                "change": setting.change,
            }
            for setting in SHARED
        ],
        "hair": control(HAIR, whole, options),
        "experiments": {
            "knobs": [control(knob, said["experiments"]["knobs"]) for knob in (SHIFT, RADIUS)],
            "multiples": MULTIPLES,
        },
        "network": {
            **network_words(said["networks"], _names(schedules)),
            "lab_knobs": lab_knobs(said["networks"], methods),
            "lab_texts": lab_texts(said["networks"]),
            "slice": slice_lab_words(said["slice_lab"], said["networks"]["switch"]),
        },
        "questions": [
            {"id": each.id, "query": each.query, **said["questions"][each.id]} for each in QUESTIONS
        ],
        "reader": READER,
        "usual": {setting.knob.id: setting.knob.default for setting in VIEW.values()},
        "choices": {each.knob.id: each.knob.choices for each in VIEW.values() if each.knob.choices},
        "limits": {"lanes": MOST_LANES, "table_bytes": LONGEST},
    }


def _keywords(id: str, family: str) -> str:
    """Return by what a surface, or one of the reader's own, is found: in every language at once."""
    found = [id]
    for surfaces in (texts(language)["surfaces"] for language in LANGUAGES):
        found.append(surfaces["families"][family])
        found += [name for name in (surfaces["own"].get(id), surfaces.get(id, {}).get("name")) if name]
    if id == SLICE:
        found += [texts(language)["slices"]["name"] for language in LANGUAGES]
    return " ".join(found).lower()


LANE = lane_knobs("constant")
"""What every lane has, whatever its method and its schedule; constant rates have no knobs of their own."""

_FIRST, *_OTHERS = BUDGET.values()
SHARED = sorted(
    (_FIRST, Setting(L2, change="surface_knob"), *_OTHERS),
    key=lambda setting: (GROUPS.index(setting.group), SHOWN.index(setting.shown)),
)
"""What all lanes get alike, as their controls stand: what is not always there comes last, lest anything move.

The penalty is of the surface. How large a mini-batch may be depends on that too: an answer says it.
"""


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the entries of a shelf, by id."""
    return {id: entry["name"] for id, entry in entries.items() if "name" in entry}
