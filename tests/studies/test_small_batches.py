"""Batches of all sizes, in both modes of batch normalisation and without one."""

from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training
from networks.abreast import Curves, abreast_parts, curves_so_far
from networks.data import FewExamples
from scenes.net_labs import normalization
from studies.seed_band import mean_of
from studies.small_batches import (
    SEEDS,
    SIZES,
    at_size,
    furthest,
    in_order,
    lines,
    reached,
    size_questions,
    sizes,
)
from tests.networks.by_hand import ByHand

RUN = Training(
    Network(FewExamples(DATASETS["moons"], 60), (8,), "relu", "he_normal", normalization="batch"),
    "sgd",
    {"learning_rate": 0.2},
    batch=20,
    steps=9,
    seed=5,
)


def test_all_sizes_see_as_many_examples_at_a_rate_proportional_to_the_size():
    assert (SIZES, SEEDS) == (normalization.SIZES, normalization.SIZE_SEEDS)
    assert sizes(60) == (2, 4, 8, 16, 32) and sizes(128)[-1] == sizes(5000)[-1] == 128
    own, plain = size_questions(RUN, epochs=3)
    for cells, kind in ((own, "batch"), (plain, "none")):
        for seed, row in enumerate(cells, start=5):
            for question, size in zip(row, sizes(60), strict=True):
                (run,) = question.runs
                assert (run.seen, run.seed, question.batches) == (size, seed, seed)
                assert run.steps * size == 3 * (60 // size) * size and question.looks == (run.steps,)
                assert run.rate == pytest.approx(0.2 * size / 20)
                assert run.network == replace(RUN.network, normalization=kind)
                assert question.own_batches == (kind == "batch") and question.held == 1000
    order = in_order(own, plain)
    assert len(order) == 2 * SEEDS * 5 and len(set(order)) == len(order)
    assert order[:4] == [plain[0][-1], own[0][-1], plain[0][-2], own[0][-2]]


@pytest.mark.parametrize("kind", [0, 1])
def test_both_modes_are_those_of_a_loop_of_numpy(kind: int):
    cells = size_questions(RUN, epochs=3)[kind]
    for question in cells[1][::2]:  # each size compiles
        for part in abreast_parts([question]):
            while part() is False:
                pass
        (run,) = question.runs
        loop = ByHand(run)
        loop.train()
        x, labels = loop.data.validation_inputs, loop.data.validation_labels
        assert len(labels) > 200  # more than are measured where nobody asks for all
        x, labels = x[:1000], labels[:1000]
        told = curves_so_far(question).values[-1, 0]
        assert told[3] == pytest.approx(loop.right(x, labels).mean(), abs=0.0021)
        if kind == 1:
            assert len(told) == 4
            continue
        right = np.zeros(len(labels), bool)
        for begin in range(0, len(labels), run.seen):
            chosen = np.arange(begin, begin + run.seen) % len(labels)
            count = min(run.seen, len(labels) - begin)
            right[begin : begin + count] = loop.right(x[chosen], labels[chosen], own=True)[:count]
        assert told[4] == pytest.approx(right.mean(), abs=0.0021)
        assert run.seen > 2 or abs(told[4] - told[3]) > 0.02, "The two modes are to differ."


def curves(*right: float, whole: bool = True) -> Curves:
    return Curves(np.array([9]), np.array([[[0, 0, 0, *right]]], np.float32), np.array([-1]), 9, whole)


def test_what_is_not_known_is_not_told_and_who_diverged_has_nothing_right():
    known = ((curves(0.5), curves(np.nan)), (curves(0.25, whole=False), curves(0.75)))
    assert np.array_equal(reached(known), [[0.5, 0], [np.nan, 0.75]], equal_nan=True)
    assert list(lines(known, known)) == ["test", "plain"]
    both = ((curves(0.5, 0.25),),)
    assert {name: values.tolist() for name, values in lines(both, known).items() if name != "plain"} == {
        "test": [[0.5]],
        "train": [[0.25]],
    }


def test_modes_are_compared_seed_by_seed():
    known = {
        "test": np.array([[0.5, 0.9], [0.6, 0.9], [0.4, 0.9]]),
        "train": np.array([[0.1, 0.8], [0.3, 0.9], [0.2, 0.8]]),
        "plain": np.array([[0.9, 0.9], [0.8, 0.9], [0.9, 0.8]]),
    }
    found = at_size(known, 0, 2)
    assert (found.size, found.test, found.plain) == (2, pytest.approx(0.5), pytest.approx(2.6 / 3))
    assert found.train == pytest.approx(0.2)
    assert found.gain == mean_of(np.array([0.5 - 0.9, 0.6 - 0.8, 0.4 - 0.9]))
    assert found.apart == mean_of(np.array([0.1 - 0.5, 0.3 - 0.6, 0.2 - 0.4]))
    assert furthest(known, (2, 4)) == 2
    alone = {name: values for name, values in known.items() if name != "train"}
    assert at_size(alone, 1, 4).apart is None and furthest(alone, (2, 4)) is None
