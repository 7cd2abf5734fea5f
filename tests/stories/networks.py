"""What locales/*/networks.toml say of activations and starting weights, recomputed."""

import math
from collections.abc import Callable
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from numpy.typing import NDArray

from networks import ACTIVATIONS, INITIALIZERS, Network, Signals, signals
from networks.curves import curves
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.initializers import SIGMA, drawn
from networks.layers import forward, losses
from networks.network import Plan
from networks.pretraining import LEFT_OUT
from networks.programs import uniform
from tests.stories.sentences import Sentence, claim

Floats = NDArray[np.float64]
Vector = NDArray[np.float32]

X = np.linspace(-20, 20, 8001).astype(np.float32)
FAR, NEAR, BELOW, ABOVE = np.abs(X) > 10, np.abs(X) < 0.004, X < 0, X > 0


@cache
def _curves() -> dict[str, tuple[Floats, Floats]]:
    return {id: (f.astype(float), slope.astype(float)) for id, (f, slope) in curves(X).items()}


def curve(id: str) -> tuple[Floats, Floats]:
    """Return value and slope (8001,) of an activation function at `X`."""
    return _curves()[id]


@cache
def gradient(plan: Plan) -> Callable[[Vector], Vector]:
    """Return the gradient of the mean training loss on the moons, (P,), in all parameters (P,)."""
    data = examples_of("moons")

    def loss(vector: jax.Array) -> jax.Array:
        made = forward(plan, vector, (), jnp.asarray(data.train_inputs), train=True)
        return losses(made.scores, jnp.asarray(data.train_labels)).mean()

    made = jax.jit(jax.grad(loss))
    return lambda vector: np.asarray(made(vector))


def arrays(plan: Plan, vector: Vector) -> dict[tuple[int, str], Vector]:
    """Return the parts of `vector` (P,) by layer and name, as views."""
    places = plan.places
    return {(at.layer, at.name): vector[at.start : at.stop].reshape(at.shape) for at in places}


# Activations ------------------------------------------------------------------------------------------------


@claim("networks.activations.sigmoid.about")
def a_quarter_at_most(said: Sentence) -> None:
    f, slope = curve("sigmoid")
    said.says("Squeezes all numbers between 0 and 1", "把所有数压缩到 0 与 1 之间")
    assert said.numbers == [0, 1]
    assert f.min() == pytest.approx(0, abs=1e-8) and f.max() == pytest.approx(1) and (f >= 0).all()
    said.says("a quarter at most, and far out it vanishes", "至多四分之一，远处趋于零")
    assert slope.max() == pytest.approx(1 / 4) and slope[FAR].max() < 1e-4


@claim("networks.activations.tanh.about")
def a_sigmoid_around_zero(said: Sentence) -> None:
    f, slope = curve("tanh")
    said.says("A sigmoid around zero", "以零为中心的 S 形函数")
    near = np.abs(X) < 10
    assert f[near] == pytest.approx(2 * np.interp(2 * X[near], X, curve("sigmoid")[0]) - 1, abs=1e-5)
    said.says("1 in the middle and vanishes far out", "中间导数为 1，远处饱和")
    (middle,) = said.numbers
    assert slope[NEAR] == pytest.approx(middle, abs=1e-4) and slope[FAR].max() < 1e-4


@claim("networks.activations.softsign.about")
def it_saturates_slowly(said: Sentence) -> None:
    said.says("saturates as slowly as a quotient of polynomials", "饱和得像有理函数那样慢")
    soft, exponential = curve("softsign")[1][FAR], curve("tanh")[1][FAR]
    assert soft == pytest.approx((1 + np.abs(X[FAR].astype(float))) ** -2, rel=1e-4)
    assert (soft > 100 * exponential).all()


@claim("networks.activations.relu.about")
def a_dead_unit_learns_no_more(said: Sentence) -> None:
    f, slope = curve("relu")
    said.says("Zero below zero, the number itself above", "负数变为零，正数不变")
    assert np.array_equal(f, np.maximum(X, 0)) and (slope[BELOW] == 0).all()
    said.says("below zero for every example learns no more", "对所有样本都为负的单元不再学习")
    network = Network("moons", (4,), "relu", "he_normal")
    vector = first_weights(network, 0)
    arrays(network.plan, vector)[0, "b"][0] = -100  # so that unit 0 is below zero for every example
    slopes = arrays(network.plan, gradient(network.plan)(vector))
    for name in ("W", "b"):
        assert (slopes[0, name][..., 0] == 0).all() and (slopes[0, name][..., 1:] != 0).any()


@claim("networks.activations.leaky_relu.about", "networks.activations.prelu.about")
def no_unit_is_without_a_gradient(said: Sentence) -> None:
    id = "prelu" if "learned with the weights" in said.en else "leaky_relu"
    slope = curve(id)[1]
    assert slope.min() > 0 and slope[BELOW].max() < 1 and (slope[ABOVE] == 1).all()
    assert ACTIVATIONS[id].learned == ("与权重一起学习" in said.zh) == (id == "prelu")
    if id == "prelu":
        said.says("whose slope below zero is learned", "负半轴的斜率与权重一起学习")
    else:
        said.says("a small slope below zero, so that no unit is without a gradient", "负半轴上有很小斜率")


