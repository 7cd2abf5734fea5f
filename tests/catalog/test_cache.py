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


def test_what_only_long_work_fills_has_one_budget() -> None:
    only: SingleFlightCache[int] = SingleFlightCache(3 * MB, only_long_work=True)
    assert (only.only_long_work, only.budget, only.long_work) == (True, 3 * MB, 3 * MB)
    usual: SingleFlightCache[int] = SingleFlightCache(4 * MB, long_work=4 * MB)
    assert not usual.only_long_work
    with pytest.raises(ValueError, match="one budget"):
        SingleFlightCache(3 * MB, long_work=MB, only_long_work=True)


def test_thirty_who_ask_at_once_cost_one() -> None:
    cache: SingleFlightCache[object] = SingleFlightCache(MB)
    barrier, made = Barrier(30), []

    def make() -> object:
        made.append(1)
        time.sleep(0.05)
        return object()

    def ask(_: int) -> object:
        barrier.wait()
        return cache.get("key", make)

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(ask, range(30)))
    assert len(made) == 1
    assert len(set(map(id, answers))) == 1


def test_the_least_recently_used_is_forgotten() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(2, one)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: "first")
    assert [cache.get(key, lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]
    assert cache.keys() == ["c", "b"]
    assert len(cache) == 2


def test_bytes_are_counted_and_not_values() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    for size in (1, 2, 3, 4):
        cache.get(size, lambda size=size: "x" * size)
    assert cache.keys() == [1, 2, 3, 4] and cache.nbytes == 10
    cache.get(1, lambda: "")
    cache.get(5, lambda: "x" * 5)  # 2 and 3 have to go, which were not used for longest
    assert cache.keys() == [4, 1, 5]
    assert cache.nbytes == 10


def test_keys_take_memory_too() -> None:
    cache: SingleFlightCache[int] = SingleFlightCache(100_000)
    for n in range(10):
        cache.get(("x" * 40_000, n), lambda: 0)
    assert len(cache) == 2


def test_what_is_larger_than_the_budget_is_returned_and_not_kept() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    cache.get("small", lambda: "small")
    assert cache.get("large", lambda: "x" * 11) == "x" * 11
    assert cache.get("small", lambda: "again") == "small"
    assert cache.keys() == ["small"]


@pytest.mark.parametrize("size", [one, lambda _: 1 // 0], ids=["made", "sized"])
def test_what_fails_is_raised_and_not_kept(size: Callable[[object], int]) -> None:
    cache: SingleFlightCache[int] = SingleFlightCache(2, size)
    with pytest.raises(ZeroDivisionError):
        cache.get("key", lambda: 1 // 0)
    assert len(cache) == 0
    cache._size = one
    assert cache.get("key", lambda: 7) == 7


def test_those_who_wait_hear_of_a_failure() -> None:
    cache: SingleFlightCache[int] = SingleFlightCache(MB)
    begun, go = Event(), Event()
    heard: list[str] = []

    def fail() -> int:
        begun.set()
        assert go.wait(10)
        raise ValueError("no")

    def ask() -> None:
        try:
            cache.get("key", fail)
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
    cache: SingleFlightCache[str] = SingleFlightCache(MB)

    def make() -> str:
        cache.clear()
        return "first"

    assert cache.get("key", make) == "first"
    assert cache.get("key", lambda: "again") == "again"
    cache.clear()
    assert len(cache) == 0 and cache.nbytes == 0


def test_one_can_be_forgotten() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(10, by_length)
    for key in ("a", "b"):
        cache.get(key, lambda: "123")
    for _ in range(2):
        cache.forget("a")
    assert cache.keys() == ["b"] and cache.nbytes == 3

    def make() -> str:
        cache.forget("c")
        return "first"

    assert cache.get("c", make) == "first"
    assert cache.get("c", lambda: "again") == "again"


def test_some_are_made_at_once_and_no_more() -> None:
    cache: SingleFlightCache[int] = SingleFlightCache(MB, at_once=2)
    now: list[int] = []
    most: list[int] = []

    def make(n: int) -> int:
        now.append(n)
        most.append(len(now))
        time.sleep(0.01)
        now.remove(n)
        return n

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: cache.get(n, lambda: make(n)), range(12))) == list(range(12))
    assert max(most) == 2


def test_among_many_threads_nobody_waits_for_ever_and_the_bound_holds() -> None:
    cache: SingleFlightCache[int] = SingleFlightCache(5, one)
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
                assert cache.get(key, lambda key=key: make(key)) == key
            except ValueError as error:
                assert error.args == (key,) and key % 7 == 3
            assert cache.nbytes <= 5
        return seed

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(ask, range(16), timeout=60)) == sum(range(16))
    assert len(cache) == cache.nbytes == 5
