"""Trials at random and on a grid, and the best that so many of them find."""

import math
from itertools import combinations

import numpy as np
import pytest

from networks import DATASETS, Network, Training
from networks.abreast import Curves
from networks.data import FewExamples
from studies.intervals import wilson
from studies.random_search import (
    Ranges,
    Search,
    accuracies,
    best_so_far,
    found,
    grid_trials,
    questions_of,
    random_trials,
    rank_correlation,
)

RUN = Training(
    Network(FewExamples(DATASETS["moons"], 50), (4,)),
    "sgd",
    {"learning_rate": 0.01},
    batch=25,
    steps=8,
    seed=5,
)
SEARCH = Search(RUN, Ranges((1e-6, 1e-2), (1e-8, 1e-4)), side=3, repeats=2)


def test_random_trials_are_uniform_in_their_logarithms():
    many = Search(RUN, SEARCH.ranges, side=10, repeats=8)
    trials = np.log10(random_trials(many))
    assert trials.shape == (800, 2)
    for column, (low, high) in zip(trials.T, ((-6, -2), (-8, -4)), strict=True):
        assert low <= column.min() and column.max() <= high
        quarters = np.histogram(column, 4, (low, high))[0]
        # Five standard deviations of a count of 800 draws with probability 1/4.
        assert np.abs(quarters - 200).max() < 5 * math.sqrt(800 * 0.25 * 0.75)
    assert np.array_equal(random_trials(many), random_trials(many))


def test_a_grid_sees_few_values_of_each_knob_and_random_trials_as_many_as_there_are():
    """Bergstra & Bengio 2012, figure 1: nine trials see nine values of each knob, a grid of nine three."""
    grid, random = grid_trials(SEARCH), random_trials(SEARCH)
    assert len(grid) == len(random) == 18
    for column in (0, 1):
        assert len(np.unique(grid[:9, column])) == 3 and len(np.unique(random[:9, column])) == 9
    assert np.array_equal(grid[:9], grid[9:])
    # The middles of three equal parts of four powers of ten.
    assert np.allclose(np.unique(np.log10(grid[:, 0])), [-6 + 4 / 6, -4, -2 - 4 / 6])


def test_each_trial_is_the_run_with_its_rate_and_decay():
    trials = random_trials(SEARCH)
    question = questions_of(SEARCH, trials)
    assert question.looks == (8,) and question.batches == 5
    for k, run in enumerate(question.runs):
        assert (run.rate, run.weight_decay) == tuple(trials[k]) and run.seed == 5 + k // 9


def test_the_best_so_far_is_that_of_all_subsets():
    """Against every way to draw k of the values."""
    random = np.random.default_rng(0)
    pools = [random.uniform(size=6), np.array([0.5, 0.5, 0.1, 0.9, 0.0, 0.3])]
    told = best_so_far(pools, 6)
    for k in range(1, 7):
        best = np.array([[max(some) for some in combinations(pool, k)] for pool in pools])
        assert told.mean[k - 1] == pytest.approx(best.mean())
        assert told.low[k - 1] == np.quantile(best, 0.025, method="inverted_cdf")
        assert told.high[k - 1] == np.quantile(best, 0.975, method="inverted_cdf")


def test_sixty_trials_find_one_of_the_best_twentieth():
    """1 − .95⁶⁰ = .954 (Bergstra & Bengio 2012): with replacement, which many values nearly are."""
    values = (np.arange(20_000) >= 19_000).astype(float)
    mean = best_so_far([values], 60).mean[59]
    assert mean == pytest.approx(1 - 0.95**60, abs=1e-3)


def test_what_is_not_known_or_diverged():
    values = np.zeros((1, 3, 4), np.float32)
    values[0, :, 3] = [0.5, np.nan, np.nan]
    curves = Curves(np.array([8]), values, np.array([-1, -1, 3]), 9, False)
    assert np.array_equal(accuracies(curves, 3), [0.5, np.nan, 0.0], equal_nan=True)
    nothing = Curves(np.zeros(0, np.int64), np.zeros((0, 3, 4), np.float32), np.full(3, -1), 0, False)
    assert np.isnan(accuracies(nothing, 3)).all()


def test_rank_correlation_is_spearmans():
    x = np.array([0.1, 0.4, 0.2, 0.9, 0.5])
    y = np.array([1.0, 3.0, 3.0, 5.0, 4.0])
    # Ranks 1 3 2 5 4 and 1 2.5 2.5 5 4: 1 − 6 Σd²/(n³ − n) holds without ties; with them Pearson's of ranks.
    a, b = np.array([1, 3, 2, 5, 4.0]), np.array([1, 2.5, 2.5, 5, 4.0])
    expected = ((a - 3) * (b - 3)).sum() / math.sqrt(((a - 3) ** 2).sum() * ((b - 3) ** 2).sum())
    rho, low, high = rank_correlation(x, y)
    assert rho == pytest.approx(expected) and low < rho < high
    assert math.atanh(high) - math.atanh(rho) == pytest.approx(1.96 * math.sqrt(1.06 / 2))
    assert rank_correlation(x, x) == (1.0, 1.0, 1.0)
    assert rank_correlation(x[:3], y[:3]) == rank_correlation(x, np.ones(5)) == (0.0, -1.0, 1.0)


def test_what_is_found():
    rate = np.logspace(-6, -2, 20)
    decay = np.roll(np.logspace(-8, -4, 20), 7)
    reached = np.linspace(0.1, 0.86, 20)
    diverged = np.zeros(20, bool)
    diverged[19], reached[19] = True, 0.0
    told = found(np.stack([rate, decay], axis=1), reached, diverged, 200)
    assert (told.rate, told.decay, told.accuracy) == (rate[18], decay[18], reached[18])
    assert (told.low, told.high) == wilson(round(reached[18] * 200), 200)
    assert told.small == int((rate < 1e-3).sum()) and told.small_best == reached[told.small - 1]
    assert (
        told.ten == 10 and told.decay_least == decay[9:19].min() and told.decay_largest == decay[9:19].max()
    )
    assert told.by_rate[0] == pytest.approx(1.0) and told.diverged == 1
    low, high, least, largest = told.narrow
    assert 0 <= rate[9] / low - 1 < 0.1 and 0 <= high / rate[18] - 1 < 0.1
    assert 0 <= told.decay_least / least - 1 < 0.1 and 0 <= largest / told.decay_largest - 1 < 0.1
    alone = found(np.array([[0.01, 1e-4]]), np.array([0.5]), np.array([False]), 200)
    assert alone.narrow == (0.005, 0.02, 5e-5, 2e-4) and alone.small == 0
