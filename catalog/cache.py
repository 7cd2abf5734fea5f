"""Values that are made once, kept for a while, and shared between threads."""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import nullcontext
from threading import Lock, Semaphore
from typing import Generic, TypeVar

from catalog.patience import NotYet, time_left
from catalog.sizes import size_of

V = TypeVar("V")

MB = 2**20

LONG_WORK = "OPTISCAPE_LONG_WORK"
"""An environment variable, set in the process that does long work for a server (serving/long_work.py)."""


class SingleFlightCache(Generic[V]):
    """The values that were used last, by key, as many as fit into a budget of memory.

    Each value is made once: while one thread makes it, others that ask for the same key wait for
    it, so that a class of thirty that opens one link costs one compilation and one run.
    """

    def __init__(
        self,
        budget: int,
        size: Callable[[tuple[Hashable, V]], int] = size_of,
        at_once: int | None = None,
        long_work: int | None = None,
        only_long_work: bool = False,
    ) -> None:
        """Keep keys and values of at most `budget` bytes in all; make at most `at_once` at the same time.

        `long_work`: the budget in the process for long work, a quarter of the other unless it is given.
        `only_long_work`: nothing else fills it, so that its one budget is that of the process for long work,
        and the other process has room for something else.
        `size` says how many bytes a pair of key and value takes.
        What readers ask for in words of their own has a limit there: however many slow things they
        ask for, the rest of the machine stays with everybody else. A value that is larger than the
        budget is handed out and not kept.
        """
        if only_long_work:
            if long_work is not None:
                raise ValueError("Expected one budget for a cache that only long work fills.")
            long_work = budget
        self.only_long_work = only_long_work
        self.long_work = budget // 4 if long_work is None else long_work
        self.budget = self.long_work if os.environ.get(LONG_WORK) else budget
        self._size = size
        self._turn = nullcontext() if at_once is None else Semaphore(at_once)
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._making: dict[Hashable, Future[V]] = {}
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of `key`, made by `make()` if it is not kept.

        What `make` raises is raised here, in the threads that wait too, and is not kept. Raises NotYet for
        who cannot wait as long as somebody else makes it.
        """
        while True:
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key][0]
                waited_for = self._making.get(key)
                future = self._making[key] = waited_for or Future()
            if waited_for is None:
                return self._make(key, make, future)
            try:
                return future.result(time_left())
            except NotYet:
                pass  # whoever made it could not wait; perhaps we can
            except TimeoutError:
                if not future.done():
                    raise NotYet from None
                raise  # what `make` has raised

    def _make(self, key: Hashable, make: Callable[[], V], future: Future[V]) -> V:
        """Return what `make` gives, and tell those who wait for `future`."""
        try:
            with self._turn:
                value = make()
            dropped = self._keep(key, value, self._size((key, value)), future)
            del dropped  # after the lock: to free a compiled program takes time
            future.set_result(value)
        except BaseException as error:
            self._forget(key, future)
            future.set_exception(error)
            raise
        return value

    def peek(self, key: Hashable) -> V | None:
        """Return the value of `key` if it is kept, as one that was used now, or else None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def _keep(self, key: Hashable, value: V, size: int, future: Future[V]) -> list[V]:
        """Keep `value` if it fits and was not cleared meanwhile; return what had to go."""
        dropped: list[V] = []
        with self._lock:
            if self._making.get(key) is not future:
                return dropped
            del self._making[key]
            if size <= self.budget:
                self._values[key] = value, size
                self._bytes += size
            while self._bytes > self.budget:
                _, (old, less) = self._values.popitem(last=False)
                self._bytes -= less
                dropped.append(old)
        return dropped

    def forget(self, key: Hashable) -> None:
        """Forget one value; if it is being made, it still reaches those who wait for it."""
        with self._lock:
            self._making.pop(key, None)
            dropped = self._values.pop(key, None)
            if dropped is not None:
                self._bytes -= dropped[1]

    def _forget(self, key: Hashable, future: Future[V]) -> None:
        """Let the next who asks for `key` try again."""
        with self._lock:
            if self._making.get(key) is future:
                del self._making[key]

    @property
    def nbytes(self) -> int:
        """Return how many bytes the values take that are kept."""
        return self._bytes

    def keys(self) -> list[Hashable]:
        """Return the keys of what is kept, those used last at the end, and of what is being made."""
        with self._lock:
            return [*self._values, *self._making]

    def __len__(self) -> int:
        """Return how many values are kept or being made."""
        return len(self._values) + len(self._making)

    def clear(self) -> None:
        """Forget everything; what is being made still reaches those who wait for it."""
        with self._lock:
            dropped = self._values
            self._values, self._making, self._bytes = OrderedDict(), {}, 0
        del dropped
