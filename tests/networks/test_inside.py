"""What is seen inside a network: the book's numbers, theory's, and gradients by differences."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from networks import ACTIVATIONS, INITIALIZERS, NORMALIZATIONS, Network, Training, signals, train
from networks.first_weights import first_weights
from networks.network import Plan
from tests.networks import reference

INPUTS = np.random.default_rng(0).normal(size=(1000, 100))
BOOK = Network(data="normal_inputs", widths=(100,) * 5, activation="sigmoid", initializer="normal_1")


def test_the_books_activations() -> None:
    """Saitō (2016), section 6.2.2: what its program prints, over ten seeds of ours."""
    beyond = np.array([signals(BOOK, INPUTS, seed).saturated for seed in range(10)])
    printed = np.array([0.64, 0.49, 0.47, 0.48, 0.53])
    assert (
        np.abs(beyond[0] - [((a < 0.01) | (a > 0.99)).mean() for a in signals(BOOK, INPUTS).activations])
        < 1e-3
    ).all()
    low, high = beyond.min(axis=0), beyond.max(axis=0)
    assert ((low - 0.02 <= printed) & (printed <= high + 0.02)).all()
    small = signals(replace(BOOK, initializer="normal_01"), INPUTS)
    assert small.std[0] == pytest.approx(0.025, abs=0.0005) and small.std[1:] == pytest.approx(
        0.0125, abs=0.003
    )


WITHOUT_THEORY = {"constant", "pretrained"}
WIDE = [
    *((activation, "none") for activation in ACTIVATIONS),
    *(("relu", normalization) for normalization in NORMALIZATIONS if normalization != "none"),
    ("gelu", "batch"),
    ("sigmoid", "local_response"),
]


@pytest.mark.parametrize(("activation", "normalization"), WIDE)
def test_spreads_are_those_of_theory_in_a_wide_network(activation: str, normalization: str) -> None:
    network = Network(
        data="normal_inputs",
        widths=(128,) * 3,
        activation=activation,
        initializer="he_normal",
        normalization=normalization,
    )
    found = np.array([signals(network, INPUTS[:400], seed).std for seed in range(4)])
    theory = signals(network, INPUTS[:400]).theory
    np.testing.assert_allclose(np.sqrt((found**2).mean(axis=0)), theory, rtol=0.12)


@pytest.mark.parametrize(
    "initializer", [name for name, way in INITIALIZERS.items() if name != "constant" and not way.pretrained]
)
def test_spreads_are_those_of_theory_for_each_beginning(initializer: str) -> None:
    network = Network(
        data="normal_inputs", widths=(128,) * 4, activation="tanh", initializer=initializer, sigma=0.2
    )
    found = np.array([signals(network, INPUTS[:400], seed).std for seed in range(4)])
    theory = signals(network, INPUTS[:400]).theory
    np.testing.assert_allclose(np.sqrt((found**2).mean(axis=0)), theory, rtol=0.08, atol=1e-9)


def test_theory_knows_residual_connections_and_says_nothing_of_constants() -> None:
    network = Network(data="normal_inputs", widths=(100,) * 6, activation="tanh", residual=True)
    one = signals(network, INPUTS)
    np.testing.assert_allclose(one.std, one.theory, rtol=0.1)
    assert (np.diff(one.theory) > 0).all()
    assert np.isnan(signals(replace(network, initializer="constant"), INPUTS).theory).all()


@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_gradients_are_those_of_the_loops(normalization: str) -> None:
    network = Network(
        widths=(8, 8), activation="gelu", normalization=normalization, initializer="normal", sigma=0.7
    )
    x = np.random.default_rng(3).normal(size=(4, 3)).astype(np.float32)
    found = signals(network, x, seed=5)
    plan: Plan = replace(network.plan, inputs=3)
    vector = first_weights(network, 5, plan).astype(float)
    labels = np.random.default_rng((5, 1)).integers(0, 2, 4)

    def loss(shifts: Any) -> float:
        return reference.loss(plan, vector, x, labels, shifts=shifts.reshape(2, 4, 8))

    expected = reference.gradient(loss, np.zeros(64)).reshape(2, 4, 8)
    np.testing.assert_allclose(np.array(found.gradients), expected, rtol=1e-3, atol=2e-6)
    assert found.gradient_std == pytest.approx(np.array(found.gradients).std(axis=(1, 2)), rel=1e-4)


def test_dead_and_saturated_units_are_counted() -> None:
    network = Network(widths=(50, 40), activation="relu", initializer="normal_1")
    seen = signals(network)
    made = seen.activations
    assert seen.dead == pytest.approx([(layer == layer[0]).all(axis=0).mean() for layer in made])
    assert seen.saturated == pytest.approx([(layer == 0).mean() for layer in made], abs=1e-3)
    assert seen.dead.max() > 0


def test_zero_weights_leave_all_units_dead() -> None:
    seen = signals(Network(widths=(9, 7), activation="relu", initializer="zeros"), INPUTS[:, :2])
    assert (seen.dead == 1).all() and (seen.std == 0).all() and (seen.theory == 0).all()
    assert all((layer == 0).all() for layer in seen.gradients)


def test_shapes_and_what_may_be_written() -> None:
    seen = signals(Network(widths=(9, 7, 7, 7, 7, 7, 7)), INPUTS[:30, :5])
    assert [layer.shape for layer in seen.activations] == [(30, 9), *[(30, 7)] * 6]
    assert [layer.shape for layer in seen.gradients] == [(30, 9), *[(30, 7)] * 6]
    for each in (*seen.activations, *seen.gradients, seen.dead, seen.saturated, seen.std, seen.theory):
        assert not each.flags.writeable and each.dtype == np.float32
    assert signals(Network()).activations[0].shape == (200, 64)


def test_weights_along_a_run() -> None:
    training = Training(Network(widths=(12, 12), activation="relu"), steps=80, knobs={"learning_rate": 0.05})
    with pytest.raises(ValueError, match="one of the 0 measurements"):
        signals(training.network, at=(training, 0))
    history = train(training)
    first, last = (signals(training.network, at=(training, look)) for look in (0, 40))
    assert (first.step, last.step) == (0, 80)
    np.testing.assert_array_equal(first.std, signals(training.network).std)
    assert history.dead[-1] == pytest.approx(last.dead.mean())
    assert history.saturated[-1] == pytest.approx(last.saturated.mean(), abs=1e-5)
    with pytest.raises(ValueError, match="one of the 41 measurements"):
        signals(training.network, at=(training, 41))
    with pytest.raises(ValueError, match="the same network"):
        signals(Network(), at=(training, 0))


@pytest.mark.parametrize(
    "inputs", [np.zeros(3), np.zeros((0, 3)), np.full((2, 2), np.nan), "text", [[1], [1, 2]]], ids=range(5)
)
def test_bad_inputs_are_refused(inputs: Any) -> None:
    with pytest.raises(ValueError, match="Expected"):
        signals(Network(), inputs)


def test_too_many_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4,000,000 numbers"):
        signals(Network(widths=(128,) * 20), np.zeros((2000, 2)))
