"""What a model with two weights is, whatever the data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from catalog import Knob
from landscapes.arrays import Floats
from landscapes.data.scaling import SCALINGS
from landscapes.landscape import Point


class Data(NamedTuple):
    """What a model is fitted to: inputs as columns (d, N), and targets (N,)."""

    inputs: Floats
    targets: Floats


@dataclass(frozen=True)
class Model:
    """A model with the weights θ = (θ₁, θ₂), and its loss.

    - `losses(p, data, lib)`: the loss of each example, of shape (N,), at `p` of shape (2,); `lib` is
      jax.numpy or numpy. With NumPy, `p` may also be of shape (2, M, 1), which gives (M, N).
    - `latex`: the mean of these losses, in θ₁, θ₂, the data x_i, y_i and N.
    - `draws`: how a fit is drawn, see `Examples`.
    - `minima(data)`: all global minimisers, or None where there are none.
    - `sides(data)`: the middle of a good picture and half the length of its sides, for data that nobody
      has seen before: with a minimum inside, if there is one.
    - `scalings`: the scalings that it can be tried with.
    - `alike`: whether targets are scaled as the inputs are. A model without an intercept goes through
      the origin wherever its inputs are moved to, so the targets have to move too.
    """

    id: str
    losses: Callable[[Any, Data, Any], Any]
    latex: str
    draws: Literal["line", "curve", "boundary"]
    minima: Callable[[Data], tuple[Point, ...] | None]
    sides: Callable[[Data], tuple[Point, float]]
    scalings: tuple[str, ...] = ("none", "minmax", "standard")
    alike: bool = False

    @property
    def knob(self) -> Knob:
        """Return the knob by which one of the scalings is chosen."""
        return Knob("scaling", r"\phi", default=self.scalings[0], kind="choice", choices=self.scalings)

    def scaled(self, data: Data, scaling: str) -> Data:
        """Return `data` as the model sees them under one of its scalings."""
        scale = SCALINGS[scaling]
        return Data(scale(data.inputs), scale(data.targets[None])[0] if self.alike else data.targets)
