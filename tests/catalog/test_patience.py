"""Who cannot wait is told so, and holds nobody else up."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from catalog.cache import MB, SingleFlightCache
from catalog.patience import NotYet, require_patience, time_left, waiting_at_most
from landscapes import LANDSCAPES
from landscapes.programs import CompiledByShape, Programs


def test_whoever_says_nothing_has_all_the_time_in_the_world() -> None:
    assert time_left() is None
    require_patience()
    with waiting_at_most(60):
        assert 59 < (time_left() or 0) <= 60
        with waiting_at_most(1):
            assert (time_left() or 0) <= 1
        assert (time_left() or 0) > 1
        with pytest.raises(NotYet):
            require_patience()
    assert time_left() is None


def test_other_threads_may_wait() -> None:
    with ThreadPoolExecutor(1) as pool, waiting_at_most(0):
        assert pool.submit(time_left).result() is None


def test_what_is_kept_is_there_for_everybody() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(MB)
    cache.get("key", lambda: "made")
    with waiting_at_most(0):
        assert cache.get("key", lambda: "again") == "made"


def test_what_somebody_else_makes_is_not_waited_for() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(MB)
    begun, go_on = Event(), Event()

    def make() -> str:
        begun.set()
        go_on.wait(60)
        return "made"

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(cache.get, "key", make)
        assert begun.wait(60)
        began = time.monotonic()
        with pytest.raises(NotYet), waiting_at_most(0.01):
            cache.get("key", lambda: "never")
        assert time.monotonic() - began < 30  # not until the other is ready
        go_on.set()
        with waiting_at_most(60):
            assert cache.get("key", lambda: "never") == "made"
        assert other.result() == "made"


def test_who_can_wait_makes_what_somebody_else_could_not() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(MB)
    begun, go_on = Event(), Event()

    def give_up() -> str:
        begun.set()
        go_on.wait(60)
        raise NotYet

    with ThreadPoolExecutor(2) as pool:
        impatient = pool.submit(cache.get, "key", give_up)
        assert begun.wait(60)
        patient = pool.submit(cache.get, "key", lambda: "made")
        go_on.set()
        with pytest.raises(NotYet):
            impatient.result()
        assert patient.result() == "made"


def test_a_timeout_of_what_is_made_is_an_error_of_its_own() -> None:
    cache: SingleFlightCache[str] = SingleFlightCache(MB)

    def fail() -> str:
        raise TimeoutError("of its own")

    with pytest.raises(TimeoutError, match="of its own"), waiting_at_most(1):
        cache.get("key", fail)


def test_no_program_is_compiled_for_who_cannot_wait() -> None:
    programs: Programs[str] = Programs(SingleFlightCache(MB), SingleFlightCache(MB))
    bowl = LANDSCAPES["bowl"]
    by_shape = CompiledByShape(lambda x: x + 1)
    with waiting_at_most(60):
        with pytest.raises(NotYet):
            programs.get(bowl, "key", lambda: "compiled")
        with pytest.raises(NotYet):
            by_shape(np.ones(3))
    assert programs.get(bowl, "key", lambda: "compiled") == "compiled"
    assert np.array_equal(by_shape(np.ones(3)), 2 * np.ones(3))
    with waiting_at_most(0):
        assert programs.get(bowl, "key", lambda: "never") == "compiled"
        assert np.array_equal(by_shape(np.zeros(3)), np.ones(3))
