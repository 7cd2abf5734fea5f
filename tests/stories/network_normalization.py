"""What the lab on normalisation says of learning rates and of sizes of batches, and finds there, recomputed.

What is asked is what the lab asks; how runs end is made here, and the server's own answers and the stage's
own scripts say what follows. There are three seeds with both numbers wherever an interval is told, because
Student's t with two degrees of freedom has a distribution in closed form: P(|T| < t) = t/√(2 + t²).
"""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from api.encode import packed
from api.networks import normalization
from networks import ACTIVATIONS, NORMALIZATIONS
from networks.abreast import OWN_BATCH_ACCURACY, TRAIN_ACCURACY, VALIDATION_ACCURACY, Abreast, Curves
from networks.data import about
from networks.normalizations import over_batch
from scenes.net_labs import Normalization
from studies.bearable_rates import Row, rate_questions, rates
from studies.small_batches import Cells, size_questions
from studies.starting_scales import LEARNED
from tests.stories.network_findings import Told, begun, is_said, points, spelled, told, whole
from tests.stories.network_labs import turned
from tests.stories.sentences import SENTENCES, Sentence, claim

WITHOUT = SENTENCES["networks.normalization.found_plain"]
FROM_TO = SENTENCES["networks.normalization.found_from_to"]


def with_knobs(**knobs: Any) -> Normalization:
    """Return the settings of the lab after its knobs are turned, one after the other."""
    scene = None
    for knob, to in knobs.items():
        scene = turned(*([scene] if scene else []), do="net_lab", lab="normalization", knob=knob, to=to)
    assert scene
    return scene.network.normalization


def answered(ask: Callable[[str], Any], knobs: str, curves: Callable[[Abreast], Curves]) -> dict[str, Any]:
    """Return what the server answers where all runs have ended in these `curves`."""
    with patch.multiple(normalization, in_parts=lambda _, found: found(), curves_so_far=curves):
        return ask(f"page=networks&lab=normalization&scales=digits:{knobs}")


def ended(values: Any) -> Curves:
    """Return runs that were measured once, (1, runs, numbers)."""
    return Curves(np.array([9]), values.astype(np.float32), np.full(values.shape[1], -1), 9, True)


def half_width(percent: float, deviation: float) -> float:
    """Return half an interval of the mean of three values with that standard deviation."""
    share = percent / 100
    return share * sqrt(2 / (1 - share**2)) * deviation / sqrt(3)


def says_of(said: Sentence, told: Told, **values: Any) -> None:
    """Assert that a sentence is told, with `values` in its places, some of which are sentences themselves."""
    for language, sentences in enumerate(told):
        filled = {
            place: value[language] if isinstance(value, Sentence) else value
            for place, value in values.items()
        }
        assert said[language].format(**filled) in sentences, (filled, sentences)


def all_begin_suited(questions: Row | Cells) -> None:
    """Assert that all runs descend plainly from the first weights that suit their activation function."""
    for row in questions:
        for question in row if isinstance(row, tuple) else (row,):
            for run in question.runs:
                suited = ACTIVATIONS[run.network.activation].start
                assert (run.network.initializer, run.optimizer, run.schedule) == (suited, "sgd", "constant")


# Learning rates ---------------------------------------------------------------------------------------------

Borne = tuple[int | None, ...]
"""For each of five seeds the number of the largest rate with which the network learns."""

OWN: Borne = (9, 9, 11, None, 10)
PLAIN: Borne = (6, 5, 6, 6, None)
"""Three seeds learn both ways: with three, four and five rates between."""
HIGHEST: Borne = (15, 9, 15, None, None)


def rate_curves(own: Borne, plain: Borne) -> Callable[[Abreast], Curves]:
    """Return the ends of runs at all rates; the least is not borne, nor the last but one."""
    begin = with_knobs(vary="rates").seed

    def curves(question: Abreast) -> Curves:
        (kind,) = {run.network.normalization for run in question.runs}
        (seed,) = {run.seed - begin for run in question.runs}
        best = (plain if kind == "none" else own)[seed]
        values = np.zeros((1, len(question.runs), 4))
        values[0, :, TRAIN_ACCURACY] = LEARNED - 0.01 * (1 + seed)
        if best is not None:
            values[0, 1 : best - 1, TRAIN_ACCURACY] = 1
            values[0, best, TRAIN_ACCURACY] = LEARNED
        return ended(values)

    return curves


