"""Knob values as a value: a mapping that can be hashed and compared."""

from collections.abc import Iterator, Mapping

from catalog.knob import Value


class Settings(Mapping[str, Value]):
    """An immutable mapping from knob id to value; equal contents hash alike."""

    __slots__ = ("_hash", "_values")

    def __init__(self, values: Mapping[str, Value] | None = None, /, **more: Value) -> None:
        """Copy `values`, then `more`; later ones win."""
        self._values: dict[str, Value] = {**(values or {}), **more}
        self._hash = hash(frozenset(self._values.items()))

    def __getitem__(self, key: str) -> Value:
        """Return the value of the knob with id `key`."""
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the knob ids, in the order in which they were given."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many knobs are set."""
        return len(self._values)

    def __hash__(self) -> int:
        """Return a hash that does not depend on the order of the knobs."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Return whether `other` is a mapping with the same contents."""
        if isinstance(other, Settings):
            return self._values == other._values
        return isinstance(other, Mapping) and self._values == {**other}

    def __repr__(self) -> str:
        """Return a constructor call."""
        return f"Settings({self._values!r})"
