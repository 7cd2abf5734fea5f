"""How one value of a link spells an entry and its settings: `adam:lr=0.3,beta1=0.8`."""

from collections.abc import Iterable, Mapping

from catalog import Knob, Value

Pairs = list[tuple[str, str]]


def parse(text: str) -> tuple[str, Pairs]:
    """Return the name and the (setting, value) pairs that `text` spells; never raises.

    A comma that no `name=` follows belongs to the value before it: `lr=1,5` is the value "1,5",
    which is then refused as a whole rather than read as 1.
    """
    name, _, rest = text.partition(":")
    pairs: Pairs = []
    for part in rest.split(",") if rest else ():
        setting, equals, value = part.partition("=")
        if equals or not pairs:
            pairs.append((setting, value))
        else:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]},{part}")
    return name, pairs


def spell(name: str, knobs: Iterable[Knob], values: Mapping[str, Value], always: frozenset[str]) -> str:
    """Return the text for `name`: the settings that are not the default, and those in `always`."""
    told = [k for k in knobs if k.id in always or values[k.id] != k.default]
    settings = ",".join(f"{k.short}={k.spell(values[k.id])}" for k in told)
    return f"{name}:{settings}" if settings else name
