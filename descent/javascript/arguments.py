"""What a module is given, as arrays of nodes: a point, numbers in `k`, data in `d`."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import jax
import numpy as np

from descent.translation import DATA, Graph, Node, Nodes, local
from landscapes import Landscape
from optimizers.knobs import RATE

POINT = jax.ShapeDtypeStruct((2,), np.float64)

SLOPES = "t[{}]"
"""Where what the surface is like at a point stands: loss, gradient, that of the mini-batch, Hessian."""


def shapes_of(given: Any, landscape: Landscape) -> Any:
    """Return the shapes and types of a pytree, with DATA examples instead of as many as there are."""
    places = None if landscape.examples is None else landscape.examples.places

    def shape_of(array: Any) -> jax.ShapeDtypeStruct:
        array = np.asarray(array)
        shape = tuple(DATA if size == places else size for size in array.shape)
        return jax.ShapeDtypeStruct(shape, array.dtype)

    return jax.tree.map(shape_of, given)


def leaves_of(graph: Graph, shapes: Any, names: Sequence[str]) -> list[Nodes]:
    """Return the nodes of all leaves of a pytree: numbers are in `k`, as `names` has them, data in `d`.

    Data that are no examples stand there one after the other.
    """
    columns = (f"d[{column}*n+i]" for column in range(10**6))
    numbers = iter(range(10**6))
    leaves, _ = jax.tree.flatten_with_path(shapes)
    return [
        _table(graph, leaf, numbers)
        if _is_table(path, leaf, names)
        else _leaf(graph, path[-1], leaf, names, columns)
        for path, leaf in leaves
    ]


def _is_table(path: Any, leaf: jax.ShapeDtypeStruct, names: Sequence[str]) -> bool:
    """Return whether a leaf belongs to data that are no examples."""
    inside = [getattr(key, "key", getattr(key, "name", None)) for key in path]
    return "data" in inside and "data" not in names and DATA not in leaf.shape


def _table(graph: Graph, leaf: jax.ShapeDtypeStruct, numbers: Iterator[int]) -> Nodes:
    def entry(_: int) -> Node:
        number = next(numbers)
        return graph.input(f"d[{number}]", place=("d", number))

    return named(leaf.shape, entry)


def _leaf(
    graph: Graph, last: Any, leaf: jax.ShapeDtypeStruct, names: Sequence[str], columns: Iterator[str]
) -> Nodes:
    if DATA in leaf.shape:
        return named(leaf.shape, lambda _: graph.input(next(columns), varies=True))
    name = getattr(last, "key", getattr(last, "name", None))
    return scalar(graph.input("a") if name == RATE else graph.input(f"k[{names.index(name)}]"))


def named(shape: Sequence[int], make: Callable[[int], Node]) -> Nodes:
    """Return an array of nodes of this shape, made one by one from their running number."""
    nodes = np.empty(local(shape), object)
    for number, place in enumerate(np.ndindex(nodes.shape)):
        nodes[place] = make(number)
    return nodes


def scalar(node: Node) -> Nodes:
    """Return `node` as an array without axes."""
    return named((), lambda _: node)


def point(graph: Graph) -> Nodes:
    """Return the nodes of the point (x, y)."""
    return named((2,), lambda axis: graph.input("xy"[axis]))


def weights_of(graph: Graph, drawn: bool) -> tuple[jax.ShapeDtypeStruct, Nodes]:
    """Return shape and nodes of the weights of the examples in a mini-batch; (0,) where none is drawn."""
    weights = jax.ShapeDtypeStruct((DATA if drawn else 0,), np.float64)
    return weights, named(weights.shape, lambda _: graph.input("w[w0+i]", varies=True))


def flat(arrays: Iterable[Nodes]) -> list[Node]:
    """Return the nodes of all arrays in one list."""
    return [node for array in arrays for node in array.ravel()]


def listed(names: Iterable[str]) -> str:
    """Return a list of names as JavaScript writes it."""
    return json.dumps([*names], separators=(",", ":"))
