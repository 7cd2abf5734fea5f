"""The lab on the spectrum of the Hessian: one network at a step of its training, and two sizes of batches."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair
from networks import DATASETS, Network, Training
from networks.training import MOST_SEED, MOST_STEPS
from optimizers.knobs import RATE
from scenes import network_knobs
from scenes.net_labs.many import MOST_LAB_COST
from scenes.net_labs.regularization import METHODS
from scenes.net_labs.table import LabTable, with_range
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

DATA = Knob(
    "data",
    "",
    default="digits",
    kind="choice",
    choices=("digits", "mnist1d", "moons", "circles", "spirals", "xor", "line"),
)
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.2, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
BATCH = Knob("batch", "B", default=16, low=1, high=1500, scale="log", step=0.05, kind="whole")
LARGE = Knob("large", "B'", default=1000, low=1, high=1500, scale="log", step=0.05, kind="whole")
SEEDS = Knob("seeds", "", default=5, low=5, high=8, step=1, kind="whole")


@dataclass(frozen=True)
class SpectrumLab(LabTable):
    """A network, how it is trained, and with which two sizes of batches its solutions are compared.

    With 15 units it has 1,135 parameters on digits, few enough for all eigenvalues.
    """

    id: ClassVar[str] = "spectrum"
    parameter: ClassVar[str] = "spectrum"

    data: str = setting(DATA)
    depth: int = setting(replace(network_knobs.DEPTH, default=1, high=3))
    width: int = setting(replace(network_knobs.WIDTH, default=15, high=64))
    activation: str = setting(replace(network_knobs.ACTIVATION, default="relu"))
    method: str = setting(Knob("method", "", default="sgd", kind="choice", choices=METHODS))
    rate: float = setting(LEARNING_RATE)
    batch: int = setting(BATCH)
    large: int = setting(LARGE)
    seeds: int = setting(SEEDS)
    steps: int = setting(replace(network_knobs.STEPS, default=1000, high=MOST_STEPS))
    seed: int = setting(replace(network_knobs.SEED, high=MOST_SEED // 2))

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; no batch is larger than the data."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        for name in ("batch", "large"):
            found[name] = with_range(
                found[name], min(DATASETS[data].train, int(LARGE.high)), float(str(found[name].default))
            )
        return found

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return self.steps

    def training(self) -> Training:
        """Return the run whose Hessian is looked at, with the small batches."""
        network = Network(self.data, (self.width,) * self.depth, self.activation, self.init)
        return Training(
            network, self.method, {RATE: self.rate}, batch=self.batch, steps=self.steps, seed=self.seed
        )

    @property
    def init(self) -> str:
        """Return the initialiser that suits the activation."""
        return "he_normal" if self.activation in ("relu", "leaky_relu", "prelu") else "xavier_normal"

    def runs(self, batch: int) -> tuple[Training, ...]:
        """Return a run for each seed with batches of this size."""
        run = replace(self.training(), batch=batch)
        return tuple(replace(run, seed=self.seed + k) for k in range(self.seeds))

    def trainings(self) -> tuple[Training, ...]:
        """Return the runs with small batches, and those with large ones."""
        return (*self.runs(self.batch), *self.runs(self.large))

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with as many steps as all runs together may take."""
        if self.whole_cost <= MOST_LAB_COST:
            return self
        steps = max(1, int(self.steps * 0.9 * MOST_LAB_COST / self.whole_cost))
        cost = f"{self.whole_cost:.1e}".replace("e+", "e")
        repairs.append(Repair("too_much_training", self.parameter, cost, f"steps={steps}"))
        return self.with_values({"steps": steps})
