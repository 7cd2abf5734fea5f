"""What the reader has chosen of networks that are trained: which network, on what data, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from catalog import Knob, Settings, Value
from catalog.knob import defaults
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE
from optimizers.suggestion import suggested_rate
from scenes import network_knobs
from scenes.net_labs import (
    Batches,
    EdgeLab,
    Lines,
    Normalization,
    Regularization,
    Residual,
    Saddles,
    Search,
    SpectrumLab,
)
from scenes.network_data import Table, size_of
from scenes.setting import setting, settings_of

MOST_TRAINERS = 8
GRADIENT_RATE, LENGTH_RATE = 0.5, 0.01
"""The rate at which plain descent trains a small network on moons, and the length of Adam's steps there."""

FULL_BATCH, USUAL_BATCH = 1000, 128
"""Up to so many examples a batch is all of them, and so many of more, unless the reader says otherwise."""

Which = Literal["net", "inside"]
Group = Literal["data", "network", "training"]
GROUPS = get_args(Group)


@dataclass(frozen=True)
class Trainer:
    """A method that trains the network; `extras` has a value for each of `trainer_knobs` of its schedule."""

    optimizer: str
    knobs: Settings
    extras: Settings = network_knobs.PLAIN


@dataclass(frozen=True)
class Net:
    """A network, its data, and how it is trained: a table of settings, in the order of a link.

    `depth` hidden layers have `width` units each. `sigma` is what the starting weights "normal" and "uniform"
    are drawn with. `batch`, at most all of the training data, is how many examples a step sees; `decay` the λ
    of weight decay, which is added to gradients or, `decoupled`, to steps.
    """

    data: str = setting(network_knobs.DATA)
    depth: int = setting(network_knobs.DEPTH)
    width: int = setting(network_knobs.WIDTH)
    activation: str = setting(network_knobs.ACTIVATION)
    init: str = setting(network_knobs.INIT)
    sigma: float = setting(network_knobs.SIGMA)
    norm: str = setting(network_knobs.NORM)
    residual: str = setting(network_knobs.RESIDUAL)
    dropout: float = setting(network_knobs.DROPOUT)
    decay: float = setting(network_knobs.DECAY)
    decoupled: str = setting(network_knobs.DECOUPLED)
    batch: int = setting(network_knobs.BATCH)
    steps: int = setting(network_knobs.STEPS)
    seed: int = setting(network_knobs.SEED)


NET: Mapping[str, Knob] = {name: each.knob for name, each in settings_of(Net).items()}
"""The knob of each field."""

PLACES: Mapping[str, Group] = {
    **dict.fromkeys(NET, "network"),
    **dict.fromkeys(("dropout", "decay", "decoupled", "batch", "steps", "seed"), "training"),
    "data": "data",
}
"""Under which heading the control of each field stands."""


def net_knobs(which: Which, data: str, table: Table | None) -> dict[str, Knob]:
    """Return the knobs of a network on these data, by field; their defaults are what is usual there.

    `which`: the one that is trained, or the one whose signals are looked at. Its usual ones are those of
    Saitō 2016, section 6.2.2: five layers of a hundred units, and standard normal numbers go in.
    """
    count = size_of(data, table).train
    batch = replace(network_knobs.BATCH, default=count if count <= FULL_BATCH else USUAL_BATCH, high=count)
    found = {**NET, "batch": batch}
    if which == "inside":
        changed = {"depth": 5, "width": 100}
        found |= {name: replace(found[name], default=value) for name, value in changed.items()}
        found["data"] = network_knobs.INPUTS
    return found


def usual_net(which: Which, data: str | None = None, table: Table | None = None) -> Net:
    """Return what a network is where a link says nothing of it, but for its data."""
    chosen = data or str((network_knobs.DATA if which == "net" else network_knobs.INPUTS).default)
    values: dict[str, Value] = {name: knob.default for name, knob in net_knobs(which, chosen, table).items()}
    return Net(**{**values, "data": chosen})  # type: ignore[arg-type] - each knob has the type of its field


def suggestion(optimizer: str) -> float:
    """Return the rate with which this method trains a small network well."""
    return suggested_rate(OPTIMIZERS[optimizer], GRADIENT_RATE, LENGTH_RATE)


def usual_trainer(optimizer: str) -> Trainer:
    """Return the method with its usual knobs, at the rate suggested for it."""
    usual = defaults(OPTIMIZERS[optimizer].knobs)
    return Trainer(optimizer, Settings({**usual, RATE: suggestion(optimizer)}))


USUAL_NET, USUAL_INSIDE = usual_net("net"), usual_net("inside")
USUAL_TRAINERS = tuple(usual_trainer(id) for id in ("sgd", "momentum", "adam"))
"""What every link has that says nothing of networks: links rely on it."""


@dataclass(frozen=True)
class NetworkScene:
    """The page on networks, as a value.

    `net` is trained, once by each of `trainers`; `inside` is the one whose activations and gradients are
    looked at. `table` is the reader's own data, None where neither is on them. Labs with settings of their
    own have a table each.
    """

    net: Net = USUAL_NET
    inside: Net = USUAL_INSIDE
    trainers: tuple[Trainer, ...] = USUAL_TRAINERS
    table: Table | None = None
    regularization: Regularization = field(default_factory=Regularization)
    batch: Batches = field(default_factory=Batches)
    normalization: Normalization = field(default_factory=Normalization)
    search: Search = field(default_factory=Search)
    spectrum: SpectrumLab = field(default_factory=SpectrumLab)
    edge: EdgeLab = field(default_factory=EdgeLab)
    saddles: Saddles = field(default_factory=Saddles)
    lines: Lines = field(default_factory=Lines)
    residual: Residual = field(default_factory=Residual)


UNTOUCHED = NetworkScene()
