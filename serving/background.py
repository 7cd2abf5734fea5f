"""Work whose result somebody will ask for again: each piece once at a time, in a thread of its own."""

from collections.abc import Callable, Hashable
from threading import Lock, Thread


class Background:
    """Pieces of work by a name, at most so many at a time.

    What is begun beyond that is left to the next who asks.
    """

    def __init__(self, most: int) -> None:
        """Begin nothing yet."""
        self._most = most
        self._lock = Lock()
        self._at_work = set[Hashable]()

    def begin(self, name: Hashable, work: Callable[[], object]) -> None:
        """Do `work` in the background, unless that has been begun and has not ended."""
        with self._lock:
            if name in self._at_work or len(self._at_work) >= self._most:
                return
            self._at_work.add(name)
        Thread(target=self._do, args=(name, work), daemon=True).start()

    def _do(self, name: Hashable, work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            with self._lock:
                self._at_work.discard(name)

    def __len__(self) -> int:
        """Return how many pieces are being worked on."""
        return len(self._at_work)
