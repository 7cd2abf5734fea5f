"""Mini-batches of many runs are, bit for bit, those of each run by itself."""

import numpy as np
import pytest

from descent.batches import SEEDS, TIMES, batches_of
from descent.randomness import Batching, batch_weights

STEPS = 2 * TIMES + 3
PLACES = 200  # as many as readers' tables are filled up to: other numbers of them are other programs


@pytest.mark.parametrize("replacement", [False, True])
@pytest.mark.parametrize(
    ("count", "size"),
    [(200, 1), (200, 8), (200, 100), (200, 199), (200, 200), (60, 7), (7, 9), (1, 1), (256, 33)],
)
def test_they_are_those_of_single_runs(count: int, size: int, replacement: bool) -> None:
    seeds = np.array([0, 5, 2**32 - 1], np.uint32)
    places = max(count, PLACES)
    found = batches_of(seeds, 3, 41, STEPS, count, Batching(size, replacement), places)
    # They are of three groups of seeds in a row, the last of which goes on at 0.
    assert found.times.shape == (STEPS, places, 3)
    np.testing.assert_array_equal(found.times.sum(axis=1), np.tile(found.sizes[:, None], 3))
    for member, seed in enumerate(seeds.tolist()):
        weights = batch_weights(seed, 3, count, min(size, count), replacement, places)
        weights = weights[41 : 41 + STEPS]
        np.testing.assert_array_equal(found.times[:, :, member] / found.sizes[:, None], weights)


@pytest.mark.parametrize("replacement", [False, True])
def test_equal_seeds_see_equal_batches_in_any_order(replacement: bool) -> None:
    batching = Batching(3, replacement)
    seeds = np.random.default_rng(0).integers(0, SEEDS + 9, 3 * SEEDS).astype(np.uint32)
    found = batches_of(seeds, 0, 0, TIMES, PLACES, batching).times
    for seed in (*seeds[:3].tolist(), int(seeds.max())):
        alone = batches_of(np.array([seed], np.uint32), 0, 0, TIMES, PLACES, batching).times
        np.testing.assert_array_equal(found[:, :, seeds == seed], np.repeat(alone, (seeds == seed).sum(), 2))


def test_one_step_is_that_step() -> None:
    seeds = np.arange(3, dtype=np.uint32)
    for replacement in (False, True):
        batching = Batching(5, replacement)
        many, one = (batches_of(seeds, 1, 0, steps, PLACES, batching).times[0] for steps in (TIMES + 1, 1))
        np.testing.assert_array_equal(many, one)
