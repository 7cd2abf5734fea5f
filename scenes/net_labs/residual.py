"""The lab on landscapes: one network with residual connections, or a normalisation, and without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from catalog import Knob, Repair, Settings
from networks import ACTIVATIONS, DATASETS, NORMALIZATIONS, Network, Training, cost_of
from networks.data import FewExamples
from networks.data.few import FEWEST
from networks.training import FEWEST_STEPS, MEASUREMENTS
from optimizers.knobs import RATE
from scenes import network_knobs, syntax
from scenes.net_labs.many import MOST_LAB_COST
from scenes.net_labs.regularization import DATA
from scenes.net_labs.table import LabTable, with_range
from scenes.read_knobs import read_settings
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

MOST_LAYERS = 56
"""As many as the deepest of the networks whose slices are in Li et al. (2018), figure 1."""
POINTS = 31
"""A side of each slice has so many (studies/compared_landscapes.py)."""
ALONG = 9
"""So many gradients are taken for each measurement of steps (networks/geometry/along_gradient.py)."""
BEGIN = 3e5
"""So many multiply-adds take as long as what a step needs for a layer besides those of its examples."""

COMPARE = Knob("compare", "", default="residual", kind="choice", choices=("residual", "normalization"))
EXAMPLES = Knob("examples", "n", default=500, low=FEWEST, high=1000, scale="log", step=0.05, kind="whole")
DEPTH = replace(network_knobs.DEPTH, default=20, low=2, high=MOST_LAYERS)
WIDTH = replace(network_knobs.WIDTH, default=16)
NORM = Knob("norm", "", default="none", kind="choice", choices=tuple(NORMALIZATIONS))
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.1, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
BATCH = Knob("batch", "B", default=50, low=1, high=1000, scale="log", step=0.05, kind="whole")
STEPS = replace(network_knobs.STEPS, default=500, high=5000)
SEEDS = Knob("seeds", "", default=5, low=5, high=8, step=1, kind="whole")
EXTENT = Knob("extent", "", default=1.0, low=0.1, high=3.0, step=0.1)

USUAL: Mapping[str, Mapping[str, Any]] = {
    "residual": {"depth": 20, "width": 16, "activation": "tanh", "norm": "none", "steps": 500},
    "normalization": {"depth": 8, "width": 32, "activation": "relu", "norm": "batch", "steps": 300},
}
"""What is usual where this is compared, by field; all else is the same."""
USUAL_DATA = {"residual": "spirals", "normalization": "digits"}
"""On which data one comes to each of them."""


@dataclass(frozen=True)
class Residual(LabTable):
    """A network trained by plain descent, and what it is compared with: itself without one thing.

    That is residual connections, with the normalisation `norm` in both networks, or the normalisation, with
    residual connections in neither. The first weights are those derived for the activation; a seed decides
    them, the batches, and the directions of the slices, which reach to `extent` on both sides.
    """

    id: ClassVar[str] = "residual"
    parameter: ClassVar[str] = "residual"

    data: str = setting(replace(DATA, default="spirals"))
    examples: int = setting(replace(EXAMPLES, default=200))
    depth: int = setting(DEPTH)
    width: int = setting(WIDTH)
    activation: str = setting(network_knobs.ACTIVATION)
    norm: str = setting(NORM)
    rate: float = setting(LEARNING_RATE)
    batch: int = setting(replace(BATCH, default=200))
    steps: int = setting(STEPS)
    seeds: int = setting(SEEDS)
    extent: float = setting(EXTENT)
    seed: int = setting(network_knobs.SEED)
    compare: str = setting(COMPARE)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; in the plane all examples are usual, and all are a batch."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        whole = DATASETS[data]
        if whole.kind == "plane":
            found["examples"] = with_range(EXAMPLES, whole.train, whole.train)
            found["batch"] = with_range(BATCH, whole.train, whole.train)
        else:
            found["examples"], found["batch"] = EXAMPLES, BATCH
        return found

    @classmethod
    def left_out(cls, knobs: Sequence[Knob], settings: syntax.Pairs) -> Settings:
        """Return what a link with these `settings` leaves out: what is usual for what is compared."""
        usual = super().left_out(knobs, settings)
        compare = str(read_settings(cls.parameter, knobs, usual, settings, [])[COMPARE.id])
        return Settings({**usual, **_by_id(compare)})

    @property
    def spelled(self) -> frozenset[str]:
        """Return what a link spells even where it is the default of its knob: where another is usual."""
        defaults = {each.knob.id: each.knob.default for each in settings_of(type(self)).values()}
        return frozenset(id for id, usual in _by_id(self.compare).items() if usual != defaults[id])

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return self.steps

    @property
    def pair(self) -> tuple[Training, Training]:
        """Return the run with what is compared, and the one without."""
        own = Training(
            self._network(self.norm, self.compare == "residual"),
            "sgd",
            {RATE: self.rate},
            batch=self.batch,
            steps=self.steps,
            seed=self.seed,
        )
        norm = self.norm if self.compare == "residual" else "none"
        return own, replace(own, network=self._network(norm, False))

    def trainings(self) -> tuple[Training, ...]:
        """Return both runs, for each of the seeds."""
        return self.pair * self.seeds

    @property
    def whole_cost(self) -> float:
        """Return what all runs cost, with their slices and, for a normalisation, steps along gradients."""
        own, _ = self.pair
        layers, seen = BEGIN * self.depth, float(self.examples * own.network.plan.multiplications)
        slices = POINTS**2 * (seen + layers / 3)
        along = MEASUREMENTS * ALONG * (3 * seen + layers) if self.compare == "normalization" else 0.0
        return 2 * self.seeds * (cost_of(own) + self.steps * layers + slices + along)

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with fewer steps, and narrower layers, where all would cost too much.

        And with a normalisation where that is compared. Repairs say so.
        """
        lab = self
        if lab.compare == "normalization" and lab.norm == "none":
            norm = str(USUAL["normalization"]["norm"])
            repairs.append(Repair("unknown_choice", f"{self.parameter}:norm", "none", norm))
            lab = lab.with_values({"norm": norm})
        asked, values = lab.whole_cost, dict[str, int]()
        while lab.whole_cost > MOST_LAB_COST and lab.steps > FEWEST_STEPS:
            values["steps"] = max(FEWEST_STEPS, int(0.9 * lab.steps))
            lab = lab.with_values(values)
        while lab.whole_cost > MOST_LAB_COST and lab.width > WIDTH.low:
            values["width"] = lab.width - 1
            lab = lab.with_values(values)
        if values:
            said = f"{asked:.1e}".replace("e+", "e")
            used = ", ".join(f"{name}={value}" for name, value in values.items())
            repairs.append(Repair("too_much_training", self.parameter, said, used))
        return lab

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with one knob turned; what is usual where this is compared comes with it."""
        name = change.get("knob")
        if name != COMPARE.id:
            return super().turned(change, repairs)
        # What is asked of a normalisation alone waits until there is one.
        told: Repairs = []
        changed = super().turned(change, told)
        repairs.extend(each for each in told if each.parameter != f"{self.parameter}:norm")
        if changed.compare == self.compare:
            return changed
        if self.data == USUAL_DATA[self.compare]:
            changed = super(Residual, changed).turned({"knob": "data", "to": USUAL_DATA[changed.compare]}, [])
        as_usual = {field for field, value in USUAL[self.compare].items() if getattr(self, field) == value}
        fresh = {field: value for field, value in USUAL[changed.compare].items() if field in as_usual}
        return changed.with_values(fresh).affordable(repairs)

    def _network(self, norm: str, residual: bool) -> Network:
        return Network(
            FewExamples(DATASETS[self.data], self.examples),
            (self.width,) * self.depth,
            self.activation,
            ACTIVATIONS[self.activation].start,
            normalization=norm,
            residual=residual,
        )


def _by_id(compare: str) -> dict[str, Any]:
    """Return what is usual where this is compared, by the ids of knobs."""
    fields = settings_of(Residual)
    return {fields[name].knob.id: value for name, value in USUAL[compare].items()}
