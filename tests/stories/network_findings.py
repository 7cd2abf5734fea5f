"""What labs of networks find: which sentence is said of which numbers, as the stage says it.

Numbers are made here, the server's own functions say what follows from them, and the stage's scripts choose
the sentences and fill them in; a sentence is then held to the numbers that all began with.
"""

from dataclasses import asdict, replace
from functools import cache
from typing import Any

import numpy as np

from api.messages import words
from api.networks import regularization, train
from locales import LANGUAGES, texts
from networks import Ending, History, Network, Training, so_far
from networks.curves import curves
from studies.intervals import wilson
from studies.regularization import better, reached
from studies.seed_band import MOST, SEEDS, compared, mean_of
from tests.stage.node import run
from tests.stories.sentences import Sentence, claim

Told = tuple[list[str], list[str]]
"""Sentences in English, and in Chinese."""

NAMES = ["Aa", "Bb", "Cc", "Dd", "Ee"]


def told(section: str, script: str, call: str, **given: Any) -> Told:
    """Return what the expression `call` makes of the sentences of a section, `texts`, in both languages."""
    languages = []
    for language in LANGUAGES:
        said = texts(language)
        ui = {key: text for key, text in said["interface"].items() if key.startswith("net_")}
        part = said["networks"].get(section, {})
        languages.append({"tag": words(language)["tag"], "ui": ui, "texts": part})
    expression = f"languages.map(({{ texts, ui, tag }}) => {call})"
    en, zh = run(expression, f"networks/{script}.js", languages=languages, **given)
    return en, zh


def is_said(said: Sentence, told: Told, **values: Any) -> None:
    """Assert that a sentence, with `values` in its places, is among those that are told."""
    for text, sentences in zip(said, told, strict=True):
        assert text.format(**values) in sentences, (text, values, sentences)


def begun(said: Sentence, told: Told) -> list[str]:
    """Return the sentences, one a language, that begin as `said` does before its first place."""
    heads = [text.split("{")[0] for text in said]
    return [
        each
        for head, sentences in zip(heads, told, strict=True)
        for each in sentences
        if each.startswith(head)
    ]


def whole(share: float) -> str:
    return f"{round(100 * share)}%"


def points(share: float) -> str:
    return f"{100 * share:.1f}".replace("-", "−")


def spelled(value: float, digits: int = 2) -> str:
    return f"{float(f'{value:.{digits}g}'):g}"


# Training ---------------------------------------------------------------------------------------------------


@cache
def history(accuracy: float, validation: float) -> History:
    """Return a run that ends so; its validation loss is least at step 10 of 20."""
    rows: dict[str, Any] = {
        "measured": np.array([0, 10, 20]),
        "train_accuracy": np.array([0.5, accuracy, accuracy]),
        "validation_accuracy": np.array([0.5, validation, validation]),
        "train_loss": np.array([0.7, 0.3, 0.1]),
        "validation_loss": np.array([0.7, 0.4, 0.5]),
        "norms": np.ones(3),
    }
    return replace(so_far(Training(Network())), **rows, ending=Ending("done", 20))


@cache
def trained(*ends: tuple[float, float]) -> Told:
    """Return what is said of runs that end with these accuracies, of training and validation."""
    finding = train.finding([Training(Network())] * len(ends), [history(*end) for end in ends])
    call = "script.trainingFinding({ ui, tag }, finding, names)"
    return told("", "findings", call, finding=finding, names=NAMES)


@claim("interface.net_found_best")
def most_validation_examples_right(said: Sentence) -> None:
    said.says("most validation examples right", "验证集上准确率最高")
    assert said.numbers == [95]
    low, high = (whole(end) for end in wilson(90, 100))
    ends = (0.8, 0.7), (0.7, 0.9), (1.0, 0.8)
    is_said(said, trained(*ends), lane="Bb", count=100, reached="90%", low=low, high=high)


@claim("interface.net_found_above", "interface.net_found_below")
def above_or_below_on_training_data(said: Sentence) -> None:
    above = "higher" in said.en
    assert ("高出 {points} 个百分点" if above else "低 {points} 个百分点") in said.zh
    said.says(f"{{points}} percentage points {'higher' if above else 'lower'}", "它在训练集上的准确率")
    is_said(said, trained((0.93 if above else 0.87, 0.9)), points="3")


@claim("interface.net_found_back")
def from_the_last_layer_to_the_first(said: Sentence) -> None:
    said.says("in the last layer to {to} in the first", "从最后一层的 {from} 变为第一层的 {to}")
    layer = {"dead": 0, "saturated": 0, "std": 1, "theory": None}
    layers = [{**layer, "gradient_std": std} for std in (0.01, 0.1, 0.4)]
    is_said(
        said,
        told("", "findings", "script.signalFinding(ui, layers, false)", layers=layers),
        **{"from": "0.4", "to": "0.01"},
    )


@claim("interface.net_found_slope")
def the_steepest_slope(said: Sentence) -> None:
    said.says("{slope} at most", "斜率最大为 {slope}")
    said.says("multiply a gradient by {product} at most", "梯度最多乘以 {product}")
    x = np.linspace(-5, 5, 101).astype(np.float32)
    value, derivative = (row.tolist() for row in curves(x)["sigmoid"])
    curve = {"id": "sigmoid", "x": x.tolist(), "value": value, "derivative": derivative}
    found = told("", "findings", "script.activationFinding(ui, curve, 'S')", curve=curve)
    product = f"{0.25**10 * 1e7:.1f}·10⁻⁷"
    is_said(said, found, name="S", slope=max(derivative), at="0", layers=10, product=product)


# Further seeds ----------------------------------------------------------------------------------------------


