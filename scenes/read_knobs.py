"""How knobs are read from a link, whoever has them."""

from collections.abc import Sequence
from dataclasses import replace

from catalog import Knob, Repair, Settings, Value
from scenes import phrase
from scenes.notes import Notes


def read_settings(
    owner: str, knobs: Sequence[Knob], usual: Settings, settings: phrase.Pairs, notes: Notes
) -> Settings:
    """Return `usual`, with what `settings` says of these knobs, by short name or by id."""
    by_name = {name: knob for knob in knobs for name in (knob.id, knob.short)}
    given: dict[str, Value] = {}
    for name, text in settings:
        parameter, knob = f"{owner}:{name}", by_name.get(name)
        if knob is None:
            notes.append(Repair("unknown_knob", parameter, text, ""))
        elif knob.id in given:
            notes.append(Repair("repeated_parameter", parameter, text, knob.spell(given[knob.id])))
        else:
            given[knob.id] = read_knob(knob, text, usual[knob.id], parameter, notes)
    return Settings({**usual, **given})


def read_knob(knob: Knob, text: str | None, usual: Value, parameter: str, notes: Notes) -> Value:
    """Return the value that `text` spells, `usual` if it spells none or is absent."""
    if text is None:
        return usual
    value, repair = knob.read(text, usual)
    if repair is not None:
        notes.append(replace(repair, parameter=parameter))
    return value
