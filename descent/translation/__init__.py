"""A program as JAX traced it, in another language: what the languages have in common."""

from descent.translation.graph import Graph, Language, Node, Written
from descent.translation.interpret import DATA, Nodes, interpret, local
from descent.translation.refusal import UntranslatableError

__all__ = [
    "DATA",
    "Graph",
    "Language",
    "Node",
    "Nodes",
    "UntranslatableError",
    "Written",
    "interpret",
    "local",
]
