"""Long work in a process of its own: whoever turns a knob waits for no ensemble.

In one process all threads share Python's interpreter lock, which tracing and compiling a program hold for
tens of milliseconds, and XLA's threads. Priorities do not help there: a thread of low priority that holds
the lock and is not given the processor stops everybody. A process of low priority stops nobody.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from catalog.cache import LONG_WORK

P = ParamSpec("P")
T = TypeVar("T")

NICENESS = 10  # how far it stands back where there are more tasks than processors; 19 at most


class LongWork:
    """One other process, started with the first piece of work and again whenever it has died."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `work(*args, **kwargs)`, computed in the other process; what it raises is raised here.

        `work` is found there by its module and name, and arguments and answer travel as pickles. Work that
        was under way when the process died (the system may end it where memory is short) is done once more.
        """
        pool = self._started()
        try:
            return pool.submit(work, *args, **kwargs).result()
        except BrokenProcessPool:
            self._forget(pool)
            return self._started().submit(work, *args, **kwargs).result()

    def stop(self) -> None:
        """End the process; what it works on is lost."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Not forked: a copy of a process with threads may wait for ever for a lock that they held.
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, spawn, _begin)
            return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)


def _begin() -> None:
    """Prepare the other process."""
    os.environ[LONG_WORK] = "1"  # before anything of ours is loaded: caches have other budgets here
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it has ended, however that came."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
