"""The data behind a surface, and the mini-batches of its steps."""

import base64
import json
from typing import Any

import numpy as np
import pytest

from api.fit_facts import NOBODY, batches, data
from descent import descend
from descent.randomness import batch_weights
from landscapes import LANDSCAPES
from landscapes.find import find
from scenes import read

MADE_OF_DATA = [name for name, surface in LANDSCAPES.items() if surface.examples]


def response(fact: Any, query: str) -> dict[str, Any]:
    return json.loads(json.dumps(fact(query), allow_nan=False))


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4").astype(float)


def members(answer: dict[str, Any]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(answer["members"]), np.uint8).reshape(-1, answer["size"])


@pytest.mark.parametrize("name", MADE_OF_DATA)
def test_the_examples_are_those_of_the_surface(name: str):
    for scaling in find(name).knobs[0].choices:
        examples = find(name, {"scaling": scaling}).examples
        assert examples is not None
        found = response(data, f"f={name}:scaling={scaling}")
        assert (found["count"], found["model"]) == (examples.count, examples.model)
        np.testing.assert_allclose(
            floats(found["inputs"]), np.ravel(examples.inputs), rtol=1e-6, atol=1e-6, err_msg=scaling
        )
        np.testing.assert_allclose(floats(found["targets"]), examples.targets, rtol=1e-6)


@pytest.mark.parametrize("query", ["f=bowl", "formula=x*y", "data=1,2"])
def test_a_formula_has_no_examples(query: str):
    assert response(data, query) == {"count": 0, "model": None, "inputs": "", "targets": ""}
    assert response(batches, query) == {"size": 0, "members": None, "nobody": NOBODY}


def test_one_s_own_data_come_back():
    found = response(data, "f=line_fit&data=1,2;2,3;3,5;4,5.5")
    assert floats(found["inputs"]).tolist() == [1, 2, 3, 4]
    assert floats(found["targets"]).tolist() == [2, 3, 5, 5.5]


def test_an_epoch_holds_everybody_once_and_its_last_batch_is_smaller():
    rows = members(response(batches, "f=line_fit&lane=sgd&steps=18&batch=7"))
    assert rows.shape == (18, 7)
    for epoch in (rows[:9], rows[9:]):
        assert sorted(epoch[epoch != NOBODY]) == list(range(60))
        assert (epoch[-1] != NOBODY).sum() == 60 - 8 * 7
    assert (rows[:9] != rows[9:]).any(), "each epoch has its own order"


def test_with_replacement_an_example_may_stand_there_twice():
    query = "f=line_fit&lane=sgd&steps=40&batch=30&sampling=replacement&seed=3"
    rows = members(response(batches, query))
    assert rows.shape == (40, 30) and rows.max() < 60
    assert any(len(set(row)) < len(row) for row in rows)
    weights = batch_weights(3, 0, 60, 30, True)
    for step, row in enumerate(rows):
        np.testing.assert_allclose(np.bincount(row, minlength=60) / 30, weights[step], atol=1e-12)


def test_they_are_the_examples_whose_gradient_was_seen():
    """Worked out here from the data and the path alone, for a straight line."""
    query = "f=line_fit&lane=sgd:lr=0.05&lane=sgd:lr=0.1&pick=2&steps=20&batch=9&luck=own"
    found = response(data, query)
    x, y = floats(found["inputs"]), floats(found["targets"])
    path = descend(read(query)[0].runs()[1])
    for step, row in enumerate(members(response(batches, query))):
        each = row[row != NOBODY]
        slope, intercept = path.points[step]
        error = slope * x[each] + intercept - y[each]
        np.testing.assert_allclose(path.seen[step], [np.mean(error * x[each]), np.mean(error)], rtol=1e-4)


@pytest.mark.parametrize("query", ["batch=60", "batch=60&sampling=epochs"])
def test_where_every_step_sees_all_nobody_is_marked(query: str):
    assert response(batches, f"f=line_fit&lane=sgd&{query}")["members"] is None
