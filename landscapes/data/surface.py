"""A model on its data as a landscape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import jax.numpy as jnp
from jax import Array

from catalog import Settings, Source
from landscapes.data.model import Data, Model
from landscapes.landscape import Box, Examples, Landscape, Point

BATCH = 8


@dataclass(frozen=True)
class Layout:
    """How a surface is shown, and how it is first descended; see `Landscape`."""

    box: Box
    start: Point
    gradient_rate: float
    length_rate: float


def surface(model: Model, data: Data, layout: Layout, choose: Callable[..., Landscape]) -> Landscape:
    """Return the mean loss of `model` on `data`, which are scaled already, as a landscape without a source.

    The data are constants of it. `choose(scaling=…)` gives the same model on the same data, scaled otherwise.
    """

    def losses(p: Array) -> Array:
        return model.losses(p, data, jnp)

    def loss(p: Array) -> Array:
        return jnp.mean(losses(p))

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
        examples=Examples(
            losses=losses,
            inputs=tuple(map(tuple, data.inputs.T.tolist())),
            targets=tuple(data.targets.tolist()),
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
        plain = surface(model, model.scaled(data, scaling), layout, choose)
        variants[scaling] = replace(
            plain, family="data", source=source, checks=checks, steps=steps, tuned=tuned
        )
        checks = tuned = ()
    return variants[model.scalings[0]]
