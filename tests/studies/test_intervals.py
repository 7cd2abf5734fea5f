"""The intervals of shares and medians, against published numbers and against their definitions."""

from math import comb

import pytest

from studies import wilson
from studies.intervals import median_ranks


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials, z=1.959964) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(1, 3), (50, 100), (1999, 2000)])
def test_its_ends_are_z_standard_errors_away(successes: int, trials: int) -> None:
    share = successes / trials
    for end in wilson(successes, trials, z=2.5):
        assert abs(share - end) == pytest.approx(2.5 * (end * (1 - end) / trials) ** 0.5, rel=1e-9)


def test_it_stays_between_0_and_1_and_is_symmetric() -> None:
    for trials in (1, 2, 7, 5000):
        for successes in range(0, trials + 1, max(1, trials // 7)):
            low, high = wilson(successes, trials)
            assert 0 <= low <= successes / trials <= high <= 1
            assert (1 - high, 1 - low) == pytest.approx(wilson(trials - successes, trials), abs=1e-12)
    assert wilson(0, 9)[0] == 0
    assert wilson(9, 9)[1] == 1


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
        wilson(successes, trials)


@pytest.mark.parametrize("count", [13, 64, 200])
def test_the_median_lies_between_its_ranks_to_95_percent(count: int) -> None:
    """It does where the low one is below it, and the high one is not: so says the binomial distribution."""
    low, high = median_ranks(count)
    assert low + high == count - 1, "as many below as above"
    assert 0.93 < sum(comb(count, below) for below in range(low + 1, high + 1)) / 2**count < 0.98


def test_few_numbers_have_their_ends_for_ranks() -> None:
    assert [median_ranks(count) for count in (1, 2, 3)] == [(0, 0), (0, 1), (0, 2)]
