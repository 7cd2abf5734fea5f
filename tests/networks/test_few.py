"""Few examples of a data set, and the others for validation."""

import numpy as np
import pytest

from networks import DATASETS, FewExamples, Network, Training, train
from networks.data import examples_of


def test_the_first_are_trained_on_and_all_others_validate():
    whole, few = examples_of("moons"), examples_of(FewExamples(DATASETS["moons"], 30))
    assert np.array_equal(few.train_inputs, whole.train_inputs[:30])
    assert np.array_equal(few.train_labels, whole.train_labels[:30])
    rest = np.concatenate([whole.validation_inputs, whole.train_inputs[30:]])
    assert np.array_equal(few.validation_inputs, rest)
    assert few.box == whole.box and few.classes == 2
    for values in (few.train_inputs, few.validation_inputs, few.train_labels, few.validation_labels):
        assert not values.flags.writeable


def test_no_example_is_both_and_no_more_validate_than_are_measured():
    question = FewExamples(DATASETS["digits"], 300)
    data = examples_of(question)
    assert (len(data.train_labels), len(data.validation_labels)) == (300, 1000)
    assert (question.train, question.validation, question.inputs, question.classes) == (300, 1000, 64, 10)
    trained = {row.tobytes() for row in data.train_inputs}
    assert sum(row.tobytes() in trained for row in data.validation_inputs) < 5  # but for equal images


@pytest.mark.parametrize("count", [9, 201, 30.0, True])
def test_a_number_that_there_is_not_is_refused(count: object):
    with pytest.raises(ValueError, match="from 10 to 200"):
        FewExamples(DATASETS["moons"], count)  # type: ignore[arg-type]


def test_a_network_learns_from_them():
    network = Network(FewExamples(DATASETS["circles"], 40), (16,), "tanh")
    history = train(Training(network, "adam", {"learning_rate": 0.05}, steps=150))
    assert history.ending.kind == "done"
    assert history.train_accuracy[-1] == 1.0 and history.validation_accuracy[-1] > 0.8
