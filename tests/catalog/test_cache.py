"""Values are made once, shared, and forgotten in the order in which they were last used."""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest

from catalog.cache import MB, SingleFlightCache


def one(_: object) -> int:
    return 1


def by_length(item: tuple[object, str]) -> int:
    return len(item[1])


def test_thirty_who_ask_at_once_cost_one() -> None:
    kept: SingleFlightCache[object] = SingleFlightCache(MB)
    barrier, made = Barrier(30), []

    def make() -> object:
        made.append(1)
        time.sleep(0.05)
        return object()

    def ask(_: int) -> object:
        barrier.wait()
        return kept.get("key", make)

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(ask, range(30)))
    assert len(made) == 1
    assert len(set(map(id, answers))) == 1


def test_the_least_recently_used_is_forgotten() -> None:
    kept: SingleFlightCache[str] = SingleFlightCache(2, one)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: "first")
    assert [kept.get(key, lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]
    assert kept.keys() == ["c", "b"]
    assert len(kept) == 2


def test_bytes_are_counted_and_not_values() -> None:
    kept: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    for size in (1, 2, 3, 4):
        kept.get(size, lambda size=size: "x" * size)
    assert kept.keys() == [1, 2, 3, 4] and kept.nbytes == 10
    kept.get(1, lambda: "")
    kept.get(5, lambda: "x" * 5)  # 2 and 3 have to go, which were not used for longest
    assert kept.keys() == [4, 1, 5]
    assert kept.nbytes == 10


def test_keys_take_memory_too() -> None:
    kept: SingleFlightCache[int] = SingleFlightCache(100_000)
    for n in range(10):
        kept.get(("x" * 40_000, n), lambda: 0)
    assert len(kept) == 2


def test_what_is_larger_than_the_budget_is_returned_and_not_kept() -> None:
    kept: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    kept.get("small", lambda: "small")
    assert kept.get("large", lambda: "x" * 11) == "x" * 11
    assert kept.get("small", lambda: "again") == "small"
    assert kept.keys() == ["small"]


@pytest.mark.parametrize("size", [one, lambda _: 1 // 0], ids=["made", "sized"])
def test_what_fails_is_raised_and_not_kept(size: Callable[[object], int]) -> None:
    kept: SingleFlightCache[int] = SingleFlightCache(2, size)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert len(kept) == 0
    kept._size = one
    assert kept.get("key", lambda: 7) == 7


def test_those_who_wait_hear_of_a_failure() -> None:
    kept: SingleFlightCache[int] = SingleFlightCache(MB)
    begun, go = Event(), Event()
    heard: list[str] = []

    def fail() -> int:
        begun.set()
        assert go.wait(10)
        raise ValueError("no")

    def ask() -> None:
        try:
            kept.get("key", fail)
        except ValueError as error:
            heard.append(str(error))

    threads = [Thread(target=ask) for _ in range(3)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    time.sleep(0.05)
    go.set()
    for thread in threads:
        thread.join(10)
    assert heard == ["no"] * 3


def test_what_is_cleared_while_it_is_made_is_made_again() -> None:
    kept: SingleFlightCache[str] = SingleFlightCache(MB)

    def make() -> str:
        kept.clear()
        return "first"

    assert kept.get("key", make) == "first"
    assert kept.get("key", lambda: "again") == "again"
    kept.clear()
    assert len(kept) == 0 and kept.nbytes == 0


def test_one_can_be_forgotten() -> None:
    kept: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    for key in ("a", "b"):
        kept.get(key, lambda: "123")
    for _ in range(2):
        kept.forget("a")
    assert kept.keys() == ["b"] and kept.nbytes == 3

    def make() -> str:
        kept.forget("c")
        return "first"

    assert kept.get("c", make) == "first"
    assert kept.get("c", lambda: "again") == "again"


def test_some_are_made_at_once_and_no_more() -> None:
    kept: SingleFlightCache[int] = SingleFlightCache(MB, at_once=2)
    now: list[int] = []
    most: list[int] = []

    def make(n: int) -> int:
        now.append(n)
        most.append(len(now))
        time.sleep(0.01)
        now.remove(n)
        return n

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: kept.get(n, lambda: make(n)), range(12))) == list(range(12))
    assert max(most) == 2


def test_in_a_crowd_nobody_waits_for_ever_and_the_bound_holds() -> None:
    kept: SingleFlightCache[int] = SingleFlightCache(5, one)
    making: Counter[int] = Counter()

    def make(key: int) -> int:
        making[key] += 1
        assert making[key] == 1  # nobody else makes the same
        time.sleep(1e-4)
        making[key] -= 1
        if key % 7 == 3:
            raise ValueError(key)
        return key

    def ask(seed: int) -> int:
        chance = random.Random(seed)
        for _ in range(200):
            key = chance.randrange(12)
            try:
                assert kept.get(key, lambda key=key: make(key)) == key
            except ValueError as error:
                assert error.args == (key,) and key % 7 == 3
            assert kept.nbytes <= 5
        return seed

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(ask, range(16), timeout=60)) == sum(range(16))
    assert len(kept) == kept.nbytes == 5
