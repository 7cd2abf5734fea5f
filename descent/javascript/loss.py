"""The loss of a landscape as a module of JavaScript."""

import jax

from catalog.cache import MB, SingleFlightCache
from descent.javascript.arguments import POINT, flat, leaves_of, listed, point, shapes_of
from descent.javascript.graph import Graph
from descent.javascript.interpret import interpret
from descent.javascript.write import function_body
from landscapes import Landscape

_MODULES: SingleFlightCache[str] = SingleFlightCache(MB, long_work=MB)


def loss_module(landscape: Landscape) -> str:
    """Return a module that gives the loss of `landscape` (as `landscapes.find.find` gives it) at a point.

    It exports, for `stage/engine/terrain.js`:

    - `ground`: the names of the numbers in `k`, in their order: the landscape's knobs;
    - `loss(k, x, y, d, n)`: the loss at (x, y), with the penalty. `d` has the data of n examples by columns.

    Raises UntranslatableError for an operation that has no translation.
    """
    return _MODULES.get(landscape.traced, lambda: _written(landscape))


def _written(landscape: Landscape) -> str:
    graph, knobs = Graph(), shapes_of(landscape.arguments(), landscape)
    names = sorted(name for name in knobs if name != "data")
    traced = jax.make_jaxpr(lambda knobs, p: landscape.loss(p, **knobs))(knobs, POINT)
    (loss,) = flat(interpret(graph, traced, [*leaves_of(graph, knobs, names), point(graph)]))
    body = function_body({"const l": loss})
    return f"export const ground={listed(names)};\nexport function loss(k,x,y,d,n){{\n{body}\nreturn l;\n}}\n"
