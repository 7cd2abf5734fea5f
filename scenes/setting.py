"""Settings of a race and of what is shown of it: fields of a dataclass that know all that there is to know.

Links, edits, answers and controls go through these fields; none of them names a setting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from catalog import Knob
from landscapes import Landscape

Group = Literal["race", "randomness"]
Shown = Literal["always", "by_chance", "with_examples"]
GROUPS, SHOWN = get_args(Group), get_args(Shown)
SWITCH = {"1": "on", "true": "on", "yes": "on", "": "on", "0": "off", "false": "off", "no": "off"}
"""How else people write "on" and "off" in a link."""


@dataclass(frozen=True)
class Setting:
    """A knob of a scene.

    - `knob`: its name in links, its range, and its default.
    - `on_surface`: the same knob as it is on a surface, where its default or range depends on that.
    - `always_spelled`: whether links name it even at its default, since that may change with the shelves.
    - `group`: under which heading its control stands, and `shown`, when: always, where chance has a part, or
      on surfaces that are made of examples.
    - `change`: by which change (scenes/changes) it is turned.
    - `also`: what a link may have in place of a value's own spelling.
    """

    knob: Knob
    on_surface: Callable[[Landscape], Knob] | None = None
    always_spelled: bool = False
    group: Group = "race"
    shown: Shown = "always"
    change: str = "setting"
    also: Mapping[str, str] = field(default_factory=dict[str, str])

    def on(self, surface: Landscape) -> Knob:
        """Return its knob as it is on `surface`."""
        return self.on_surface(surface) if self.on_surface else self.knob


def setting(knob: Knob, **known: Any) -> Any:
    """Return a field of a dataclass that is this setting; `known` are fields of Setting."""
    return field(default=knob.default, metadata={"setting": Setting(knob, **known)})


def settings_of(kind: type) -> Mapping[str, Setting]:
    """Return the settings among the fields of the dataclass `kind`, in their order, by the field's name."""
    return {each.name: each.metadata["setting"] for each in fields(kind) if "setting" in each.metadata}
