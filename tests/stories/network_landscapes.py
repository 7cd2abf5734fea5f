"""What the lab on landscapes says of itself and finds, recomputed; how runs end is made here.

There are three seeds wherever an interval is told, because Student's t with two degrees of freedom has a
distribution in closed form: P(|T| < t) = t/√(2 + t²).
"""

from dataclasses import asdict, replace
from functools import cache
from math import exp, log
from statistics import fmean
from typing import Any

import numpy as np
import pytest

from api.networks.residual import question_of
from networks import ACTIVATIONS, so_far
from networks.data import about
from networks.geometry import AlongGradient, Roughness
from networks.geometry.along_gradient import rates
from networks.training import MOST_MEASURED
from scenes.net_labs import Residual
from scenes.net_labs.residual import MOST_LAYERS
from studies.compared_landscapes import POINTS, Seen, found
from tests.stories.network_findings import Told, is_said, points, spelled, told, whole
from tests.stories.network_labs import SCENE, turned
from tests.stories.network_normalization import half_width
from tests.stories.sentences import SENTENCES, Sentence, claim


def with_knobs(**knobs: Any) -> Residual:
    """Return the settings of the lab after its knobs are turned, one after the other."""
    scene = SCENE
    for knob, to in knobs.items():
        scene = turned(scene, do="net_lab", lab="residual", knob=knob, to=to)
    return scene.network.residual


def begin_suited(lab: Residual) -> None:
    """Assert that both runs descend plainly from the first weights that suit their activation function."""
    for run in lab.pair:
        suited = ACTIVATIONS[run.network.activation].start
        assert (run.network.initializer, run.optimizer, run.schedule) == (suited, "sgd", "constant")


def are_filter_normalised(lab: Residual) -> None:
    """Assert that the slices of all runs are random and filter-normalised, around the ends of all runs."""
    pairs = question_of(lab).pairs
    assert len(pairs) == lab.seeds
    for each in (each for pair in pairs for each in pair):
        assert (each.slice.kind, each.slice.norm, each.slice.training) == ("random", "filter", each.training)


@claim("networks.labs.residual.about")
def slices_of_31_by_31_losses(said: Sentence) -> None:
    lab = with_knobs()
    said.says("with residual connections", "有残差连接")
    said.says("and without them", "没有残差连接")
    own, plain = lab.pair
    assert plain == replace(own, network=replace(own.network, residual=False)) != own
    said.says("weights suited to the activation function", "适合该激活函数的权重")
    said.says("by plain gradient descent", "用普通梯度下降")
    begin_suited(lab)
    said.says("two random directions", "两个方向随机")
    said.says("unit by unit (filter normalisation)", "逐单元与训练后的权重相同（滤波器归一化）")
    are_filter_normalised(lab)
    said.says("31 × 31 losses each, for every seed", "每个随机种子，都用 31 × 31 个损失值")
    assert said.numbers == [POINTS, POINTS]
    assert {each.points for pair in question_of(lab).pairs for each in pair} == {POINTS}


@claim("networks.labs.residual.do")
def few_layers_and_many(said: Sentence) -> None:
    few, many = map(int, said.numbers)
    assert many == MOST_LAYERS
    for layers in (few, many):
        lab = with_knobs(depth=layers)
        assert all(run.network.widths == (lab.width,) * layers for run in lab.pair)


@claim("networks.residual.normalization_question")
def asks_whether_it_is_smoother(said: Sentence) -> None:
    said.says("along the steps that training takes and in slices?", "沿训练所走的步子和在切面中")
    assert question_of(with_knobs(compare="normalization")).along


@claim("networks.residual.normalization_about")
def steps_of_half_to_four_times_the_rate(said: Sentence) -> None:
    lab = with_knobs(compare="normalization")
    own, plain = lab.pair
    assert plain == replace(own, network=replace(own.network, normalization="none")) != own
    said.says("weights suited to the activation function and by plain gradient descent", "用普通梯度下降")
    begin_suited(lab)
    said.says("half to four times the rate", "学习率的一半到四倍")
    assert (min(rates(1)), max(rates(1))) == pytest.approx((0.5, 4))
    said.says("All training examples have a part", "这些梯度用到全部训练样本")
    assert all(Residual.knobs(data)["examples"].high <= MOST_MEASURED for data in ("digits", "spirals"))
    assert about(own.network.data).train == lab.examples
    said.says("in random directions as long as the trained weights, unit by unit", "逐单元与训练后的权重相同")
    are_filter_normalised(lab)


