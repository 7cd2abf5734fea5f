"""How noisy the gradients of mini-batches are, measured and foretold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import numpy as np
from jax import Array
from numpy.typing import NDArray

from descent.batches import batches_of
from descent.ensembles import seeds_of
from descent.randomness import Batching
from descent.run import Run
from descent.trajectory import Floats
from landscapes import Landscape
from landscapes.find import find
from landscapes.programs import Programs, compiled
from studies.intervals import Z

MOST_DRAWS = 100_000

_PROGRAMS: Programs[Callable[..., Array]] = Programs()


@dataclass(frozen=True)
class Spread:
    """Means of ‖ĝ − g‖² over draws of mini-batches; arrays are read-only, one entry for each of S sizes.

    `mean` (S,), `low` (S,), `high` (S,): the mean and its 95 % confidence interval, ± 1.96 standard errors
    (the mean of many draws is normal to a good approximation); `formula` (S,): the expected value.
    """

    mean: Floats
    low: Floats
    high: Floats
    formula: Floats

    @property
    def missed(self) -> int:
        """Return how many expected values, but for those of 0, are not in the interval of their mean."""
        near = (self.low <= self.formula) & (self.formula <= self.high)
        return int((~near & (self.formula > 0)).sum())


@dataclass(frozen=True)
class GradientVariance:
    """The variance (trace of the covariance) of mini-batch gradients at one point, by batch size.

    `sizes` (S,), `draws`: how many batches were drawn of each; `sigma2`: σ² = (1/N) Σ‖∇ℓᵢ − g‖², the
    variance of the gradient of one example; `without` and `replaced`: batches of examples that are
    drawn without and with replacement, expected to vary by σ²/B·(N−B)/(N−1) and by σ²/B (W. G. Cochran,
    Sampling Techniques, third edition, 1977).
    """

    sizes: NDArray[np.int64]
    draws: int
    sigma2: float
    without: Spread
    replaced: Spread


def powers_of_two(count: int) -> tuple[int, ...]:
    """Return the sizes 1, 2, 4 … of mini-batches of `count` >= 1 examples, and `count` itself."""
    return tuple(sorted({*(2**k for k in range(count.bit_length())), count}))


def gradient_variance(
    run: Run, point: tuple[float, float], sizes: Sequence[int], draws: int
) -> GradientVariance:
    """Return how much the gradients of mini-batches vary at `point`, on the surface of `run`.

    The r-th of `draws` batches of each size is the first one of a run with the seed (run.seed + r) mod
    2**32. Raises ValueError where the surface is not made of data, for sizes that are not from 1 to
    N, fewer than 2 or more than 100,000 draws, and a point where gradients are not finite.
    """
    landscape = find(run.landscape, run.landscape_knobs)
    if landscape.examples is None:
        raise ValueError(f"Expected a surface that is made of data, got {run.landscape!r}; choose another.")
    count = landscape.examples.count
    if not (len(sizes) and all(1 <= size <= count for size in sizes)):
        raise ValueError(f"Expected batches of 1 to {count} examples, got {list(sizes)}.")
    if not 2 <= draws <= MOST_DRAWS:
        raise ValueError(f"Expected 2 to {MOST_DRAWS} draws, got {draws}.")
    given = landscape.arguments(run.landscape_knobs)
    program = _PROGRAMS.get(landscape, landscape.traced, lambda: _compile(landscape, given))
    each = np.asarray(program(np.array(point, np.float64), given))[:count]
    if not np.isfinite(each).all():
        raise ValueError(f"Expected a point where all gradients are finite, got {point}; choose another.")
    apart = each - each.mean(axis=0)
    sigma2 = float((apart**2).sum() / count)
    drawn = np.array(sizes, np.int64)
    left = (count - drawn) / max(count - 1, 1)
    spread = partial(_spread, run, apart, landscape.examples.places, drawn, draws)
    return GradientVariance(
        _closed(drawn), draws, sigma2, spread(False, sigma2 / drawn * left), spread(True, sigma2 / drawn)
    )


def _spread(
    run: Run,
    apart: Floats,
    places: int,
    sizes: NDArray[np.int64],
    draws: int,
    replacement: bool,
    formula: Floats,
) -> Spread:
    """Return how much the means of batches of `apart` (N, 2), which has the mean 0, vary."""
    seeds = seeds_of(run, draws)
    means, halves = [], []
    for size in sizes:
        batching = Batching(int(size), replacement)
        first = batches_of(seeds, run.stream, 0, 1, len(apart), batching, places)
        weights = np.ascontiguousarray((first.times[0, : len(apart)] / first.sizes[0]).T)
        squares = ((weights @ apart) ** 2).sum(axis=1)
        means.append(squares.mean())
        halves.append(Z * squares.std(ddof=1) / np.sqrt(draws))
    mean, half = np.array(means), np.array(halves)
    return Spread(*map(_closed, (mean, mean - half, mean + half, formula)))


def _closed(array: Any) -> Any:
    """Return a read-only copy of `array`."""
    array = array.copy()
    array.setflags(write=False)
    return array


def _compile(landscape: Landscape, given: Any) -> Callable[..., Array]:
    """Return the program from a point (2,) and arguments to the gradient of each example, (places, 2)."""
    examples = landscape.examples
    assert examples is not None

    def run(point: Array, given: Any) -> Array:
        return jax.jacfwd(lambda p: examples.losses(p, **given))(point)

    return compiled(run, np.array(landscape.start, np.float64), given)
