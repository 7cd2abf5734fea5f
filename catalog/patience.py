"""How long whoever asks can wait: who answers many readers must not be held up by what takes seconds."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_LATEST: ContextVar[float | None] = ContextVar("latest", default=None)


class NotYet(Exception):
    """What was asked for is not there, and to make it would take longer than can be waited for."""


@contextmanager
def waiting_at_most(seconds: float) -> Generator[None]:
    """Let nothing inside compile a program, nor wait for longer than `seconds` while others do.

    NotYet is raised instead, in the present thread alone.
    """
    before = _LATEST.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _LATEST.reset(before)


def time_left() -> float | None:
    """Return for how many seconds can be waited, None if for as long as it takes."""
    latest = _LATEST.get()
    return None if latest is None else max(0.0, latest - time.monotonic())


def require_patience() -> None:
    """Raise NotYet if there is not all the time in the world: what comes next takes long."""
    if _LATEST.get() is not None:
        raise NotYet
