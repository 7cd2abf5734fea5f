"""Numbers that a program computes, as a graph: what each is made of, and what it has to wait for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A number in the language of a `Graph`.

    - `code`: the expression, with {0}, {1}, … for `parts`.
    - `varies`: whether it is another number for each example of the data.
    - `level`: how many loops over the data have to be over before it is known.
    - `total`: whether all examples make it, of its only part, which varies; `code` is how a loop adds another
      one, or what is done to an array of them.
    - `value`: the number itself, where it is a constant.
    - `place`: the array that the program is given, and the place in it, where it is a number of a table.
    """

    index: int
    code: str
    parts: tuple["Node", ...] = ()
    varies: bool = False
    level: int = 0
    total: bool = False
    value: float | bool | None = None
    first: str = ""  # what a total begins with
    place: tuple[str, int] | None = None


@dataclass(frozen=True)
class Written:
    """An operation: its code, with {0}, {1}, … for what it acts on, and the same for constants in Python.

    `total`: how the language makes one number of an array with it, where it does not do that in a loop.
    """

    code: str
    fold: Callable[..., float | bool] | None = None
    total: str = ""

    def __call__(self, graph: "Graph", *parts: Node) -> Node:
        """Return the node of this operation on `parts`."""
        return graph.apply(self.code, *parts, fold=self.fold)


@dataclass(frozen=True)
class Language:
    """How a language writes what JAX computes.

    - `literal`: a number or a truth value.
    - `operations`: what acts on numbers one by one, by the name of the primitive.
    - `reductions`: how many numbers become one, and with what that begins.
    - `choose`: `select_n` of two: the first where the condition is false.
    - `power`: a base to a whole exponent; `convert`: a number of one type as another, both as NumPy's kinds
      with their sizes.
    - `entry`: the number of an array, by its name, that stands so many places after a node's: with these as
      {0} and {1}, and the node as {2}; "" where it has no tables.
    - `calls`: functions that are written as one operation, by the name under which JAX has them traced.
    """

    literal: Callable[[float | bool], str]
    operations: Mapping[str, Callable[..., Node]]
    reductions: Mapping[str, tuple[Written, str]]
    choose: Callable[..., Node]
    power: Callable[["Graph", Node, int], Node]
    convert: Callable[["Graph", Node, str, str], Node]
    calls: Mapping[str, Callable[..., Node]] = field(default_factory=dict)
    entry: str = ""


@dataclass
class Graph:
    """All numbers of a program in a language. Equal ones are one node, so that nothing is computed twice."""

    language: Language
    nodes: list[Node] = field(default_factory=list)
    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)

    def constant(self, value: float | bool) -> Node:
        """Return the node of a number that is known."""
        return self._node(self.language.literal(value), value=value)

    def input(self, code: str, *, varies: bool = False, place: tuple[str, int] | None = None) -> Node:
        """Return the node of a number that the program is given."""
        return self._node(code, varies=varies, place=place)

    def apply(self, code: str, *parts: Node, fold: Callable[..., float | bool] | None = None) -> Node:
        """Return the node of an expression; `fold` computes it exactly as the program does, of constants."""
        values = [part.value for part in parts]
        if fold is not None and None not in values:
            return self.constant(fold(*values))
        return self._node(code, parts)

    def total(self, code: str, first: str, part: Node) -> Node:
        """Return the node of what a loop over the data makes of `part`: a sum, or the largest of all."""
        return self._node(code, (part,), total=True, first=first)

    def _node(
        self,
        code: str,
        parts: tuple[Node, ...] = (),
        *,
        varies: bool = False,
        total: bool = False,
        value: float | bool | None = None,
        first: str = "",
        place: tuple[str, int] | None = None,
    ) -> Node:
        key = code, tuple(part.index for part in parts), total, varies
        if key not in self._known:
            level = max((part.level for part in parts), default=0) + total
            varies = not total and (varies or any(part.varies for part in parts))
            node = Node(len(self.nodes), code, parts, varies, level, total, value, first, place)
            self.nodes.append(node)
            self._known[key] = node
        return self._known[key]


def needed(outputs: Iterable[Node]) -> set[Node]:
    """Return all nodes of which `outputs` are made, these among them."""
    found: set[Node] = set()
    waiting = list(outputs)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += node.parts
    return found