@claim("networks.activations.elu.about")
def the_mean_is_nearer_to_zero(said: Sentence) -> None:
    f = curve("elu")[0]
    said.says("Bends below zero towards a constant", "在负半轴弯向一个常数")
    assert f[X < -10] == pytest.approx(f.min(), abs=1e-4)
    said.says("the mean of activations is nearer to zero", "使激活值的均值更接近零")
    random = np.random.default_rng(0).normal(size=100_000)
    assert abs(np.interp(random, X, f).mean()) < abs(np.maximum(random, 0).mean())


@claim("networks.activations.gelu.about")
def times_a_probability(said: Sentence) -> None:
    f = curve("gelu")[0]
    said.says(
        "The number times the probability that a normal one is smaller", "输入乘以标准正态变量小于它的概率"
    )
    share = np.array([(1 + math.erf(float(x) / math.sqrt(2))) / 2 for x in X])
    assert f == pytest.approx(X * share, abs=1e-4)
    said.says("a smooth ReLU that dips below zero", "光滑的 ReLU，在零以下略有凹陷")
    assert f.min() < -0.1 and np.abs(f - curve("relu")[0]).max() < 0.2
    assert np.abs(np.diff(curve("gelu")[1])).max() < 0.01, "smooth"


@claim("networks.activations.silu.about")
def not_monotonic(said: Sentence) -> None:
    f, slope = curve("silu")
    said.says("the number times its own sigmoid: smooth, and not monotonic", "光滑，但不单调")
    assert f == pytest.approx(X * curve("sigmoid")[0], abs=1e-5)
    assert slope.min() < 0 < slope.max() and np.abs(np.diff(slope)).max() < 0.01


@claim("networks.activations.mish.about")
def close_to_silu(said: Sentence) -> None:
    said.says(
        "The number times tanh of its softplus; close to SiLU", "输入乘以其 softplus 的 tanh，与 SiLU 相近"
    )
    mish, silu = curve("mish")[0], curve("silu")[0]
    assert mish == pytest.approx(X * np.tanh(curve("softplus")[0]), abs=1e-5)
    others = (np.abs(mish - curve(id)[0]).max() for id in ("relu", "elu", "softplus"))
    assert np.abs(mish - silu).max() < min(others)


@claim("networks.activations.softplus.about")
def positive_everywhere(said: Sentence) -> None:
    said.says("positive everywhere; its derivative is the sigmoid", "处处为正的光滑 ReLU，其导数是 sigmoid")
    f, slope = curve("softplus")
    assert (f > 0).all() and slope == pytest.approx(curve("sigmoid")[0], abs=1e-6)


# Starting weights -------------------------------------------------------------------------------------------


@cache
def inside(init: str, activation: str = "tanh") -> Signals:
    """Return the signals of the book's network: five layers of 100 units, standard normal numbers go in."""
    return signals(Network("normal_inputs", (100,) * 5, activation, init))


def weights(init: str, widths: tuple[int, ...] = (40,), sigma: float = 0.3) -> Vector:
    """Return the weights (100, 40) of a first layer."""
    network = Network("normal_inputs", widths, "tanh", init, sigma)
    return first_weights(network, 0)[: 100 * widths[0]].reshape(100, -1)


@claim("networks.initializers.zeros.about", "networks.initializers.constant.about")
def units_stay_equal(said: Sentence) -> None:
    init = "zeros" if "get the same gradient" in said.en else "constant"
    if init == "zeros":
        said.says("they stay equal for ever", "永远相等")
    else:
        said.says("All weights are the number σ", "所有权重都等于 σ")
        assert (weights(init) == np.float32(0.3)).all()
        said.says("units of a layer stay equal", "同一层的单元始终相等")
    plan = Network("moons", (8, 8), "tanh", init).plan
    vector = first_weights(Network("moons", (8, 8), "tanh", init, sigma=0.3), 0)
    before = vector.copy()
    for _ in range(60):
        vector = vector - np.float32(0.5) * gradient(plan)(vector)
    assert np.abs(vector - before).max() > 0.01, "it learns"
    for (layer, _), array in arrays(plan, vector).items():
        if layer < len(plan.widths):
            assert np.ptp(array, axis=-1).max() <= 1e-5


@claim(
    "networks.initializers.normal.about",
    "networks.initializers.normal_1.name",
    "networks.initializers.normal_1.about",
    "networks.initializers.normal_01.name",
    "networks.initializers.normal_01.about",
)
def standard_deviations_of_normal_weights(said: Sentence) -> None:
    if not said.numbers:
        said.says("standard deviation is a knob", "标准差可以调节")
        assert INITIALIZERS["normal"].knob is SIGMA
        assert weights("normal", sigma=0.3).std() == pytest.approx(0.3, rel=0.05)
        return
    (sigma,) = said.numbers
    init = {1: "normal_1", 0.01: "normal_01"}[sigma]
    assert INITIALIZERS[init].std(50, 30, 0.1) == sigma
    assert weights(init).std() == pytest.approx(sigma, rel=0.05)
    found = inside(init)
    if "far too large for wide layers" in said.en:
        assert "对较宽的层来说太大" in said.zh and (found.saturated > 0.5).all()
    elif "signals shrink from layer to layer" in said.en:
        assert "信号逐层衰减" in said.zh
        assert (np.diff(found.std) < 0).all() and found.std[-1] < 1e-3 * found.std[0]
    else:
        said.says(f"Normal, σ = {sigma:g}", f"正态，σ = {sigma:g}")


