"""Numbers that a program computes, as a graph: what each is made of, and what it has to wait for."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A number in JavaScript.

    - `code`: the expression, with {0}, {1}, … for `parts`.
    - `varies`: whether it is another number for each example of the data.
    - `level`: how many loops over the data have to be over before it is known.
    - `total`: whether a loop makes it, of its only part, which varies; `code` is how another one is added.
    - `value`: the number itself, where it is a constant.
    """

    index: int
    code: str
    parts: tuple["Node", ...] = ()
    varies: bool = False
    level: int = 0
    total: bool = False
    value: float | bool | None = None
    first: str = ""  # what a total begins with


@dataclass
class Graph:
    """All numbers of a program. Equal ones are one node, so that nothing is computed twice."""

    nodes: list[Node] = field(default_factory=list)
    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)

    def constant(self, value: float | bool) -> Node:
        """Return the node of a number that is known."""
        return self._node(literal(value), value=value)

    def input(self, code: str, *, varies: bool = False) -> Node:
        """Return the node of a number that the program is given."""
        return self._node(code, varies=varies)

    def apply(self, code: str, *parts: Node, fold: Callable[..., float | bool] | None = None) -> Node:
        """Return the node of an expression; `fold` computes it exactly as JavaScript does, of constants."""
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
    ) -> Node:
        key = code, tuple(part.index for part in parts), total, varies
        if key not in self._known:
            level = max((part.level for part in parts), default=0) + total
            varies = not total and (varies or any(part.varies for part in parts))
            node = Node(len(self.nodes), code, parts, varies, level, total, value, first)
            self.nodes.append(node)
            self._known[key] = node
        return self._known[key]


def literal(value: float | bool) -> str:
    """Return how JavaScript writes a number or a truth value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    text = repr(float(value)).removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


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
