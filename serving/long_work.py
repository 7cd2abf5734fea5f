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
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import ParamSpec, TypeVar

from catalog.cache import LONG_WORK

P = ParamSpec("P")
T = TypeVar("T")

NICENESS = 10  # how far it stands back where there are more tasks than processors; 19 at most
PATIENCE = 2.0  # s that `LongWork.stop` waits for the end of the process


class Stopped(Exception):
    """What was asked for is not computed: `LongWork.stop` was called meanwhile."""


class LongWork:
    """One other process, started with the first piece of work and again whenever it has died."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._process: _Process | None = None

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `work(*args, **kwargs)`, computed in the other process; what it raises is raised here.

        `work` is found there by its module and name, and arguments and answer travel as pickles. Work that
        was under way when the process died (the system may end it where memory is short) is done once more;
        where it was stopped, Stopped is raised.
        """
        process = self._started()
        try:
            return process.pool.submit(work, *args, **kwargs).result()
        except (BrokenProcessPool, CancelledError):
            if process.stopped:
                raise Stopped from None
            self._forget(process)
            return self._started().pool.submit(work, *args, **kwargs).result()

    def stop(self) -> None:
        """End the process; what it works on is lost. Returns when it has ended, or after PATIENCE seconds.

        Whoever waits for that gets Stopped. The semaphores by which work is handed over are freed
        here: uvicorn ends by the signal that it was sent, so that nothing is cleaned up afterwards.
        """
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _started(self) -> "_Process":
        with self._lock:
            if self._process is None:
                self._process = _Process()
            return self._process

    def _forget(self, process: "_Process") -> None:
        with self._lock:
            if self._process is process:
                self._process = None
        process.pool.shutdown(wait=False)


class _Process:
    """A pool of one process, which ends when the end of a pipe that we hold is closed."""

    def __init__(self) -> None:
        # Not forked: a copy of a process with threads may wait for ever for a lock that they held.
        spawn = multiprocessing.get_context("spawn")
        closed, self._open = spawn.Pipe(duplex=False)
        self.pool = ProcessPoolExecutor(1, spawn, _begin, (closed,))
        self.stopped = False

    def stop(self) -> None:
        """End it, whatever it works on, and wait at most PATIENCE seconds until its pool is cleared away."""
        self.stopped = True
        self._open.close()
        ending = threading.Thread(target=self.pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        ending.start()
        ending.join(PATIENCE)


def _begin(closed: Connection) -> None:
    """Prepare the other process, which ends when the pipe `closed` does."""
    os.environ[LONG_WORK] = "1"  # before anything of ours is loaded: caches have other budgets here
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if hasattr(os, "SCHED_BATCH"):  # when it wakes up, it takes no processor from whoever is being answered
        with suppress(OSError):  # in a box that forbids it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    if hasattr(os, "sched_setaffinity"):  # before JAX is loaded, which has a thread for each processor
        os.sched_setaffinity(0, own_processors(os.sched_getaffinity(0)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    threading.Thread(target=_end_with, args=(closed,), daemon=True).start()


def own_processors(all_of_them: set[int]) -> set[int]:
    """Return the processors for long work: all but one, if there are more, which is left to quick answers.

    On two processors an ensemble on 200 rows takes as long on one thread as on two, and a third less work.
    """
    return set(sorted(all_of_them)[1:]) or all_of_them


def _end_with(closed: Connection) -> None:
    """End this process when it is stopped or the one that started it has ended, however that came."""
    wait([closed])
    os._exit(0)
