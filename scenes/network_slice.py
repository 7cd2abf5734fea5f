"""A slice through a network's loss as a surface: how a link spells it, and the landscape it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self, cast

from catalog import Knob, Repair, Settings, Source
from landscapes import Landscape
from landscapes.spline import SIDE, flat_samples, surface_of
from networks import ACTIVATIONS, DATASETS, Network, Training
from networks.geometry import MOST_SLICE_COST, Sampled, Slice, known, slice_costs
from networks.geometry.slices import KINDS, NORMS, Kind
from optimizers.knobs import RATE
from scenes import network_knobs, syntax
from scenes.net_labs.table import LabTable
from scenes.network import suggestion
from scenes.read_knobs import read_settings
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

SLICE = "slice"
"""What links and the gallery call a surface that is a slice, whatever network it is through."""
LATEX = r"L(\theta^\star + a\,u + b\,v)"
SOURCE = Source(
    "Li, Xu, Taylor, Studer & Goldstein", 2018, "Visualizing the loss landscape of neural nets", "section 4"
)
OTHER_SOLUTIONS = 2
FEWEST_STEPS, NARROWEST = 50, 8
"""A slice that would cost too much is through a network no smaller than that."""

DATA = Knob("data", "", default="moons", kind="choice", choices=network_knobs.DATA.choices[:-1])
METHOD = Knob(
    "method", "", default="adam", kind="choice", choices=network_knobs.TRAINING_METHODS, short="opt"
)
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.01, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
STEPS = replace(network_knobs.STEPS, default=300, high=5000)
PLANE = Knob("plane", "", default="random", kind="choice", choices=KINDS)
LENGTHS = Knob("lengths", "", default="filter", kind="choice", choices=NORMS)
EXTENT = Knob("extent", "r", default=1.0, low=0.01, high=10.0, scale="log", step=0.05)
DIRECTIONS = Knob("directions", "", default=0, low=0, high=9999, step=1, kind="whole")


@dataclass(frozen=True)
class SliceTable(LabTable):
    """Which network is trained, and which plane through its loss is the surface.

    It is trained from the starting weights that suit its activation, on batches as large as all data with
    few examples. The plane is `networks.geometry.Slice`'s; through solutions, the two others are those of the
    seeds that follow.
    """

    id: ClassVar[str] = SLICE
    parameter: ClassVar[str] = "through"

    data: str = setting(DATA)
    depth: int = setting(network_knobs.DEPTH)
    width: int = setting(replace(network_knobs.WIDTH, default=32))
    activation: str = setting(network_knobs.ACTIVATION)
    norm: str = setting(network_knobs.NORM)
    residual: str = setting(network_knobs.RESIDUAL)
    method: str = setting(METHOD)
    rate: float = setting(LEARNING_RATE)
    batch: int = setting(network_knobs.BATCH)
    steps: int = setting(STEPS)
    seed: int = setting(replace(network_knobs.SEED, high=9999))
    plane: str = setting(PLANE)
    lengths: str = setting(LENGTHS)
    extent: float = setting(EXTENT)
    directions: int = setting(DIRECTIONS)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; a batch is all examples where these are few."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        count = DATASETS[data].train
        usual = count if count <= 1000 else 128
        found["batch"] = replace(network_knobs.BATCH, default=usual, high=count)
        return found

    @property
    def idle(self) -> tuple[str, ...]:
        """Return which knobs have no say: planes through points are as large as these are apart."""
        if self.plane == "random":
            return ()
        if self.plane == "hessian":
            return ("directions",)
        return "lengths", "extent", "directions"

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return self.steps

    def trainings(self) -> tuple[Training, ...]:
        """Return the run at whose end the plane is, and those of other solutions."""
        network = Network(
            data=self.data,
            widths=(self.width,) * self.depth,
            activation=self.activation,
            initializer=ACTIVATIONS[self.activation].start,
            normalization=self.norm,
            residual=self.residual == "on",
        )
        first = Training(
            network, self.method, {RATE: self.rate}, batch=self.batch, steps=self.steps, seed=self.seed
        )
        others = OTHER_SOLUTIONS if self.plane == "solutions" else 0
        return tuple(replace(first, seed=self.seed + k) for k in range(others + 1))

    @property
    def question(self) -> Slice:
        """Return the slice as the room of networks knows it."""
        first, *others = self.trainings()
        plain = self.plane in ("path", "solutions")
        return Slice(
            first,
            kind=cast(Kind, self.plane),
            norm=self.lengths if not plain else NORMS[0],
            extent=self.extent if not plain else 1.0,
            points=SIDE,
            seed=self.directions if self.plane == "random" else 0,
            others=tuple(others),
        )

    @classmethod
    def left_out(cls, knobs: Sequence[Knob], settings: syntax.Pairs) -> Settings:
        """Return what a link with these `settings` leaves out; the usual rate is that of the method."""
        usual = super().left_out(knobs, settings)
        method = str(read_settings(cls.parameter, knobs, usual, settings, [])[METHOD.id])
        return Settings({**usual, LEARNING_RATE.id: suggestion(method)})

    @property
    def spelled(self) -> frozenset[str]:
        """Return that a link spells the rate where it is another one that is usual."""
        as_usual = suggestion(self.method) == LEARNING_RATE.default
        return frozenset() if as_usual else frozenset({LEARNING_RATE.id})

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the table with one knob turned; another method comes with its usual rate."""
        changed = super().turned(change, repairs)
        if changed.method == self.method or self.rate != suggestion(self.method):
            return changed
        return changed.with_values({"rate": suggestion(changed.method)})

    def affordable(self, repairs: Repairs) -> Self:
        """Return what costs no more than is allowed: with fewer steps, narrower or fewer layers.

        A repair says what it would have cost, in multiplications and additions, and what is trained instead.
        """
        found = self
        while smaller := found._smaller():
            found = found.with_values(smaller)
        if found is not self:
            told = {name: getattr(found, name) for name in ("steps", "width", "depth")}
            used = ", ".join(f"{name}={to}" for name, to in told.items() if to != getattr(self, name))
            cost = f"{sum(slice_costs(self.trainings())):.1e}".replace("e+", "e")
            repairs.append(Repair("too_much_training", self.parameter, cost, used))
        return found

    def _smaller(self) -> dict[str, int]:
        """Return what makes it cheaper, by field, where it is too dear: of what is dearest, half."""
        training, sampling = slice_costs(self.trainings())
        if training + sampling <= MOST_SLICE_COST:
            return {}
        if training > sampling and self.steps > FEWEST_STEPS:
            return {"steps": max(FEWEST_STEPS, self.steps // 2)}
        if self.width > NARROWEST:
            return {"width": max(NARROWEST, self.width // 2)}
        return {"depth": self.depth // 2} if self.depth > 1 else {}


@dataclass(frozen=True)
class NetworkSlice:
    """A slice as a surface: the question, and its samples; without these a flat surface that nobody sees.

    Whoever holds one with its samples needs no network. Two that are equal but for that are not equal.
    """

    table: SliceTable
    sampled: Sampled | None

    @property
    def formula(self) -> None:
        """Return None: the loss is a network's."""
        return None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return how a link spells the network and the plane, beside `f=slice`."""
        return tuple(self.table.pairs())

    def landscape(self) -> Landscape:
        """Return the landscape; equal values give the identical one, while it is kept."""
        reach = self.table.extent
        usual = ((-reach, reach), (-reach, reach))
        samples = flat_samples(usual) if self.sampled is None else self.sampled.samples
        return surface_of(samples, SLICE, LATEX, ("a", "b"))

    @property
    def nbytes(self) -> int:
        """Return about how many bytes the question takes; the samples are shared by all that hold them."""
        return 1500


def slice_of_table(table: SliceTable) -> NetworkSlice:
    """Return the slice with its samples, if these are there."""
    return NetworkSlice(table, known(table.question))


def is_pending(which: Any) -> bool:
    """Return whether `which`, what is descended, is a slice whose samples are not there."""
    return isinstance(which, NetworkSlice) and which.sampled is None
