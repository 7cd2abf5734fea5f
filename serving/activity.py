"""Whether anybody is being answered at the moment."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """Counts the answers that are being worked out, in any thread."""

    def __init__(self) -> None:
        """Begin with nothing going on."""
        self._lock = threading.Lock()
        self._under_way = 0
        self._ended = time.monotonic()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count one answer more while the block runs."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1
                self._ended = time.monotonic()

    def idle_seconds(self) -> float:
        """Return for how long nobody has been answered: 0 while somebody is."""
        with self._lock:
            return 0.0 if self._under_way else time.monotonic() - self._ended


ACTIVITY = Activity()
"""That of this process."""