@claim("networks.residual.normalization_do")
def a_lower_rate_or_tanh(said: Sentence) -> None:
    (rate,) = said.numbers
    lower = with_knobs(compare="normalization", learning_rate=rate)
    assert {run.rate for run in lower.pair} == {rate} and rate < with_knobs(compare="normalization").rate
    said.says("take tanh", "换成 tanh")
    assert with_knobs(compare="normalization").activation != "tanh"
    assert with_knobs(compare="normalization", activation="tanh").pair[0].network.activation == "tanh"


@claim("networks.residual.range")
def from_half_to_four(said: Sentence) -> None:
    said.says("from ½α to 4α", "½α 至 4α")
    assert (min(rates(0.1)), max(rates(0.1))) == pytest.approx((0.05, 0.4))


# What is found ----------------------------------------------------------------------------------------------

SHIFTS = (-0.01, 0.0, 0.01)
"""What a seed adds to the difference of both: a standard deviation of 0.01."""
VALIDATED = 797
LOSS = (0.02, 0.5)
RIGHT = (0.9, 0.6)
BACK = (40.0, 0.2)
"""The first gradient divided by the last, with and without."""


def seen(arm: int, shift: float, rough: tuple[float, float], factor: float) -> Seen:
    """Return a run that ends so; `rough`: with and without, `factor`: by which steps meet more with it."""
    (run, _) = with_knobs().pair
    right, loss = RIGHT[arm] + (0 if arm else shift), LOSS[arm]
    history = replace(
        so_far(run),
        measured=np.array([run.steps]),
        train_loss=np.array([loss], np.float32),
        validation_accuracy=np.array([right]),
    )
    share = rough[arm] + (0 if arm else shift)
    times = 1.0 if arm else factor * exp(shift)
    step = AlongGradient(1.0, 1.0, 1 + 0.25 * times, 0.0, 0.5 * times, 2.0 * times)
    back = np.array([[BACK[arm], 1.0], [1.0, 1.0]], np.float32)
    losses = np.zeros((3, 3), np.float32)
    return Seen(history, np.zeros(3), losses, back, Roughness(share, 3 * share), (0,), (step,), whole=True)


@cache
def finds(compare: str, rough: tuple[float, float], factor: float = 1.0) -> Told:
    """Return what is said if slices are as rough, and steps meet so many times as much with it."""
    pairs = [tuple(seen(arm, shift, rough, factor) for arm in (0, 1)) for shift in SHIFTS]
    finding = {**asdict(found(pairs)), "validated": VALIDATED}  # type: ignore[arg-type] - two in each
    call = "script.residualFinding(texts, { compare, finding, seeds: 3 }, 'N')"
    return told("residual", "residual_findings", call, compare=compare, finding=finding)


HALF = half_width(95, 0.01)
SAME, ROUGHER, SMOOTHER = (0.7, 0.7), (0.8, 0.7), (0.6, 0.7)


def short(value: float) -> str:
    return spelled(value, 3).replace("-", "−")


def verdict(key: str, name: str = "N") -> Sentence:
    said = SENTENCES[f"networks.residual.{key}"]
    return Sentence(*(text.format(name=name) for text in said))


def says(key: str, words: Told, judged: Sentence, **values: Any) -> None:
    """Assert that a sentence is told with these values and this verdict, in both languages."""
    for language, text in enumerate(SENTENCES[f"networks.residual.{key}"]):
        filled = text.format(name="N", verdict=judged[language], **values)
        assert filled in words[language], (filled, words[language])


