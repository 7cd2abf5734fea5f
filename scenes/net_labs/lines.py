"""The lab on linear paths: what lies between two solutions."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair
from networks import DATASETS, Network, Training
from networks.data import FewExamples
from optimizers.knobs import RATE
from scenes import network_knobs
from scenes.net_labs.many import MOST_LAB_COST, cost_of_run, epoch_steps
from scenes.net_labs.regularization import METHODS
from scenes.net_labs.table import LabTable, as_many_as_there_are
from scenes.repairs import Repairs
from scenes.setting import setting

DATA = Knob("data", "", default="digits", kind="choice", choices=network_knobs.DATA.choices[:-1])
EXAMPLES = Knob("examples", "n", default=300, low=50, high=1000, scale="log", step=0.05, kind="whole")
METHOD = Knob("method", "", default="adam", kind="choice", choices=METHODS)
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.01, low=1e-4, high=1.0, scale="log", step=0.05, short="lr"
)
BATCH = Knob("batch", "B", default=50, low=10, high=1000, scale="log", step=0.05, kind="whole")
EPOCHS = Knob("epochs", "", default=40, low=1, high=100, step=1, kind="whole")
PAIRS = Knob("pairs", "", default=5, low=2, high=8, step=1, kind="whole")
CUTS = Knob("cuts", "", default=40, low=10, high=200, step=10, kind="whole")
BEND = Knob("bend", "", default=200, low=10, high=500, step=10, kind="whole")
SECOND = Knob("second", "", default="seed", kind="choice", choices=("seed", "permuted"))
DRAWN = Knob("drawn", "", default="loss", kind="choice", choices=("loss", "accuracy"))
MOST_DEPTH, MOST_WIDTH = 4, 64
"""So that two solutions and what bends a path between them fit into a few megabytes."""


@dataclass(frozen=True)
class Lines(LabTable):
    """A network, how it is trained, and how many pairs of solutions are looked at, how finely.

    `second`: what the second solution of a pair is; `drawn`: whether losses or accuracies are seen.
    """

    id: ClassVar[str] = "lines"
    parameter: ClassVar[str] = "lines"

    data: str = setting(DATA)
    examples: int = setting(EXAMPLES)
    depth: int = setting(replace(network_knobs.DEPTH, default=2, high=MOST_DEPTH))
    width: int = setting(replace(network_knobs.WIDTH, default=32, high=MOST_WIDTH))
    activation: str = setting(replace(network_knobs.ACTIVATION, default="relu"))
    init: str = setting(replace(network_knobs.INIT, default="he_normal"))
    method: str = setting(METHOD)
    rate: float = setting(LEARNING_RATE)
    batch: int = setting(BATCH)
    epochs: int = setting(EPOCHS)
    count: int = setting(PAIRS)
    cuts: int = setting(CUTS)
    bend: int = setting(BEND)
    seed: int = setting(network_knobs.SEED)
    second: str = setting(SECOND)
    drawn: str = setting(DRAWN)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; there are no more examples than the data have."""
        return as_many_as_there_are(cls, data)

    @property
    def cost(self) -> float:
        """Return what one run of training costs."""
        return cost_of_run(self.training(), 41)

    @property
    def whole_cost(self) -> float:
        """Return what all runs cost, with the bending of the paths and the looks at them."""
        run = self.training()
        once = float(self.examples * run.network.plan.multiplications)
        # Bending: 8 gradients a step, each three times as dear as a look. Four lines are looked at.
        paths = self.count * once * (24 * self.bend + 8 * self.cuts)
        return super().whole_cost + paths

    @property
    def length(self) -> int:
        """Return the number of epochs."""
        return self.epochs

    def trainings(self) -> tuple[Training, ...]:
        """Return a run for each solution, all with the seed of the first."""
        return (self.training(),) * (self.count * (2 if self.second == "seed" else 1))

    def training(self) -> Training:
        """Return the run of the first solution; others have the seeds that follow."""
        network = Network(
            FewExamples(DATASETS[self.data], self.examples),
            (self.width,) * self.depth,
            self.activation,
            self.init,
        )
        steps = self.epochs * epoch_steps(self.examples, self.batch)
        return Training(
            network, self.method, {RATE: self.rate}, batch=self.batch, steps=steps, seed=self.seed
        )

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with as many examples as are allowed; all that it costs is proportional to them."""
        asked, lab = self.whole_cost, self
        while lab.whole_cost > MOST_LAB_COST and lab.examples > EXAMPLES.low:
            fewer = min(lab.examples - 1, int(lab.examples * MOST_LAB_COST / lab.whole_cost))
            lab = lab.with_values({"examples": max(int(EXAMPLES.low), fewer)})
        if lab is not self:
            said = f"{asked:.1e}".replace("e+", "e")
            repairs.append(Repair("too_much_training", self.parameter, said, f"examples={lab.examples}"))
        return lab
