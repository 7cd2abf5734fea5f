"""A formula as a list of steps for a stack, in the order in which they are done.

Nothing that walks it calls itself, so that no depth of nesting can exhaust Python's own stack.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: push `value` (a number), push x or y, or replace the top `arity` values by one.

    `at` is where its sign or name stands in the text, `extent` where all that it computes stands.
    """

    name: str
    at: int
    extent: tuple[int, int]
    arity: int = 0
    value: float = math.nan


def fold(steps: Sequence[Step], make: Callable[[Step, list[T]], T]) -> T:
    """Return what the last step makes, each step made by `make(step, what its arguments made)`."""
    stack: list[T] = []
    for step in steps:
        first = len(stack) - step.arity
        arguments = stack[first:]
        del stack[first:]
        stack.append(make(step, arguments))
    (result,) = stack
    return result
