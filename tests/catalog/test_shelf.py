"""Shelves keep their order and their ids apart."""

from dataclasses import dataclass

import pytest

from catalog import Shelf


@dataclass(frozen=True)
class Book:
    id: str


BOOKS = (Book("b"), Book("a"), Book("c"))


def test_a_shelf_keeps_the_order_of_its_entries() -> None:
    shelf = Shelf(BOOKS)
    assert list(shelf) == ["b", "a", "c"]
    assert tuple(shelf.values()) == BOOKS
    assert len(shelf) == 3
    assert shelf["a"] is BOOKS[1]


def test_two_entries_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two entries named 'a'"):
        Shelf([*BOOKS, Book("a")])


def test_an_unknown_id_is_answered_with_the_known_ones() -> None:
    shelf = Shelf(BOOKS)
    assert "d" not in shelf
    assert shelf.get("d") is None
    with pytest.raises(KeyError, match="Expected one of b, a, c; got 'd'"):
        shelf["d"]