@cache
def borne(own: Borne, plain: Borne) -> Told:
    """Return what is said if these are the largest rates with which the network learns, seed by seed."""
    finding = answered(normalization.net_rates, "vary=rates", rate_curves(own, plain))["finding"]
    return told("normalization", "scales", "script.ratesFinding(texts, finding, 'N')", finding=finding)


def at(rate: int) -> str:
    return spelled(rates()[rate])


@claim("networks.normalization.rates_about")
def sixteen_rates_and_five_seeds(said: Sentence) -> None:
    said.says("at 16 learning rates from 0.01 to 100", "在 0.01 到 100 的 16 个学习率下训练")
    count, least, most = said.numbers
    lab = with_knobs(vary="rates")
    own, plain = rate_questions(lab.training(), lab.epochs)
    for question in own + plain:
        tried = [run.rate for run in question.runs]
        assert len(tried) == count and [min(tried), max(tried)] == pytest.approx([least, most])
    said.says("weights suited to the activation function", "适合该激活函数的权重")
    said.says("by plain gradient descent", "普通梯度下降")
    all_begin_suited(own + plain)
    said.says("with the normalisation and without it", "分别有归一化与没有归一化")
    for row, kind in ((own, lab.norm), (plain, "none")):
        assert {run.network.normalization for question in row for run in question.runs} == {kind}
        said.says("the first of five seeds", "五个随机种子中的第一个")
        said.says("a seed decides the weights and the batches", "种子决定初始权重与小批量")
        seeds = [{question.batches, *(run.seed for run in question.runs)} for question in row]
        assert seeds == [{lab.seed + k} for k in range(5)]
    curves = rate_curves(OWN, PLAIN)
    seen = [row["train"] for row in answered(normalization.net_rates, "vary=rates", curves)["rows"]]
    for row, shown in zip((own, plain), seen, strict=True):
        by_seed = [packed(curves(each).values[0, :, TRAIN_ACCURACY].astype(float)) for each in row]
        assert [shown == each for each in by_seed] == [True, False, False, False, False]


@claim("networks.normalization.rates_do")
def another_normalisation_or_fewer_layers(said: Sentence) -> None:
    usual = with_knobs(vary="rates")
    said.says("Choose another normalisation", "换一种归一化")
    (run, *_) = with_knobs(vary="rates", norm="layer").trainings()
    assert run.network.normalization == "layer" != usual.norm
    said.says("take fewer layers", "减少层数")
    (run, *_) = with_knobs(vary="rates", depth=usual.depth - 1).trainings()
    assert len(run.network.widths) < len(usual.training().network.widths)
    said.says("does the normalisation still help as much?", "归一化的帮助还一样大吗？")


@claim("networks.normalization.found_rate")
def the_largest_rate_with_which_it_learned(said: Sentence) -> None:
    said.says(
        "the largest rate with which the network learned, {enough} of the training examples right at the end",
        "网络能学会（最终训练准确率达到 {enough}）的最大学习率为 {upto}",
    )
    said.says("over {count} of {seeds} seeds", "{seeds} 个随机种子中有 {count} 个学会")
    for which, found in (("N", OWN), (WITHOUT, PLAIN)):
        known = [rate for rate in found if rate is not None]
        ends = {"least": at(min(known)), "most": at(max(known))}
        upto = Sentence(*(text.format(**ends) for text in FROM_TO))
        end = {"count": 4, "seeds": 5, "enough": whole(LEARNED)}
        says_of(said, borne(OWN, PLAIN), which=which, upto=upto, **end)


