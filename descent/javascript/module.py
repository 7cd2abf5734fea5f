"""One landscape under one method, as a module of JavaScript."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import jax
import numpy as np

from catalog.cache import MB, SingleFlightCache
from descent.javascript.graph import Graph, Node
from descent.javascript.interpret import DATA, Nodes, interpret, local
from descent.javascript.write import function_body
from descent.program import ESTIMATE, GRADIENT, LOSS, SEEN, G, M, parameters
from descent.step import StepNoise, StepParameters, step_of
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.knobs import RATE, without_rate

_MODULES: SingleFlightCache[str] = SingleFlightCache(8 * MB)


def step_module(landscape: Landscape, optimizer: Optimizer) -> str:
    """Return a module that steps down `landscape` (as `landscapes.find.find` gives it) under a method.

    It exports, for `stage/engine/race.js`:

    - `ground`, `method`: the names of the numbers in `k`, in their order: the landscape's knobs, the method's
      without the learning rate, and after both `decoupled`, `clip_value`, `clip_norm` and `noise_scale`;
    - `size`: how many numbers a method remembers;
    - `begin(k, x, y, s)`: writes what the method remembers before the first step to `s`, from s[2] on;
    - `step(k, x, y, s, z, z0, w, w0, d, n, o, o0)`: a step from (x, y). `z` has standard normal numbers, from
      `z0` on; `w` the weights of the examples, from `w0` on; `d` the data of n examples by columns. Writes
      direction (−Δθ/α) to s[0], s[1] and what is remembered to the rest of `s`; and into the row of
      `descent.program` that begins at o[o0] loss, gradient, estimate, seen gradient, M and G.

    Raises UntranslatableError for an operation that has no translation.
    """
    return _MODULES.get((landscape.traced, optimizer), lambda: _written(landscape, optimizer))


def _written(landscape: Landscape, optimizer: Optimizer) -> str:
    fixed = _shapes_of(parameters(landscape, {}, optimizer.settings()), landscape)
    method = without_rate(fixed.method)
    point = jax.ShapeDtypeStruct((2,), np.float64)
    state = jax.eval_shape(lambda p, knobs: optimizer.build(**knobs).init(p), point, method)
    leaves, structure = jax.tree.flatten(state)
    size = sum(int(np.prod(leaf.shape, dtype=int)) for leaf in leaves)
    ground = sorted(name for name in fixed.ground if name != "data")
    names = [*ground, *method, "decoupled", "clip_value", "clip_norm", "noise_scale"]
    return "\n".join(
        (
            f"export const ground={_list(ground)},method={_list(method)},size={size};",
            f"export function begin(k,x,y,s){{\n{_begin(optimizer, fixed, names)}\n}}",
            "export function step(k,x,y,s,z,z0,w,w0,d,n,o,o0){",
            _step(landscape, optimizer, fixed, names, (leaves, structure)),
            "}\n",
        )
    )


def _shapes_of(fixed: StepParameters, landscape: Landscape) -> StepParameters:
    """Return the shapes and types of `fixed`, with DATA examples instead of as many as there are."""
    places = None if landscape.examples is None else landscape.examples.places

    def shape_of(array: Any) -> jax.ShapeDtypeStruct:
        array = np.asarray(array)
        shape = tuple(DATA if size == places else size for size in array.shape)
        return jax.ShapeDtypeStruct(shape, array.dtype)

    return jax.tree.map(shape_of, fixed)


def _parameters(graph: Graph, fixed: StepParameters, names: Sequence[str]) -> list[Nodes]:
    """Return the nodes of all leaves of `fixed`: numbers are in k, data in d."""
    columns = (f"d[{column}*n+i]" for column in range(10**6))
    leaves, _ = jax.tree.flatten_with_path(fixed)
    return [_parameter(graph, path[-1], leaf, names, columns) for path, leaf in leaves]


def _parameter(
    graph: Graph, last: Any, leaf: jax.ShapeDtypeStruct, names: Sequence[str], columns: Iterator[str]
) -> Nodes:
    if DATA in leaf.shape:
        return _named(leaf.shape, lambda _: graph.input(next(columns), varies=True))
    name = getattr(last, "key", getattr(last, "name", None))
    return _scalar(graph.input("a") if name == RATE else graph.input(f"k[{names.index(name)}]"))


def _named(shape: Sequence[int], make: Any) -> Nodes:
    """Return an array of nodes of this shape, made one by one from their running number."""
    nodes = np.empty(local(shape), object)
    for number, place in enumerate(np.ndindex(nodes.shape)):
        nodes[place] = make(number)
    return nodes


def _scalar(node: Node) -> Nodes:
    return _named((), lambda _: node)


def _point(graph: Graph) -> Nodes:
    return _named((2,), lambda axis: graph.input("xy"[axis]))


def _flat(arrays: Sequence[Nodes]) -> list[Node]:
    return [node for array in arrays for node in array.ravel()]


def _begin(optimizer: Optimizer, fixed: StepParameters, names: Sequence[str]) -> str:
    graph = Graph()
    method = without_rate(fixed.method)
    point = jax.ShapeDtypeStruct((2,), np.float64)
    traced = jax.make_jaxpr(lambda p, knobs: optimizer.build(**knobs).init(p))(point, method)
    knobs = [_scalar(graph.input(f"k[{names.index(name)}]")) for name in sorted(method)]
    return function_body(_places("s", 2, _flat(interpret(graph, traced, [_point(graph), *knobs]))))


def _step(
    landscape: Landscape,
    optimizer: Optimizer,
    fixed: StepParameters,
    names: Sequence[str],
    state: tuple[list[Any], Any],
) -> str:
    graph, (leaves, structure) = Graph(), state
    point = jax.ShapeDtypeStruct((2,), np.float64)
    weights = jax.ShapeDtypeStruct((0 if landscape.examples is None else DATA,), np.float64)
    randomness = StepNoise(point, weights)

    def step(given: StepParameters, chance: StepNoise, p: Any, before: Any) -> Any:
        made = step_of(landscape, optimizer, given, chance, p, before)
        row = made.loss, made.gradient, made.estimate, made.seen, made.m, made.g
        return row, made.direction, made.after

    before = jax.tree.unflatten(structure, leaves)
    traced = jax.make_jaxpr(step)(fixed, randomness, point, before)
    noise = _named((2,), lambda axis: graph.input(f"z[z0+{axis}]"))
    shares = _named(weights.shape, lambda _: graph.input("w[w0+i]", varies=True))
    numbers = iter(range(2, 10**6))
    remembered = [_named(leaf.shape, lambda _: graph.input(f"s[{next(numbers)}]")) for leaf in leaves]
    given = [*_parameters(graph, fixed, names), noise, shares, _point(graph), *remembered]
    *row, direction = (arrays := interpret(graph, traced, given))[:7]
    return function_body(
        {
            **{f"o[o0+{place}]": node for place, node in zip(ROW_PLACES, _flat(row), strict=True)},
            **_places("s", 0, _flat([direction])),
            **_places("s", 2, _flat(arrays[7:])),
        }
    )


ROW_PLACES = (
    LOSS,
    *(at for columns in (GRADIENT, ESTIMATE, SEEN, M, G) for at in (columns.start, columns.start + 1)),
)
"""Where in a row of `descent.program` loss, gradient, estimate, seen gradient, M and G stand."""


def _places(name: str, first: int, nodes: Sequence[Node]) -> dict[str, Node]:
    return {f"{name}[{first + number}]": node for number, node in enumerate(nodes)}


def _list(names: Iterable[str]) -> str:
    return json.dumps([*names], separators=(",", ":"))
