"""The lab on search: rate and λ of one network, tried at random and on a grid."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self, cast

from catalog import Knob, Repair
from networks import DATASETS, NORMALIZATIONS, Network, Training
from networks.data import FewExamples
from optimizers.knobs import RATE
from scenes import network_knobs
from scenes.coerce import coerced
from scenes.net_labs.many import affordable_epochs, cost_of_run, epoch_steps
from scenes.net_labs.regularization import METHODS
from scenes.net_labs.table import LabTable, as_many_as_there_are
from scenes.repairs import Repairs
from scenes.setting import setting

DATA = Knob("data", "", default="digits", kind="choice", choices=network_knobs.DATA.choices[:-1])
EXAMPLES = Knob("examples", "n", default=400, low=50, high=4000, scale="log", step=0.05, kind="whole")
METHOD = Knob("method", "", default="sgd", kind="choice", choices=METHODS)
NORM = Knob("norm", "", default="none", kind="choice", choices=tuple(NORMALIZATIONS))
BATCH = Knob("batch", "B", default=25, low=10, high=1000, scale="log", step=0.05, kind="whole")
EPOCHS = Knob("epochs", "", default=50, low=1, high=50, step=1, kind="whole")
SIDE = Knob("side", "", default=5, low=2, high=10, step=1, kind="whole")
REPEATS = Knob("repeats", "", default=3, low=1, high=8, step=1, kind="whole")
LAST_SEED = 2**31 - 100
"""Seeds of the repetitions follow each other, and must not go beyond the largest."""


def _end(id: str, default: float, low: float, high: float) -> Knob:
    return Knob(id, "", default=default, low=low, high=high, scale="log", step=0.05)


RANGES = "ranges"
"""What a change names that turns all four ends at once."""
PAIRS = (("rate_low", "rate_high"), ("decay_low", "decay_high"))


@dataclass(frozen=True)
class Search(LabTable):
    """A network, and from where to where the rate and λ of its training are looked for.

    `side`² trials a search, at random and on a grid of so many rates and λ; `repeats` times.
    The ranges are those of Saitō 2016, section 6.5; the network is smaller than there, to be quick.
    """

    id: ClassVar[str] = "search"
    parameter: ClassVar[str] = "search"

    data: str = setting(DATA)
    examples: int = setting(EXAMPLES)
    depth: int = setting(network_knobs.DEPTH)
    width: int = setting(replace(network_knobs.WIDTH, default=32))
    activation: str = setting(replace(network_knobs.ACTIVATION, default="relu"))
    init: str = setting(replace(network_knobs.INIT, default="he_normal"))
    norm: str = setting(NORM)
    method: str = setting(METHOD)
    batch: int = setting(BATCH)
    epochs: int = setting(EPOCHS)
    side: int = setting(SIDE)
    repeats: int = setting(REPEATS)
    rate_low: float = setting(_end("rate_low", 1e-6, 1e-6, 100.0))
    rate_high: float = setting(_end("rate_high", 1e-2, 1e-6, 100.0))
    decay_low: float = setting(_end("decay_low", 1e-8, 1e-9, 10.0))
    decay_high: float = setting(_end("decay_high", 1e-4, 1e-9, 10.0))
    seed: int = setting(network_knobs.SEED)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; there are no more examples than the data have."""
        return as_many_as_there_are(cls, data)

    @property
    def cost(self) -> float:
        """Return what one trial costs, measured at its end."""
        return cost_of_run(self.training(), 1)

    @property
    def length(self) -> int:
        """Return the number of epochs."""
        return self.epochs

    def trainings(self) -> tuple[Training, ...]:
        """Return a run for each trial, at random and on the grid, all at one rate."""
        return (self.training(),) * (2 * self.repeats * self.side**2)

    def training(self) -> Training:
        """Return the run of which all trials are variations."""
        network = Network(
            FewExamples(DATASETS[self.data], self.examples),
            (self.width,) * self.depth,
            self.activation,
            self.init,
            normalization=self.norm,
        )
        steps = self.epochs * epoch_steps(self.examples, self.batch)
        seed = min(self.seed, LAST_SEED)
        return Training(
            network, self.method, {RATE: self.rate_high}, batch=self.batch, steps=steps, seed=seed
        )

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with one knob turned, or `{"knob": "ranges", "to": [rate, rate, λ, λ]}`."""
        if change.get("knob") != RANGES:
            return super().turned(change, repairs)
        ends = change.get("to")
        given = cast("list[object]", ends) if isinstance(ends, list) else []
        names = [name for pair in PAIRS for name in pair]
        knobs = self.knobs(self.data)
        if len(given) != len(names):
            repairs.append(Repair("not_a_number", f"{self.parameter}:{RANGES}", "", ""))
            return self
        values = {
            name: coerced(knobs[name], end, getattr(self, name), f"{self.parameter}:{name}", repairs)
            for name, end in zip(names, given, strict=True)
        }
        return self.with_values(values).affordable(repairs)

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with ranges that begin below their ends, and as many epochs as are allowed."""
        lab = self
        for low, high in PAIRS:
            first, last = getattr(lab, low), getattr(lab, high)
            if first > last:
                repairs.append(Repair("clamped", f"{self.parameter}:{low}", f"{first:g}", f"{last:g}"))
                lab = lab.with_values({low: last})
        return affordable_epochs(lab, lab.epochs, repairs)