@claim("networks.initializers.uniform.about")
def the_knob_is_the_radius(said: Sentence) -> None:
    said.says("Numbers between −r and r; the knob σ is r", "−r 与 r 之间的均匀随机数；此处可调项 σ 就是 r")
    largest = np.abs(weights("uniform", sigma=0.3)).max()
    assert 0.99 * 0.3 < largest <= 0.3


@claim("networks.initializers.lecun_normal.about")
def linear_units_keep_their_spread(said: Sentence) -> None:
    said.says("Variance one over the number of inputs", "方差等于输入数的倒数")
    assert INITIALIZERS["lecun_normal"].std(100, 40, 0.1) ** 2 == pytest.approx(1 / 100)
    inputs = np.random.default_rng(1).normal(size=(2000, 100))
    assert (inputs @ weights("lecun_normal")).std() == pytest.approx(1, rel=0.05)


@claim("networks.initializers.xavier_normal.about")
def between_the_way_up_and_the_way_back(said: Sentence) -> None:
    said.says("Variance two over the sum of inputs and outputs", "方差等于 2 除以输入数与输出数之和")
    variance = INITIALIZERS["xavier_normal"].std(100, 40, 0.1) ** 2
    assert variance == pytest.approx(2 / (100 + 40))
    said.says("a compromise between the way up and the way back", "在前向与反向之间折中")
    # Signals keep their spread with 1/n on the way up, and with 1/m on the way back.
    assert 1 / 100 < variance < 1 / 40
    kept, lost = inside("xavier_normal"), inside("normal_01")
    assert kept.std[-1] > 0.4 * kept.std[0] and lost.std[-1] < 0.01 * lost.std[0]
    assert kept.gradient_std[0] > 0.2 * kept.gradient_std[-1]


@claim("networks.initializers.he_normal.about")
def he_makes_up_for_what_relu_cuts_off(said: Sentence) -> None:
    said.says("Variance two over the number of inputs", "方差等于 2 除以输入数：")
    assert INITIALIZERS["he_normal"].std(100, 40, 0.1) ** 2 == pytest.approx(2 / 100)
    said.says("makes up for the half that ReLU cuts off", "补偿被 ReLU 截去的一半")
    random = np.random.default_rng(2).normal(size=100_000)
    assert (np.maximum(random, 0) ** 2).mean() == pytest.approx((random**2).mean() / 2, rel=0.02)
    he, xavier = inside("he_normal", "relu"), inside("xavier_normal", "relu")
    assert he.std[-1] > 0.5 * he.std[0] and xavier.std[-1] < 0.35 * xavier.std[0]
    assert he.gradient_std[0] > 0.2 * he.gradient_std[-1]


@claim("networks.initializers.xavier_uniform.about", "networks.initializers.he_uniform.about")
def the_variance_of_normal_ones(said: Sentence) -> None:
    kind = "xavier" if "Xavier" in said.en else "he"
    name = {"xavier": "Xavier", "he": "He"}[kind]
    said.says(
        f"The same variance as {name}’s normal weights, evenly spread",
        f"方差与 {name} 正态相同，但取均匀分布",
    )
    normal, uniform_ones = weights(f"{kind}_normal"), weights(f"{kind}_uniform")
    assert uniform_ones.var() == pytest.approx(normal.var(), rel=0.05)
    counts = np.histogram(uniform_ones, 4)[0]
    assert np.abs(counts - 1000).max() < 5 * math.sqrt(4000 / 4 * 3 / 4)


@claim("networks.initializers.orthogonal.about")
def every_length_is_kept(said: Sentence) -> None:
    said.says("a linear layer keeps every length", "线性层保持任何向量的长度")
    random = np.random.default_rng(3)
    vectors = random.normal(size=(50, 30))
    turned = vectors @ drawn("orthogonal", random, (30, 30))
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), np.linalg.norm(vectors, axis=1))


@claim("networks.initializers.pretrained.about")
def a_quarter_is_left_out(said: Sentence) -> None:
    said.says("restore inputs of which a quarter was set to 0", "还原被置零四分之一的输入")
    assert LEFT_OUT == 1 / 4
    numbers = np.arange(40_000, dtype=np.uint32)
    lost = np.asarray(jax.jit(uniform)(numbers, np.uint32(0), np.int32(3))) < LEFT_OUT
    assert lost.mean() == pytest.approx(1 / 4, abs=0.01)
    assert [id for id, each in INITIALIZERS.items() if each.pretrained] == ["pretrained"]
