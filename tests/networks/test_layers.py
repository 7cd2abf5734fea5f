"""Layers, losses and normalisations against loops in double precision, in value and gradient."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import ACTIVATIONS, NORMALIZATIONS
from networks.layers import first_running, forward, losses
from networks.network import Plan
from networks.normalizations import parts_of
from networks.programs import kept_units
from tests.networks import reference

CLOSE = 1e-6
N = 4


def made(plan: Plan, seed: int = 0) -> tuple[Any, Any, Any]:
    """Return parameters, inputs and labels at random; nothing is at its first value."""
    random = np.random.default_rng(seed)
    vector = random.normal(0, 0.6, plan.parameters) + 0.1
    return vector, random.normal(size=(N, plan.inputs)), random.integers(0, plan.classes, N)


def agree(plan: Plan, **more: Any) -> None:
    """Compare scores, loss and gradient with the loops."""
    vector, x, labels = made(plan)
    running = first_running(plan)

    def loss(v: Any) -> Any:
        scores = forward(plan, v, running, jnp.asarray(x), train=True, **more).scores
        return losses(scores, labels).mean(), scores

    # One program is compiled faster than each operation by itself.
    both = jax.jit(jax.value_and_grad(loss, has_aux=True))
    (value, scores), gradient = both(jnp.asarray(vector))
    loops = {name: [layer for group in each for layer in np.asarray(group)] for name, each in more.items()}
    np.testing.assert_allclose(scores, reference.scores(plan, vector, x, **loops), rtol=CLOSE, atol=CLOSE)
    assert abs(value - reference.loss(plan, vector, x, labels, **loops)) < CLOSE
    expected = reference.gradient(lambda v: reference.loss(plan, v, x, labels, **loops), vector)
    np.testing.assert_allclose(gradient, expected, rtol=CLOSE, atol=CLOSE)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_network_with_each_activation_is_that_of_the_loops(activation: str) -> None:
    agree(Plan(3, (4, 3), 3, activation, "none", False))


@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_a_network_with_each_normalization_is_that_of_the_loops(normalization: str, residual: bool) -> None:
    agree(Plan(3, (8, 8), 2, "tanh", normalization, residual))


@pytest.mark.parametrize("normalization", ["none", "batch", "weight", "layer"])
def test_many_layers_of_one_shape_are_the_same_layers_in_a_loop(normalization: str) -> None:
    plan = Plan(3, (4,) * 7, 2, "prelu", normalization, True)
    assert [group.count for group in plan.groups] == [1, 6]
    agree(plan)


def test_dropped_units_hand_nothing_on() -> None:
    plan = Plan(3, (4, 4), 2, "silu", "none", True)
    kept = [
        jnp.asarray(np.random.default_rng(group.first).integers(0, 2, (1, N, 4)) * 2.0)
        for group in plan.groups
    ]
    agree(plan, kept=kept)


def test_gradients_before_activation_are_those_of_the_loops() -> None:
    plan = Plan(3, (4, 4), 2, "tanh", "none", False)
    vector, x, labels = made(plan)

    def loss(shifts: Any) -> Any:
        pass_ = forward(plan, jnp.asarray(vector), (), jnp.asarray(x), train=True, shifts=shifts)
        return losses(pass_.scores, labels).mean()

    zeros = [jnp.zeros((1, N, 4)) for _ in plan.widths]
    found = np.concatenate([np.ravel(g) for g in jax.grad(loss)(zeros)])
    expected = reference.gradient(
        lambda s: reference.loss(plan, vector, x, labels, shifts=s.reshape(2, N, 4)), np.zeros(2 * N * 4)
    )
    np.testing.assert_allclose(found, expected, rtol=CLOSE, atol=CLOSE)


def test_batch_normalization_has_two_modes() -> None:
    plan = Plan(3, (4, 4), 2, "tanh", "batch", False)
    vector, x, _ = made(plan)
    first = first_running(plan)
    trained = forward(plan, jnp.asarray(vector), first, jnp.asarray(x), train=True)
    # While it trains: nothing of what runs along is used, and that moves a tenth of the way to the batch.
    other = jax.tree.map(lambda leaf: leaf + 3.0, first)
    again = forward(plan, jnp.asarray(vector), other, jnp.asarray(x), train=True)
    np.testing.assert_array_equal(trained.scores, again.scores)
    sums = x @ reference.unflatten(plan, vector)[0]["W"] + reference.unflatten(plan, vector)[0]["b"]
    mean, variance = trained.running[0]
    np.testing.assert_allclose(mean[0], 0.1 * sums.mean(axis=0), rtol=CLOSE)
    np.testing.assert_allclose(variance[0], 0.9 + 0.1 * sums.var(axis=0, ddof=1), rtol=CLOSE)
    # Afterwards: by what ran along alone, so that an example does not depend on its neighbours.
    running = [(np.arange(4) / 5, 1 + np.arange(4) / 3)] * 2
    stacked = tuple((np.asarray(m)[None], np.asarray(v)[None]) for m, v in running)
    tested = forward(plan, jnp.asarray(vector), stacked, jnp.asarray(x), train=False)
    expected = reference.scores(plan, vector, x, running=running)
    np.testing.assert_allclose(tested.scores, expected, rtol=CLOSE, atol=CLOSE)
    alone = forward(plan, jnp.asarray(vector), stacked, jnp.asarray(x[:1]), train=False)
    np.testing.assert_allclose(alone.scores, tested.scores[:1], rtol=1e-12)
    for before, after in zip(jax.tree.leaves(stacked), jax.tree.leaves(tested.running), strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.95])
def test_dropout_keeps_the_expectation(rate: float) -> None:
    plan = Plan(2, (50, 30), 2, "tanh", "none", False)
    draws = [
        np.concatenate(
            [np.ravel(k) for k in kept_units(plan, np.uint32(seed), jnp.int32(t), 100, np.float32(rate))]
        )
        for seed in range(3)
        for t in range(5)
    ]
    kept = np.array(draws)
    count = kept.size
    share = np.mean(kept == 0)
    error = np.sqrt(rate * (1 - rate) / count)
    assert abs(share - rate) <= 4 * error
    assert abs(kept.mean() - 1) <= 4 * error / (1 - rate) + 1e-6
    np.testing.assert_allclose(kept[kept > 0], 1 / (1 - rate), rtol=1e-6)
    if rate:
        # Another step or seed drops others: alike as often as chance has it.
        both = [np.mean((a == 0) & (b == 0)) for k, a in enumerate(draws) for b in draws[:k]]
        assert np.abs(np.array(both) - rate**2).max() <= 5 * np.sqrt(rate**2 * (1 - rate**2) / draws[0].size)
        # Units next to each other, and examples, are independent.
        grid = draws[0][: 100 * 50].reshape(100, 50) == 0
        for a, b in ((grid[1:], grid[:-1]), (grid[:, 1:], grid[:, :-1])):
            assert abs(np.mean(a & b) - rate**2) <= 5 * np.sqrt(rate**2 * (1 - rate**2) / a.size)


@pytest.mark.parametrize("width", range(1, 129))
def test_parts_of_a_layer_divide_it(width: int) -> None:
    for kind in ("instance", "group", "layer"):
        parts = parts_of(kind, width)
        assert width % parts == 0
        assert width == 1 or width // parts >= 2
    assert parts_of("layer", width) == 1
    assert parts_of("group", width) <= 4
    if width % 8 == 0:
        assert (parts_of("instance", width), parts_of("group", width)) == (width // 8, 4)
