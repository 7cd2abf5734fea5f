"""The L2 penalty ½λ‖θ‖², which any surface may carry."""

from dataclasses import replace
from typing import Any

from jax import Array

from catalog import Knob
from catalog.cache import MB, SingleFlightCache
from landscapes.landscape import Examples, Landscape, Point

L2 = Knob("l2", r"\lambda", default=0.0, low=0.0, high=10.0, step=0.01)


_PENALISED: SingleFlightCache[Landscape] = SingleFlightCache(8 * MB)


def penalised(landscape: Landscape) -> Landscape:
    """Return `landscape` with one more knob, λ, and ½λ‖θ‖² added to its loss (Hoerl & Kennard, 1970).

    Its minima are known only where λ is 0. Equal questions get the identical answer, so that whatever
    was compiled for it serves again.
    """
    return _PENALISED.get(landscape, lambda: _with_penalty(landscape))


def _with_penalty(landscape: Landscape) -> Landscape:

    def loss(p: Array, *, l2: Any, **knobs: Any) -> Array:
        return landscape.loss(p, **knobs) + l2 * (p @ p) / 2

    def minima(*, l2: float = 0.0, **knobs: Any) -> tuple[Point, ...] | None:
        return None if l2 else landscape.minima(**knobs)

    return replace(
        landscape,
        loss=loss,
        knobs=(*landscape.knobs, L2),
        minima=minima,
        examples=None if landscape.examples is None else _penalised(landscape.examples),
    )


def _penalised(examples: Examples) -> Examples:
    """Return the examples with the penalty on the loss of each, so that it is on every mean of them."""

    def losses(p: Array, *, l2: Any, **knobs: Any) -> Array:
        return examples.losses(p, **knobs) + l2 * (p @ p) / 2

    return replace(examples, losses=losses)