@cache
def paired(by: float) -> Told:
    """Return what is said of a trainer that is better than another by so much, give or take a hundredth."""
    first = np.linspace(0.80, 0.87, SEEDS)
    second = first + by + 0.01 * np.array([1, -1] * (SEEDS // 2))
    compare = compared([first, second])
    assert compare
    best, others = compare
    finding = {
        **{"lane": best, **asdict(mean_of((first, second)[best])), "diverged": []},
        "others": [{"lane": lane, **asdict(difference)} for lane, difference in others.items()],
    }
    call = "script.bandFinding(ui, answer, names)"
    return told("", "seed_bands", call, answer={"finding": finding, "seeds": SEEDS}, names=NAMES)


@claim("interface.net_band_best")
def most_right_on_average(said: Sentence) -> None:
    said.says("most validation examples right on average", "平均准确率最高的是")
    assert said.numbers == [95]
    mean = mean_of(np.linspace(0.80, 0.87, SEEDS) + 0.05 + 0.01 * np.array([1, -1] * 4))
    low, high = points(mean.low), points(mean.high)
    is_said(said, paired(0.05), seeds=8, lane="Bb", mean="88.5", low=low, high=high)


@claim("interface.net_band_better", "interface.net_band_alike")
def beyond_chance_or_not(said: Sentence) -> None:
    by = 0.05 if "beyond chance" in said.en else 0.005
    # Of eight differences with a standard deviation of 0.01·√(8/7): Student's t with 7 degrees of freedom.
    half = 2.365 * 0.01 * (8 / 7) ** 0.5 / SEEDS**0.5
    said.says("{by} percentage points more than {lane}", "比 {lane} 高 {by} 个百分点")
    if by > half:
        said.says("beyond chance", "超出偶然")
    else:
        said.says("holds 0: chance may have ranked them", "含有 0：名次可能出于偶然")
        assert said.numbers == [0]
    is_said(said, paired(by), lane="Aa", by=points(by), low=points(by - half), high=points(by + half))


@claim("interface.net_band_dear")
def too_dear(said: Sentence) -> None:
    said.says("up to {most} are done", "最多只做 {most} 次")
    answer = {"seeds": SEEDS, "dear": {"cost": 4 * MOST, "most": MOST, "steps": 0}}
    found = told("", "seed_bands", "script.bandTooDear(ui, answer)", answer=answer)
    assert (MOST, 4 * MOST) == (2e11, 8e11)
    is_said(said, found, seeds=8, cost="8·10¹¹", most="2·10¹¹")


# Regularisation ---------------------------------------------------------------------------------------------


@cache
def held_back(first: tuple[float, float], dropped: tuple[float, float]) -> Told:
    """Return what is said if nothing holds back ends so, dropout so, and all else as nothing does."""
    known = [history(*end) for end in (first, first, first, dropped)]
    finding = regularization.finding(Training(Network()), known)
    call = "script.regularizationFinding(texts, new Intl.ListFormat(tag), finding, names)"
    return told("regularization", "regularization_findings", call, finding=finding, names=NAMES)


@claim("networks.regularization.found_better")
def by_better_validation(said: Sentence) -> None:
    said.says("closes the gap by better validation.", "靠的是验证变好。")
    is_said(said, held_back((1, 0.6), (1, 0.95)))


@claim("networks.regularization.found_both")
def by_both(said: Sentence) -> None:
    said.says("both by worse training and by better validation", "训练变差与验证变好都有贡献")
    is_said(said, held_back((1, 0.6), (0.97, 0.95)))


@claim("networks.regularization.found_worse")
def by_worse_training(said: Sentence) -> None:
    said.says("by worse training, not by better validation", "训练变差，而不是验证变好")
    is_said(said, held_back((1, 0.9), (0.5, 0.6)))


@claim("networks.regularization.found_smaller")
def which_gaps_are_smaller(said: Sentence) -> None:
    said.says("Smaller by more than chance", "差距更小且超出偶然")
    found = begun(said, held_back((1, 0.6), (1, 0.95)))
    assert len(found) == 2, "in both languages"
    assert all("Dd" in each and not {"Aa", "Bb", "Cc", "Ee"} & set(each.split()) for each in found)


@claim("networks.regularization.found_alike")
def no_gap_is_smaller(said: Sentence) -> None:
    said.says("No other gap is smaller by more than chance", "没有其他做法的差距小到超出偶然")
    is_said(said, held_back((1, 0.6), (1, 0.61)))


@claim("networks.regularization.found_gaps")
def how_wide_the_gap_is(said: Sentence) -> None:
    said.says("Without regularisation", "不加正则化时")
    said.says("percentage points", "百分点")
    assert said.numbers == [95]
    high, low = (points(1 - end) for end in wilson(60, 100))
    is_said(said, held_back((1, 0.6), (1, 0.95)), gap="40.0", low=low, high=high, count=100)


@claim("networks.regularization.found_dropout")
def what_dropout_changes(said: Sentence) -> None:
    said.says(
        "training data by {training}, on validation data by {validation}",
        "训练准确率变化 {training}，验证准确率变化 {validation}",
    )
    said.says("the gap changes by {gap} points", "差距变化 {gap} 个百分点")
    _, low, high = better(*(reached(history(*end), -1, 100) for end in ((1, 0.6), (0.97, 0.95))))
    more = {"gap": "−38.0", "training": "−3.0", "validation": "35.0"}
    is_said(said, held_back((1, 0.6), (0.97, 0.95)), **more, low=points(low), high=points(high))


@claim("networks.regularization.found_stop")
def where_early_stopping_stops(said: Sentence) -> None:
    said.says("the least validation loss and takes step {step}", "验证损失最小的第 {step} 步")
    said.says("so its validation is flattered", "验证结果偏于乐观")
    is_said(said, held_back((1, 0.6), (1, 0.95)), step=10)
