"""A shelf: a room's entries in the order in which a learner should meet them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar


class Entry(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Return the name by which URLs and tests know the entry."""
        ...


E = TypeVar("E", bound=Entry)


class Shelf(Mapping[str, E]):
    """An ordered, read-only mapping from id to entry."""

    def __init__(self, entries: Iterable[E]) -> None:
        """Put `entries` on the shelf.

        Raises ValueError if two entries have the same id.
        """
        self._entries: dict[str, E] = {}
        for entry in entries:
            if entry.id in self._entries:
                raise ValueError(
                    f"Expected ids that differ, got two entries named {entry.id!r}; rename one of them."
                )
            self._entries[entry.id] = entry

    def __getitem__(self, key: str) -> E:
        """Return the entry with id `key`; KeyError names the ids that exist."""
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"Expected one of {', '.join(self._entries)}; got {key!r}.") from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids in shelf order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        """Return whether an entry has the id `key`."""
        return key in self._entries
