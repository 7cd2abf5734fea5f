"""Compiled programs: the shelf's and the readers' do not meet."""

import threading

from landscapes import LANDSCAPES
from landscapes.formula import from_formula
from landscapes.programs import Programs

BOWL = LANDSCAPES["bowl"]
TYPED = from_formula("x*y")


def test_what_readers_type_pushes_nothing_of_the_shelf_out():
    programs: Programs[int] = Programs(2, 2)
    assert programs.get(BOWL, "bowl", lambda: 1) == 1
    for n in range(10):
        programs.get(TYPED, n, lambda n=n: n)
    assert programs.get(BOWL, "bowl", lambda: 2) == 1
    assert programs.get(TYPED, 9, lambda: -1) == 9
    assert programs.get(TYPED, 0, lambda: -1) == -1  # long forgotten
    assert len(programs) == 3


def test_formulas_wait_for_one_another_and_the_shelf_for_none():
    programs: Programs[str] = Programs(4, 4)
    begun, go = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go.wait(10)
        return "slow"

    first = threading.Thread(target=programs.get, args=(TYPED, "slow", slow))
    first.start()
    assert begun.wait(10)
    made: list[str] = []
    second = threading.Thread(
        target=programs.get, args=(TYPED, "next", lambda: made.append("next") or "next")
    )
    second.start()
    assert programs.get(BOWL, "bowl", lambda: "at once") == "at once"
    second.join(0.2)
    assert second.is_alive() and not made
    go.set()
    for thread in (first, second):
        thread.join(10)
    assert made == ["next"]
