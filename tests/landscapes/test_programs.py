"""Compiled programs: the shelf's and the readers' do not meet."""

import gc
import threading
import weakref
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from catalog.cache import SingleFlightCache
from catalog.turns import Turns
from landscapes import LANDSCAPES, programs
from landscapes.formula import from_formula
from landscapes.programs import BY_SHAPE, CompiledByShape, Programs, compiled

BOWL = LANDSCAPES["bowl"]
TYPED = from_formula("x*y")
OTHER = from_formula("x*y+1")


def places(most: int = 4) -> tuple[SingleFlightCache[Any], SingleFlightCache[Any]]:
    return SingleFlightCache(most, lambda _: 1), SingleFlightCache(most, lambda _: 1)


def test_what_readers_type_pushes_nothing_of_the_shelf_out():
    held: Programs[int] = Programs(*places(2))
    assert held.get(BOWL, "bowl", lambda: 1) == 1
    for n in range(10):
        held.get(TYPED, n, lambda n=n: n)
    assert held.get(BOWL, "bowl", lambda: 2) == 1
    assert held.get(TYPED, 9, lambda: -1) == 9
    assert held.get(TYPED, 0, lambda: -1) == -1  # long forgotten
    assert len(held) == 3


def test_kinds_share_their_places_and_not_their_programs():
    shelf, typed = places(3)
    lanes, hessians = Programs[str](shelf, typed), Programs[str](shelf, typed)
    assert lanes.get(TYPED, TYPED, lambda: "lane") == "lane"
    assert hessians.get(TYPED, TYPED, lambda: "hessian") == "hessian"
    assert (len(lanes), len(hessians), len(typed)) == (1, 1, 2)
    for n in range(2):
        hessians.get(TYPED, n, lambda: "more")
    assert (len(lanes), len(hessians)) == (0, 3)


def test_formulas_wait_for_one_another_and_the_shelf_for_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "TYPED_TURNS", Turns(1))
    lanes, hessians = Programs[str](*places()), Programs[str](*places())
    begun, go = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go.wait(10)
        return "slow"

    first = threading.Thread(target=lanes.get, args=(TYPED, "slow", slow))
    first.start()
    assert begun.wait(10)
    made: list[str] = []
    second = threading.Thread(
        target=hessians.get, args=(OTHER, "next", lambda: made.append("next") or "next")
    )
    second.start()
    assert lanes.get(BOWL, "bowl", lambda: "at once") == "at once"
    second.join(0.2)
    assert second.is_alive() and not made
    go.set()
    for thread in (first, second):
        thread.join(10)
    assert made == ["next"]


def test_what_compiling_needed_goes_back_to_the_system(monkeypatch: pytest.MonkeyPatch):
    returned: list[int] = []
    monkeypatch.setattr(programs, "return_free_memory", lambda: returned.append(1))
    monkeypatch.setattr(programs, "RETURN_EVERY", 5)
    held: Programs[int] = Programs(*places(2))
    for n in range(10):
        held.get(TYPED, n, lambda n=n: n)
    held.get(TYPED, 9, lambda: 9)
    assert len(returned) == 2


def test_a_program_is_freed_when_nobody_holds_it():
    def loss(x: Any) -> Any:
        return jnp.sin(x) * 3.25

    program = compiled(loss, np.ones(3))
    assert np.allclose(program(np.ones(3)), np.sin(1) * 3.25)
    executable = weakref.ref(program._run)
    traced = weakref.ref(loss)
    del program, loss
    gc.collect()
    assert executable() is None and traced() is None


def test_larger_programs_say_that_they_take_more():
    small = compiled(lambda x: x + 1, np.ones(3))
    large = compiled(lambda x: sum(jnp.sin(k * x) for k in range(40)), np.ones(3))
    fused = compiled(lambda x: sum(jnp.sin(k * x) for k in range(40)), np.ones(3), options={})
    assert 200_000 < small.nbytes < large.nbytes < fused.nbytes < 2_000_000


def test_options_that_xla_does_not_know_are_left_out():
    program = compiled(lambda x: 2 * x, np.ones(3), options={"xla_no_such_option": True})
    assert np.array_equal(program(np.ones(3)), 2 * np.ones(3))


def test_programs_by_shape_are_compiled_once_for_each():
    traced: list[tuple[Any, ...]] = []

    def scaled(x: Any, count: int, factors: tuple[Any, Any]) -> Any:
        traced.append((x.shape, count))
        return count * x * factors[0] + factors[1]

    by_shape = CompiledByShape(scaled, static=1)
    for x in (np.ones(2), np.zeros(2), np.ones(3)):
        for count in (1, 2):
            found = by_shape(x, count, (np.float64(2), np.float64(3)))
            assert np.array_equal(found, 2 * count * x + 3)
            assert isinstance(found, jax.Array)
    assert traced == [((2,), 1), ((2,), 2), ((3,), 1), ((3,), 2)]
    # Not how many there are in all: four more may push out what another test has left there.
    kept = BY_SHAPE.keys()
    assert sum(isinstance(key, tuple) and key[0] is by_shape for key in kept) == 4
