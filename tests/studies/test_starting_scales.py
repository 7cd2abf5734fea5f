"""Sixteen sizes of the starting weights, with a normalisation and without one."""

import math
from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training
from networks.abreast import TRAIN_ACCURACY, VALIDATION_ACCURACY, Curves
from networks.data import FewExamples
from networks.first_weights import first_weights
from studies.intervals import wilson
from studies.starting_scales import LEARNED, compared, scale_questions, scales

RUN = Training(
    Network(FewExamples(DATASETS["digits"], 200), (16, 16), "relu", normalization="batch"),
    "sgd",
    {"learning_rate": 0.01},
    batch=50,
    steps=12,
)


def test_the_sizes_are_those_of_the_book():
    """`logspace(0, -4, 16)` of Saitō 2016; the printed ones are 1, .293, .158, .0136 and 1e-4."""
    found = scales()
    assert len(found) == 16 and found[0] == 1 and found[-1] == pytest.approx(1e-4)
    assert np.allclose(np.diff(np.log10(found)), -4 / 15)
    assert [f"{found[k]:.3g}" for k in (2, 3, 7)] == ["0.293", "0.158", "0.0136"]


def test_both_rows_differ_in_nothing_but_size_and_normalisation():
    normalized, plain = scale_questions(RUN, epochs=3)
    assert normalized.looks == plain.looks == (0, 4, 8, 12)
    for own, other, scale in zip(normalized.runs, plain.runs, scales(), strict=True):
        assert own.network.sigma == other.network.sigma == pytest.approx(scale)
        assert own.network.normalization == "batch" and other.network.normalization == "none"
        assert replace(own, network=RUN.network) == RUN == replace(other, network=RUN.network)
    weights = [first_weights(run.network, run.seed) for run in plain.runs]
    assert np.allclose(weights[5], weights[0] * scales()[5], atol=1e-7)


def curves(train: list[float], validation: list[float]) -> Curves:
    values = np.zeros((2, len(train), 4), np.float32)
    values[1, :, TRAIN_ACCURACY], values[1, :, VALIDATION_ACCURACY] = train, validation
    return Curves(np.array([0, 1]), values, np.full(len(train), -1), 9, True)


def test_what_is_counted():
    nan = math.nan
    normalized = curves([0.5, 0.95, 0.2, nan, 0.9], [0.4, 0.8, 0.1, nan, 0.5])
    plain = curves([nan, 0.9, 0.3, 0.1, 0.9], [nan, 0.9, 0.1, 0.2, 0.4])
    found = compared(normalized, plain)
    assert (found.better, found.worse, found.held) == (2, 2, 2)
    assert (found.low, found.high) == wilson(2, 5)
    assert (found.learned, found.learned_without) == (2, 2) and found.enough == LEARNED == 0.9
    assert [(k, round(own, 6), round(other, 6)) for k, own, other in found.against] == [
        (2, 0.2, 0.3),
        (3, 0.0, 0.1),
    ]