@claim("networks.normalization.found_beyond")
def at_the_largest_rate_of_all(said: Sentence) -> None:
    said.says("learned even at the largest rate of all", "在最大的学习率下仍能学会")
    said.says("so more might be borne", "实际上限可能更大")
    says_of(said, borne(HIGHEST, PLAIN), which="N", beyond=2, seeds=5)
    says_of(said, borne(PLAIN, HIGHEST), which=WITHOUT, beyond=2, seeds=5)
    for text, sentences in zip(said, borne(OWN, PLAIN), strict=True):
        assert not any(each.endswith(text.split("{seeds}")[1]) for each in sentences), "nobody learned there"
    lab = with_knobs(vary="rates")
    own, _ = rate_questions(lab.training(), lab.epochs)
    assert max(run.rate for run in own[0].runs) == rates()[15]


@claim("networks.normalization.found_ratio")
def how_many_times_as_large(said: Sentence) -> None:
    said.says("the rate may be {ratio} times as large", "学习率可以是不用时的 {ratio} 倍")
    said.says("a factor of {apart} apart", "相邻两个学习率相差 {apart} 倍")
    apart = rates()[1] / rates()[0]
    assert all(high / low == pytest.approx(apart) for low, high in pairwise(rates()))
    said.says("what lies between them is not tried", "其间未作试验")
    lab = with_knobs(vary="rates")
    for row in rate_questions(lab.training(), lab.epochs):
        assert {run.rate for question in row for run in question.runs} == set(rates().tolist())
    (percent,) = said.numbers
    between = [a - b for a, b in zip(OWN, PLAIN, strict=True) if a is not None and b is not None]
    assert sorted(between) == [3, 4, 5]
    half = half_width(percent, 1)
    ratio, low, high = (spelled(apart**steps) for steps in (4, 4 - half, 4 + half))
    is_said(said, borne(OWN, PLAIN), ratio=ratio, low=low, high=high, apart=spelled(apart))


@claim("networks.normalization.found_no_ratio")
def fewer_than_two_seeds_learned_both_ways(said: Sentence) -> None:
    said.says("fewer than two seeds learned both ways", "两种情形下都学会的种子不足两个")
    once: Borne = (9, None, None, None, None)
    twice: Borne = (9, 9, None, None, None)
    is_said(said, borne(once, PLAIN))
    assert not begun(said, borne(twice, PLAIN))


# Sizes of batches -------------------------------------------------------------------------------------------

APART: Mapping[int, tuple[float, float, float]] = {
    2: (0.04, 0.05, 0.06),
    8: (-0.3, -0.31, -0.29),
    16: (0.6, -0.6, 0.0),
    128: (-0.02, -0.01, 0.0),
}
"""By how much more is right in the training mode than in the test mode with batches of a size, by seed."""
PLAIN_SHARE = 0.95
TEST: Mapping[int, tuple[float, float, float]] = {2: (0.15, 0.14, 0.16), 128: (0.96, 0.97, 0.98)}
MIDDLE = (0.7, 0.7, 0.7)


def size_curves(question: Abreast) -> Curves:
    """Return the end of a run with batches of one size."""
    (run,) = question.runs
    seed = run.seed - with_knobs(vary="batches").seed
    values = np.zeros((1, 1, question.numbers))
    if run.network.normalization == "none":
        values[..., VALIDATION_ACCURACY] = PLAIN_SHARE
        return ended(values)
    values[..., VALIDATION_ACCURACY] = test = TEST.get(run.seen, MIDDLE)[seed]
    if question.own_batches:
        values[..., OWN_BATCH_ACCURACY] = test + APART.get(run.seen, (0, 0, 0))[seed]
    return ended(values)


@cache
def batches(norm: str) -> dict[str, Any]:
    return answered(normalization.net_modes, f"vary=batches,norm={norm}", size_curves)


@cache
def compared(norm: str) -> Told:
    """Return what is said of all sizes of batches."""
    answer = batches(norm)
    given = {"finding": answer["finding"], "seeds": answer["seeds"]}
    return told("normalization", "modes", "script.modesFinding(texts, finding, seeds, 'N')", **given)