@claim("networks.residual.found_learned")
def what_both_have_learned(said: Sentence) -> None:
    said.says("95% interval over {seeds} seeds, as all intervals here", "{seeds} 个随机种子的 95% 区间")
    apart = fmean(RIGHT[0] - RIGHT[1] + shift for shift in SHIFTS)
    ends = {"value": points(apart), "low": points(apart - HALF), "high": points(apart + HALF)}
    shares = {"right": whole(RIGHT[0]), "right_plain": whole(RIGHT[1]), "validated": VALIDATED}
    losses = {"own": short(LOSS[0]), "plain": short(LOSS[1])}
    is_said(said, finds("residual", SAME), name="N", seeds=3, **losses, **shares, **ends)


@claim("networks.residual.found_fading")
def how_gradients_come_back(said: Sentence) -> None:
    said.says("Before training, the gradient in the first hidden layer", "训练前，第一个隐藏层的梯度")
    is_said(said, finds("residual", SAME), name="N", own=spelled(BACK[0]), plain=spelled(BACK[1]))


@claim("networks.residual.found_rougher", "networks.residual.found_smoother")
def by_this_measure(said: Sentence) -> None:
    rougher = "rougher" in said.en
    said.says(*(("rougher", "更粗糙") if rougher else ("smoother", "更平滑")))
    judged = verdict("found_rougher" if rougher else "found_smoother")
    shares = ROUGHER if rougher else SMOOTHER
    apart = shares[0] - shares[1]
    ends = {"value": points(apart), "low": points(apart - HALF), "high": points(apart + HALF)}
    words = finds("residual", shares)
    own = points(shares[0]), points(shares[0] - HALF), points(shares[0] + HALF)
    for language, text in enumerate(SENTENCES["networks.residual.found_nonconvex"]):
        each = SENTENCES["networks.residual.interval"][language]
        mean, low, high = (f"{share}%" for share in own)
        plain = f"{points(shares[1])}%"
        filled = text.format(
            name="N",
            verdict=judged[language],
            own=each.format(value=mean, low=low, high=high),
            plain=each.format(value=plain, low=plain, high=plain),
            **ends,
        )
        assert filled in words[language], (filled, words[language])
    # Where the interval holds 0 chance could explain it, and that is said.
    for language, sentences in enumerate(finds("residual", SAME)):
        judged_alike = verdict("found_alike")[language]
        assert sum(each.endswith(judged_alike) for each in sentences) == 2


@claim("networks.residual.found_more", "networks.residual.found_less")
def not_by_chance(said: Sentence) -> None:
    more = said == SENTENCES["networks.residual.found_more"]
    factor = 3.0 if more else 0.25
    words = finds("normalization", SAME, factor)
    low, high = (short(factor * exp(sign * HALF)) for sign in (-1, 1))
    for key in ("found_range", "found_change", "found_smoothness"):
        says(key, words, said, value=short(exp(log(factor))), low=low, high=high)
    alike = finds("normalization", SAME, 1.0)
    for key in ("found_range", "found_change", "found_smoothness"):
        low, high = (short(exp(sign * HALF)) for sign in (-1, 1))
        says(key, alike, verdict("found_alike"), value="1", low=low, high=high)


@claim("networks.residual.found_two")
def smooth_is_not_convex(said: Sentence) -> None:
    said.says(
        "smoother along steps against the gradient",
        "沿负梯度方向更平滑，在切面中却更不凸",
    )
    is_said(said, finds("normalization", ROUGHER, 0.25))
    for words in (finds("normalization", SMOOTHER, 0.25), finds("normalization", ROUGHER, 1.0)):
        assert all(text not in sentences for text, sentences in zip(said, words, strict=True))


@claim("networks.residual.nonconvex")
def means_with_their_intervals(said: Sentence) -> None:
    (percent,) = said.numbers
    pairs = [tuple(seen(arm, shift, SAME, 1.0) for arm in (0, 1)) for shift in SHIFTS]
    mean = found(pairs).nonconvex.own  # type: ignore[arg-type] - two in each
    assert mean is not None
    assert (mean.low, mean.high) == pytest.approx((0.7 - half_width(percent, 0.01), 0.7 + HALF), abs=1e-5)
