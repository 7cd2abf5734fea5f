"""A network as a question: what its layers are, on which data."""

import itertools
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from networks.activations import ACTIVATIONS
from networks.data import FewExamples, TableData, about
from networks.initializers import INITIALIZERS, SIGMA
from networks.normalizations import NORMALIZATIONS, parts_of

MOST_LAYERS, MOST_WIDTH = 56, 128
MOST_DROPOUT = 0.95
LOOPED = 5
"""So many layers of one shape, or more, are the rounds of one loop."""


@dataclass(frozen=True)
class Network:
    """A network of dense layers that tells classes apart.

    Each hidden layer takes h to f(norm(h W + b)), with dropout after it; the last layer makes a score for
    each class, of which softmax makes probabilities.

    - `data`: the id of a data set, `FewExamples` of one, or `TableData`.
    - `widths`: units of each hidden layer, 1 to 56 layers of 1 to 128.
    - `activation`, `initializer`, `normalization`: ids of the shelves.
    - `sigma`: what the initialisers normal, uniform and constant begin with.
    - `residual`: whether a layer that is as wide as what it gets adds this to what it makes (He et al., 2016,
      Deep residual learning, equation 1).
    - `dropout`: the probability with which a unit is dropped while it trains; what stays is divided by
      1 − dropout, so that nothing changes at validation (Srivastava et al., 2014, section 10).

    Raises ValueError: what was expected, and what came.
    """

    data: str | TableData | FewExamples = "moons"
    widths: tuple[int, ...] = (64, 64)
    activation: str = "tanh"
    initializer: str = "xavier_normal"
    sigma: float = 0.1
    normalization: str = "none"
    residual: bool = False
    dropout: float = 0.0

    def __post_init__(self) -> None:
        """Check everything; nothing is loaded."""
        about(self.data)
        object.__setattr__(self, "widths", _widths(self.widths))
        for name, shelf in (
            ("activation", ACTIVATIONS),
            ("initializer", INITIALIZERS),
            ("normalization", NORMALIZATIONS),
        ):
            if getattr(self, name) not in shelf:
                raise ValueError(f"Expected {name} among {', '.join(shelf)}; got {getattr(self, name)!r}.")
        if not is_number(self.sigma) or not SIGMA.accepts(self.sigma):
            raise ValueError(f"Expected sigma in {SIGMA.wants()}, got {self.sigma!r}.")
        if not is_number(self.dropout) or not 0 <= self.dropout <= MOST_DROPOUT:
            raise ValueError(f"Expected dropout in [0, {MOST_DROPOUT}], got {self.dropout!r}.")
        if not isinstance(self.residual, bool):
            raise ValueError(f"Expected residual to be True or False, got {self.residual!r}.")

    @property
    def plan(self) -> "Plan":
        """Return what of it a program depends on."""
        data = about(self.data)
        return Plan(
            data.inputs, self.widths, data.classes, self.activation, self.normalization, self.residual
        )


class Place(NamedTuple):
    """Where one array stands in the vector of all parameters."""

    layer: int  # 0 …; the last one is the output
    name: str  # "W", "b", "gamma", "beta", "g" (the lengths of weight normalisation) or "slope"
    shape: tuple[int, ...]
    start: int

    @property
    def stop(self) -> int:
        """Return where the next one begins."""
        return self.start + math.prod(self.shape)


class Group(NamedTuple):
    """Hidden layers, one after the other, that are computed alike."""

    first: int  # the number of the first
    count: int  # 1, or `LOOPED` and more of one shape
    width: int
    parts: int  # into which the units of a layer are cut by the normalisation


@dataclass(frozen=True)
class Plan:
    """The shape of a network: all that its programs depend on, numbers that can be turned left out."""

    inputs: int
    widths: tuple[int, ...]
    classes: int
    activation: str
    normalization: str
    residual: bool

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Return (inputs, outputs) of each layer, the output layer last."""
        ends = (self.inputs, *self.widths, self.classes)
        return tuple(itertools.pairwise(ends))

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where all arrays stand in the vector of parameters."""
        found: list[Place] = []
        start = 0
        norm = NORMALIZATIONS[self.normalization]
        for layer, (inputs, outputs) in enumerate(self.sizes):
            arrays: list[tuple[str, tuple[int, ...]]] = [("W", (inputs, outputs)), ("b", (outputs,))]
            if layer < len(self.widths):
                arrays += [("gamma", (outputs,))] * norm.scales + [("beta", (outputs,))] * norm.shifts
                arrays += [("g", (outputs,))] * (norm.place == "weights")
                arrays += [("slope", ())] * ACTIVATIONS[self.activation].learned
            for name, shape in arrays:
                found.append(Place(layer, name, shape, start))
                start = found[-1].stop
        return tuple(found)

    @property
    def parameters(self) -> int:
        """Return how many numbers are learned."""
        return self.places[-1].stop

    @property
    def multiplications(self) -> int:
        """Return how many multiply-adds one example costs on its way to the scores."""
        return sum(inputs * outputs for inputs, outputs in self.sizes)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the hidden layers in groups, see `layers`."""
        found: list[Group] = []
        for layer, (inputs, width) in enumerate(self.sizes[:-1]):
            alike = 1
            while self.sizes[layer + alike : layer + alike + 1] == ((inputs, width),) and inputs == width:
                alike += 1
            found.append(Group(layer, alike, width, parts_of(self.normalization, width)))
        groups: list[Group] = []
        layer = 0
        hidden = len(self.widths)
        while layer < hidden:
            group = found[layer]
            count = min(group.count, hidden - layer)
            groups.append(group._replace(count=count if count >= LOOPED else 1))
            layer += groups[-1].count
        return tuple(groups)


def parameters_of(network: Network) -> int:
    """Return how many numbers `network` learns."""
    return network.plan.parameters


def _widths(widths: Any) -> tuple[int, ...]:
    """Return `widths` as a tuple of int; ValueError says what they may be."""
    wanted = (
        f"Expected widths of 1 to {MOST_LAYERS} hidden layers, each a whole number from 1 to {MOST_WIDTH}"
    )
    try:
        given = tuple(widths)
    except TypeError:
        raise ValueError(f"{wanted}, such as (64, 64); got {widths!r}.") from None
    if not 1 <= len(given) <= MOST_LAYERS:
        raise ValueError(f"{wanted}; got {len(given)} of them.")
    for width in given:
        if not is_number(width) or width != int(width) or not 1 <= width <= MOST_WIDTH:
            raise ValueError(f"{wanted}; got {width!r}.")
    return tuple(int(width) for width in given)


def is_number(value: Any) -> bool:
    """Return whether `value` is a finite number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
