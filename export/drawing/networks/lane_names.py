"""What trainers are called: by their method, and by what tells them from others of the same method."""

from collections.abc import Callable, Sequence
from typing import Any

from charts.method_colours import method_colours
from charts.palette import Theme
from export.drawing.networks.numbers import filled, spell
from optimizers.knobs import RATE
from scenes.network import Trainer


def lane_names(trainers: Sequence[Trainer], words: dict[str, Any]) -> list[str]:
    """Return the names: "Adam · α 0.01 · Cosine"; those that are alike in all of that are numbered."""
    names = [
        _name(one, [each for each in trainers if each.optimizer == one.optimizer], words) for one in trainers
    ]
    return [
        f"{name} ({names[: k + 1].count(name)})" if names.count(name) > 1 else name
        for k, name in enumerate(names)
    ]


def lane_colours(methods: Sequence[str], theme: Theme) -> list[str]:
    """Return the colours of lanes by their methods: a second one of a method has the next shade."""
    shades = method_colours(theme)
    return [shades[id][methods[:k].count(id) % len(shades[id])] for k, id in enumerate(methods)]


def _name(one: Trainer, peers: list[Trainer], words: dict[str, Any]) -> str:
    method = next(each for each in words["methods"] if each["id"] == one.optimizer)
    plans = {each["id"]: each for each in words["schedules"]}
    parts = [method["name"]]

    def differ(of: Callable[[Trainer], object]) -> bool:
        return any(of(peer) != of(one) for peer in peers)

    for knob in method["knobs"]:
        if differ(lambda each, id=knob["id"]: each.knobs[id]):
            parts.append(f"{'α' if knob['id'] == RATE else knob['label']} {_said(one.knobs[knob['id']])}")
    plan = plans[str(one.extras["schedule"])]
    if differ(lambda each: each.extras["schedule"]):
        parts.append(plan["name"])
    else:
        for knob in plan["knobs"]:
            if differ(lambda each, id=knob["id"]: each.extras[id]):
                parts.append(f"{knob['label']} {_said(one.extras[knob['id']])}")
    if one.extras["warmup"] and differ(lambda each: each.extras["warmup"]):
        parts.append(filled(words["ui"]["tag_warmup"], steps=one.extras["warmup"]))
    return " · ".join(parts)


def _said(value: Any) -> str:
    return value if isinstance(value, str) else spell(float(value), 3)
