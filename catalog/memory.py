"""What the C library does with memory that is free: both functions do nothing where it is not glibc."""

import ctypes

M_ARENA_MAX = -8  # malloc.h


def _c_library() -> ctypes.CDLL | None:
    """Return the C library of this process if it is glibc."""
    try:
        library = ctypes.CDLL(None)
        return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
    except (OSError, TypeError):  # TypeError: Windows
        return None


def use_few_arenas(most: int = 2) -> None:
    """Have all threads allocate from at most `most` pools of memory, instead of eight for each core.

    Each run of the page is a thread of its own; what one pool has free is of no use to the others. Call it
    before there are threads: pools that exist stay.
    """
    if library := _c_library():
        library.mallopt(M_ARENA_MAX, most)


def return_free_memory() -> None:
    """Give memory that is free in the middle of the pools back to the system; the interpreter goes on.

    It takes some milliseconds for some hundred megabytes. Without, only what is free at the end of a pool
    goes back by itself: a server keeps for ever what it once needed.
    """
    if library := _c_library():
        library.malloc_trim(0)