@claim("networks.normalization.batches_about")
def as_many_epochs_at_rates_proportional_to_the_size(said: Sentence) -> None:
    said.says("with batches of 2 to 128 examples", "用 2 到 128 个样本的小批量")
    least, most = said.numbers
    lab = with_knobs(vary="batches")
    assert (lab.sizes[0], lab.sizes[-1]) == (least, most)
    said.says("no more than there are", "不超过样本总数")
    few = with_knobs(examples=50, vary="batches")
    assert few.sizes[-1] <= 50 < 2 * few.sizes[-1]
    own, plain = size_questions(lab.training(), lab.epochs)
    said.says("weights suited to the activation function", "适合该激活函数的权重")
    all_begin_suited(own + plain)
    said.says("all sizes for as many epochs", "各种大小训练同样多的轮次")
    said.says("at a rate that is proportional to the size", "学习率与批量大小成正比")
    said.says("the one that is set is that of the mini-batch that is set", "所设的学习率对应所设的小批量")
    for row in own + plain:
        assert tuple(run.seen for question in row for run in question.runs) == lab.sizes
        for run in (run for question in row for run in question.runs):
            assert run.steps == lab.epochs * (about(run.network.data).train // run.seen)
            assert run.rate / run.seen == pytest.approx(lab.rate / lab.batch)
    said.says("Both are measured on validation examples", "两种模式都在验证样本上测量")
    shares = {
        "test": np.array([TEST.get(size, MIDDLE) for size in lab.sizes]),
        "plain": np.full((len(lab.sizes), 3), PLAIN_SHARE),
    }
    shares["train"] = shares["test"] + [APART.get(size, (0, 0, 0)) for size in lab.sizes]
    said.says("Bands hold all seeds", "区间带包含所有随机种子")
    lines = batches("batch")["lines"]
    assert {line["id"] for line in lines} == set(shares)
    for line in lines:
        by_seed = shares[line["id"]].astype(np.float32).astype(float)
        ends = {"low": packed(by_seed.min(axis=1)), "high": packed(by_seed.max(axis=1))}
        assert ends == {end: line[end] for end in ends}


@claim("networks.normalization.found_gain")
def with_it_minus_without(said: Sentence) -> None:
    said.says("accuracy with {name} minus that without is {gain} percentage points", "{gain} 个百分点")
    said.says("over seeds", "用{name}的准确率减去不用的")
    (percent,) = said.numbers
    half = half_width(percent, 0.01)
    for size, test in TEST.items():
        gain = fmean(test) - PLAIN_SHARE
        ends = {"low": points(gain - half), "high": points(gain + half)}
        is_said(said, compared("batch"), size=size, name="N", gain=points(gain), **ends)


@claim("networks.normalization.found_modes")
def own_batch_and_running_averages(said: Sentence) -> None:
    said.says(
        "{train} are right by the mean and variance of their own batch", "所在批量的均值与方差正确 {train}"
    )
    said.says("{test} by running averages", "用滑动平均正确 {test}")
    said.says("percentage points", "个百分点")
    half = half_width(95, 0.01)  # the sentence before says of how many percent
    for size, test in TEST.items():
        apart = fmean(APART[size])
        shares = {"train": whole(fmean(test) + apart), "test": whole(fmean(test))}
        ends = {"low": points(apart - half), "high": points(apart + half)}
        is_said(said, compared("batch"), size=size, apart=points(apart), **shares, **ends)


@claim("networks.normalization.found_furthest")
def two_modes(said: Sentence) -> None:
    said.says("The two modes are furthest apart", "两种模式在 B = {size} 时相差最大")
    means = {size: abs(fmean(apart)) for size, apart in APART.items()}
    is_said(said, compared("batch"), size=max(means, key=lambda size: means[size]))
    assert not begun(said, compared("layer")), "which has one mode"
    z = np.random.default_rng(0).normal(3, 2, size=(16, 4)).astype(np.float32)
    running = np.full(4, 1, np.float32), np.full(4, 4, np.float32)
    own, tested = (
        np.asarray(over_batch(z, running, train)[0])  # type: ignore[arg-type] - JAX takes NumPy's arrays
        for train in (True, False)
    )
    assert np.allclose(own, (z - z.mean(axis=0)) / z.std(axis=0), atol=1e-4)
    assert np.allclose(tested, (z - running[0]) / np.sqrt(running[1]), atol=1e-4)
    assert [id for id, each in NORMALIZATIONS.items() if each.shares == "unit"] == ["batch"]
