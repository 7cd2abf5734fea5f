"""Up to which rate a network learns, with a normalisation and without one."""

import math
from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training
from networks.abreast import TRAIN_ACCURACY, Curves, abreast_parts, curves_so_far
from networks.data import FewExamples
from scenes.net_labs import normalization
from studies.bearable_rates import COUNT, SEEDS, bearable, rate_questions, rates
from studies.seed_band import mean_of
from studies.starting_scales import LEARNED
from tests.networks.by_hand import ByHand

RUN = Training(
    Network(FewExamples(DATASETS["moons"], 100), (8,), "relu", "he_normal", normalization="batch"),
    "sgd",
    {"learning_rate": 0.01},
    batch=20,
    steps=10,
    seed=3,
)


def test_the_rates_are_even_in_powers():
    found = rates()
    assert len(found) == COUNT == normalization.RATES and SEEDS == normalization.SEEDS
    assert (found[0], found[-1]) == (pytest.approx(0.01), pytest.approx(100))
    assert np.allclose(found[1:] / found[:-1], 10 ** (4 / 15))


def test_rows_differ_in_nothing_but_rate_seed_and_normalisation():
    own, plain = rate_questions(RUN, epochs=2)
    for row, kind in ((own, "batch"), (plain, "none")):
        assert [question.batches for question in row] == [3, 4, 5, 6, 7]
        assert [question.looks for question in row] == [(0, 5, 10), *((10,),) * 4]
        for seed, question in enumerate(row, start=3):
            for run, rate in zip(question.runs, rates(), strict=True):
                network = replace(RUN.network, normalization=kind)
                assert run == replace(RUN, network=network, seed=seed, knobs={"learning_rate": float(rate)})


@pytest.mark.parametrize("row", [0, 1])
def test_what_is_right_at_the_end_is_what_a_loop_of_numpy_finds(row: int):
    question = rate_questions(RUN, epochs=2)[row][1]
    for part in abreast_parts([question]):
        while part() is False:
            pass
    found = curves_so_far(question).values[-1, :, TRAIN_ACCURACY]
    for run, share in zip(question.runs, found, strict=True):
        if run.rate > 1:
            break  # there roundings are magnified
        loop = ByHand(run)
        loop.train()
        right = loop.right(loop.data.train_inputs, loop.data.train_labels)
        assert share == pytest.approx(right.mean(), abs=0.0101)  # one of a hundred may be on the boundary
    assert found[:8].max() - found[:8].min() > 0.05, "Rates are to make a difference."


def curves(*right: float) -> Curves:
    values = np.zeros((1, COUNT, 4), np.float32)
    values[0, : len(right), TRAIN_ACCURACY] = right
    return Curves(np.array([1]), values, np.full(COUNT, -1), 1, True)


def test_what_is_borne_is_the_largest_rate_of_all_that_were_enough():
    own = curves(0.2, 0.95, 0.3, 0.9, math.nan), curves(0.95), curves(*[0.0] * 15, 1.0), curves(0.1)
    plain = curves(1.0), curves(0.5, 0.95), curves(1.0, 1.0, 0.89), curves(0.95)
    found = bearable(own, plain)
    tried = [float(rate) for rate in rates()]
    assert found.own == (tried[3], tried[0], tried[15], None)
    assert found.plain == (tried[0], tried[1], tried[1], tried[0])
    steps = np.array([3, -1, 14])
    assert (found.top, found.top_plain, found.enough) == (1, 0, LEARNED)
    assert found.apart == pytest.approx(tried[1] / tried[0])
    assert found.ratio == pytest.approx(found.apart ** steps.mean())
    expected = mean_of(steps * math.log(found.apart))
    assert (found.low, found.high) == (
        pytest.approx(math.exp(expected.low)),
        pytest.approx(math.exp(expected.high)),
    )
    nobody = bearable((curves(0.1), curves(1.0)), (curves(1.0), curves(0.1)))
    assert (nobody.ratio, nobody.low, nobody.high) == (None, None, None)
