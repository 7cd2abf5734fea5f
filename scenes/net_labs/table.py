"""Labs of networks with settings of their own: a table each, whose knobs depend on the data."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, ClassVar, NamedTuple, Self

from catalog import Knob, Repair, Settings
from catalog.knob import defaults
from networks import DATASETS, Training, cost_of, nearest_allowed
from networks.data import about
from scenes import syntax
from scenes.coerce import coerced, shown
from scenes.network_knobs import WIDTH
from scenes.read_knobs import read_knob, read_settings
from scenes.repairs import Repairs
from scenes.setting import settings_of


class Seen(NamedTuple):
    """On how many examples a lab trains and validates, of how many numbers, in how many classes."""

    train: int
    validation: int
    inputs: int
    classes: int


class LabTable(ABC):
    """What all such labs can do; each is a frozen dataclass of settings, `data` the first of them.

    `id` is that of the lab, and `parameter` the name under which a link spells it.
    """

    id: ClassVar[str]
    parameter: ClassVar[str]
    data: str

    @classmethod
    @abstractmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field as they are on these data; their defaults are what is usual there."""

    @abstractmethod
    def trainings(self) -> tuple[Training, ...]:
        """Return the runs that are asked for; their number and shapes depend on nothing but the lab."""

    @property
    def run_count(self) -> int:
        """Return how many runs there are."""
        return len(self.trainings())

    @property
    def parameters(self) -> int:
        """Return how many numbers are learned in a run."""
        return self.trainings()[0].network.plan.parameters

    @property
    def seen(self) -> Seen:
        """Return what is learned from."""
        data = about(self.trainings()[0].network.data)
        return Seen(data.train, data.validation, data.inputs, data.classes)

    @property
    def cost(self) -> float:
        """Return how many multiplications and additions the dearest run takes."""
        return max(cost_of(run) for run in self.trainings())

    @property
    def whole_cost(self) -> float:
        """Return how many multiplications and additions all runs take."""
        return self.run_count * self.cost

    @property
    def idle(self) -> tuple[str, ...]:
        """Return the ids of the knobs that have no say as the others are; their controls are away."""
        return ()

    @property
    @abstractmethod
    def length(self) -> int:
        """Return where the playhead ends."""

    @classmethod
    def usual(cls, data: str | None = None) -> Self:
        """Return what the lab is where a link says nothing of it, but for its data."""
        chosen = data or str(settings_of(cls)["data"].knob.default)
        return cls(**{name: knob.default for name, knob in cls.knobs(chosen).items()} | {"data": chosen})

    @classmethod
    def read(cls, text: str | None, repairs: Repairs) -> Self:
        """Return what `text` spells, `mnist:examples=300,dropout=0.5`; its data stand first."""
        usual = cls.usual()
        if text is None:
            return usual
        name, settings = syntax.parse(text)
        data = str(read_knob(cls.knobs(usual.data)["data"], name or None, usual.data, cls.parameter, repairs))
        by_field = {field: knob for field, knob in cls.knobs(data).items() if field != "data"}
        knobs = tuple(by_field.values())
        values = read_settings(cls.parameter, knobs, cls.left_out(knobs, settings), settings, repairs)
        found = cls(**{field: values[knob.id] for field, knob in by_field.items()} | {"data": data})
        return found.affordable(repairs)

    @classmethod
    def left_out(cls, knobs: Sequence[Knob], settings: syntax.Pairs) -> Settings:
        """Return the values, by the ids of `knobs`, of what a link with these `settings` leaves out."""
        return Settings(defaults(knobs))

    @property
    def spelled(self) -> frozenset[str]:
        """Return the ids of the knobs that a link spells even where they are as usual."""
        return frozenset()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pair of a link, none where all is usual."""
        if self == type(self).usual():
            return []
        by_field = self.knobs(self.data)
        values = self.values()
        knobs = (knob for field, knob in by_field.items() if field != "data")
        return [(self.parameter, syntax.spell(self.data, knobs, values, always=self.spelled))]

    def values(self) -> dict[str, Any]:
        """Return the values by the ids of their knobs."""
        return {each.knob.id: getattr(self, field) for field, each in settings_of(type(self)).items()}

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with the knob that `change` names turned; other data come with what is usual."""
        knobs = self.knobs(self.data)
        name, to = change.get("knob"), change.get("to")
        field = next((field for field, knob in knobs.items() if knob.id == name), None)
        if field is None:
            repairs.append(Repair("unknown_knob", f"{self.parameter}:{shown(name)}", shown(to), ""))
            return self
        knob = knobs[field]
        value = coerced(knob, to, getattr(self, field), f"{self.parameter}:{knob.short}", repairs)
        changed = self.with_values({field: value})
        if field == "data":
            there = self.knobs(str(value))
            changed = changed.with_values(
                {name: each.default for name, each in there.items() if each != knobs[name] and name != "data"}
            )
        return changed.affordable(repairs)

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """Return the lab with other `values`, by field."""
        now = {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]
        return type(self)(**{**now, **values})

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with no run that costs more than is allowed: with fewer steps, or narrower layers.

        A repair says what it would have cost, in multiplications and additions, and what is trained instead.
        """
        asked = max(self.trainings(), key=cost_of)
        allowed = nearest_allowed(asked)
        if allowed is asked:
            return self
        width = max(int(WIDTH.low), max(allowed.network.widths))
        changes = {"steps": allowed.steps, "width": width}
        changed = self.with_values(changes)
        told = {name: value for name, value in changes.items() if value != getattr(self, name)}
        used = ", ".join(f"{name}={value}" for name, value in told.items())
        cost = f"{cost_of(asked):.1e}".replace("e+", "e")
        repairs.append(Repair("too_much_training", self.parameter, cost, used))
        return changed


def as_many_as_there_are(lab: type[LabTable], data: str) -> dict[str, Knob]:
    """Return the knobs of `lab` by field; those of how many examples reach no further than `data` do."""
    found = {name: each.knob for name, each in settings_of(lab).items()}
    knob = found["examples"]
    most = min(DATASETS[data].train, int(knob.high))
    return {**found, "examples": with_range(knob, most, int(str(knob.default)))}


def with_range(knob: Knob, high: float, default: float) -> Knob:
    """Return a knob of whole numbers up to `high`, with that default."""
    return replace(knob, high=high, default=int(min(default, high)))
