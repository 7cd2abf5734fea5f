"""Values are made once, shared, and forgotten in the order in which they were last used."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from catalog.kept import Kept


def test_thirty_who_ask_at_once_cost_one() -> None:
    kept: Kept[object] = Kept(4)
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
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: "first")
    assert [kept.get(key, lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]
    assert len(kept) == 2


def test_what_fails_is_raised_and_not_kept() -> None:
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert len(kept) == 0
    assert kept.get("key", lambda: 7) == 7
