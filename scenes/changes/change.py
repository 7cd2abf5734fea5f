"""What a change is, and what turning a knob means for surfaces and methods alike."""

from collections.abc import Iterable, Mapping

from catalog import Knob, Repair, Settings
from scenes.coerce import coerced, shown
from scenes.repairs import Repairs

Change = Mapping[object, object]


def turned(
    owner: str, knobs: Iterable[Knob], settings: Settings, change: Change, repairs: Repairs
) -> Settings:
    """Return `settings` with the knob that `change` names (by id) turned to what it says."""
    name = change.get("knob")
    knob = next((knob for knob in knobs if knob.id == name), None)
    if knob is None:
        repairs.append(Repair("unknown_knob", f"{owner}:{shown(name)}", shown(change.get("to")), ""))
        return settings
    value = coerced(knob, change.get("to"), settings[knob.id], f"{owner}:{knob.short}", repairs)
    return Settings({**settings, knob.id: value})
