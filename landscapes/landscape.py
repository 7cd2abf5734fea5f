"""What a loss surface is."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal

import jax
import numpy as np
from jax import Array

from catalog import Knob, Settings, Source
from catalog.knob import complete

Point = tuple[float, float]
Box = tuple[Point, Point]
Family = Literal["typed", "bowls", "saddles", "sharpness", "minima", "cliffs", "data", "networks", "classics"]


@dataclass(frozen=True)
class Examples:
    """The data whose mean loss a surface is.

    - `losses(p, **knobs)`: `p` of shape (2,) to the loss of each example, of shape (N,). Their mean is
      the surface's loss, so that the mean over a mini-batch is an estimate of it. Given the `data` of a
      Landscape as well it has the shape (places,): what comes after the first N is of no account.
    - `inputs`: N rows, (x,) or (x₁, x₂), as the model sees them: scaled.
    - `targets`: N numbers: y, or the class 0 or 1.
    - `places`: for how many examples `data` has room, N at least.
    - `model`: how a fit θ is drawn: as the line y = θ₁x + θ₂, as the curve y = θ₂ tanh(θ₁x) or as the
      boundary θ·x = 0 between two classes.
    """

    losses: Callable[..., Array]
    inputs: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]
    places: int
    model: Literal["line", "curve", "boundary"]

    @property
    def count(self) -> int:
        """Return N."""
        return len(self.targets)


@dataclass(frozen=True)
class Landscape:
    """A loss L(θ) of two parameters θ = (x, y), and what is known about it.

    - `loss(p, **knobs)`: `p` of shape (2,) to a scalar of shape (); gradient and Hessian are always
      derived from it by automatic differentiation, never written by hand.
    - `latex`: the same formula in the letters x, y and the knobs' symbols.
    - `box`: ((x0, x1), (y0, y1)), the part that is shown; `axes`: what its two sides are called.
    - `start`: where a race starts unless the reader says otherwise.
    - `minima(**knobs)`: the published global minimisers, or None where none exist or none are known.
    - `checks`: published (point, loss) pairs at the default knobs.
    - `source`: where it was published; None for what a reader typed.
    - `smooth`: whether the Hessian exists everywhere in the box.
    - `view`: whether heights are read better on a linear or on a logarithmic scale.
    - `gradient_rate`, `length_rate`: learning rates that suit the surface, for methods whose step is
      a multiple of the gradient (about one over the largest curvature that matters) and for methods
      whose step is a length (a fraction of the distance to go).
    - `steps`: how many steps make a good picture: so many that some of the methods that race first arrive.
    - `tuned`: by the id of a method, values for its knobs, the learning rate among them, that suit this
      surface better than its usual ones at the rate above, such as the momentum of a heavy ball.
    - `data`: a pytree of arrays that `loss` takes as `data` if it is given, None where it needs none: so
      programs are compiled for its shapes, and serve surfaces of the same `id` with other data.
    - `examples`: the data whose mean loss it is, None for a formula; `batch`: the size of the
      mini-batches with which a race starts on it.
    - `choose(**choices)`: the surface for these values of its choice knobs, None where it has no such
      knobs. It has the same id and knobs, and its own everything else; `loss` takes numbers only.
    """

    id: str
    family: Family
    loss: Callable[..., Array]
    latex: str
    box: Box
    start: Point
    source: Source | None
    gradient_rate: float
    length_rate: float
    steps: int = 100
    tuned: tuple[tuple[str, Settings], ...] = ()
    knobs: tuple[Knob, ...] = ()
    minima: Callable[..., tuple[Point, ...] | None] = field(default=lambda **_: None)
    checks: tuple[tuple[Point, float], ...] = ()
    smooth: bool = True
    view: Literal["linear", "log"] = "linear"
    data: Any = field(default=None, compare=False, repr=False)  # `examples` tell surfaces apart
    examples: Examples | None = None
    batch: int = 1
    choose: Callable[..., "Landscape"] | None = None
    axes: tuple[str, str] = ("x", "y")

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, each.name) for each in fields(self) if each.compare))

    def __hash__(self) -> int:
        """Return the hash of all fields, worked out once: a surface is the key of much, and may hold data."""
        return self._hash

    @property
    def numbers(self) -> tuple[Knob, ...]:
        """Return the knobs that `loss` takes: all but choices, which `landscapes.find.find` makes."""
        return tuple(knob for knob in self.knobs if knob.kind != "choice")

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob that `loss` takes; ValueError names what is wrong with `given`."""
        values = complete(self.knobs, given)
        return {knob.id: values[knob.id] for knob in self.numbers}

    def arguments(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return what compiled programs give to `loss`: `settings` as numbers of one type, and `data`."""
        numbers = {name: np.float64(value) for name, value in self.settings(given).items()}
        return numbers if self.data is None else {**numbers, "data": self.data}

    @cached_property
    def traced(self) -> Hashable:
        """What programs depend on, if they are given all `arguments`: the key under which they are kept."""
        if self.data is None:
            return self.loss
        shapes = tuple((part.shape, part.dtype.str) for part in jax.tree.leaves(self.data))
        return self.id, tuple(knob.id for knob in self.numbers), shapes

    def contains(self, point: Point) -> bool:
        """Return whether `point` lies in the box, its edge included."""
        return all(low <= p <= high for p, (low, high) in zip(point, self.box, strict=True))
