"""The noise of mini-batches against gradients one by one, and growing batches against a run of the shelf."""

import itertools
from math import sqrt

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import DATASETS, FewExamples, Network, Training, train
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.layers import first_running, forward, losses
from studies.batch_sizes import (
    LANES,
    Growth,
    costs,
    distances,
    epochs_of,
    gradient_products,
    growth_parts,
    law,
    setting,
    sizes,
    timed,
)

FEW = FewExamples(DATASETS["moons"], 24)
NETWORK = Network(FEW, (6, 5), "tanh")
QUESTION = Growth(NETWORK, 0.2, 4, 6, 2.0, seed=3)


def whole(question: Growth) -> None:
    for part in growth_parts(question):
        while part() is False:
            pass


@pytest.mark.parametrize("widths", [(6, 5), (5, 5, 5, 5, 5, 5, 5)])
def test_products_of_gradients_are_those_of_gradients_one_by_one(widths: tuple[int, ...]):
    network = Network(FEW, widths, "tanh")
    data, plan = examples_of(FEW), network.plan
    vector = first_weights(network, 3)

    def loss(vector: jax.Array, x: jax.Array, label: jax.Array) -> jax.Array:
        return losses(forward(plan, vector, first_running(plan), x[None], train=True).scores, label[None])[0]

    each = np.array(
        [
            jax.grad(loss)(jnp.asarray(vector), jnp.asarray(x), jnp.asarray(label))
            for x, label in zip(data.train_inputs, data.train_labels, strict=True)
        ],
        float,
    )
    centred = each - each.mean(axis=0)
    assert gradient_products(network, vector) == pytest.approx(centred @ centred.T, abs=1e-5)


def test_the_law_is_that_of_all_batches_there_are():
    random = np.random.default_rng(0)
    gradients = random.normal(size=(6, 4)) ** 3
    mean = gradients.mean(axis=0)
    single = ((gradients - mean) ** 2).sum(axis=1).mean()
    for batch in range(1, 7):
        chosen = [list(each) for each in itertools.combinations(range(6), batch)]
        found = np.mean([((gradients[each].mean(axis=0) - mean) ** 2).sum() for each in chosen])
        assert found / single == pytest.approx(law(6, batch), abs=1e-12)


def test_drawn_batches_are_as_far_off_as_the_law_says():
    gram = gradient_products(NETWORK, first_weights(NETWORK, 3))
    single = np.trace(gram) / len(gram)
    for batch in (1, 4, 16, 23):
        found = distances(gram, batch, 20_000, seed=0) / single
        error = found.std() / sqrt(len(found))
        assert abs(found.mean() - law(24, batch)) < 4 * error + 1e-12
    assert distances(gram, 24, 5, seed=0) == pytest.approx(0.0, abs=1e-9)


def test_sizes_go_from_one_to_all():
    assert sizes(1000) == (1, 4, 16, 64, 256, 1000)
    assert sizes(16) == (1, 4, 16)
    assert sizes(1) == (1,)


def test_growing_the_batch_is_decaying_the_rate_by_the_noise():
    for lane in LANES:
        assert setting(QUESTION, lane, 1) == (0.2, 4)
    assert [setting(QUESTION, "decayed", epoch) for epoch in (2, 5)] == [(0.1, 4), (0.05, 4)]
    assert [setting(QUESTION, "grown", epoch) for epoch in (2, 5)] == [(0.2, 8), (0.2, 16)]
    assert [setting(QUESTION, "constant", epoch) for epoch in (2, 5)] == [(0.2, 4), (0.2, 4)]
    large = Growth(NETWORK, 0.2, 12, 6, 4.0)
    for epoch in range(6):
        rate, batch = setting(large, "grown", epoch)
        decayed, first = setting(large, "decayed", epoch)
        assert rate / batch == pytest.approx(decayed / first), "α/B is alike"
        assert batch <= 24, "no more than there are"


def test_lanes_are_trained_as_a_run_of_the_shelf_is():
    whole(QUESTION)
    steps = 24 // 4
    run = Training(NETWORK, "sgd", {"learning_rate": 0.2}, batch=4, steps=6 * steps, seed=3)
    history = train(run)
    constant = epochs_of(QUESTION, "constant")
    assert constant.updates == (steps,) * 6 and len(constant.rows) == 7
    rows = [list(history.measured).index(steps * epoch) for epoch in range(7)]
    assert [row[0] for row in constant.rows] == pytest.approx(list(history.train_loss[rows]), rel=1e-5)
    assert [row[3] for row in constant.rows] == pytest.approx(list(history.validation_accuracy[rows]))
    grown, decayed = epochs_of(QUESTION, "grown"), epochs_of(QUESTION, "decayed")
    assert grown.updates == (6, 6, 3, 3, 1, 1) and decayed.updates == (6,) * 6
    assert grown.rows[:3] == constant.rows[:3] == decayed.rows[:3], "they begin alike"
    assert grown.rows[-1] != decayed.rows[-1] != constant.rows[-1]


def test_every_size_is_measured():
    whole(QUESTION)
    found = costs(QUESTION)
    assert [cost.batch for cost in found] == [1, 4, 16, 24]
    assert all(cost.seconds > 0 for cost in found)
    assert [cost.law for cost in found] == [law(24, size) for size in (1, 4, 16, 24)]
    assert found[-1].variance == 0
    assert all(abs(cost.variance - cost.law) < 2.5 * cost.half for cost in found[:-1])


def test_of_times_the_shortest_counts():
    times = iter(range(10_000))
    lengths = iter([5.0, 5.0, 5.0, 5.0, *(0.01 * (7 - k % 7) for k in range(100))])
    now = [0.0]

    def clock() -> float:
        # Each try asks twice: when it begins, and when it ends.
        if next(times) % 2:
            now[0] += next(lengths)
        return now[0]

    assert timed(QUESTION, 4, clock) == pytest.approx(0.05)


def test_a_lane_that_diverges_ends():
    wild = Growth(Network(FEW, (6, 5), "relu", "he_normal"), 1e6, 4, 6, 2.0)
    whole(wild)
    constant = epochs_of(wild, "constant")
    assert constant.diverged and len(constant.rows) < 7
