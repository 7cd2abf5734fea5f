"""What a loss surface is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jax import Array

from catalog import Knob, Source
from catalog.knob import complete

Point = tuple[float, float]
Box = tuple[Point, Point]
Family = Literal["bowls", "saddles", "minima", "cliffs", "classics", "typed"]


@dataclass(frozen=True)
class Landscape:
    """A loss L(θ) of two parameters θ = (x, y), and what is known about it.

    - `loss(p, **knobs)`: `p` of shape (2,) to a scalar of shape (); gradient and Hessian are always
      derived from it by automatic differentiation, never written by hand.
    - `latex`: the same formula in the letters x, y and the knobs' symbols.
    - `box`: ((x0, x1), (y0, y1)), the part that is shown.
    - `start`: where a race starts unless the reader says otherwise.
    - `minima(**knobs)`: the published global minimisers, or None where none exist or none are known.
    - `checks`: published (point, loss) pairs at the default knobs.
    - `source`: where it was published; None for what a reader typed.
    - `smooth`: whether the Hessian exists everywhere in the box.
    - `view`: whether heights are read better on a linear or on a logarithmic scale.
    - `gradient_rate`, `length_rate`: learning rates that suit the surface, for methods whose step is
      a multiple of the gradient (about one over the largest curvature that matters) and for methods
      whose step is a length (a fraction of the distance to go).
    - `steps`: how many steps make a good picture.
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
    knobs: tuple[Knob, ...] = ()
    minima: Callable[..., tuple[Point, ...] | None] = field(default=lambda **_: None)
    checks: tuple[tuple[Point, float], ...] = ()
    smooth: bool = True
    view: Literal["linear", "log"] = "linear"

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob; ValueError names what is wrong with `given`."""
        return complete(self.knobs, given)

    def contains(self, point: Point) -> bool:
        """Return whether `point` lies in the box, its edge included."""
        return all(low <= p <= high for p, (low, high) in zip(point, self.box, strict=True))
