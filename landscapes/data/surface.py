"""A model on its data as a landscape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog import Settings, Source
from landscapes.data.model import Data, Model
from landscapes.landscape import Box, Examples, Landscape, Point

BATCH = 8

PLACES = 25, 50, 100, 200
"""Tables of readers are filled up to one of these sizes, so that programs serve tables of other sizes too."""


class Table(NamedTuple):
    """Data, filled up to P places with the last example, which has no share there."""

    inputs: Any  # (d, P)
    targets: Any  # (P,)
    shares: Any  # (P,): of each example in the mean, 1/N; 0 for what fills up


def filled(data: Data, places: int) -> Table:
    """Return `data` in a table with room for `places` examples."""
    count = len(data.targets)
    more = places - count
    shares = np.pad(np.full(count, 1 / count), (0, more))
    return Table(
        np.pad(data.inputs, ((0, 0), (0, more)), "edge"), np.pad(data.targets, (0, more), "edge"), shares
    )


@dataclass(frozen=True)
class Layout:
    """How a surface is shown, and how it is first descended; see `Landscape`."""

    box: Box
    start: Point
    gradient_rate: float
    length_rate: float


def surface(
    model: Model,
    data: Data,
    layout: Layout,
    choose: Callable[..., Landscape],
    sizes: tuple[int, ...] = PLACES,
) -> Landscape:
    """Return the mean loss of `model` on `data`, which are scaled already, as a landscape without a source.

    `choose(scaling=…)` gives the same model on the same data, scaled otherwise. What programs are given has
    room for as many examples as the first of `sizes` that suffices; for exactly N where none does.
    """
    count = len(data.targets)
    places = next((size for size in sizes if size >= count), count)
    own = filled(data, count)

    def losses(p: Array, data: Table = own) -> Array:
        return model.losses(p, Data(data.inputs, data.targets), jnp)

    def loss(p: Array, data: Table = own) -> Array:
        return data.shares @ losses(p, data)

    # Where it is written what they compute.
    losses.__module__ = loss.__module__ = model.losses.__module__
    return Landscape(
        id=model.id,
        family="typed",
        loss=loss,
        latex=model.latex,
        box=layout.box,
        start=layout.start,
        source=None,
        gradient_rate=layout.gradient_rate,
        length_rate=layout.length_rate,
        knobs=(model.knob,),
        minima=cache(lambda: model.minima(data)),
        data=filled(data, places),
        examples=Examples(
            losses=losses,
            inputs=tuple(map(tuple, data.inputs.T.tolist())),
            targets=tuple(data.targets.tolist()),
            places=places,
            model=model.draws,
        ),
        batch=BATCH,
        choose=choose,
        axes=("θ₁", "θ₂"),
    )


def on_the_shelf(
    model: Model,
    data: Data,
    box: Box,
    start: Point,
    length_rate: float,
    gradient_rates: Mapping[str, float],
    source: Source,
    checks: tuple[tuple[Point, float], ...],
    steps: int = 100,
    tuned: tuple[tuple[str, Settings], ...] = (),
) -> Landscape:
    """Return the surface of `model` on `data` as an entry of the shelf, with the data as they are.

    The box, and all that is in view, stays while the scaling changes; the gradient is another one then,
    and so is the rate that suits it. `checks` and `tuned` are for the data as they are.
    """
    variants: dict[str, Landscape] = {}

    def choose(scaling: Any) -> Landscape:
        return variants[scaling]

    for scaling in model.scalings:
        layout = Layout(box, start, gradient_rates[scaling], length_rate)
        plain = surface(model, model.scaled(data, scaling), layout, choose, sizes=())
        variants[scaling] = replace(
            plain, family="data", source=source, checks=checks, steps=steps, tuned=tuned
        )
        checks = tuned = ()
    return variants[model.scalings[0]]
