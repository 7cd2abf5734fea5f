"""The spectrum of a network at a step, exact or not, and how sharp small and large batches end."""

import math

import numpy as np
import pytest

from networks import Network, Training, training_parts
from networks.geometry import exact_spectrum, objective_of, seen_by
from networks.geometry.slices import path_of
from studies import hessian_spectrum
from studies.hessian_spectrum import (
    SpectrumAt,
    compared,
    kept_step,
    outliers,
    sharpness_parts,
    sharpness_so_far,
    spectrum_parts,
    spectrum_so_far,
)
from studies.seed_band import mean_of

RUN = Training(Network("moons", (5, 4)), "sgd", {"learning_rate": 0.5}, batch=50, steps=40)


def done(parts) -> None:
    for part in parts:
        while part() is False:
            pass


def test_all_eigenvalues_at_a_kept_step_and_about_as_many_by_lanczos(monkeypatch: pytest.MonkeyPatch):
    done(training_parts([RUN]))
    step = kept_step(RUN, 21)
    assert step is not None and step <= 21 and kept_step(RUN, 40) == 40
    question = SpectrumAt(RUN, step)
    assert question.exact and spectrum_so_far(question) is None
    done(spectrum_parts(question))
    found = spectrum_so_far(question)
    assert found is not None
    steps, rows = path_of(RUN)
    network = RUN.network
    exact = exact_spectrum(objective_of(network), rows[steps.index(step)], seen_by(network))
    np.testing.assert_array_equal(found.largest, exact[: len(found.largest)])
    assert found.counts.sum() == len(exact) and (found.errors == 0).all()
    assert found.negative.value == float((exact < -1e-5 * exact[0]).mean()) > 0
    assert found.mean.value == pytest.approx(exact.mean())

    monkeypatch.setattr(hessian_spectrum, "MOST_EXACT", 10)
    other = SpectrumAt(RUN, steps[-1])
    assert not other.exact and spectrum_so_far(other) is None
    done(spectrum_parts(other))
    about = spectrum_so_far(other)
    assert about is not None
    exact = exact_spectrum(objective_of(network), rows[-1], seen_by(network))
    np.testing.assert_allclose(about.largest[:5], exact[:5], rtol=1e-4)
    assert about.smallest[-1] == pytest.approx(exact[-1], rel=1e-3)
    assert about.counts.sum() == pytest.approx(len(exact))
    assert about.mean.low <= exact.mean() <= about.mean.high


def test_the_widest_gap_is_found_among_twice_as_many_as_classes():
    values = np.array([8.0, 7.0, 6.0, 2.0, 1.9, 1.8, 1e-9])
    found = outliers(values, 2)
    assert found is not None and (found.count, found.ratio, found.classes) == (3, 3.0, 2)
    assert outliers(np.array([1.0, -1.0]), 2) is None


def test_pairs_of_seeds_are_compared_and_what_diverged_is_left_out():
    small = [(1.0, 0.1, 0.9), (2.0, 0.2, 0.8), (3.0, 0.3, 0.7), (math.nan,) * 3]
    large = [(2.0, 0.1, 0.9), (5.0, 0.1, 0.9), (6.0, 0.1, 0.9), (6.0, 0.1, 0.9)]
    found = compared(small, large)
    assert found is not None and found.lost == 1
    assert found.small == mean_of(np.array([1.0, 2.0, 3.0]))
    logs = mean_of(np.log([2.0, 2.5, 2.0]))
    assert found.ratio.low == pytest.approx(math.exp(logs.low)) and found.ratio.low > 1
    assert found.small_loss == pytest.approx(0.2) and found.large_right == pytest.approx(0.9)
    assert compared(small[2:], large[2:]) is None


def test_the_ends_of_runs_are_as_sharp_as_their_largest_eigenvalue():
    sharpness = sharpness_parts([RUN], [Training(**{**vars(RUN), "batch": None})])
    done(sharpness)
    told = sharpness_so_far(RUN)
    assert told is not None
    network = RUN.network
    exact = exact_spectrum(objective_of(network), path_of(RUN)[1][-1], seen_by(network))
    assert told[0] == pytest.approx(exact[0], rel=1e-5) and 0.5 < told[2] <= 1


def test_a_step_without_weights_is_refused_with_a_sentence():
    (part,) = spectrum_parts(SpectrumAt(RUN, 10_000))
    with pytest.raises(ValueError, match="a step at which weights are kept"):
        part()
