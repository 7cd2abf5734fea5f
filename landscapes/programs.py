"""Where compiled programs are kept, by landscape."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

import jax

from catalog.kept import Kept
from landscapes.landscape import Landscape

V = TypeVar("V")

# XLA's newer emitter of fused kernels takes twice the time to compile our small programs, and they run no
# faster; handing parts of them to other threads takes longer than compiling them.
QUICKLY: Any = {"xla_cpu_use_fusion_emitters": False, "xla_cpu_parallel_codegen_split_count": 1}


class Programs(Generic[V]):
    """What was compiled for landscapes: a place for the shelf's, and another for those that readers type.

    What readers type comes and goes: it must not push out the programs of the shelf, and one of them
    is compiled at a time, so that the rest of the machine stays with everybody else.
    """

    def __init__(self, most: int, most_typed: int) -> None:
        """Keep at most so many of each."""
        self._shelf: Kept[V] = Kept(most)
        self._typed: Kept[V] = Kept(most_typed, at_once=1)

    def get(self, landscape: Landscape, key: Hashable, make: Callable[[], V]) -> V:
        """Return the program of `key`, made by `make()` if it is not kept."""
        return (self._typed if landscape.family == "typed" else self._shelf).get(key, make)

    def __len__(self) -> int:
        """Return how many programs are kept or being made."""
        return len(self._shelf) + len(self._typed)


def compiled(run: Callable[..., V], *given: Any, options: Any = None) -> Callable[..., V]:
    """Return `run` compiled for arguments like `given`, and compiled by now.

    It is called once, by the one thread that is here, so that nobody after it compiles.
    """
    program: Callable[..., V] = jax.jit(run, compiler_options=QUICKLY if options is None else options)
    try:
        program(*given)
    except jax.errors.JaxRuntimeError:  # another release of XLA may not know the options
        program = jax.jit(run)
        program(*given)
    return program
