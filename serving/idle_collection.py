"""Garbage collection between answers instead of inside them.

Python collects whenever some hundred objects are new, and Streamlit collects everything after every run of
its script, which takes tens of milliseconds once JAX, sessions and caches are there: most of what an answer
cost. Here the thresholds are so high that neither happens; a thread collects when nobody is being answered,
and at the latest when there are too many new objects or too much time has passed.
"""

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

from catalog.memory import return_free_memory
from serving.activity import ACTIVITY

LOOK_EVERY = 0.2
"""Seconds between two looks at whether to collect."""

IDLE = 0.1
"""For so many seconds nobody has been answered: likely a pause between two answers, and no part of one."""

SOME_OBJECTS, MANY_OBJECTS = 2_000, 20_000
"""New objects that are worth an idle moment; and those that are collected although somebody waits."""

FULL_IDLE, FULL_LATEST = 20.0, 240.0
"""Seconds after which a moment of idleness is used for all generations; after which it is not waited for."""

SAFETY_NET = (100_000, 20, 20)
"""Python's own thresholds: should our thread not get its turn, memory is bounded all the same."""


class IdleCollection:
    """A thread that collects garbage; `start` and `stop` it once each."""

    def __init__(
        self,
        idle_seconds: Callable[[], float] = ACTIVITY.idle_seconds,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Say how to find out for how long nobody has been answered."""
        self._idle_seconds, self._clock = idle_seconds, clock
        self._full_at = clock()
        self._collected = False  # since the last full collection
        self._stopped = threading.Event()

    def start(self) -> None:
        """Take collecting over from Python; Streamlit's own is switched off where this is called."""
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*SAFETY_NET)
        gc.callbacks.append(PAUSES.hear)
        threading.Thread(target=self._look, name="idle collection", daemon=True).start()

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._stopped.set()
        gc.set_threshold(*self._thresholds)
        gc.callbacks.remove(PAUSES.hear)

    def _look(self) -> None:
        while not self._stopped.wait(LOOK_EVERY):
            generation = self.due(gc.get_count()[0])
            if generation is not None:
                gc.collect(generation)
            if generation == 2:
                return_free_memory()

    def due(self, new_objects: int) -> int | None:
        """Return which generation is to be collected now, None for none; it is taken as collected.

        `new_objects` is how many objects have been made since the last collection and not been freed.
        """
        idle = self._idle_seconds() >= IDLE
        since = self._clock() - self._full_at
        worth_it = self._collected or new_objects >= SOME_OBJECTS
        if worth_it and (since >= FULL_LATEST or (idle and since >= FULL_IDLE)):
            self._full_at, self._collected = self._clock(), False
            return 2
        if new_objects >= (SOME_OBJECTS if idle else MANY_OBJECTS):
            self._collected = True
            return 1
        return None


class Pauses:
    """How often each generation was collected in this process, and how long everybody waited for it."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.count, self.seconds, self.longest = [0, 0, 0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
        self._begin = 0.0

    def hear(self, phase: str, about: dict[str, Any]) -> None:
        """Be told by Python of the beginning and the end of a collection (`gc.callbacks`)."""
        if phase == "start":
            self._begin = time.perf_counter()
            return
        generation, took = about["generation"], time.perf_counter() - self._begin
        self.count[generation] += 1
        self.seconds[generation] += took
        self.longest[generation] = max(self.longest[generation], took)


PAUSES = Pauses()
"""Those of this process, since `IdleCollection.start`."""
