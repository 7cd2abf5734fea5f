"""How knobs are read from a link, whoever has them."""

from collections.abc import Sequence
from dataclasses import replace

from catalog import Knob, Repair, Settings, Value
from scenes import syntax
from scenes.repairs import Repairs


def read_settings(
    owner: str, knobs: Sequence[Knob], usual: Settings, settings: syntax.Pairs, repairs: Repairs
) -> Settings:
    """Return `usual`, with what `settings` says of these knobs, by short name or by id."""
    by_name = {name: knob for knob in knobs for name in (knob.id, knob.short)}
    given: dict[str, Value] = {}
    for name, text in settings:
        parameter, knob = f"{owner}:{name}", by_name.get(name)
        if knob is None:
            repairs.append(Repair("unknown_knob", parameter, text, ""))
        elif knob.id in given:
            repairs.append(Repair("repeated_parameter", parameter, text, knob.spell(given[knob.id])))
        else:
            given[knob.id] = read_knob(knob, text, usual[knob.id], parameter, repairs)
    return Settings({**usual, **given})


def read_knob(knob: Knob, text: str | None, usual: Value, parameter: str, repairs: Repairs) -> Value:
    """Return the value that `text` spells, `usual` if it spells none or is absent."""
    if text is None:
        return usual
    value, repair = knob.read(text, usual)
    if repair is not None:
        repairs.append(replace(repair, parameter=parameter))
    return value
