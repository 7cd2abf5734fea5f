"""A program as JAX traced it, run over arrays of nodes instead of numbers.

Shapes never reach the other language: what only moves numbers about is done here, by NumPy, on arrays of
nodes. The axis of the examples is the exception. Programs are traced with DATA of them, a number that is no
other size; here that axis has the size 1 and its nodes vary.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jax.extend.core import (
    ClosedJaxpr,  # pyright: ignore[reportPrivateImportUsage]  # since JAX 0.12 it is not marked as exported
    Literal,
)
from numpy.typing import NDArray

from descent.translation.graph import Graph, Node, Written
from descent.translation.refusal import UntranslatableError

DATA = 97
"""How many examples programs are traced with: a number that is no other size."""

Nodes = NDArray[np.object_]


def interpret(graph: Graph, traced: ClosedJaxpr, given: Sequence[Nodes]) -> list[Nodes]:
    """Return the arrays of nodes that `traced` makes of those `given`, flat as in its jaxpr.

    Raises UntranslatableError, which names it, for an operation that has no translation.
    """
    jaxpr = traced.jaxpr
    known: dict[Any, Nodes] = {}

    def read(atom: Any) -> Nodes:
        return constants(graph, atom.val) if isinstance(atom, Literal) else known[atom]

    known.update(zip(jaxpr.constvars, (constants(graph, value) for value in traced.consts), strict=True))
    known.update(zip(jaxpr.invars, given, strict=True))
    for equation in jaxpr.eqns:
        made = _run(graph, equation, [read(atom) for atom in equation.invars])
        known.update(zip(equation.outvars, made, strict=True))
    return [read(atom) for atom in jaxpr.outvars]


def constants(graph: Graph, values: Any) -> Nodes:
    """Return the nodes of numbers that are known when the program is written."""
    array = np.asarray(values)
    if DATA in array.shape:
        raise UntranslatableError("Expected data as arguments, got a constant for each example.")
    nodes = np.empty(array.shape, object)
    for place in np.ndindex(array.shape):
        value = array[place].item()
        nodes[place] = graph.constant(value if isinstance(value, bool) else float(value))
    return nodes


def local(shape: Sequence[int]) -> tuple[int, ...]:
    """Return the shape that an array of nodes has."""
    return tuple(1 if size == DATA else size for size in shape)


def _run(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    name, params = equation.primitive.name, equation.params
    if (called := graph.language.calls.get(_name_of(equation))) is not None:
        return [_each(lambda *parts: called(graph, *parts), *given)]
    for inner in ("jaxpr", "call_jaxpr", "fun_jaxpr"):
        if inner in params and name in CALLS:
            return interpret(graph, _closed(params[inner]), given)
    operations = graph.language.operations
    if name in operations:
        return [_each(lambda *parts: operations[name](graph, *parts), *given)]
    if name in SHAPES:
        return SHAPES[name](graph, equation, given)
    raise UntranslatableError(f"Expected an operation that is translated, got {name}; see operations.py.")


CALLS = (
    "jit",
    "pjit",
    "custom_jvp_call",
    "custom_vjp_call",
    "closed_call",
    "core_call",
    "checkpoint",
    "remat",
)


def _name_of(equation: Any) -> str:
    """Return under which name the function of a call was traced, "" for all that is no call."""
    return str(equation.params.get("name", "")) if equation.primitive.name in CALLS else ""


def _closed(jaxpr: Any) -> ClosedJaxpr:
    return jaxpr if isinstance(jaxpr, ClosedJaxpr) else ClosedJaxpr(jaxpr, ())


def _each(make: Callable[..., Node], *arrays: Nodes) -> Nodes:
    """Return what `make` gives for the nodes of `arrays`, place by place."""
    if not all(array.size for array in arrays):
        return np.empty(np.broadcast_shapes(*(array.shape for array in arrays)), object)
    return np.asarray(np.frompyfunc(make, len(arrays), 1)(*arrays), object)


# --- what moves numbers about, and what makes one of many


def _broadcast(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    shape = local(equation.params["shape"])
    ones = [1] * len(shape)
    for axis, place in enumerate(equation.params["broadcast_dimensions"]):
        ones[place] = given[0].shape[axis]
    return [np.broadcast_to(given[0].reshape(ones), shape)]


def _reshape(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    (out,), (into,) = equation.outvars, equation.invars[:1]
    if (DATA in out.aval.shape) != (DATA in into.aval.shape):
        raise UntranslatableError("Expected the axis of the examples to stay by itself, got a reshape of it.")
    return [given[0].reshape(local(out.aval.shape))]


def _transpose(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    return [given[0].transpose(equation.params["permutation"])]


def _slice(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    params, shape = equation.params, equation.invars[0].aval.shape
    strides = params["strides"] or (1,) * len(shape)
    places = tuple(
        _whole(start, limit, stride) if size == DATA else slice(start, limit, stride)
        for start, limit, stride, size in zip(
            params["start_indices"], params["limit_indices"], strides, shape, strict=True
        )
    )
    return [given[0][places]]


def _dynamic_slice(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    """Return a window of a table whose place is computed: its numbers are looked up when the program runs."""
    table, *starts = given
    sizes, language = equation.params["slice_sizes"], graph.language
    places = [node.place for node in table.ravel()]
    if not language.entry or not places or places[0] is None:
        raise UntranslatableError("Expected a table that is given, got a window of computed numbers.")
    name, first = places[0]
    if places != [(name, first + number) for number in range(table.size)]:
        raise UntranslatableError("Expected a table as it is given, got a part of it, or one turned round.")
    add, multiply = language.operations["add"], language.operations["mul"]
    low, high = language.operations["max"], language.operations["min"]
    strides = [int(np.prod(table.shape[axis + 1 :], dtype=int)) for axis in range(table.ndim)]
    offset = graph.constant(0.0)
    for start, size, length, stride in zip(starts, sizes, table.shape, strides, strict=True):
        # As XLA does, so that the whole window lies in the table.
        last = graph.constant(float(length - size))
        inside = low(graph, high(graph, start[()], last), graph.constant(0.0))
        offset = add(graph, offset, multiply(graph, inside, graph.constant(float(stride))))
    out = np.empty(sizes, object)
    for place in np.ndindex(out.shape):
        ahead = first + int(np.dot(place, strides))
        out[place] = graph.apply(language.entry.format(name, ahead, "{0}"), offset)
    return [out]


def _whole(start: int, limit: int, stride: int) -> slice:
    if (start, limit, stride) != (0, DATA, 1):
        raise UntranslatableError("Expected all examples, got a slice of them.")
    return slice(None)


def _pad(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    array, filler = given
    config = equation.params["padding_config"]
    out = np.full(local(equation.outvars[0].aval.shape), filler[()], object)
    places = []
    for axis, (low, high, inside) in enumerate(config):
        if low < 0 or high < 0:
            raise UntranslatableError("Expected padding, got a cut.")
        places.append(slice(low, low + (array.shape[axis] - 1) * (inside + 1) + 1, inside + 1))
    if array.size:
        out[tuple(places)] = array
    return [out]


def _concatenate(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    axis = equation.params["dimension"]
    if any(each.aval.shape[axis] == DATA for each in equation.invars):
        raise UntranslatableError("Expected the axis of the examples to stay by itself, got it concatenated.")
    return [np.concatenate(given, axis)]


def _stack(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    return [np.stack(given, equation.params["axis"])]


def _unstack(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    axis = equation.params["axis"]
    if equation.invars[0].aval.shape[axis] == DATA:
        raise UntranslatableError("Expected the axis of the examples to stay by itself, got it unstacked.")
    return [np.asarray(each, object) for each in np.moveaxis(given[0], axis, 0)]


def _split(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    ends = np.cumsum(equation.params["sizes"])[:-1]
    return np.split(given[0], ends, equation.params["axis"])


def _iota(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    shape, axis = equation.params["shape"], equation.params["dimension"]
    ones = [1] * len(shape)
    ones[axis] = local(shape)[axis]
    if shape[axis] == DATA:
        numbers = np.array([graph.input("i", varies=True)], object)
    else:
        numbers = constants(graph, np.arange(shape[axis]))
    return [np.broadcast_to(numbers.reshape(ones), local(shape))]


def _select(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    condition, *cases = given
    if len(cases) != 2 or equation.invars[0].aval.dtype != np.bool_:
        raise UntranslatableError("Expected a choice between two, by whether something is true.")
    condition = np.broadcast_to(condition, cases[0].shape)

    def choose(truth: Node, first: Node, second: Node) -> Node:
        if truth.value is not None:
            return second if truth.value else first
        return first if first is second else graph.language.choose(graph, truth, first, second)

    return [_each(choose, condition, *cases)]


def _convert(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    before, after = (np.dtype(each.aval.dtype).str[1:] for each in (equation.invars[0], equation.outvars[0]))
    return [_each(lambda number: graph.language.convert(graph, number, before, after), given[0])]


def _power(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    return [_each(lambda base: graph.language.power(graph, base, equation.params["y"]), given[0])]


def _reduce(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    written, first = graph.language.reductions[equation.primitive.name]
    axes, shape = equation.params["axes"], equation.invars[0].aval.shape
    over_data = any(shape[axis] == DATA for axis in axes)
    kept = [axis for axis in range(len(shape)) if axis not in axes]
    array = given[0].transpose(*kept, *axes).reshape(*(given[0].shape[axis] for axis in kept), -1)
    out = np.empty(array.shape[:-1], object)
    for place in np.ndindex(out.shape):
        out[place] = _joined(graph, list(array[place]), written, first, over_data)
    return [out]


def _joined(graph: Graph, nodes: list[Node], written: Written, first: str, over_data: bool) -> Node:
    if not nodes:
        return graph.input(first)
    result = nodes[0]
    for node in nodes[1:]:
        result = written(graph, result, node)
    return graph.total(written.total or written.code, first, result) if over_data else result


def _dot(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    (contract, batch), (left, right) = equation.params["dimension_numbers"], given
    over_data = any(equation.invars[0].aval.shape[axis] == DATA for axis in contract[0])
    free = [
        [axis for axis in range(side.ndim) if axis not in (*contract[k], *batch[k])]
        for k, side in enumerate((left, right))
    ]
    sides = [
        side.transpose(*batch[k], *free[k], *contract[k]).reshape(
            *(side.shape[axis] for axis in batch[k]),
            int(np.prod([side.shape[axis] for axis in free[k]], dtype=int)),
            int(np.prod([side.shape[axis] for axis in contract[k]], dtype=int)),
        )
        for k, side in enumerate((left, right))
    ]
    multiply, (add, zero) = graph.language.operations["mul"], graph.language.reductions["reduce_sum"]
    outer = tuple(left.shape[axis] for axis in batch[0])
    out = np.empty((*outer, sides[0].shape[-2], sides[1].shape[-2]), object)
    for place in np.ndindex(out.shape):
        *where, row, column = place
        pairs = zip(sides[0][(*where, row)], sides[1][(*where, column)], strict=True)
        products = [multiply(graph, one, other) for one, other in pairs]
        out[place] = _joined(graph, products, add, zero, over_data)
    return [out.reshape(local(equation.outvars[0].aval.shape))]


def _squeezed(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    return [given[0].reshape(local(equation.outvars[0].aval.shape))]


def _reversed(graph: Graph, equation: Any, given: list[Nodes]) -> list[Nodes]:
    if any(equation.invars[0].aval.shape[axis] == DATA for axis in equation.params["dimensions"]):
        raise UntranslatableError("Expected the examples in their order, got them reversed.")
    return [np.flip(given[0], equation.params["dimensions"])]


SHAPES: dict[str, Callable[[Graph, Any, list[Nodes]], list[Nodes]]] = {
    "broadcast_in_dim": _broadcast,
    "reshape": _reshape,
    "squeeze": _squeezed,
    "expand_dims": _squeezed,
    "transpose": _transpose,
    "slice": _slice,
    "dynamic_slice": _dynamic_slice,
    "pad": _pad,
    "concatenate": _concatenate,
    "stack": _stack,
    "split": _split,
    "unstack": _unstack,
    "iota": _iota,
    "rev": _reversed,
    "select_n": _select,
    "convert_element_type": _convert,
    "integer_pow": _power,
    "dot_general": _dot,
    **dict.fromkeys(("reduce_sum", "reduce_max", "reduce_min", "reduce_and", "reduce_or"), _reduce),
}
