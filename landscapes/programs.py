"""Where compiled programs are kept, by landscape."""

import itertools
import os
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

import jax

from catalog.cache import MB, SingleFlightCache
from catalog.memory import return_free_memory
from catalog.patience import require_patience
from catalog.turns import Turns
from landscapes.landscape import Landscape

V = TypeVar("V")

# XLA's newer emitter of fused kernels takes twice the time to compile our small programs, and they run no
# faster; handing parts of them to other threads takes longer than compiling them.
QUICKLY: Any = {"xla_cpu_use_fusion_emitters": False, "xla_cpu_parallel_codegen_split_count": 1}

# Random bits are whole numbers, which no level makes run faster; this one compiles them five times as fast.
BITS: Any = {**QUICKLY, "xla_backend_optimization_level": 1}

# Compiles in a third of the time, for what nobody has made ready. A race on a formula takes a fifth longer
# then, a tenth of a millisecond; one over data would take three times as long.
FOR_FORMULAS: Any = {**QUICKLY, "xla_backend_optimization_level": 0}

_UNKNOWN: set[str] = set()
"""Options that XLA has said it does not know."""

SHELF: SingleFlightCache[Any] = SingleFlightCache(128 * MB, long_work=52 * MB)
"""Programs of the surfaces of the shelf, of whatever kind."""

TYPED: SingleFlightCache[Any] = SingleFlightCache(306 * MB, long_work=36 * MB)
"""Programs of what readers type: those of some 57 formulas with four lanes each."""

BY_SHAPE: SingleFlightCache[Any] = SingleFlightCache(40 * MB, long_work=40 * MB)
"""Programs that depend on no landscape, but on a method or on how many examples there are."""

RETURN_EVERY = 8
"""After so many programs, free memory goes back to the system.

What compiling and the figures made meanwhile needed for a while is half as much again as the programs.
"""

_COMPILED = itertools.count(1)

# One core stays with those whose programs are there.
AT_ONCE = max(1, (os.cpu_count() or 2) - 1)
SHELF_TURNS, TYPED_TURNS = Turns(AT_ONCE), Turns(AT_ONCE)

OVERHEAD, PER_BYTE, PER_BYTE_OF_KERNELS = 200_000, 20, 45
"""What a program takes: so many bytes, and so many for each byte of its serialized HLO module; more of them
with the emitter of fused kernels. Fitted to the growth of resident memory over ten programs of each of 16
kinds, from 0.13 MB (a Hessian) to 4.8 MB (an ensemble with that emitter); most are within a third, see
docs/performance.md."""


class Program(Generic[V]):
    """A compiled function for arguments of certain shapes and types; others are errors, not compilations.

    `nbytes` is about how much memory it takes. JAX keeps nothing of it, so that this memory is free once
    nobody holds it any more; what `jax.jit` keeps for each program is almost twice as much again.
    """

    __slots__ = ("_run", "nbytes")

    def __init__(self, run: Callable[..., V], nbytes: int) -> None:
        """Hold what JAX compiled."""
        self._run, self.nbytes = run, nbytes

    def __call__(self, *given: Any) -> V:
        """Return what the function gives."""
        return self._run(*given)


class Programs(Generic[V]):
    """Compiled programs of one kind: a place for the shelf's, and another for those that readers type.

    What readers type comes and goes: it must not push out the programs of the shelf, and few of them
    are compiled at a time, so that the rest of the machine stays with everybody else. All kinds share the
    two places, and the order in which they are compiled: formula by formula, as they came.
    """

    def __init__(self, shelf: SingleFlightCache[Any] = SHELF, typed: SingleFlightCache[Any] = TYPED) -> None:
        """Keep programs in these two places."""
        self._shelf, self._typed = shelf, typed

    def get(self, landscape: Landscape, key: Hashable, make: Callable[[], V]) -> V:
        """Return the program of `key`, made by `make()` if it is not kept.

        Raises NotYet for who cannot wait for it.
        """
        is_typed = landscape.family == "typed"
        kept, turns = (self._typed, TYPED_TURNS) if is_typed else (self._shelf, SHELF_TURNS)

        def make_in_turn() -> V:
            require_patience()
            program = turns.run(landscape, make)
            if next(_COMPILED) % RETURN_EVERY == 0:
                return_free_memory()
            return program

        program: V = kept.get((self, key), make_in_turn)
        return program

    def __len__(self) -> int:
        """Return how many programs are kept or being made."""
        keys = [*self._shelf.keys(), *self._typed.keys()]
        return sum(isinstance(key, tuple) and key[0] is self for key in keys)


def options_for(landscape: Landscape) -> Any:
    """Return the options for programs of single runs, points and grids."""
    return FOR_FORMULAS if landscape.family == "typed" and landscape.examples is None else QUICKLY


def compiled(run: Callable[..., V], *given: Any, options: Any = None) -> Program[V]:
    """Return `run` compiled for arguments like `given`, with XLA's `options` (those of `QUICKLY`).

    Options that this release of XLA does not know are left out.
    """
    options = QUICKLY if options is None else options
    while True:
        known = {name: value for name, value in options.items() if name not in _UNKNOWN}
        lowered = jax.jit(run, compiler_options=known).lower(*given)
        try:
            program = lowered.compile()
        except jax.errors.JaxRuntimeError as error:
            unknown = [name for name in known if repr(name) in str(error)]
            if not unknown:
                raise
            _UNKNOWN.update(unknown)
        else:
            return Program(program, _nbytes(program, options))


def _nbytes(program: Any, options: Any) -> int:
    """Return about how many bytes a program takes that was compiled with `options`."""
    modules = program.runtime_executable().hlo_modules()
    size = sum(len(module.as_serialized_hlo_module_proto()) for module in modules)
    plain = options.get("xla_cpu_use_fusion_emitters") is False
    return OVERHEAD + size * (PER_BYTE if plain else PER_BYTE_OF_KERNELS)


class CompiledByShape(Generic[V]):
    """A function like `jax.jit` makes one, but that its programs are kept within a budget of memory.

    Arguments are arrays, or NumPy's numbers, or tuples of them. The one at the place `static` is not traced:
    each of its values has a program of its own, like each combination of the others' shapes and types.
    """

    def __init__(self, run: Callable[..., V], static: int | None = None) -> None:
        """Compile nothing yet."""
        self._run, self._static = run, static

    def __call__(self, *given: Any) -> V:
        """Return what the function gives."""
        static = None if self._static is None else given[self._static]
        traced = tuple(value for place, value in enumerate(given) if place != self._static)
        leaves, tree = jax.tree.flatten(traced)
        key = self, static, tree, tuple((leaf.shape, leaf.dtype) for leaf in leaves)

        def make() -> Program[V]:
            require_patience()
            return compiled(self._with(static), *traced, options=BITS)

        program: Program[V] = BY_SHAPE.get(key, make)
        return program(*traced)

    def _with(self, static: Any) -> Callable[..., V]:
        """Return the function of the traced arguments alone."""

        def run(*traced: Any) -> V:
            given = list(traced)
            if self._static is not None:
                given.insert(self._static, static)
            return self._run(*given)

        return run
