"""Sweeps of the learning rate: what is run, what is best, and how wide good is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from descent import Run, compiled_ensembles, descend
from descent.ensembles import seeds_of, starts_of
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from studies import RATES, Sweep, SweepResult, best_rate, sweep
from tests.descent.test_compiles import compilations

BOWL = Run("bowl", "sgd", (-7, 2), 40)


def test_the_grid_of_rates() -> None:
    assert len(RATES) == 37
    np.testing.assert_allclose(np.log10(RATES), np.linspace(-4, 2, 37), atol=1e-5)
    assert {0.0001, 0.001, 0.01, 0.1, 1.0, 10.0, 100.0} <= set(RATES)


@pytest.mark.parametrize("starts", ["same", "box"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "sam", "newton"])
def test_every_entry_is_a_run(optimizer: str, starts: Any) -> None:
    run = Run("himmelblau", optimizer, (-4.0, 4.0), 30, sigma=0.2, seed=4, schedule="cosine")
    rates = (1e-3, 1e-2, 0.1, 10.0)
    result = sweep(Sweep(run, rates, 3, starts, evaluations=90))
    assert result.steps == 90 // OPTIMIZERS[optimizer].cost
    seeds = seeds_of(run, 3)
    places = starts_of(run, seeds, starts)
    for i, rate in enumerate(rates):
        for j in range(3):
            alone = descend(
                replace(
                    run,
                    steps=result.steps,
                    seed=int(seeds[j]),
                    start=tuple(places[j]),
                    knobs={"learning_rate": rate},
                )
            )
            diverged = alone.ending.kind == "diverged"
            expected = np.inf if diverged else alone.losses[-1]
            np.testing.assert_allclose(result.final[i, j], expected, rtol=1e-10, atol=1e-12)
            np.testing.assert_allclose(result.points[i, j], alone.points[-1], rtol=1e-10, atol=1e-12)
            np.testing.assert_allclose(result.before[j], alone.losses[0], rtol=1e-12)


def test_sgd_on_the_bowl_is_best_where_theory_says() -> None:
    """L = x²/20 + y²: after T steps x and y are (1 − α/10)ᵀ and (1 − 2α)ᵀ of what they were."""
    rates = np.linspace(0.05, 1.0, 20)
    result = sweep(Sweep(BOWL, tuple(rates)))
    losses = 7**2 / 20 * (1 - rates / 10) ** 80 + 2**2 * (1 - 2 * rates) ** 80
    np.testing.assert_allclose(np.median(result.final, axis=1), losses, rtol=1e-9)
    best = best_rate(result, 0.0)
    assert best.rate == rates[losses.argmin()]
    good = rates[losses <= losses.min() + 0.1 * (7**2 / 20 + 2**2 - losses.min())]
    assert (best.low, best.high) == (good[0], good[-1])


def result_of(medians: list[float], before: float = 10.0) -> SweepResult:
    """Return a sweep whose medians are these."""
    final = np.array(medians)[:, None] + np.array([[-1e-3, 0.0, 1e-3]])
    rates = np.array([10.0**k for k in range(len(medians))])
    return SweepResult(rates, final, np.zeros((len(medians), 3, 2)), 10, np.full(3, before))


def test_the_good_range_stands_together_and_keeps_nine_tenths() -> None:
    # 90 % of the fall from 10 to 0 ends at 1; the last rate is good too, but not next to the others.
    best = best_rate(result_of([9.0, 1.01, 0.99, 0.0, 0.5, 3.0, 0.2]))
    assert best == (1e3, 1e2, 1e4, pytest.approx(2.0), 0.0)


def test_several_best_rates_are_told_by_their_middle() -> None:
    best = best_rate(result_of([9.0, 1e-12, 0.0, 3e-12, 5.0]))
    assert (best.rate, best.low, best.high) == (1e2, 1e1, 1e3)
    assert best_rate(result_of([9.0, 0.3, 0.2, 0.1, 5.0]), least=0.35).rate == 1e2


def test_one_good_rate_is_no_range() -> None:
    assert best_rate(result_of([9.0, 0.0, 9.0])) == (10.0, 10.0, 10.0, 0.0, 0.0)


def test_nothing_to_gain() -> None:
    assert best_rate(result_of([12.0, 11.0, 13.0])) == (10.0, 10.0, 10.0, 0.0, 11.0)
    result = best_rate(result_of([np.inf, np.inf]))
    assert result == (1.0, 1.0, 1.0, 0.0, np.inf)


def test_one_diverged_seed_of_three_is_outvoted_and_two_are_not() -> None:
    result = result_of([5.0, 1.0, 1.0])
    final = result.final.copy()
    final[1, 2] = final[2, 1] = final[2, 2] = np.inf
    assert best_rate(replace(result, final=final)).rate == 10.0
    assert np.isinf(np.median(final, axis=1)).tolist() == [False, False, True]


def test_rates_and_seeds_compile_nothing() -> None:
    # A seed and a number of steps that no other test has asked for: what they have left is kept, and what JAX
    # knew of its operations then, such as those of a schedule, may be forgotten since.
    sweep(Sweep(replace(BOWL, steps=957, seed=99)))
    programs = compiled_ensembles()
    with compilations() as seen:
        for k in range(3, 20):
            sweep(Sweep(replace(BOWL, steps=10 * k, seed=k), RATES[:k], k))
    assert not seen
    assert compiled_ensembles() == programs


def test_equal_questions_share_one_answer() -> None:
    result = sweep(Sweep(BOWL))
    assert sweep(Sweep(BOWL)) is result
    for array in (result.rates, result.final, result.points, result.before):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    "wrong",
    [
        {"rates": ()},
        {"rates": (0.0, 1.0)},
        {"rates": (1.0, 0.5)},
        {"rates": (0.1, np.inf)},
        {"seeds": 2},
        {"seeds": 200},
        {"starts": "there"},
        {"evaluations": 0},
    ],
)
def test_a_sweep_refuses_what_it_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
        Sweep(**{"run": BOWL, **wrong})


def test_evaluations_must_buy_steps() -> None:
    with pytest.raises(ValueError, match=r"^Expected evaluations .* got 1; ask for others\.$"):
        sweep(Sweep(replace(BOWL, optimizer="newton"), evaluations=1))
    with pytest.raises(ValueError, match=r"^Expected evaluations .* got 1001"):
        sweep(Sweep(BOWL, evaluations=1001))


def test_adam_on_rosenbrock() -> None:
    landscape = LANDSCAPES["rosenbrock"]
    result = sweep(Sweep(Run("rosenbrock", "adam", landscape.start, 300)))
    best = best_rate(result, 0.0)
    assert best.low <= best.rate <= best.high
    assert best.decades == pytest.approx(np.log10(best.high / best.low))
    assert best.median < 0.01 * result.before[0]
