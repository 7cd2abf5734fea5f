"""Work that is done side by side, on as many processors as this process has."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")

_POOL = ThreadPoolExecutor(os.cpu_count(), "side-by-side")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Return what `jobs` return, in their order; what one of them raises is raised.

    A compiled program lets go of Python's interpreter lock, so that threads do for them what processes would.
    None of the jobs may call this again: it would wait for the threads that it is run by.
    """
    if len(jobs) == 1 or processors() == 1:
        return [job() for job in jobs]
    # Each with what the caller's context says, such as how long it can wait.
    running = [_POOL.submit(copy_context().run, job) for job in jobs]
    return [each.result() for each in running]
