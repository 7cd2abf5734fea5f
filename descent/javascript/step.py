"""What one method makes of the slopes where it is, as a module of JavaScript."""

from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

from catalog.cache import MB, SingleFlightCache
from descent.javascript.arguments import (
    POINT,
    SLOPES,
    flat,
    leaves_of,
    listed,
    named,
    point,
    scalar,
    shapes_of,
    weights_of,
)
from descent.javascript.operations import JAVASCRIPT
from descent.javascript.write import function_body
from descent.program import ESTIMATE, GRADIENT, LOSS, SEEN, G, M, parameters
from descent.step import Slopes, StepNoise, StepParameters, respond
from descent.translation import Graph, Node, interpret
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.knobs import without_rate

_MODULES: SingleFlightCache[str] = SingleFlightCache(MB, long_work=MB)


def step_module(landscape: Landscape, optimizer: Optimizer) -> str:
    """Return a module that makes steps of a method down `landscape` (as `landscapes.find.find` gives it).

    It is the same for all landscapes, but for methods that look `elsewhere`. It exports, for
    `stage/engine/race.js`:

    - `ground`, `method`: the names of the numbers in `k`, in their order: those of the landscape's knobs that
      are needed, the method's without the learning rate, and after both `decoupled`, `clip_value`,
      `clip_norm` and `noise_scale`;
    - `size`: how many numbers a method remembers;
    - `begin(k, x, y, s)`: writes what the method remembers before the first step to `s`, from s[2] on;
    - `step(k, x, y, s, t, z, z0, w, w0, d, n, o, o0)`: a step from (x, y), where the surface is as `t` says
      (`surface.py`). `z` has standard normal numbers, from `z0` on; `w` the weights of the examples, from
      `w0` on; `d` the data of n examples by columns. Writes direction (−Δθ/α) to s[0], s[1] and what is
      remembered to the rest of `s`; and into the row of `descent.program` that begins at o[o0] loss,
      gradient, estimate, seen gradient, M and G.

    Raises UntranslatableError for an operation that has no translation.
    """
    which = landscape.traced if optimizer.elsewhere else None
    return _MODULES.get((which, optimizer), lambda: _written(landscape, optimizer))


def _written(landscape: Landscape, optimizer: Optimizer) -> str:
    fixed = shapes_of(parameters(landscape, {}, optimizer.settings()), landscape)
    if not optimizer.elsewhere:
        fixed = fixed._replace(ground={"l2": fixed.ground["l2"]})
    method = without_rate(fixed.method)
    state = jax.eval_shape(lambda p, knobs: optimizer.build(**knobs).init(p), POINT, method)
    leaves, structure = jax.tree.flatten(state)
    size = sum(int(np.prod(leaf.shape, dtype=int)) for leaf in leaves)
    ground = sorted(name for name in fixed.ground if name != "data")
    names = [*ground, *method, "decoupled", "clip_value", "clip_norm", "noise_scale"]
    return "\n".join(
        (
            f"export const ground={listed(ground)};",
            f"export const method={listed(method)};",
            f"export const size={size};",
            f"export function begin(k,x,y,s){{\n{_begin(optimizer, fixed, names)}\n}}",
            "export function step(k,x,y,s,t,z,z0,w,w0,d,n,o,o0){",
            _step(landscape, optimizer, fixed, names, (leaves, structure)),
            "}\n",
        )
    )


def _begin(optimizer: Optimizer, fixed: StepParameters, names: Sequence[str]) -> str:
    graph = Graph(JAVASCRIPT)
    method = without_rate(fixed.method)
    traced = jax.make_jaxpr(lambda p, knobs: optimizer.build(**knobs).init(p))(POINT, method)
    knobs = [scalar(graph.input(f"k[{names.index(name)}]")) for name in sorted(method)]
    return function_body(_places("s", 2, flat(interpret(graph, traced, [point(graph), *knobs]))))


def _step(
    landscape: Landscape,
    optimizer: Optimizer,
    fixed: StepParameters,
    names: Sequence[str],
    state: tuple[list[Any], Any],
) -> str:
    graph, (leaves, structure) = Graph(JAVASCRIPT), state
    weights, shares = weights_of(graph, optimizer.elsewhere and landscape.examples is not None)
    matrix = jax.ShapeDtypeStruct((2, 2) if optimizer.hessian else (0, 0), np.float64)
    there = jax.ShapeDtypeStruct((), np.float64), POINT, POINT, matrix

    def step(given: StepParameters, chance: StepNoise, p: Any, before: Any, there: Any) -> Any:
        made = respond(landscape, optimizer, given, chance, p, before, Slopes(*there))
        row = made.loss, made.gradient, made.estimate, made.seen, made.m, made.g
        return row, made.direction, made.after

    before = jax.tree.unflatten(structure, leaves)
    traced = jax.make_jaxpr(step)(fixed, StepNoise(POINT, weights), POINT, before, there)
    noise = named((2,), lambda axis: graph.input(f"z[z0+{axis}]"))
    numbers, slopes = iter(range(2, 10**6)), iter(range(9))
    remembered = [named(leaf.shape, lambda _: graph.input(f"s[{next(numbers)}]")) for leaf in leaves]
    known = [named(part.shape, lambda _: graph.input(SLOPES.format(next(slopes)))) for part in there]
    given = [*leaves_of(graph, fixed, names), noise, shares, point(graph), *remembered, *known]
    *row, direction = (arrays := interpret(graph, traced, given))[:7]
    return function_body(
        {
            **{f"o[o0+{place}]": node for place, node in zip(ROW_PLACES, flat(row), strict=True)},
            **_places("s", 0, flat([direction])),
            **_places("s", 2, flat(arrays[7:])),
        }
    )


ROW_PLACES = (
    LOSS,
    *(at for columns in (GRADIENT, ESTIMATE, SEEN, M, G) for at in (columns.start, columns.start + 1)),
)
"""Where in a row of `descent.program` loss, gradient, estimate, seen gradient, M and G stand."""


def _places(name: str, first: int, nodes: Sequence[Node]) -> dict[str, Node]:
    return {f"{name}[{first + number}]": node for number, node in enumerate(nodes)}
