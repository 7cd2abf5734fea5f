"""What locales/*/networks.toml say of activations, starting weights and data is so: computed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from networks import ACTIVATIONS, Network, Signals, Training, signals, train
from networks.curves import curves
from networks.data import examples_of
from scenes.network import UNTOUCHED
from scenes.network_training import trainings

X = np.linspace(-20, 20, 8001).astype(np.float32)
FAR, NEAR = np.abs(X) > 10, np.abs(X) < 0.004
BELOW = X < 0
CURVES = {id: (f.astype(float), slope.astype(float)) for id, (f, slope) in curves(X).items()}


def inside(init: str, activation: str, depth: int = 5, sigma: float = 0.1) -> Signals:
    """Return the signals of the book's network: a hundred units a layer, on standard normal numbers."""
    return signals(Network("normal_inputs", (100,) * depth, activation, init, sigma))


def test_what_is_said_of_activations():
    f, slope = CURVES["sigmoid"]
    assert f.min() >= 0 and f.max() <= 1 and slope.max() == pytest.approx(0.25) and slope[FAR].max() < 1e-4
    _, slope = CURVES["tanh"]
    assert slope[NEAR] == pytest.approx(1.0, abs=1e-4) and slope[FAR].max() < 1e-4
    _, soft = CURVES["softsign"]
    assert soft[FAR] == pytest.approx((1 + np.abs(X[FAR].astype(float))) ** -2, rel=1e-4)
    assert (soft[FAR] > 100 * slope[FAR]).all(), "it saturates slowly"
    f, slope = CURVES["relu"]
    assert np.array_equal(f, np.maximum(X, 0)) and (slope[X < 0] == 0).all()
    for id in ("leaky_relu", "prelu"):
        assert CURVES[id][1][BELOW].min() > 0 and CURVES[id][1].max() <= 1, "no unit is without a gradient"
    assert ACTIVATIONS["prelu"].learned and not ACTIVATIONS["leaky_relu"].learned
    f, _ = CURVES["elu"]
    assert f[X < -10] == pytest.approx(f.min(), abs=1e-4)
    random = np.random.default_rng(0).normal(size=100_000)
    elu = np.interp(random, X, f).mean()
    assert abs(elu) < abs(np.maximum(random, 0).mean()), "the mean is nearer to zero"
    for id in ("gelu", "silu"):
        f, slope = CURVES[id]
        assert f.min() < -0.1 and slope.min() < 0 < slope.max(), "it dips below zero, and is not monotonic"
    sigmoid, (silu, _) = CURVES["sigmoid"][0], CURVES["silu"]
    assert silu == pytest.approx(X * sigmoid, abs=1e-5)
    softplus, of_softplus = CURVES["softplus"]
    assert (softplus > 0).all() and of_softplus == pytest.approx(sigmoid, abs=1e-6)
    mish = CURVES["mish"][0]
    assert mish == pytest.approx(X * np.tanh(softplus), abs=1e-5)
    assert np.abs(mish - silu).max() < min(
        np.abs(mish - CURVES[id][0]).max() for id in ("relu", "elu", "softplus")
    )
    assert CURVES["gelu"][0][X > -5] == pytest.approx(normal_share(X[X > -5]) * X[X > -5], abs=1e-4)


def normal_share(x: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probability that a standard normal number is smaller than `x`, by summing its density."""
    grid = np.linspace(-30, 30, 600_001)
    density = np.exp(-(grid**2) / 2) / np.sqrt(2 * np.pi)
    return np.interp(x, grid, np.cumsum(density) * (grid[1] - grid[0]))


@pytest.mark.parametrize("init", ["zeros", "constant"])
def test_equal_weights_stay_equal(init: str):
    network = Network("moons", (8, 8), "tanh", init)
    run = Training(network, "sgd", {"learning_rate": 0.5}, steps=60)
    train(run)
    for layer in signals(network, at=(run, 40)).activations:
        assert np.ptp(layer, axis=1).max() <= 1e-5 * max(1.0, float(np.abs(layer).max()))


def test_weights_of_standard_deviation_1_saturate_and_those_of_a_hundredth_shrink():
    large, small = inside("normal_1", "tanh"), inside("normal_01", "tanh")
    assert (large.saturated > 0.5).all()
    assert (np.diff(small.std) < 0).all() and small.std[-1] < 1e-3 * small.std[0]


@pytest.mark.parametrize(("init", "activation"), [("xavier_normal", "tanh"), ("he_normal", "relu")])
def test_xavier_and_he_keep_the_spread(init: str, activation: str):
    kept, lost = inside(init, activation), inside("normal_01", activation)
    assert kept.std[-1] > 0.4 * kept.std[0] and lost.std[-1] < 0.01 * lost.std[0]
    assert kept.gradient_std[0] > 0.2 * kept.gradient_std[-1]


def test_he_makes_up_for_what_relu_cuts_off():
    he, xavier = inside("he_normal", "relu", depth=10), inside("xavier_normal", "relu", depth=10)
    assert he.std[-1] > 0.5 * he.std[0] and xavier.std[-1] < 0.1 * xavier.std[0]


@pytest.mark.parametrize("kind", ["xavier", "he"])
def test_uniform_weights_have_the_variance_of_normal_ones(kind: str):
    normal, uniform = inside(f"{kind}_normal", "tanh"), inside(f"{kind}_uniform", "tanh")
    assert uniform.std == pytest.approx(normal.std, rel=0.1)


def test_a_line_parts_neither_xor_nor_moons_but_nearly_the_noisy_line():
    def parted(data: str) -> float:
        """Return the share of all examples on the right side of the best line, by least squares."""
        known = examples_of(data)
        x = np.concatenate([known.train_inputs, known.validation_inputs]).astype(float)
        labels = np.concatenate([known.train_labels, known.validation_labels])
        rows = np.column_stack([x, np.ones(len(x))])
        line = np.linalg.lstsq(rows, 2.0 * labels - 1, rcond=None)[0]
        return float(((rows @ line > 0) == labels).mean())

    assert parted("xor") < 0.65 and parted("circles") < 0.65 and parted("moons") < 0.92
    assert 0.85 < parted("line") < 1.0


def test_what_the_lab_opens_with_is_learned_by_every_trainer():
    for run in trainings(UNTOUCHED):
        known = train(run)
        assert known.ending.kind == "done"
        assert known.validation_accuracy[-1] >= 0.9
        assert known.train_loss[-1] < 0.2 * known.train_loss[0]
