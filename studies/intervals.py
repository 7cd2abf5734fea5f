"""How sure a share of successes is, and a median."""

from math import ceil, floor, sqrt

Z = 1.96  # of the normal distribution, for 95 %


def wilson(successes: int, trials: int, z: float = Z) -> tuple[float, float]:
    """Return the score interval of the probability of success, within [0, 1].

    With p = successes/trials its ends are (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n); z = 1.96
    for 95 %. Unlike p ± z √(p(1−p)/n) it does not shrink to a point where all or none succeeded.
    Source: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”,
    Journal of the American Statistical Association 22 (1927), p. 209–212.

    Raises ValueError unless trials >= 1 and 0 <= successes <= trials.
    """
    if not (trials >= 1 and 0 <= successes <= trials):
        raise ValueError(
            f"Expected one trial or more and 0 to {trials} successes, got {successes} of {trials}."
        )
    share, shrink = successes / trials, 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / shrink
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / shrink
    # At the ends the interval is exact but for rounding.
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == trials else centre + half
    return low, high


def median_ranks(count: int) -> tuple[int, int]:
    """Return the ranks, from 0, of those of `count` sorted numbers between which their median lies to 95 %.

    They are count/2 ± 1.96 √count/2: how many numbers are below the median has a binomial distribution,
    which is nearly normal. Source: W. J. Conover, Practical Nonparametric Statistics, third edition, 1999.
    """
    half = Z * sqrt(count) / 2
    return max(floor(count / 2 - half), 0), min(ceil(count / 2 + half) - 1, count - 1)
