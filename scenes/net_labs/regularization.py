"""The lab on regularization: few examples, a large network, and what is done against learning by heart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob
from networks import DATASETS, Network, Training
from networks.data import FewExamples
from networks.data.few import FEWEST
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from optimizers.suggestion import suggested_rate
from scenes import network_knobs
from scenes.net_labs.table import LabTable, with_range
from scenes.network_knobs import TRAINING_METHODS
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

DATA = Knob(
    "data",
    "",
    default="mnist",
    kind="choice",
    choices=("mnist", "digits", "mnist1d", "moons", "circles", "spirals", "xor", "line"),
)
EXAMPLES = Knob("examples", "n", default=300, low=FEWEST, high=1000, scale="log", step=0.05, kind="whole")
METHODS = tuple(
    id for id in TRAINING_METHODS if all(knob.id != "weight_decay" for knob in OPTIMIZERS[id].knobs)
)
"""Those that do not decay weights by themselves: where nothing holds back, nothing does."""
GRADIENT_RATE, LENGTH_RATE = 0.1, 0.001
"""The rate at which plain descent learns such a network, and the length of Adam's steps there."""
METHOD = Knob("method", "", default="adam", kind="choice", choices=METHODS)
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.001, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
L2 = Knob("l2", r"\lambda", default=0.003, low=0.0, high=1.0, step=0.001)
PULL = Knob("pull", r"\lambda'", default=2.0, low=0.0, high=10.0, step=0.1)
DROPOUT = Knob("dropout", "p", default=0.5, low=0.0, high=0.9, step=0.05)
BATCH = Knob("batch", "B", default=50, low=1, high=1000, scale="log", step=0.05, kind="whole")

IN_THE_PLANE = 30
"""So few examples are usual where they are points of the plane, and all of them are a batch."""


@dataclass(frozen=True)
class Regularization(LabTable):
    """Few examples, a network, one method, and how strongly each lane is held back.

    `l2`: λ of the penalty λ/2·|W|² whose gradient goes through the method; `pull`: λ of what is taken
    off the weights beside it, α·λ·W; `dropout`: the probability with which a unit is dropped.
    """

    id: ClassVar[str] = "regularization"
    parameter: ClassVar[str] = "regularization"

    data: str = setting(DATA)
    examples: int = setting(EXAMPLES)
    depth: int = setting(replace(network_knobs.DEPTH, default=5))
    width: int = setting(replace(network_knobs.WIDTH, default=100))
    activation: str = setting(replace(network_knobs.ACTIVATION, default="relu"))
    init: str = setting(replace(network_knobs.INIT, default="he_normal"))
    method: str = setting(METHOD)
    rate: float = setting(LEARNING_RATE)
    l2: float = setting(L2)
    pull: float = setting(PULL)
    dropout: float = setting(DROPOUT)
    batch: int = setting(BATCH)
    steps: int = setting(replace(network_knobs.STEPS, default=300))
    seed: int = setting(network_knobs.SEED)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; in the plane few examples are fewer."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        whole = DATASETS[data]
        if whole.kind == "plane":
            found["examples"] = with_range(EXAMPLES, whole.train, IN_THE_PLANE)
            found["batch"] = with_range(BATCH, whole.train, IN_THE_PLANE)
        return found

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return self.steps

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with one knob turned; another method comes with the rate suggested for it."""
        changed = super().turned(change, repairs)
        if changed.method == self.method:
            return changed
        suggested = suggested_rate(OPTIMIZERS[changed.method], GRADIENT_RATE, LENGTH_RATE)
        return changed.with_values({"rate": suggested})

    def trainings(self) -> tuple[Training, ...]:
        """Return four runs of one shape: held back by nothing, L2, decoupled decay, dropout.

        Early stopping, the fifth lane, is the first of them, stopped.
        """
        network = Network(
            FewExamples(DATASETS[self.data], self.examples),
            (self.width,) * self.depth,
            self.activation,
            self.init,
        )
        free = Training(
            network, self.method, {RATE: self.rate}, batch=self.batch, steps=self.steps, seed=self.seed
        )
        return (
            free,
            replace(free, weight_decay=self.l2),
            replace(free, weight_decay=self.pull, decoupled=True),
            replace(free, network=replace(network, dropout=self.dropout)),
        )
