"""Values that are made once, kept for a while, and shared between threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import nullcontext
from threading import Lock, Semaphore
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """The `most` values that were used last, by key.

    Each value is made once: while one thread makes it, others that ask for the same key wait for
    it, so that a class of thirty that opens one link costs one compilation and one run.
    """

    def __init__(self, most: int, at_once: int | None = None) -> None:
        """Keep at most `most` values, and make at most `at_once` of them at the same time.

        What readers ask for in words of their own has a limit there: however many slow things they
        ask for, the rest of the machine stays with everybody else.
        """
        self._most = most
        self._turn = nullcontext() if at_once is None else Semaphore(at_once)
        self._lock = Lock()
        self._futures: OrderedDict[Hashable, Future[V]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of `key`, made by `make()` if it is not kept.

        What `make` raises is raised here, in the threads that wait too, and is not kept.
        """
        with self._lock:
            future = self._futures.get(key)
            if found := future is not None:
                self._futures.move_to_end(key)
            else:
                future = self._futures[key] = Future()
                if len(self._futures) > self._most:
                    self._futures.popitem(last=False)
        if not found:
            try:
                with self._turn:
                    future.set_result(make())
            except BaseException as error:
                with self._lock:
                    if self._futures.get(key) is future:
                        del self._futures[key]
                future.set_exception(error)
        return future.result()

    def __len__(self) -> int:
        """Return how many values are kept or being made."""
        return len(self._futures)

    def clear(self) -> None:
        """Forget everything; what is being made still reaches those who wait for it."""
        with self._lock:
            self._futures.clear()
