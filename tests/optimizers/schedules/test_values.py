"""What the schedules compute: optax at a peak of its own where it has them, plain Python elsewhere."""

import math
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizers.schedules import SCHEDULES, Schedule, shares
from tests.optimizers.schedules.strategies import ROWS, settings_of

Rates = Callable[..., Any]

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


def sgdr(peak: float, T: int, period: int, multiplier: int, final: float) -> optax.Schedule:
    periods, length = [], period
    while sum(periods) < ROWS:
        periods.append(length)
        length *= multiplier
    ends: Any = {"init_value": peak, "peak_value": peak, "end_value": final * peak, "warmup_steps": 0}
    return optax.sgdr_schedule([{**ends, "decay_steps": steps} for steps in periods])


def one_cycle(peak: float, T: int, rise: float, initial: float, final: float) -> Rates:
    # optax divides by both, so that they cannot be 0: a number that vanishes beside the others instead.
    initial, final = max(initial, 1e-30), max(final, 1e-30)
    return jax.vmap(optax.cosine_onecycle_schedule(T, peak, rise, 1 / initial, initial / final))


def triangle(t: int, k: int) -> float:
    phase = t % (2 * k)
    return min(phase, 2 * k - phase) / k


OPTAX: dict[str, Rates] = {
    "constant": lambda peak, T: lambda t: np.full(len(t), optax.constant_schedule(peak)(t)),
    "step": lambda peak, T, every, factor: optax.exponential_decay(peak, every, factor, staircase=True),
    "linear": lambda peak, T, final: optax.linear_schedule(peak, peak * final, T),
    "exponential": lambda peak, T, factor: optax.exponential_decay(peak, 1, factor),
    "cosine": lambda peak, T, final: optax.cosine_decay_schedule(peak, T, final),
    "polynomial": lambda peak, T, power, final: optax.polynomial_schedule(peak, peak * final, power, T),
    "warm_restarts": sgdr,
    "one_cycle": one_cycle,
}
BY_HAND: dict[str, Rates] = {
    "inverse_time": lambda t, decay_rate: 1 / (1 + decay_rate * t),
    "natural_exponential": lambda t, decay_rate: math.exp(-decay_rate * t),
    "triangular": lambda t, half_cycle, low: low + (1 - low) * triangle(t, half_cycle),
    "triangular2": lambda t, half_cycle, low: (
        low + (1 - low) * triangle(t, half_cycle) / 2 ** (t // (2 * half_cycle))
    ),
}


def expected(schedule: Schedule, steps: int, peak: float, knobs: dict[str, Any]) -> Any:
    if schedule.id in OPTAX:
        return OPTAX[schedule.id](peak, steps, **knobs)(np.arange(ROWS))
    return [peak * BY_HAND[schedule.id](t, **knobs) for t in range(ROWS)]


def test_every_schedule_is_compared_once() -> None:
    assert sorted([*OPTAX, *BY_HAND]) == sorted(SCHEDULES)


@every_schedule
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_at_any_peak_it_is_the_published_rate(schedule: Schedule, data: st.DataObject) -> None:
    steps = data.draw(st.integers(1, ROWS))
    peak = data.draw(st.floats(1e-6, 1e2))
    knobs = data.draw(settings_of(schedule))
    found = peak * shares(schedule, steps, ROWS, knobs=knobs)
    np.testing.assert_allclose(found, expected(schedule, steps, peak, knobs), rtol=1e-12, atol=1e-15 * peak)


def test_constant_is_one_bit_for_bit() -> None:
    for steps in (1, 7, ROWS):
        assert (shares(SCHEDULES["constant"], steps, ROWS) == 1.0).all()


@pytest.mark.parametrize(
    ("name", "knobs", "values"),
    [
        ("step", {}, {0: 1, 19: 1, 20: 0.5, 39: 0.5, 40: 0.25}),
        ("linear", {}, {0: 1, 25: 0.75, 99: 0.01, 100: 0, 120: 0}),
        ("linear", {"final": 0.2}, {50: 0.6, 100: 0.2}),
        ("inverse_time", {"decay_rate": 0.1}, {0: 1, 10: 0.5, 90: 0.1}),
        ("exponential", {"factor": 0.5}, {0: 1, 1: 0.5, 3: 0.125}),
        ("natural_exponential", {"decay_rate": 1.0}, {1: 1 / math.e, 2: math.e**-2}),
        ("cosine", {}, {0: 1, 50: 0.5, 100: 0, 120: 0}),
        ("polynomial", {}, {0: 1, 50: 0.25, 90: 0.01}),
        ("triangular", {}, {0: 0.1, 5: 0.55, 10: 1, 20: 0.1, 30: 1}),
        ("triangular2", {}, {0: 0.1, 10: 1, 20: 0.1, 30: 0.55, 50: 0.325}),
        ("warm_restarts", {}, {0: 1, 15: 1, 30: 0.5, 45: 1, 75: 0.5, 105: 1}),
        ("warm_restarts", {"multiplier": 1, "period": 10, "final": 0.5}, {5: 0.75, 10: 1, 120: 1}),
        ("one_cycle", {}, {0: 0.04, 15: 0.52, 30: 1, 65: 0.5, 100: 0}),
    ],
)
def test_values_by_hand(name: str, knobs: dict[str, float], values: dict[int, float]) -> None:
    found = shares(SCHEDULES[name], 100, ROWS, knobs=knobs)
    for t, value in values.items():
        assert found[t] == pytest.approx(value, rel=1e-14, abs=1e-15), t


def test_step_decay_drops_at_its_steps_exactly() -> None:
    """49 and 98 are among those whose rounded reciprocal would make a drop one step late."""
    rows = 1001
    for every in [*range(1, 110), 196, 499, 997, 1000]:
        for warmup in (0, 3):
            found = shares(SCHEDULES["step"], 1, rows, warmup, {"every": every, "factor": 0.99})
            drops = np.arange(rows - warmup) // every
            np.testing.assert_allclose(found[warmup:], 0.99**drops, rtol=1e-13)


@pytest.mark.parametrize("multiplier", range(1, 11))
def test_restarts_hit_their_step_exactly_and_no_other(multiplier: int) -> None:
    rows = 2000
    for period in [*range(1, 20), 25, 27, 32, 64, 81, 99, 100, 125, 128, 243, 333, 499, 500, 997, 1000]:
        knobs = {"period": period, "multiplier": multiplier}
        found = shares(SCHEDULES["warm_restarts"], 1, rows, knobs=knobs)
        restarts, length = [0], period
        while restarts[-1] + length < rows:
            restarts.append(restarts[-1] + length)
            length *= multiplier
        assert np.flatnonzero(found == 1).tolist() == restarts
