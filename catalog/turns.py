"""Who may do slow work now: a few at a time, and those first whose group came first."""

import heapq
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import TypeVar

V = TypeVar("V")

REMEMBERED = 1024
"""How many groups keep their place in the order of arrival."""


class Turns:
    """A queue for slow work. The pieces of work of one group come before those of every later group.

    First come, first served by piece would have thirty groups of seven pieces all finish with the last piece;
    by group the first is done after seven. The work must not ask for a turn of the same queue itself.
    """

    def __init__(self, at_once: int) -> None:
        """Let at most `at_once` pieces of work run at the same time."""
        self._lock = Lock()
        self._free = at_once
        self._count = 0
        self._arrivals: OrderedDict[Hashable, int] = OrderedDict()
        self._waiting: list[tuple[int, int, Event]] = []

    def run(self, group: Hashable, work: Callable[[], V]) -> V:
        """Return `work()`, done when it is its turn; raises what `work` raises."""
        self._wait(group)
        try:
            return work()
        finally:
            self._pass_on()

    def _wait(self, group: Hashable) -> None:
        """Return when it is the turn of a piece of work of `group`."""
        with self._lock:
            self._count += 1
            arrival = self._arrivals.setdefault(group, self._count)
            self._arrivals.move_to_end(group)
            if len(self._arrivals) > REMEMBERED:
                self._arrivals.popitem(last=False)
            if self._free:
                self._free -= 1
                return
            turn = Event()
            entry = (arrival, self._count, turn)
            heapq.heappush(self._waiting, entry)
        try:
            turn.wait()
        except BaseException:  # interrupted: whoever comes next must not wait for us
            with self._lock:
                left = entry in self._waiting
                if left:
                    self._waiting.remove(entry)
                    heapq.heapify(self._waiting)
            if not left:
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give the turn to the next in the order, or free it."""
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[2].set()
            else:
                self._free += 1
