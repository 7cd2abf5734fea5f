"""A surface sampled over its box, for pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Landscape
from landscapes.programs import Programs, compiled, options_for

_PROGRAMS: Programs[Callable[..., jax.Array]] = Programs()


@dataclass(frozen=True)
class Terrain:
    """Losses on a grid: `x` (W,), `y` (H,) and `loss` (H, W), where loss[i, j] = L(x[j], y[i])."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    loss: NDArray[np.float64]


COLUMNS = 161


def grid(landscape: Landscape, columns: int = COLUMNS) -> tuple[int, int]:
    """Return columns and rows of a grid over the box with (nearly) square cells."""
    (x0, x1), (y0, y1) = landscape.box
    return columns, max(2, round((columns - 1) * (y1 - y0) / (x1 - x0)) + 1)


def sample(landscape: Landscape, knobs: Mapping[str, Any], columns: int = COLUMNS) -> Terrain:
    """Return the losses on a grid over the box with `columns` columns and (nearly) square cells.

    Knobs are traced: other values of them compile nothing.
    """
    program, given = _ready(landscape, knobs, columns)
    x, y, _ = given
    return Terrain(x, y, np.asarray(program(*given)))


def ready_to_sample(landscape: Landscape, knobs: Mapping[str, Any], columns: int = COLUMNS) -> None:
    """Compile what `sample` needs, if it is not there."""
    _ready(landscape, knobs, columns)


def _ready(landscape: Landscape, knobs: Mapping[str, Any], columns: int) -> tuple[Callable[..., Any], Any]:
    """Return the program that samples, and what it is given: grid axes and knobs."""
    (x0, x1), (y0, y1) = landscape.box
    _, rows = grid(landscape, columns)
    x, y = np.linspace(x0, x1, columns), np.linspace(y0, y1, rows)
    given = x, y, landscape.arguments(knobs)
    key = landscape.traced, columns, rows
    return _PROGRAMS.get(landscape, key, lambda: _compile(landscape, given)), given


def _compile(landscape: Landscape, given: Any) -> Callable[..., jax.Array]:
    """Return the compiled function from grid axes and knobs to losses."""
    loss = landscape.loss

    def over_grid(x: jax.Array, y: jax.Array, knobs: Mapping[str, Any]) -> jax.Array:
        at = lambda u, v: loss(jnp.stack([u, v]), **knobs)  # noqa: E731 - read as the formula L(u, v)
        row = lambda v: jax.vmap(lambda u: at(u, v))(x)  # noqa: E731
        # Row by row where each loss is a sum over examples: those of the whole grid take 40 MB.
        return jax.vmap(row)(y) if landscape.examples is None else jax.lax.map(row, y)

    return compiled(over_grid, *given, options=options_for(landscape))
