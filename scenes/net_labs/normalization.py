"""The lab on normalisation: one network at many scales, rates or sizes of batches, with one and without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair, Settings
from networks import ACTIVATIONS, DATASETS, NORMALIZATIONS, Network, Training
from networks.data import FewExamples
from networks.training import MOST_STEPS
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from scenes import network_knobs, syntax
from scenes.net_labs.many import affordable_epochs, cost_of_run, epoch_steps
from scenes.net_labs.table import LabTable, as_many_as_there_are
from scenes.read_knobs import read_settings
from scenes.repairs import Repairs
from scenes.setting import setting

SCALES = 16
"""The starting weights have so many sizes, from 1 to 10⁻⁴ (Saitō, 2016, section 6.3.2)."""
RATES, SEEDS = 16, 5
"""So many learning rates there are, and runs at each of them (studies/bearable_rates.py)."""

SIZES, SIZE_SEEDS = (2, 4, 8, 16, 32, 64, 128), 3
"""The sizes of batches, and how many seeds there are of each (studies/small_batches.py)."""
USUAL_RATE = {"scales": 0.01, "rates": 0.01, "batches": 0.1}
"""From suited weights all sizes of batches learn at the last of them."""
BEGIN = 3e5
"""So many multiply-adds take as long as what a step needs for a layer besides those of its examples."""

VARY = Knob("vary", "", default="scales", kind="choice", choices=("scales", "rates", "batches"))
DATA = Knob("data", "", default="digits", kind="choice", choices=network_knobs.DATA.choices[:-1])
EXAMPLES = Knob("examples", "n", default=1000, low=50, high=4000, scale="log", step=0.05, kind="whole")
BATCH = Knob("batch", "B", default=100, low=10, high=1000, scale="log", step=0.05, kind="whole")
EPOCHS = Knob("epochs", "", default=20, low=1, high=50, step=1, kind="whole")
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.01, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
NORM = Knob("norm", "", default="batch", kind="choice", choices=tuple(NORMALIZATIONS)[1:])


@dataclass(frozen=True)
class Normalization(LabTable):
    """A network and its normalisation, trained by plain descent for some epochs, and what is varied.

    That is the size of the starting weights or, from weights suited to the activation, the learning rate or
    the size of batches. The rate is that of batches of `batch` examples, and proportional to other sizes.
    Digits where the book has MNIST, and layers half as wide: both are one choice away, and take longer.
    """

    id: ClassVar[str] = "normalization"
    parameter: ClassVar[str] = "scales"

    data: str = setting(DATA)
    examples: int = setting(EXAMPLES)
    depth: int = setting(replace(network_knobs.DEPTH, default=5))
    width: int = setting(replace(network_knobs.WIDTH, default=50))
    activation: str = setting(replace(network_knobs.ACTIVATION, default="relu"))
    norm: str = setting(NORM)
    residual: str = setting(network_knobs.RESIDUAL)
    rate: float = setting(LEARNING_RATE)
    batch: int = setting(BATCH)
    epochs: int = setting(EPOCHS)
    seed: int = setting(network_knobs.SEED)
    vary: str = setting(VARY)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; there are no more examples than the data have."""
        return as_many_as_there_are(cls, data)

    @classmethod
    def left_out(cls, knobs: Sequence[Knob], settings: syntax.Pairs) -> Settings:
        """Return what a link with these `settings` leaves out; the usual rate is that of what is varied."""
        usual = super().left_out(knobs, settings)
        vary = str(read_settings(cls.parameter, knobs, usual, settings, [])[VARY.id])
        return Settings({**usual, LEARNING_RATE.id: USUAL_RATE[vary]})

    @property
    def spelled(self) -> frozenset[str]:
        """Return that a link spells the rate where it is another one that is usual."""
        as_usual = USUAL_RATE[self.vary] == LEARNING_RATE.default
        return frozenset() if as_usual else frozenset({LEARNING_RATE.id})

    @property
    def cost(self) -> float:
        """Return what one run costs, measured before the first and after each epoch."""
        return cost_of_run(self.training(), self.epochs + 1)

    @property
    def length(self) -> int:
        """Return the number of epochs."""
        return self.epochs

    @property
    def idle(self) -> tuple[str, ...]:
        """Return which knobs have no say: a rate where all are tried."""
        return ("learning_rate",) if self.vary == "rates" else ()

    def trainings(self) -> tuple[Training, ...]:
        """Return a run for each scale, or for each rate and seed, with the normalisation and without."""
        run = self.training()
        plain = replace(run, network=replace(run.network, normalization="none"))
        if self.vary == "batches":
            rows = [run] * SIZE_SEEDS + [plain] * SIZE_SEEDS
            return tuple(
                replace(each, batch=size, steps=self._steps(size)) for each in rows for size in self.sizes
            )
        count = RATES * SEEDS if self.vary == "rates" else SCALES
        return (run,) * count + (plain,) * count

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the sizes of batches that there are examples for."""
        return tuple(size for size in SIZES if size <= self.examples)

    @property
    def whole_cost(self) -> float:
        """Return what all runs cost; many steps of few examples take longer than these need."""
        if self.vary != "batches":
            return super().whole_cost
        multiplied = self.training().network.plan.multiplications
        each = {size: 3.0 * size * multiplied + BEGIN * self.depth for size in self.sizes}
        return 2 * SIZE_SEEDS * sum(self._steps(size) * cost for size, cost in each.items())

    def _steps(self, size: int) -> int:
        return min(self.epochs * (self.examples // size), MOST_STEPS)

    def training(self) -> Training:
        """Return the run with the normalisation, of which all are variations."""
        network = Network(
            FewExamples(DATASETS[self.data], self.examples),
            (self.width,) * self.depth,
            self.activation,
            "normal" if self.vary == "scales" else ACTIVATIONS[self.activation].start,
            normalization=self.norm,
            residual=self.residual == "on",
        )
        steps = self.epochs * epoch_steps(self.examples, self.batch)
        return Training(network, "sgd", {RATE: self.rate}, batch=self.batch, steps=steps, seed=self.seed)

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with as many epochs as are allowed; a repair says so where these are fewer.

        And with a rate that is one of the method's for all sizes of batches.
        """
        if self.vary != "batches":
            return affordable_epochs(self, self.epochs, repairs)
        knob, batch = OPTIMIZERS["sgd"].knobs[0], min(self.batch, self.examples)
        low, high = knob.low * batch / SIZES[0], knob.high * batch / SIZES[-1]
        rate = min(max(self.rate, low), high)
        if rate != self.rate:
            repairs.append(Repair("clamped", f"{self.parameter}:lr", f"{self.rate:g}", f"{rate:g}"))
        lab = self.with_values({"rate": rate})
        return affordable_epochs(lab, lab.epochs, repairs, MOST_STEPS // (self.examples // SIZES[0]))

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with one knob turned; what is varied comes with its usual rate."""
        changed = super().turned(change, repairs)
        if changed.vary == self.vary or self.rate != USUAL_RATE[self.vary]:
            return changed
        return changed.with_values({"rate": USUAL_RATE[changed.vary]}).affordable(repairs)
