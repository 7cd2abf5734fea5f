"""Units of one network matched to those of another: the best assignment, and functions that stay the same."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from networks import Network
from networks.first_weights import first_weights
from networks.geometry.matching import (
    assignment,
    identity,
    matched,
    permuted,
    random_permutations,
    similarities,
)
from networks.layers import first_running, forward

NETWORK = Network("moons", (6, 5, 4), "tanh")


@pytest.mark.parametrize("size", [1, 2, 5, 6])
@pytest.mark.parametrize("rounded", [False, True])
def test_no_other_assignment_has_a_larger_sum(size: int, rounded: bool):
    for seed in range(10):
        gains = np.random.default_rng((size, seed)).normal(size=(size, size))
        gains = np.round(gains) if rounded else gains
        found = assignment(gains)
        best = max(sum(gains[k, order[k]] for k in range(size)) for order in permutations(range(size)))
        assert sorted(found) == list(range(size))
        assert gains[np.arange(size), found].sum() == pytest.approx(best)


def test_a_large_assignment_finds_what_was_hidden():
    random = np.random.default_rng(1)
    hidden = random.permutation(64)
    gains = random.uniform(size=(64, 64))
    gains[np.arange(64), hidden] += 1
    assert np.array_equal(assignment(gains), hidden)


@pytest.mark.parametrize("gains", [np.zeros((2, 3)), np.zeros(4), [[1.0, np.nan], [0.0, 0.0]]])
def test_what_is_no_square_of_numbers_is_refused(gains: object):
    with pytest.raises(ValueError, match="Expected a square of finite numbers"):
        assignment(gains)


@pytest.mark.parametrize(
    ("normalization", "activation"),
    [("none", "prelu"), ("batch", "relu"), ("layer", "tanh"), ("weight", "tanh")],
)
def test_permuted_units_compute_the_same(normalization: str, activation: str):
    plan = Network("moons", (6, 5, 4), activation, normalization=normalization).plan
    vector: Any = np.random.default_rng(2).normal(size=plan.parameters)
    x: Any = np.random.default_rng(3).normal(size=(7, 2))
    other = permuted(plan, vector, random_permutations(plan, 4))
    assert not np.allclose(other, vector) and np.allclose(np.sort(other), np.sort(vector))
    ours, theirs = (
        forward(plan, each, first_running(plan), x, train=True).scores for each in (vector, other)
    )
    assert np.abs(np.asarray(ours) - np.asarray(theirs)).max() < 1e-5


@pytest.mark.parametrize("seed", range(3))
def test_matching_finds_every_unit_of_a_permuted_twin(seed: int):
    plan = Network("digits", (16, 12), "tanh").plan
    vector = np.random.default_rng(seed).normal(size=plan.parameters).astype(np.float32)
    orders = random_permutations(plan, seed)
    found = matched(plan, vector, permuted(plan, vector, orders))
    for order, back in zip(orders, found, strict=True):
        assert np.array_equal(order[back], np.arange(len(order)))


def test_matching_is_a_permutation_after_which_networks_are_no_further_apart():
    plan = NETWORK.plan
    one, other = (first_weights(NETWORK, seed) for seed in (0, 1))
    found = matched(plan, one, other)
    assert [sorted(order) for order in found] == [list(range(width)) for width in (6, 5, 4)]
    moved = permuted(plan, other, found)
    assert np.linalg.norm(one - moved) < np.linalg.norm(one - other)
    for layer in range(3):  # of one layer alone none is better
        gains = similarities(plan, one, other, found, layer)
        assert gains[np.arange(len(gains)), found[layer]].sum() == pytest.approx(
            gains[np.arange(len(gains)), assignment(gains)].sum()
        )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"residual": True}, "without residual connections"),
        ({"normalization": "group"}, "all units of a layer alike"),
        ({"normalization": "local_response"}, "all units of a layer alike"),
    ],
)
def test_networks_whose_units_cannot_change_places_are_refused(more: dict, why: str):
    plan = Network("moons", (6, 6), "tanh", **more).plan
    vector = np.zeros(plan.parameters)
    with pytest.raises(ValueError, match=why):
        matched(plan, vector, vector)


def test_what_is_no_permutation_is_refused():
    plan = NETWORK.plan
    wrong = (np.zeros(6, int), *identity(plan)[1:])
    with pytest.raises(ValueError, match="Expected a permutation of 0 … 5"):
        permuted(plan, np.zeros(plan.parameters), wrong)
