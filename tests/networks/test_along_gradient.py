"""What steps against the gradient meet, beside NumPy in double precision."""

from typing import Any

import numpy as np
import pytest

from networks import DATASETS, Network
from networks.data import FewExamples, examples_of
from networks.first_weights import first_weights
from networks.geometry import Objective, along_gradient, objective_of, seen_by
from networks.geometry.along_gradient import LEAST, MOST, TRIED, rates
from networks.programs import compiled_programs

NETWORK = Network(FewExamples(DATASETS["moons"], 40), (3,), "tanh")
RATE = 0.7


def by_hand(vector: Any) -> tuple[float, Any]:
    """Return the loss and the gradient of one hidden layer of tanh, with the chain rule."""
    data = examples_of(NETWORK.data)
    x, labels = data.train_inputs.astype(float), data.train_labels
    parts = {
        (place.layer, place.name): vector[place.start : place.stop].reshape(place.shape)
        for place in NETWORK.plan.places
    }
    h = np.tanh(x @ parts[0, "W"] + parts[0, "b"])
    scores = h @ parts[1, "W"] + parts[1, "b"]
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    back = (p - np.eye(2)[labels]) / len(x)
    hidden = (back @ parts[1, "W"].T) * (1 - h**2)
    slopes = {
        (0, "W"): x.T @ hidden,
        (0, "b"): hidden.sum(axis=0),
        (1, "W"): h.T @ back,
        (1, "b"): back.sum(axis=0),
    }
    gradient = np.concatenate([slopes[place.layer, place.name].ravel() for place in NETWORK.plan.places])
    return float(-np.log(p[np.arange(len(x)), labels]).mean()), gradient


def test_it_is_what_numpy_finds_in_double_precision():
    vector = first_weights(NETWORK, 1)
    found = along_gradient(objective_of(NETWORK), vector, RATE, seen_by(NETWORK))
    loss, gradient = by_hand(vector.astype(float))
    tried = RATE * np.geomspace(0.5, 4, 8)
    assert (LEAST, MOST, TRIED) == (0.5, 4, 8) and np.allclose(rates(RATE), tried)
    there = [by_hand(vector - rate * gradient) for rate in tried]
    losses = [each for each, _ in there]
    changes = np.array([np.linalg.norm(gradient - other) for _, other in there])
    assert found.loss == pytest.approx(loss, rel=1e-4)
    assert (found.low, found.high) == (
        pytest.approx(min(losses), rel=1e-4),
        pytest.approx(max(losses), rel=1e-4),
    )
    assert found.change_low == pytest.approx(changes.min(), rel=1e-4)
    assert found.change_high == pytest.approx(changes.max(), rel=1e-4)
    steepest = (changes / (tried * np.linalg.norm(gradient))).max()
    assert found.smoothness == pytest.approx(steepest, rel=1e-4)
    assert found.range == found.high - found.low > 0


def bowl(vector: Any, curvature: Any) -> Any:
    return 0.5 * (curvature * vector**2).sum()


def test_a_parabola_has_its_curvature():
    objective = Objective("a parabola", bowl)
    curvature = (np.array([3.0], np.float32),)
    found = along_gradient(objective, [2.0], 0.1, curvature)
    # The slope is 6; a step of α′ goes from 2 to 2 − 6α′ and changes the slope by 18α′.
    assert found.smoothness == pytest.approx(3, rel=1e-5)
    assert (found.change_low, found.change_high) == (pytest.approx(0.9), pytest.approx(7.2))
    assert (found.loss, found.high) == (pytest.approx(6), pytest.approx(1.5 * (2 - 0.3) ** 2))
    still = along_gradient(objective, [0.0], 0.1, curvature)
    assert (still.range, still.change_high, still.smoothness) == (0, 0, 0)
    # What goes beyond all bounds is said to be so.
    beyond = along_gradient(objective, [1e30], 1.0, (np.array([1e10], np.float32),))
    assert beyond.high == np.inf and not np.isnan(beyond.smoothness)


def test_numbers_compile_nothing_and_rates_are_positive():
    objective, data = objective_of(NETWORK), seen_by(NETWORK)
    along_gradient(objective, first_weights(NETWORK, 1), RATE, data)
    before = compiled_programs()
    one, other = (along_gradient(objective, first_weights(NETWORK, 2), rate, data) for rate in (0.01, 2.0))
    assert compiled_programs() == before and one != other
    with pytest.raises(ValueError, match="Expected a positive rate, got 0"):
        along_gradient(objective, first_weights(NETWORK, 1), 0, data)
