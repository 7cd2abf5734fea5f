"""Long answers in parts: nobody holds the machine for longer than a moment, and the stage says how far it is.

A request works on the first parts that are not there yet, until a tenth of a second is over. If some are left
then, the answer says so: {"done": …, "parts": …}; whoever wants the answer asks again. Parts that are there
are kept, and wait for the next request; where they have been forgotten meanwhile they are made again.
"""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, TypeVar

from studies.parts import Part

T = TypeVar("T")

ENOUGH = 0.1
"""After so many seconds no other part is begun."""


def in_parts(parts: Sequence[Part], whole: Callable[[], T]) -> T | dict[str, Any]:
    """Return what `whole` returns if all `parts` that it needs are there soon, else how many of them are."""
    begin = perf_counter()
    for done, part in enumerate(parts):
        if perf_counter() - begin > ENOUGH:
            return {"done": done, "parts": len(parts) + 1}
        while part() is False:
            if perf_counter() - begin > ENOUGH:
                return {"done": done, "parts": len(parts) + 1}
    if perf_counter() - begin > ENOUGH:
        return {"done": len(parts), "parts": len(parts) + 1}
    return whole()
