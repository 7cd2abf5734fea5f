"""A graph of numbers as lines of Python that can be read: what is used once stands where it is used."""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from descent.translation.graph import Node, needed

WIDTH = 72
"""How long an expression may become that stands within another one."""

LINE = 96
"""How long an expression may become before its longest part gets a name."""


QUOTIENT = "{0} / {1}"


def expression(text: str) -> str:
    """Return an expression with the brackets that it needs, and no others."""
    return ast.unparse(ast.parse(text, mode="eval")).replace(" ** ", "**")


def statements(
    outputs: Mapping[str, Node],
    plain: Collection[str] = (),
    lib: str = "np",
    count: str = "len(targets)",
) -> list[str]:
    """Return the assignments of its number to each name, in an order in which no name is read too late.

    `plain`: those inputs that are numbers of Python, not of a library: these raise errors where a library has
    NaN. `count`: how many numbers there are in an array, where a sum has to know.
    """
    wanted = sorted(needed(outputs.values()), key=lambda node: node.index)
    uses = Counter(part for node in wanted for part in node.parts)
    # A number that has two names is computed for the first of them.
    named = {node: name for name, node in reversed([*outputs.items()]) if node.parts}
    temporary = (f"u{number}" for number in range(1, 10**6))
    writer = _Writer(plain, lib, count)
    told: list[tuple[Node, str]] = []
    for node in wanted:
        if not node.parts:
            continue
        text = writer.text(node)
        while len(expression(text)) > LINE and (inside := writer.longest(node)):
            told.append((inside, writer.said[inside]))
            writer.said[inside] = f"node{inside.index}_"
            text = writer.text(node)
        if node not in named and uses[node] == 1 and len(expression(text)) <= WIDTH:
            writer.said[node] = f"({text})"
        else:
            told.append((node, text))
            writer.said[node] = f"node{node.index}_"
    return _ordered(told, named, temporary, outputs, writer.said)


class _Writer:
    """The texts of nodes, of which those that have no name yet are put where they are used."""

    def __init__(self, plain: Collection[str], lib: str, count: str) -> None:
        self.said: dict[Node, str] = {}
        self._plain, self._lib, self._count = plain, lib, count

    def text(self, node: Node) -> str:
        """Return the text of `node`, made of those of its parts."""
        parts = [self.said.get(part, part.code) for part in node.parts]
        bare = [self.bare(part) for part in node.parts]
        code = node.code
        if node.total and not node.parts[0].varies:  # the same number, so many times
            return f"{parts[0]} * {self._count}" if "sum" in code else parts[0]
        if all(bare) and code == QUOTIENT:
            code = "np.divide({0}, {1})" if self._lib == "np" else "{0} / torch.as_tensor({1})"
        if code.startswith("torch.") and not code.startswith(("torch.clip", "torch.where")):
            parts = [f"torch.as_tensor({p})" if b else p for p, b in zip(parts, bare, strict=True)]
        elif code.startswith("torch.where") and bare[0]:
            parts[0] = f"torch.as_tensor({parts[0]})"
        return code.format(*(f"({part})" for part in parts))

    def longest(self, node: Node) -> Node | None:
        """Return the part of `node` that is longest of those that stand in it without a name."""
        inside = [part for part in node.parts if self.said.get(part, "").startswith("(")]
        return max(inside, key=lambda part: len(self.said[part]), default=None)

    def bare(self, node: Node) -> bool:
        """Return whether a node is a number of Python: made of constants and such inputs alone."""
        if not node.parts:
            return node.value is not None or node.code in self._plain
        return (
            "(" not in node.code
            and node.code != QUOTIENT
            and not node.varies
            and all(map(self.bare, node.parts))
        )


def _ordered(
    told: list[tuple[Node, str]],
    named: Mapping[Node, str],
    temporary: Iterable[str],
    outputs: Mapping[str, Node],
    said: Mapping[Node, str],
) -> list[str]:
    """Return the statements; a name that is still read as what it was gets its new value at the end."""
    names = iter(temporary)
    called: dict[Node, str] = {}
    for number, (node, _) in enumerate(told):
        name = named.get(node)
        if (
            name is None
            or any(_reads(text, name) for _, text in told[number + 1 :])
            or any(
                other.code == name for other in outputs.values() if not other.parts and other.value is None
            )
        ):
            called[node] = next(names)
        else:
            called[node] = name

    by_index = {node.index: name for node, name in called.items()}

    def finished(text: str) -> str:
        return re.sub(r"\bnode(\d+)_", lambda found: by_index[int(found[1])], text)

    lines = [f"{called[node]} = {expression(finished(text))}" for node, text in told]
    values = {
        name: called.get(node) or expression(said.get(node, node.code)) for name, node in outputs.items()
    }
    late = {name: value for name, value in values.items() if value != name}
    if late:
        lines.append(f"{', '.join(late)} = {', '.join(late.values())}")
    return lines


def _reads(text: str, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(ast.parse(text)))


def function(head: str, lines: Iterable[str]) -> list[str]:
    """Return a function: its head without the colon, and the lines of its body."""
    return [f"{head}:", *(textwrap.indent(line, "    ") for line in lines)]
