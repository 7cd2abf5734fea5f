"""What is asked of the C library."""

import ctypes

import pytest

from catalog import memory


class Glibc:
    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []

    def mallopt(self, what: int, value: int) -> None:
        self.asked.append(("mallopt", what, value))

    def malloc_trim(self, pad: int) -> None:
        self.asked.append(("malloc_trim", pad, 0))


def test_glibc_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Glibc()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    memory.use_few_arenas(3)
    memory.return_free_memory()
    assert library.asked == [("mallopt", -8, 3), ("malloc_trim", 0, 0)]


@pytest.mark.parametrize("error", [OSError, TypeError])
def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def none(_: object) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", none)
    memory.use_few_arenas()
    memory.return_free_memory()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())  # musl has neither
    memory.use_few_arenas()
    memory.return_free_memory()
