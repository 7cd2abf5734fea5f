"""Work whose result somebody will ask for again: each piece once at a time, in a thread of its own."""

import time
from collections.abc import Callable, Hashable
from threading import Lock, Thread, main_thread
from typing import Generic, TypeVar

from serving.activity import ACTIVITY

V = TypeVar("V")

QUIET = 0.05
"""Work begins when nobody has been answered for so many seconds: what askers need first comes first."""

LATEST = 1.5
"""And after so many seconds in any case."""

LOOKS = 0.02  # s from one look to the next


class Background(Generic[V]):
    """Pieces of work by a name, at most so many at a time, and what is said of each while it is not done.

    What is begun beyond that is left to the next who asks.
    """

    def __init__(self, most: int, idle_seconds: Callable[[], float] = ACTIVITY.idle_seconds) -> None:
        """Begin nothing yet."""
        self._most = most
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._at_work = dict[Hashable, V]()

    def begin(self, name: Hashable, work: Callable[[], object], meanwhile: V) -> None:
        """Do `work` in the background, unless that has been begun and has not ended."""
        with self._lock:
            if name in self._at_work or len(self._at_work) >= self._most:
                return
            self._at_work[name] = meanwhile
        # No daemon: Python must not end in the middle of the compiler.
        Thread(target=self._do, args=(name, work)).start()

    def meanwhile(self, name: Hashable) -> V | None:
        """Return what is said of a piece of work that has been begun and has not ended, or else None."""
        return self._at_work.get(name)

    def _do(self, name: Hashable, work: Callable[[], object]) -> None:
        try:
            latest = time.monotonic() + LATEST
            while self._idle_seconds() < QUIET and time.monotonic() < latest:
                time.sleep(LOOKS)
            if main_thread().is_alive():
                work()
        finally:
            with self._lock:
                del self._at_work[name]

    def __len__(self) -> int:
        """Return how many pieces are being worked on."""
        return len(self._at_work)
