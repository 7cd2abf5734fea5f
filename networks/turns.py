"""Groups of runs that take turns, so that all of them are seen to go on."""

from collections.abc import Callable, Sequence
from typing import TypeVar

G = TypeVar("G")


def take_turn(
    groups: Sequence[G],
    number: int,
    together: bool,
    share_done: Callable[[G], float],
    go_on: Callable[[G], bool],
) -> bool:
    """Move the least far of `groups` for a moment; return whether that of the given `number` is at its end.

    `share_done` says how far a group is, 1 at its end, and `go_on` moves it and returns whether it is there.
    Where not all are `together`, for want of room, only the one that is asked about is moved.
    """
    asked = groups[number]
    shares = {group: share_done(group) for group in (groups if together else (asked,))}
    if shares[asked] == 1:
        return True
    least = min(shares, key=lambda group: shares[group])
    return go_on(least) and least == asked
