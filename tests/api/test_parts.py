"""Long answers come in parts: none is lost, none is made twice, and half an answer is none."""

from functools import partial
from typing import Any

import pytest

from api import parts
from api.parts import ENOUGH, in_parts
from catalog.cache import SingleFlightCache


class Work:
    """Four parts of which each takes as long as `clock` says, and is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.now = 0.0
        self.seconds = seconds
        self.made: list[int] = []
        self.kept: SingleFlightCache[int] = SingleFlightCache(10_000)
        monkeypatch.setattr(parts, "perf_counter", lambda: self.now)

    def make(self, number: int) -> int:
        self.now += self.seconds
        self.made.append(number)
        return number

    def ask(self) -> dict[str, Any]:
        each = [partial(self.kept.get, number, partial(self.make, number)) for number in range(4)]
        return in_parts(each, lambda: {"made": list(self.made)})


def test_a_short_one_is_there_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Work(monkeypatch, ENOUGH / 10).ask() == {"made": [0, 1, 2, 3]}


def test_a_long_one_says_how_far_it_is_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(monkeypatch, 1.1 * ENOUGH)
    answers = [work.ask() for _ in range(5)]
    assert answers == [*({"done": done, "parts": 5} for done in (1, 2, 3, 4)), {"made": [0, 1, 2, 3]}]


def test_several_short_parts_go_into_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(monkeypatch, 0.6 * ENOUGH)
    assert [work.ask() for _ in range(3)] == [
        {"done": 2, "parts": 5},
        {"done": 4, "parts": 5},
        {"made": [0, 1, 2, 3]},
    ]


def test_what_was_forgotten_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(monkeypatch, 1.1 * ENOUGH)
    work.ask()
    work.kept.clear()
    assert work.ask() == {"done": 1, "parts": 5}
    assert work.made == [0, 0]


def test_a_part_that_is_not_done_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]
    work = Work(monkeypatch, 0.0)

    def part() -> bool:
        work.now += 0.6 * ENOUGH
        left[0] -= 1
        return left[0] < 0

    assert in_parts([part], dict) == {"done": 0, "parts": 2}
    assert in_parts([part], lambda: {"left": left[0]}) == {"done": 1, "parts": 2}
    assert left == [-1]
