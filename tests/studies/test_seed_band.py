"""Trainers with further seeds: the same runs as alone, and differences in pairs of equal seeds."""

from dataclasses import replace

import numpy as np
import pytest

from networks import MOST_COST, Network, Training, so_far, train
from networks.course import course_of
from networks.training import MOST_SEED
from studies.seed_band import (
    SEEDS,
    band,
    band_parts,
    compared,
    cost_of_band,
    further,
    mean_of,
    reached_so_far,
    steps_so_far,
)

NETWORK = Network(widths=(6, 5))
ADAM = Training(NETWORK, knobs={"learning_rate": 0.02}, steps=60, seed=40)


def finish(trainings: list[Training]) -> None:
    for part in band_parts(trainings):
        while part() is False:
            pass


def test_further_seeds_are_those_that_follow():
    assert [run.seed for run in further(ADAM)] == [*range(41, 49)]
    assert {replace(run, seed=40) for run in further(ADAM)} == {ADAM}
    assert [run.seed for run in further(replace(ADAM, seed=MOST_SEED))] == [*range(SEEDS)]


def test_further_runs_are_as_each_would_be_alone_and_are_not_kept_whole():
    finish([ADAM])
    losses, accuracies, diverged = reached_so_far(ADAM)
    assert losses.shape == accuracies.shape == (8, 41) and diverged == 0
    assert steps_so_far(ADAM) == 8 * 60
    assert all(course_of(run) is None for run in further(ADAM))
    for row, run in enumerate(further(ADAM)):
        alone = train(run)
        np.testing.assert_allclose(losses[row], alone.validation_loss, rtol=1e-3)
        assert np.abs(accuracies[row] - alone.validation_accuracy).max() <= 0.011  # one of a hundred at most
    assert len({tuple(row) for row in losses}) == 8
    assert so_far(replace(ADAM, seed=49)).steps_done == 0  # there are eight


def test_what_diverges_is_counted_and_leaves_the_band():
    wild = replace(ADAM, network=Network(widths=(20, 20), activation="relu", initializer="normal_1"))
    wild = replace(wild, optimizer="sgd", knobs={"learning_rate": 100.0}, steps=50)
    finish([wild])
    losses, _, diverged = reached_so_far(wild)
    lost = sum(train(run).ending.kind == "diverged" for run in further(wild))
    assert diverged == lost > 0
    assert np.isnan(losses[:, -1]).sum() == lost
    assert steps_so_far(wild) == 8 * 50


def test_a_band_reaches_from_the_5th_to_the_95th_percentile():
    values = np.random.default_rng(1).normal(size=(8, 3))
    values[2:, 1] = np.nan
    values[:, 2] = np.nan
    low, high = band(values)
    for k, rows in enumerate((values[:, 0], values[:2, 1])):
        rows = np.sort(rows)
        for found, share in ((low[k], 0.05), (high[k], 0.95)):
            place = share * (len(rows) - 1)
            below = int(place)
            assert found == pytest.approx(rows[below] + (place - below) * (rows[below + 1] - rows[below]))
    assert np.isnan([low[2], high[2]]).all()


@pytest.mark.parametrize("count", range(2, 9))
def test_the_interval_holds_the_mean_as_often_as_it_says(count: int):
    random = np.random.default_rng(count)
    found = [mean_of(random.normal(3.0, 2.0, count)) for _ in range(4000)]
    held = np.mean([each.low <= 3.0 <= each.high for each in found])
    assert held == pytest.approx(0.95, abs=0.012)
    assert np.mean([each.value for each in found]) == pytest.approx(3.0, abs=0.1)


def test_trainers_are_compared_seed_by_seed():
    """What a seed does to both alike cancels: a small difference is seen though seeds differ much."""
    luck = np.random.default_rng(3).normal(size=8)
    noise = 0.01 * np.random.default_rng(4).normal(size=8)
    found = compared([0.9 + 0.05 * luck, 0.93 + 0.05 * luck + 0.1 * noise, None, 0.93 + 0.05 * luck])
    assert found is not None
    best, others = found
    assert best in (1, 3) and set(others) == {0, 1, 3} - {best}
    assert others[0].low > 0.02 and others[0].value == pytest.approx(0.03, abs=0.005)
    assert others[4 - best].low <= 0 <= others[4 - best].high
    assert compared([None, None]) is None
    assert compared([np.full(8, 0.5), np.full(8, 0.5)]) == (0, {1: mean_of(np.zeros(8))})
    with pytest.raises(ValueError, match="2 to 8 values, got 9"):
        mean_of(np.zeros(9))


def test_what_costs_too_much_is_refused():
    large = Training(Network(data="mnist", widths=(100,) * 4), batch=128, steps=2000)
    assert cost_of_band([large]) > MOST_COST
    with pytest.raises(ValueError, match="fewer steps or trainers"):
        band_parts([large])
