"""Landscapes with something and without: what is kept of runs, and what all seeds say."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training, train
from networks.course import course_of
from networks.data import FewExamples
from networks.geometry import along_gradient, losses_at, objective_of, roughness, seen_by, slice_of
from networks.inside import signals
from networks.programs import compiled_programs
from studies.compared_landscapes import (
    Comparison,
    Landscape,
    compared,
    comparison_parts,
    found,
    ratio,
    seen_so_far,
    share_done,
)
from studies.seed_band import mean_of

PLAIN = Training(
    Network(FewExamples(DATASETS["moons"], 50), (4, 4), "tanh"), "sgd", {"learning_rate": 0.2}, steps=12
)
OWN = replace(PLAIN, network=replace(PLAIN.network, residual=True))
QUESTION = Comparison(OWN, PLAIN, seeds=2, points=5, along=True)


def finish(question: Comparison) -> list[float]:
    """Go through all parts, and return how far all was after each."""
    shares = [0.0]
    for part in comparison_parts(question):
        done = False
        while done is False:
            done = part()
            shares.append(sum(share_done(each) for pair in question.pairs for each in pair))
    return shares


def test_it_goes_on_and_each_number_is_that_of_who_measures_it():
    shares = finish(QUESTION)
    assert shares == sorted(shares) and shares[-1] == 4
    for pair, seed in zip(QUESTION.pairs, (0, 1), strict=True):
        assert [each.training for each in pair] == [replace(OWN, seed=seed), replace(PLAIN, seed=seed)]
        for each in pair:
            seen = seen_so_far(each)
            assert seen.whole and course_of(each.training) is None, "What was read is kept no longer."
            training = each.training
            history = train(training)
            assert np.array_equal(seen.history.train_loss, history.train_loss)
            known = slice_of(each.slice)
            assert (each.slice.kind, each.slice.norm, each.slice.seed) == ("random", "filter", seed)
            assert np.array_equal(seen.losses, known.losses)
            assert seen.rough == roughness(known.a, known.b, known.losses)
            course = course_of(training)
            assert course and course.weights
            end = course.weights[-1][1]
            objective, data = objective_of(training.network), seen_by(training.network)
            assert seen.losses[2, 2] == pytest.approx(losses_at(objective, end[None], data)[0], rel=1e-5)
            assert seen.rms is not None
            for row, look in ((0, 0), (1, len(training.measured) - 1)):
                back = signals(training.network, at=(training, look)).gradients
                assert seen.rms[row] == pytest.approx([np.sqrt((layer**2).mean()) for layer in back])
            assert seen.looks == tuple(training.measured[number] for number, _, _ in course.weights)
            assert seen.along[3] == along_gradient(objective, course.weights[3][1], 0.2, data)
    before = compiled_programs()
    turned = replace(QUESTION, own=_turned(OWN), plain=_turned(PLAIN), extent=0.4)
    finish(turned)
    assert compiled_programs() == before
    assert seen_so_far(turned.pairs[0][0]).losses.max() != seen_so_far(QUESTION.pairs[0][0]).losses.max()
    told = found([(seen_so_far(own), seen_so_far(plain)) for own, plain in QUESTION.pairs])
    arms = [[seen_so_far(pair[arm]) for pair in QUESTION.pairs] for arm in (0, 1)]
    shares = [[each.rough.nonconvex for each in arm if each.rough] for arm in arms]
    assert told.nonconvex == compared(*shares)
    spread = [[float(np.median([step.range for step in each.along])) for each in arm] for arm in arms]
    assert told.range == ratio(*spread)
    steep = [[float(np.median([step.smoothness for step in each.along])) for each in arm] for arm in arms]
    assert told.smoothness == ratio(*steep)
    first = [each.rms[0] for each in arms[1] if each.rms is not None]
    assert told.fading[1] == pytest.approx(np.exp(np.mean([np.log(row[0] / row[-1]) for row in first])))
    assert told.diverged == (0, 0)


def _turned(run: Training) -> Training:
    return replace(run, knobs={"learning_rate": 0.05}, seed=5)


def test_intervals_are_students_and_pairs_are_of_one_seed():
    own, plain = [0.5, 0.7, None, 0.6], [0.4, 0.5, 0.9, 0.8]
    told = compared(own, plain)
    assert told.own == mean_of(np.array([0.5, 0.7, 0.6])) and told.plain == mean_of(np.array(plain))
    assert told.apart == mean_of(np.array([0.5 - 0.4, 0.7 - 0.5, 0.6 - 0.8]))
    assert compared([0.5, None], [0.5, 0.4]).apart is None
    # 2 and 8 times: 4 in the mean of logarithms, 1 degree of freedom, t = 12.706.
    times = ratio([2.0, 16.0, 3.0], [1.0, 2.0, 0.0])
    half = 12.706 * np.std([np.log(2), np.log(8)], ddof=1) / np.sqrt(2)
    assert times is not None
    assert astuple(times) == pytest.approx((4, 4 / np.exp(half), 4 * np.exp(half)))
    assert ratio([np.inf, 1.0], [1.0, 1.0]) is None


def test_a_run_that_diverges_has_no_slice_and_is_counted():
    network = replace(PLAIN.network, activation="relu")
    wild = replace(PLAIN, network=network, knobs={"learning_rate": 100.0}, steps=40)
    tame = replace(wild, network=replace(network, normalization="layer"))
    question = Comparison(tame, wild, seeds=2, points=3)
    finish(question)
    pairs = [(seen_so_far(own), seen_so_far(plain)) for own, plain in question.pairs]
    told = found(pairs)
    gone = [each.diverged for _, each in pairs]
    assert any(gone) and told.diverged[1] == sum(gone)
    for _, each in pairs:
        assert each.whole and (each.rough is None) == each.diverged
        if each.diverged:
            assert np.isnan(each.losses).all() and each.rms is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"plain": replace(PLAIN, steps=13)}, "differ in residual connections or the normalisation alone"),
        ({"seeds": 1}, "Expected 2 to 8 seeds, got 1"),
        ({"seeds": 9}, "Expected 2 to 8 seeds, got 9"),
    ],
)
def test_what_is_no_comparison_is_refused(changes: dict[str, object], sentence: str):
    with pytest.raises(ValueError, match=sentence):
        replace(QUESTION, **changes)


def test_a_slice_that_is_none_is_refused():
    with pytest.raises(ValueError, match="Expected extent in"):
        _ = Landscape(PLAIN, extent=0).slice
