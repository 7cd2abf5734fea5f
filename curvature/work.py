"""Work that pauses: so that a long search can be done in parts, by whoever comes and asks."""

from collections.abc import Generator
from threading import Lock
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

Work = Generator[None, None, T]
"""A function that yields wherever it may pause, and returns its answer in the end."""


class Paused(Generic[T]):
    """Work that has begun or not; any thread may go on with it."""

    def __init__(self, work: Work[T]) -> None:
        """Begin nothing yet."""
        self._work = work
        self._lock = Lock()
        self._answer: list[T] = []
        self._error: Exception | None = None

    def go_on(self, seconds: float = np.inf) -> bool:
        """Return whether there is an answer, after working until there is one, or for about so long.

        What the work raises is raised here, every time.
        """
        end = perf_counter() + seconds
        # Not inside of the work: what it did not set back at a pause would be set for everybody.
        with self._lock, np.errstate(all="ignore"):
            while not self._answer:
                if self._error is not None:
                    raise self._error
                try:
                    next(self._work)
                except StopIteration as finished:
                    self._answer.append(finished.value)
                except Exception as error:
                    self._error = error
                    raise
                if perf_counter() > end:
                    break
            return bool(self._answer)

    @property
    def answer(self) -> T:
        """Return the answer, after working until there is one."""
        self.go_on()
        return self._answer[0]
