"""Slow work waits its turn: what came first as a group is done first."""

import time
from threading import Event, Thread

import pytest

from catalog.turns import REMEMBERED, Turns


def waiting(turns: Turns, count: int) -> bool:
    """Return whether `count` pieces of work wait before long."""
    for _ in range(1000):
        if len(turns._waiting) == count:
            return True
        time.sleep(0.005)
    return False


def test_the_group_that_came_first_is_served_first() -> None:
    turns, go = Turns(1), Event()
    done: list[str] = []

    def piece(name: str) -> None:
        turns.run(name[0], lambda: done.append(name))

    turns.run("a", lambda: None)
    blocking = Thread(target=lambda: turns.run("z", lambda: go.wait(10)))
    blocking.start()
    while turns._free:
        time.sleep(0.001)
    threads = []
    for count, name in enumerate(("b1", "c1", "a1", "b2", "a2"), 1):
        threads.append(Thread(target=piece, args=(name,)))
        threads[-1].start()
        assert waiting(turns, count)
    go.set()
    for thread in [blocking, *threads]:
        thread.join(10)
    assert done == ["a1", "a2", "b1", "b2", "c1"]
    assert turns._free == 1


def test_a_failure_passes_the_turn_on() -> None:
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            turns.run("a", lambda: 1 // 0)
    assert turns.run("a", lambda: 7) == 7


def test_whoever_is_interrupted_while_waiting_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1)

    class Interrupted(Event):
        def wait(self, timeout: float | None = None) -> bool:
            raise KeyboardInterrupt

    def interrupted() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("catalog.turns.Event", Interrupted)
            with pytest.raises(KeyboardInterrupt):
                turns.run("b", lambda: None)

    turns.run("a", interrupted)
    assert turns._waiting == []
    assert turns.run("c", lambda: 7) == 7


def test_groups_are_forgotten_in_time() -> None:
    turns = Turns(2)
    for group in range(REMEMBERED + 10):
        turns.run(group, lambda: None)
    assert len(turns._arrivals) == REMEMBERED and 0 not in turns._arrivals
