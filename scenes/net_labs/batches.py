"""The lab on the size of mini-batches."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair
from networks import ACTIVATIONS, DATASETS, Network, Training
from networks.data import FewExamples
from networks.data.few import FEWEST
from networks.training import MOST_COST, MOST_MEASURED, MOST_STEPS, step_cost
from optimizers.knobs import RATE
from scenes import network_knobs
from scenes.net_labs.regularization import DATA, LEARNING_RATE
from scenes.net_labs.table import LabTable, with_range
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

EXAMPLES = Knob("examples", "n", default=1000, low=FEWEST, high=1000, scale="log", step=0.05, kind="whole")
ACTIVATION = Knob(
    "activation",
    r"\varphi",
    default="relu",
    kind="choice",
    choices=tuple(id for id, each in ACTIVATIONS.items() if not each.learned),
)
BATCH = Knob("batch", "B", default=16, low=1, high=1000, scale="log", step=0.05, kind="whole")
FACTOR = Knob("factor", "k", default=4.0, low=1.0, high=10.0, step=0.5)
EPOCHS = Knob("epochs", "E", default=30, low=3, high=200, scale="log", step=0.05, kind="whole")


@dataclass(frozen=True)
class Batches(LabTable):
    """A network, plain descent at a rate with a batch, and by which factor both change after each third."""

    id: ClassVar[str] = "batch"
    parameter: ClassVar[str] = "batches"

    data: str = setting(replace(DATA, default="digits"))
    examples: int = setting(EXAMPLES)
    depth: int = setting(replace(network_knobs.DEPTH, default=2))
    width: int = setting(replace(network_knobs.WIDTH, default=64))
    activation: str = setting(ACTIVATION)
    init: str = setting(replace(network_knobs.INIT, default="he_normal"))
    rate: float = setting(replace(LEARNING_RATE, default=0.1))
    batch: int = setting(BATCH)
    factor: float = setting(FACTOR)
    epochs: int = setting(EPOCHS)
    seed: int = setting(network_knobs.SEED)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; in the plane there are fewer examples."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        most = min(int(EXAMPLES.high), DATASETS[data].train)
        found["examples"] = with_range(EXAMPLES, most, most)
        found["batch"] = with_range(BATCH, most, float(BATCH.default))
        return found

    @property
    def length(self) -> int:
        """Return the number of epochs."""
        return self.epochs

    @property
    def network(self) -> Network:
        """Return the network that is trained."""
        data = FewExamples(DATASETS[self.data], self.examples)
        return Network(data, (self.width,) * self.depth, self.activation, self.init)

    @property
    def updates(self) -> int:
        """Return how many updates an epoch has at first."""
        return self.examples // min(self.batch, self.examples)

    def trainings(self) -> tuple[Training, ...]:
        """Return the lane whose rate and batch stay as they are; the others cost as much."""
        steps = min(self.epochs * self.updates, MOST_STEPS)
        run = Training(self.network, "sgd", {RATE: self.rate}, batch=self.batch, steps=steps, seed=self.seed)
        return (run,)

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with no more epochs than there may be steps and than a run may cost."""
        run = self.trainings()[0]
        looked = 2 * MOST_MEASURED * run.network.plan.multiplications
        each = step_cost(run) * self.updates + looked
        most = max(int(EPOCHS.low), min(MOST_STEPS // self.updates, int(MOST_COST / each)))
        if self.epochs <= most:
            return self
        cost = f"{each * self.epochs:.1e}".replace("e+", "e")
        repairs.append(Repair("too_much_training", self.parameter, cost, f"epochs={most}"))
        return self.with_values({"epochs": most})
