"""The surface of a landscape as modules of JavaScript: its losses, its slopes and its Hessians."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax

from catalog.cache import MB, SingleFlightCache
from descent.javascript.arguments import (
    POINT,
    SLOPES,
    flat,
    leaves_of,
    listed,
    point,
    shapes_of,
    weights_of,
)
from descent.javascript.operations import JAVASCRIPT
from descent.javascript.write import function_body
from descent.step import slopes
from descent.translation import Graph, Node, interpret
from landscapes import Landscape

_MODULES: SingleFlightCache[str] = SingleFlightCache(6 * MB, long_work=MB)


def surface_module(landscape: Landscape) -> str:
    """Return a module of the surface of `landscape` (as `landscapes.find.find` gives it).

    It exports, for `stage/engine/terrain.js` and `race.js`:

    - `ground`: the names of the numbers in `k`, in their order: the landscape's knobs;
    - `loss(k, x, y, d, n)`: the loss at (x, y), with the penalty. `d` has the data of n examples by columns;
    - `slopes(k, x, y, w, w0, d, n, t)`: writes the loss at (x, y) to t[0], its gradient to t[1] and t[2], and
      that of the mini-batch, in which examples weigh what `w` has from `w0` on, to t[3] and t[4].

    Raises UntranslatableError for an operation that has no translation.
    """
    return _MODULES.get(("surface", landscape.traced), lambda: _surface(landscape))


def hessian_module(landscape: Landscape) -> str:
    """Return a module of the Hessians of `landscape`, which few methods read; it is not part of the other.

    It exports `ground` likewise, and `hessian(k, x, y, d, n, t)`, which writes the Hessian of the loss at
    (x, y) to t[5] … t[8], row by row. Raises UntranslatableError for an operation that has no translation.
    """
    return _MODULES.get(("hessian", landscape.traced), lambda: _hessian(landscape))


def _surface(landscape: Landscape) -> str:
    (loss,) = _traced(landscape, lambda given, _, p: landscape.loss(p, **given))
    found = _traced(landscape, partial(slopes, landscape, hessian=False))
    return "\n".join(
        (
            _ground(landscape),
            f"export function loss(k,x,y,d,n){{\n{function_body({'const l': loss})}\nreturn l;\n}}",
            f"export function slopes(k,x,y,w,w0,d,n,t){{\n{_body(0, found)}\n}}\n",
        )
    )


def _hessian(landscape: Landscape) -> str:
    found = _traced(landscape, lambda *given: slopes(landscape, *given, hessian=True).hessian)
    return f"{_ground(landscape)}\nexport function hessian(k,x,y,d,n,t){{\n{_body(5, found)}\n}}\n"


def _traced(landscape: Landscape, ask: Callable[[Any, Any, Any], Any]) -> list[Node]:
    """Return the nodes of what `ask` makes of the landscape's arguments, a mini-batch and a point."""
    graph, given = Graph(JAVASCRIPT), shapes_of(landscape.arguments(), landscape)
    weights, shares = weights_of(graph, landscape.examples is not None)
    traced = jax.make_jaxpr(ask)(given, weights, POINT)
    return flat(interpret(graph, traced, [*leaves_of(graph, given, _names(landscape)), shares, point(graph)]))


def _names(landscape: Landscape) -> list[str]:
    return sorted(name for name in landscape.arguments() if name != "data")


def _ground(landscape: Landscape) -> str:
    return f"export const ground={listed(_names(landscape))};"


def _body(first: int, nodes: list[Node]) -> str:
    return function_body({SLOPES.format(first + number): node for number, node in enumerate(nodes)})
