"""The LaTeX of every schedule, read back, says what the code computes."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest
import sympy

from catalog import Knob
from optimizers.schedules import SCHEDULES, Schedule, shares
from tests.latex import parse

STEPS = 40
PEAK = 3.0
RATE, NEXT = "alpha_{t}", "t_{i + 1}"


class Equation(NamedTuple):
    """What is on the right of an equation, as a function of the symbols there."""

    function: Callable[..., float]
    symbols: list[str]

    def __call__(self, known: Mapping[str, float]) -> float:
        return self.function(*(known[name] for name in self.symbols))


def read(latex: str) -> dict[str, Equation]:
    """Return the equations in `latex` by the name on their left."""
    found = {}
    for text in latex.split(r"\qquad"):
        left, right = map(parse, text.split("=", 1))
        symbols = sorted(right.free_symbols, key=str)
        found[str(left)] = Equation(sympy.lambdify(symbols, right, "math"), [str(each) for each in symbols])
    return found


def rate(equations: Mapping[str, Equation], given: Mapping[str, float]) -> float:
    """Return α_t for what t, T, α and the knobs are by symbol; other equations say what else it names.

    One for t_{i+1} is a recursion from t_0 = 0, and i is such that t_i ≤ t < t_{i+1}.
    """
    known = {**given, "i": 0, "t_{i}": 0}
    while True:
        known |= {name: each(known) for name, each in equations.items() if name not in (RATE, NEXT)}
        if NEXT not in equations or known["t"] < (following := equations[NEXT](known)):
            return equations[RATE](known)
        known |= {"i": known["i"] + 1, "t_{i}": following}


def values(knob: Knob) -> list[Any]:
    return [knob.low, knob.default, min(knob.high, STEPS) if knob.kind == "whole" else knob.high]


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_latex_says_what_the_code_computes(schedule: Schedule) -> None:
    equations = read(schedule.latex)
    symbols = [str(parse(knob.symbol)) for knob in schedule.knobs]
    named = {name for each in equations.values() for name in each.symbols}
    assert {"alpha", *symbols} <= named <= {"alpha", "t", "T", "i", "t_{i}", *symbols, *equations}
    for numbers in itertools.product(*map(values, schedule.knobs)):
        known = {"T": STEPS, "alpha": PEAK, **dict(zip(symbols, numbers, strict=True))}
        knobs = {knob.id: number for knob, number in zip(schedule.knobs, numbers, strict=True)}
        found = PEAK * shares(schedule, STEPS, STEPS, knobs=knobs)
        said = [rate(equations, {"t": t, **known}) for t in range(STEPS)]
        np.testing.assert_allclose(found, said, rtol=1e-12, atol=1e-15, err_msg=str(knobs))
