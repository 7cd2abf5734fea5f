"""A graph of numbers as lines of JavaScript: straight on, but for loops over the data."""

from collections.abc import Iterable, Mapping

from descent.translation.graph import Node, needed


def function_body(outputs: Mapping[str, Node]) -> str:
    """Return the statements that assign to each name (or place, such as `o[3]`) its number.

    A number that varies over the data is computed in the loop that needs it, anew where another loop needs it
    too: that is faster than to keep it. `n` is the number of examples and `i` the one at hand.
    """
    wanted = needed(outputs.values())
    ordered = sorted(wanted, key=lambda node: node.index)
    names = {node: f"v{number}" for number, node in enumerate(each for each in ordered if each.value is None)}
    lines: list[str] = []
    for level in range(max((node.level for node in ordered), default=0) + 1):
        here = [node for node in ordered if node.level == level]
        lines += _constants((node for node in here if not (node.varies or node.total)), names)
        totals = [node for node in ordered if node.total and node.level == level + 1]
        if totals:
            lines += _loop(totals, names)
    lines += [f"{place}={_said(node, names)};" for place, node in outputs.items()]
    return "\n".join(lines)


def _loop(totals: list[Node], names: Mapping[Node, str]) -> list[str]:
    """Return the loop that makes `totals`."""
    begin = ",".join(f"{names[node]}={node.first}" for node in totals)
    inside: set[Node] = set()
    waiting = [node.parts[0] for node in totals]
    while waiting:
        node = waiting.pop()
        if node.varies and node not in inside:
            inside.add(node)
            waiting += node.parts
    body = _constants(sorted(inside, key=lambda node: node.index), names)
    adds = [f"{names[node]}={node.code.format(names[node], _said(node.parts[0], names))};" for node in totals]
    return [f"let {begin};", "for(let i=0;i<n;i++){", *body, *adds, "}"]


def _constants(nodes: Iterable[Node], names: Mapping[Node, str]) -> list[str]:
    """Return the declaration of all `nodes` that are no constants themselves."""
    told = [f"{names[node]}={_expression(node, names)}" for node in nodes if node.value is None]
    return [f"const {','.join(told)};"] if told else []


def _expression(node: Node, names: Mapping[Node, str]) -> str:
    return node.code.format(*(_said(part, names) for part in node.parts)) if node.parts else node.code


def _said(node: Node, names: Mapping[Node, str]) -> str:
    return node.code if node.value is not None else names[node]
