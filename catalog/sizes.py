"""How much memory a value takes, for caches that are bounded by it."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

PLAIN = frozenset((float, int, str, bytes))

ARRAY = 128
"""Bytes that an array takes besides its numbers."""


def size_of(value: object) -> int:
    """Return about how many bytes `value` takes with all that it holds.

    Whatever says its size in bytes as `nbytes` (arrays, compiled programs) takes that; text, numbers,
    containers, dataclasses and what functions have closed over are added up, each object once. Classes take
    nothing: they are there anyway.
    """
    return _size_of(value, set())


def _size_of(value: object, seen: set[int]) -> int:
    """Return the size of `value` without the objects in `seen`, to which it is added."""
    if value is None or isinstance(value, bool | type) or id(value) in seen:
        return 0
    seen.add(id(value))
    if type(value) in PLAIN:  # most of what a table is made of; the questions below take ten times as long
        return sys.getsizeof(value)
    nbytes = getattr(value, "nbytes", None)
    if isinstance(nbytes, int):
        return nbytes + ARRAY
    return _own_size(value) + sum(_size_of(part, seen) for part in _parts(value))


def _own_size(value: object) -> int:
    """Return the size of `value` without its parts."""
    own = sys.getsizeof(value)
    return own + sys.getsizeof(vars(value)) if is_dataclass(value) and hasattr(value, "__dict__") else own


def _parts(value: object) -> Iterable[object]:
    """Return what `value` holds."""
    if isinstance(value, str | bytes | bytearray):
        return ()
    if isinstance(value, Mapping):
        pairs = cast(Mapping[Any, Any], value)
        return [*pairs.keys(), *pairs.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return cast(Iterable[object], value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    function = getattr(value, "__wrapped__", value)
    return [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
