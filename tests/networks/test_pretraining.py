"""Layers that learn before training, without labels: what they learn, and what it is good for."""

from dataclasses import replace

import numpy as np
import pytest

from networks import ACTIVATIONS, Network, Training, signals, train
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.layers import arrays_of
from networks.pretraining import LEFT_OUT, STEPS, learn_a_layer, pretrained_layers, pretraining_cost
from networks.training import cost_of

DIGITS = Network("digits", (24, 24), "tanh", "pretrained")


def explained(outputs: np.ndarray, inputs: np.ndarray) -> float:
    """Return which part of the variance of `inputs` (N, n) a linear decoder tells from `outputs` (N, m)."""
    made = np.column_stack([outputs, np.ones(len(outputs))]).astype(float)
    left = inputs - made @ np.linalg.lstsq(made, inputs, rcond=None)[0]
    return 1 - left.var() / inputs.var()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "prelu"])
def test_a_layer_tells_more_of_its_inputs_than_one_drawn_at_random(activation: str) -> None:
    x = examples_of("digits").validation_inputs
    told = {}
    for start in ("lecun_normal", "pretrained"):
        network = replace(DIGITS, widths=(8,), activation=activation, initializer=start)
        first = arrays_of(network.plan, first_weights(network, 0))[0][0]
        z = x @ first["W"][0] + first["b"][0]
        told[start] = explained(np.asarray(ACTIVATIONS[activation].value(z)), x)
    assert told["pretrained"] > told["lecun_normal"] + 0.03


def test_layers_follow_the_seed_and_the_output_layer_is_drawn() -> None:
    one, same, other = (first_weights(DIGITS, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    _, last = arrays_of(DIGITS.plan, one)
    _, drawn = arrays_of(DIGITS.plan, first_weights(replace(DIGITS, initializer="lecun_normal"), 1))
    np.testing.assert_array_equal(last["W"], drawn["W"])
    assert (one != other).mean() > 0.9


def test_what_is_no_part_of_it_changes_nothing() -> None:
    """Labels, normalisation, dropout: layers are the same."""
    layers = pretrained_layers(DIGITS, 0)
    for other in (replace(DIGITS, normalization="batch"), replace(DIGITS, dropout=0.5)):
        assert pretrained_layers(other, 0)[1].weights is layers[1].weights
    assert pretrained_layers(replace(DIGITS, residual=True), 0)[1].weights is not layers[1].weights


def test_layers_learn_one_at_a_time() -> None:
    network = replace(DIGITS, widths=(8, 7, 6))
    assert [learn_a_layer(network, 5) for _ in range(4)] == [False, False, True, True]
    assert [layer.weights.shape for layer in pretrained_layers(network, 5)] == [(64, 8), (8, 7), (7, 6)]
    assert all(layer.outputs is None for layer in pretrained_layers(network, 5))


def test_other_inputs_are_refused() -> None:
    assert signals(DIGITS, np.zeros((3, 64))).step == 0
    with pytest.raises(ValueError, match=r"Expected inputs of 64 numbers.*got 3"):
        signals(DIGITS, np.zeros((3, 3)))


def test_there_is_no_theory_of_what_was_learned() -> None:
    assert np.isnan(signals(DIGITS).theory).all()


def test_a_run_costs_what_is_learned_before_it_as_well() -> None:
    run = Training(DIGITS, batch=10, steps=50)
    plain = replace(run, network=replace(DIGITS, initializer="lecun_normal"))
    before = STEPS * 100 * 3 * 2 * (64 * 24 + 24 * 24)
    assert cost_of(run) - cost_of(plain) == pytest.approx(before) == pretraining_cost(DIGITS)
    assert 0 < LEFT_OUT < 1


def test_a_deep_network_of_sigmoids_that_stands_still_learns_after_it() -> None:
    """What the method was made for (Bengio et al., 2007): gradients do not reach the first layers."""
    network = Network("digits", (64,) * 4, "sigmoid", "xavier_normal")
    run = Training(network, "momentum", {"learning_rate": 0.5}, batch=100, steps=600)
    still = train(run)
    learned = train(replace(run, network=replace(network, initializer="pretrained")))
    assert still.validation_accuracy[-1] < 0.2 < 0.9 < learned.validation_accuracy[-1]
