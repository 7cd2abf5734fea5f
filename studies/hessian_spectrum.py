"""The spectrum of a network's Hessian at a step of its training, and how sharp its solutions are.

A few eigenvalues stand out from a bulk near 0, about as many as there are classes: Sagun et al., 2017,
Empirical analysis of the Hessian of over-parametrized neural networks, section 3. That large batches end in
sharper minima: Keskar et al., 2017, On large-batch training for deep learning, section 2.2; here sharpness is
the largest eigenvalue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks import Training, so_far, training_parts
from networks.course import course_of
from networks.data import about
from networks.geometry import MOST_EXACT, exact_spectrum, leading, objective_of, probe, seen_by, spread
from networks.geometry.slices import end_of, path_of
from studies.parts import Part
from studies.seed_band import Difference, mean_of

PROBES = 5
"""So many random directions for the density of eigenvalues that are too many to be worked out."""
FURTHER, SMALLEST = 10, 5
"""So many of the largest beyond the number of classes, and of the smallest, are worked out then."""
ROUNDING = 1e-5
"""An eigenvalue is negative beyond rounding where it is below this part of the largest, times −1."""
BINS = 121
SEEDS = 5, 8

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SpectrumAt:
    """The Hessian of the loss on the first 1,000 training examples, at a `step` where weights are kept."""

    training: Training
    step: int

    @property
    def exact(self) -> bool:
        """Return whether all eigenvalues are worked out."""
        return self.training.network.plan.parameters <= MOST_EXACT


@dataclass(frozen=True, eq=False)
class Eigenvalues:
    """What is known of a spectrum, read-only.

    - `largest` (k,) and `smallest` (j,), falling; `errors` (k,) and `smallest_errors` (j,): there is an
      eigenvalue within so much of each, 0 where all are exact.
    - `middles`, `counts` (121,): a histogram of all P eigenvalues or, where they are too many, P times their
      density.
    - `negative`: the share of eigenvalues that are negative beyond rounding, with its 95 % interval where it
      is an estimate (Student's t over five directions); a point where it is exact.
    - `mean`: of all eigenvalues, the trace over P, likewise.
    """

    largest: Floats
    errors: Floats
    smallest: Floats
    smallest_errors: Floats
    middles: Floats
    counts: Floats
    negative: Difference
    mean: Difference


@dataclass(frozen=True)
class Outliers:
    """Between which of the largest eigenvalues the gap is widest: after the first `count` of them.

    `ratio`: how many times as large the last before it is as the first behind it. Looked for among twice as
    many as there are `classes`.
    """

    count: int
    ratio: float
    classes: int


@dataclass(frozen=True)
class Sharpness:
    """How sharp the ends of runs with two sizes of batches are, as their largest eigenvalues.

    - `small`, `large`: means over the seeds with 95 % intervals (Student's t).
    - `ratio`: the geometric mean of large over small, in pairs of equal seeds, with its interval.
    - `small_loss`, `large_loss`: mean training losses at the end. Sharpness falls with the loss.
    - `lost`: how many seeds are left out, since one of the pair diverged.
    """

    small: Difference
    large: Difference
    ratio: Difference
    small_loss: float
    large_loss: float
    small_right: float
    large_right: float
    lost: int


_SPECTRA: SingleFlightCache[Any] = SingleFlightCache(2 * MB, only_long_work=True)
"""By question: of all eigenvalues, of Lanczos, of each probe; and by run how sharp its end is."""


def kept_step(training: Training, step: int) -> int | None:
    """Return the last step up to `step` at which weights are kept; None where none is known yet."""
    steps, _ = path_of(training)
    below = [each for each in steps if each <= step]
    return below[-1] if below else None


def spectrum_parts(question: SpectrumAt) -> list[Part]:
    """Return the parts in which a spectrum is worked out, of a run that was trained that far."""
    if question.exact:
        return [partial(_kept, (question, "all"), _all)]
    return [
        partial(_kept, (question, "ends"), _ends),
        *(partial(_kept, (question, number), _probe) for number in range(PROBES)),
    ]


def spectrum_so_far(question: SpectrumAt) -> Eigenvalues | None:
    """Return a spectrum, None where it is not whole; it computes nothing."""
    if question.exact:
        values = _SPECTRA.peek((question, "all"))
        return None if values is None else _exact(values, question)
    ends = _SPECTRA.peek((question, "ends"))
    kept = [_SPECTRA.peek((question, number)) for number in range(PROBES)]
    probes = [each for each in kept if each is not None]
    if ends is None or len(probes) < PROBES:
        return None
    largest, errors, smallest, smallest_errors = ends
    values = np.concatenate([each[0] for each in probes])
    weights = np.concatenate([each[1] for each in probes]) / PROBES
    middles, shares = spread(values, weights)
    below = np.array([each[1][each[0] < -ROUNDING * largest[0]].sum() for each in probes])
    return Eigenvalues(
        largest,
        errors,
        smallest,
        smallest_errors,
        middles,
        shares * question.training.network.plan.parameters,
        mean_of(below),
        mean_of(np.array([each[0] @ each[1] for each in probes])),
    )


def outliers(largest: Floats, classes: int) -> Outliers | None:
    """Return where the widest gap is among the `largest` (k,), falling; None of fewer than two above 0."""
    shown = largest[: 2 * classes + 1]
    shown = shown[shown > 0]
    if len(shown) < 2:
        return None
    ratios = shown[:-1] / shown[1:]
    return Outliers(int(ratios.argmax()) + 1, float(ratios.max()), classes)


def sharpness_parts(small: Sequence[Training], large: Sequence[Training]) -> list[Part]:
    """Return the parts in which runs are trained, pair by pair, and their ends looked at."""
    found: list[Part] = []
    for pair in zip(small, large, strict=True):
        found += [partial(_unless_sharp, pair, part) for part in training_parts(pair)]
        found += [partial(_kept, (run, "sharp"), _sharp) for run in pair]
    return found


def sharpness_so_far(run: Training) -> tuple[float, float, float] | None:
    """Return λ, training loss and validation accuracy at the end: NaN where it diverged, None if unknown."""
    return _SPECTRA.peek((run, "sharp"))


def compared(
    small: Sequence[tuple[float, float, float]], large: Sequence[tuple[float, float, float]]
) -> Sharpness | None:
    """Return how both sizes compare, seed by seed; None where fewer than two pairs came to an end."""
    pairs = [
        (a, b) for a, b in zip(small, large, strict=True) if np.isfinite([*a, *b]).all() and a[0] > 0 < b[0]
    ]
    if len(pairs) < 2:
        return None
    (one, one_loss, one_right), (two, two_loss, two_right) = np.array(pairs).transpose(1, 2, 0)
    logs = mean_of(np.log(two / one))
    return Sharpness(
        small=mean_of(one),
        large=mean_of(two),
        ratio=Difference(*(float(np.exp(each)) for each in (logs.value, logs.low, logs.high))),
        small_loss=float(one_loss.mean()),
        large_loss=float(two_loss.mean()),
        small_right=float(one_right.mean()),
        large_right=float(two_right.mean()),
        lost=len(small) - len(pairs),
    )


def _kept(key: Any, make: Any) -> bool:
    _SPECTRA.get(key, lambda: make(*key))
    return True


def _unless_sharp(pair: tuple[Training, ...], part: Part) -> object:
    return True if all(_SPECTRA.peek((run, "sharp")) is not None for run in pair) else part()


def _weights(question: SpectrumAt) -> Any:
    steps, rows = path_of(question.training)
    if question.step not in steps:
        raise ValueError(f"Expected a step at which weights are kept, among {steps}; got {question.step}.")
    return rows[steps.index(question.step)]


def _all(question: SpectrumAt, _: str) -> Floats:
    network = question.training.network
    return exact_spectrum(objective_of(network), _weights(question), seen_by(network))


def _ends(question: SpectrumAt, _: str) -> tuple[Floats, ...]:
    network = question.training.network
    most = 2 * about(network.data).classes + FURTHER
    found = leading(objective_of(network), _weights(question), seen_by(network), most, SMALLEST)
    return found.values[:most], found.errors[:most], found.values[most:], found.errors[most:]


def _probe(question: SpectrumAt, number: int) -> tuple[Floats, Floats]:
    network = question.training.network
    return probe(objective_of(network), _weights(question), seen_by(network), number=number)


def _sharp(run: Training, _: str) -> tuple[float, float, float]:
    course = course_of(run)
    if course is None or not course.whole:
        raise ValueError("Expected a run that is at its end; train it first.")
    if course.diverged is not None:
        return np.nan, np.nan, np.nan
    network, history = run.network, so_far(run)
    found = leading(objective_of(network), end_of(run), seen_by(network), 1)
    return float(found.values[0]), float(history.train_loss[-1]), float(history.validation_accuracy[-1])


def _exact(values: Floats, question: SpectrumAt) -> Eigenvalues:
    most = 2 * about(question.training.network.data).classes + FURTHER
    low, high = float(values[-1]), float(values[0])
    counts, edges = np.histogram(values, BINS, (low, max(high, low + 1e-12)))
    negative, mean = float((values < -ROUNDING * values[0]).mean()), float(values.mean())
    none = np.zeros(len(values))
    return Eigenvalues(
        values[:most],
        none[:most],
        values[-SMALLEST:],
        none[:SMALLEST],
        (edges[1:] + edges[:-1]) / 2,
        counts.astype(float),
        Difference(negative, negative, negative),
        Difference(mean, mean, mean),
    )
