"""The surface of a run as Python: its loss, for NumPy its gradient and its Hessian, and the data."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from descent.javascript.arguments import POINT, flat, named, shapes_of
from descent.javascript.examples import columns_of
from descent.python.language import Library, language
from descent.python.write import function, statements
from descent.step import slopes
from descent.translation import DATA, Graph, Node, Nodes, UntranslatableError, interpret, local
from descent.translation.graph import needed
from landscapes import Landscape
from landscapes.arrays import Floats


def columns(landscape: Landscape) -> dict[str, Floats]:
    """Return the data of a landscape, each column (N,) by the name that code has for it.

    Shares in the mean that are all alike are no column: they are 1/N.
    """
    if landscape.examples is None:
        return {}
    columns = zip(_names(landscape), columns_of(landscape), strict=True)
    return {name: column for name, column in columns if name != "share" or np.ptp(column)}


def surface_lines(
    landscape: Landscape, knobs: Mapping[str, Any], lib: Library, *, batches: bool, hessian: bool
) -> list[str]:
    """Return the functions of the surface, with the numbers of its `knobs` in them.

    `loss(x, y)` is for all libraries; for NumPy there are `gradient(theta)`, (2,) to (2,), and with `hessian`
    `hessian(theta)`, (2, 2). With `batches` there is `batch_loss(x, y, w)` as well, of a mini-batch in which
    examples weigh w (N,), and for NumPy `gradient(theta, w)` is its gradient. Raises UntranslatableError for
    an operation that has no translation.
    """
    given = landscape.arguments(knobs)
    examples = landscape.examples
    if landscape.data is not None and examples is None:
        raise UntranslatableError(
            "Expected a surface that is a formula, or made of data; got one made of samples, too many for a"
            " script. Take the numbers of the race instead (record.csv, record.npz)."
        )
    asked: list[list[str]] = []
    graph, (loss,) = _traced(landscape, given, lib, lambda p, w, more: landscape.loss(p, **more))
    asked.append(_loss(graph, "loss(x, y)", loss))
    if batches and examples is not None:
        graph, (loss,) = _traced(landscape, given, lib, lambda p, w, more: w @ examples.losses(p, **more))
        asked.append(_loss(graph, "batch_loss(x, y, w)", loss))
    if lib != "np":
        return _joined(asked)

    def gradient(p: Any, w: Any, more: Any) -> Any:
        found = slopes(landscape, more, w, p, hessian=False)
        return found.batch if batches else found.gradient

    head = "gradient(theta, w)" if batches else "gradient(theta)"
    _, nodes = _traced(landscape, given, lib, gradient, named=False)
    asked.append(_array(head, ["dx", "dy"], nodes, "np.array([dx, dy])"))
    if hessian:
        _, nodes = _traced(
            landscape,
            given,
            lib,
            lambda p, w, more: slopes(landscape, more, w, p, hessian=True).hessian,
            named=False,
        )
        names = ["xx", "xy", "yx", "yy"]
        asked.append(_array("hessian(theta)", names, nodes, "np.array([[xx, xy], [yx, yy]])"))
    return _joined(asked)


def _joined(parts: list[list[str]]) -> list[str]:
    return [line for part in parts for line in (*part, "", "")][:-2]


def _loss(graph: Graph, head: str, node: Node) -> list[str]:
    # PyTorch and JAX have no slope of a number that no coordinate is part of.
    if not needed([node]) & {graph.input("x"), graph.input("y")}:
        node = graph.apply("{0} + 0 * {1}", node, graph.input("x"))
    *lines, last = statements({"value": node})
    return function(f"def {head}", [*lines, f"return {last.removeprefix('value = ')}"])


def _array(head: str, names: list[str], nodes: list[Node], made: str) -> list[str]:
    lines = statements(dict(zip(names, nodes, strict=True)))
    return function(f"def {head}", ["x, y = theta", *lines, f"return {made}"])


def _traced(
    landscape: Landscape, given: Any, lib: Library, ask: Callable[[Any, Any, Any], Any], *, named: bool = True
) -> tuple[Graph, list[Node]]:
    """Return the nodes of what `ask` makes of a point, weights of examples and the landscape's arguments."""
    graph = Graph(language(lib, named=named))
    shapes = shapes_of(given, landscape)
    weights = jax.ShapeDtypeStruct((0 if landscape.examples is None else DATA,), np.float64)
    traced = jax.make_jaxpr(ask)(POINT, weights, shapes)
    w = _named(weights.shape, lambda _: graph.input("w", varies=True))
    point = _named((2,), lambda axis: graph.input("xy"[axis]))
    return graph, flat(interpret(graph, traced, [point, w, *_leaves(graph, landscape, given)]))


_named = named


def _leaves(graph: Graph, landscape: Landscape, given: Any) -> list[Nodes]:
    """Return the nodes of the arguments: numbers as they are, data by their names."""
    names = iter(_names(landscape)) if landscape.examples is not None else iter(())
    kept = columns(landscape)
    count = 0 if landscape.examples is None else landscape.examples.count
    leaves = []
    for leaf in jax.tree.leaves(given):
        array = np.asarray(leaf)
        if array.ndim == 0:
            leaves.append(_named((), lambda _, value=array: graph.constant(float(value))))
            continue
        shape = (*array.shape[:-1], DATA)
        nodes = np.empty(local(shape), object)
        for place in np.ndindex(nodes.shape):
            name = next(names)
            nodes[place] = graph.input(name, varies=True) if name in kept else graph.input(f"(1 / {count})")
        leaves.append(nodes)
    return leaves


def _names(landscape: Landscape) -> list[str]:
    """Return a name for each column of the data: that of its field, numbered where it has several."""
    found: list[str] = []
    for path, leaf in jax.tree_util.tree_flatten_with_path(landscape.data)[0]:
        name = getattr(path[-1], "name", "data").replace("shares", "share")
        rows = int(np.prod(np.shape(leaf)[:-1], dtype=int))
        found += [name] if rows == 1 else [f"{name}_{row}" for row in range(1, rows + 1)]
    return found
