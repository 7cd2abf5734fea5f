"""First weights have the variance that theory says, and other seeds other numbers."""

import math
from typing import Any

import jax
import numpy as np
import pytest

from networks import INITIALIZERS, Network
from networks.first_weights import first_weights
from networks.initializers import drawn
from networks.network import Plan

SHAPE = 80, 120
SIGMA = 0.3
# The published variance of a weight of a layer from n to m units.
VARIANCES = {
    "normal": SIGMA**2,
    "normal_1": 1.0,
    "normal_01": 1e-4,
    "uniform": SIGMA**2 / 3,
    "lecun_normal": 1 / 80,
    "xavier_normal": 2 / 200,
    "xavier_uniform": 2 / 200,
    "he_normal": 2 / 80,
    "he_uniform": 2 / 80,
}
JAX: dict[str, Any] = {
    "lecun_normal": jax.nn.initializers.lecun_normal(),
    "xavier_normal": jax.nn.initializers.glorot_normal(),
    "xavier_uniform": jax.nn.initializers.glorot_uniform(),
    "he_normal": jax.nn.initializers.he_normal(),
    "he_uniform": jax.nn.initializers.he_uniform(),
}


def weights(name: str, seed: int = 0, shape: tuple[int, int] = SHAPE) -> Any:
    initializer = INITIALIZERS[name]
    return initializer.scale(*shape, SIGMA) * drawn(initializer.draws, np.random.default_rng(seed), shape)


@pytest.mark.parametrize("name", VARIANCES)
def test_means_and_variances_are_those_of_theory(name: str) -> None:
    w = weights(name)
    variance = VARIANCES[name]
    assert INITIALIZERS[name].std(*SHAPE, SIGMA) ** 2 == pytest.approx(variance)
    assert abs(w.mean()) <= 4 * math.sqrt(variance / w.size)
    # The variance of a sample variance: 2σ⁴/n for normal numbers, 0.8σ⁴/n for uniform ones.
    spread = 0.8 if "uniform" in name else 2.0
    assert abs(w.var() - variance) <= 4 * variance * math.sqrt(spread / w.size)
    if "uniform" in name:
        assert np.abs(w).max() <= math.sqrt(3 * variance)
    else:
        # A normal distribution: its fourth moment is 3σ⁴, with a variance of 96σ⁸/n.
        assert abs((w**4).mean() - 3 * variance**2) <= 4 * variance**2 * math.sqrt(96 / w.size)


@pytest.mark.parametrize("name", JAX)
def test_variances_are_those_of_jax(name: str) -> None:
    theirs = JAX[name](jax.random.key(0), SHAPE)
    assert theirs.var() == pytest.approx(INITIALIZERS[name].std(*SHAPE, SIGMA) ** 2, rel=0.06)


@pytest.mark.parametrize("shape", [(6, 9), (9, 6), (7, 7), (1, 5)])
def test_orthogonal_weights_are_orthogonal(shape: tuple[int, int]) -> None:
    w = weights("orthogonal", shape=shape)
    product = w.T @ w if shape[0] >= shape[1] else w @ w.T
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-12)
    assert (w**2).mean() == pytest.approx(INITIALIZERS["orthogonal"].std(*shape, SIGMA) ** 2)


def test_orthogonal_weights_have_no_preferred_sign() -> None:
    corners = [weights("orthogonal", seed, (3, 3))[0, 0] for seed in range(200)]
    assert abs(np.mean(corners)) <= 4 * math.sqrt(1 / 3 / 200)


def test_constants_are_constant() -> None:
    assert (weights("zeros") == 0).all() and (weights("constant") == SIGMA).all()


def test_every_way_to_begin_is_looked_at() -> None:
    drawn_once = {*VARIANCES, "orthogonal", "zeros", "constant"}
    assert drawn_once == {name for name, way in INITIALIZERS.items() if not way.pretrained}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_offsets_begin_at_0_and_seeds_decide_the_rest(name: str) -> None:
    network = Network(widths=(5, 4), initializer=name, normalization="batch", activation="prelu")
    one, same, other = (first_weights(network, seed) for seed in (1, 1, 2))
    assert one.dtype == np.float32
    np.testing.assert_array_equal(one, same)
    assert (one == other).all() == (name in ("zeros", "constant"))
    starts = {"b": 0.0, "beta": 0.0, "gamma": 1.0, "slope": 0.25}
    for place in network.plan.places:
        if place.name != "W" and not (place.name == "b" and INITIALIZERS[name].pretrained):
            assert (one[place.start : place.stop] == starts[place.name]).all()


def test_layers_are_drawn_independently() -> None:
    network = Network(data="moons", widths=(9, 9, 9), initializer="normal_1")
    places = [p for p in network.plan.places if p.name == "W" and p.shape == (9, 9)]
    vector = first_weights(network, 0)
    one, other = (vector[p.start : p.stop] for p in places)
    assert not np.isin(one, other).any()


def test_weight_normalization_begins_with_the_weights_as_drawn() -> None:
    network = Network(widths=(5, 4), normalization="weight")
    plain = Network(widths=(5, 4))
    vector, raw = first_weights(network, 3), first_weights(plain, 3)
    for layer in range(2):
        (w,) = (p for p in plain.plan.places if (p.layer, p.name) == (layer, "W"))
        (g,) = (p for p in network.plan.places if (p.layer, p.name) == (layer, "g"))
        drawn_ = raw[w.start : w.stop].reshape(w.shape)
        np.testing.assert_allclose(vector[g.start : g.stop], np.linalg.norm(drawn_, axis=0), rtol=1e-6)


def test_a_plan_says_how_many_parameters_there_are() -> None:
    plan = Plan(784, (100, 100), 10, "relu", "none", False)
    assert plan.parameters == 784 * 100 + 100 + 100 * 100 + 100 + 100 * 10 + 10
    assert plan.multiplications == 784 * 100 + 100 * 100 + 100 * 10
