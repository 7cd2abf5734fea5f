"""What the lab on the book says of its experiments, from what is asked there and what came of it."""

import math
from collections.abc import Mapping
from functools import cache
from itertools import permutations
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import jax
import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.book import RANKED_OF, net_book, ranking
from networks import DATASETS, INITIALIZERS, Network, Training
from networks.data import about
from networks.normalizations import EPSILON
from networks.programs import kept_units
from studies.intervals import Z
from studies.networks import book
from studies.networks.book import BAND, BOOK_EPSILON, EXPERIMENTS, SEEDS, SLOW
from studies.networks.book_results import results
from studies.networks.drawn import Drawn
from tests.stories.sentences import SENTENCES, Sentence, claim

COUNTS = {4: ("Four", "四"), 5: ("Five", "五"), 6: ("Six", "六")}


class _AskedError(Exception):
    """A question of an experiment, in place of its answer."""


@cache
def asked(id: str, lane: str) -> Any:
    """Return the first `Training` that a lane of an experiment asks for, or the `Network` it looks into."""

    def stop(question: Any, *_: Any) -> None:
        raise _AskedError(question)

    with (
        patch.multiple(book, train=stop, undivided=stop, signals=stop),
        pytest.raises(_AskedError) as error,
    ):
        EXPERIMENTS[id].run(lane, 3)
    return error.value.args[0]


def told(id: str) -> Mapping[str, Any]:
    """Return what the stage is told of an experiment."""
    return next(each for each in net_book("")["experiments"] if each["id"] == id)


def says_layers(said: Sentence, network: Network) -> None:
    """Assert that a sentence names number, width and function of the hidden layers."""
    (width,) = set(network.widths)
    (en, zh), name = COUNTS[len(network.widths)], SENTENCES[f"networks.activations.{network.activation}.name"]
    said.says(
        f"{en} hidden layers of {width} {name.en} units", f"{zh}个隐藏层，每层 {width} 个 {name.zh} 单元"
    )


def settings_hold(id: str) -> None:
    """Assert that the settings that are filled into a sentence are those of what is asked."""
    experiment = EXPERIMENTS[id]
    for lane in experiment.lanes:
        question, settings = asked(id, lane), experiment.settings
        assert isinstance(question, Training) and question.batch == settings["batch"]
        assert about(question.network.data).train == settings["examples"]
        assert settings.get("rate") in (None, question.rate)
        assert settings.get("decay") in (None, question.weight_decay) or lane == "none"
        assert settings.get("dropout") in (None, question.network.dropout) or lane == "none"
        held_back = question.weight_decay, question.network.dropout
        assert lane != "none" or held_back == (0, 0)


@claim("networks.book.about.activations")
def five_layers_before_training(said: Sentence) -> None:
    experiment = EXPERIMENTS["activations"]
    for lane in experiment.lanes:
        network = asked("activations", lane)
        assert isinstance(network, Network), "it is looked into, and nothing is trained"
        (width,) = set(network.widths)
        en, zh = COUNTS[len(network.widths)]
        said.says(f"through {en.lower()} layers of {width} units", f"经过{zh}层、每层 {width} 个单元")
    said.says("{examples} standard normal inputs", "{examples} 个标准正态输入")
    assert said.numbers == [100] and len(experiment.x) == 5


@claim("networks.book.about.starting_weights", "networks.book.about.optimizers")
def four_layers_on_mnist(said: Sentence) -> None:
    id = "starting_weights" if "gradient descent" in said.en else "optimizers"
    settings_hold(id)
    questions = [asked(id, lane) for lane in EXPERIMENTS[id].lanes]
    for question in questions:
        says_layers(said, question.network)
        assert question.network.data == EXPERIMENTS[id].settings["data"] == "mnist"
    said.says(
        "mini-batches of {batch}: the loss of each step’s batch", "小批量为 {batch}：每一步所用小批量的损失"
    )
    if id == "starting_weights":
        said.says("gradient descent with rate {rate}", "梯度下降，学习率 {rate}")
        assert {question.optimizer for question in questions} == {"sgd"}
    said.says(
        "We have {examples} images, the book {of_book}", "我们有 {examples} 张图像，书中有 {of_book} 张"
    )


@claim("networks.book.about.batch_norm")
def five_layers_for_each_size(said: Sentence) -> None:
    settings_hold("batch_norm")
    for lane in ("plain", "batch"):
        question = asked("batch_norm", lane)
        says_layers(said, question.network)
        assert question.steps == EXPERIMENTS["batch_norm"].settings["steps"]
        assert question.network.normalization == ("batch" if lane == "batch" else "none")
        assert (question.network.initializer, question.network.sigma) == (
            "normal",
            EXPERIMENTS["batch_norm"].x[0],
        )
    said.says(
        "right after {steps} steps, for each size σ", "{steps} 步之后的训练准确率，横轴为初始权重的大小 σ"
    )
    said.says("drawn anew for each seed", "每个种子另抽")
    assert isinstance(question.network.data, Drawn) and question.network.data.seed == question.seed == 3


@claim("networks.book.about.weight_decay", "networks.book.about.dropout")
def six_layers_on_few_images(said: Sentence) -> None:
    id = "dropout" if "probability" in said.en else "weight_decay"
    settings_hold(id)
    for lane in EXPERIMENTS[id].lanes:
        question = asked(id, lane)
        says_layers(said, question.network)
        assert isinstance(question.network.data, Drawn) and question.network.data.seed == 3
    said.says("only {examples} images drawn anew for each seed", "只有 {examples} 张图像，每个种子另抽")
    assert said.numbers == [100]


@claim("networks.book.about.search")
def a_hundred_for_validation(said: Sentence) -> None:
    settings_hold("search")
    question = asked("search", "random")
    said.says("a hundred for validation", "一百张用于验证")
    assert about(question.network.data).validation == 100
    tried = book.trials(3)
    assert len(tried) == EXPERIMENTS["search"].settings["trials"]
    assert (question.weight_decay, question.rate) == tuple(tried[0])
    said.says("drawn over powers of ten", "在若干数量级上随机抽取")
    for column, (low, high) in zip(np.log10(tried.T), ((-8, -4), (-6, -2)), strict=True):
        assert low < column.min() < low + 0.3 and high - 0.3 < column.max() < high
    said.says("Seen are the trials of one seed", "图中是一个种子的试验")


@claim("networks.labs.book.about")
def chapter_6(said: Sentence) -> None:
    chapter, year = sorted(said.numbers)
    assert {int(experiment.section.split(".")[0]) for experiment in EXPERIMENTS.values()} == {chapter}
    source = DATASETS["normal_inputs"].source
    assert source and (source.year, source.title) == (year, "Deep Learning from Scratch")
    said.says("Saitō, Deep Learning from Scratch", "斋藤康毅《深度学习入门》")
    said.says("Here each is run from several seeds", "这里每个实验都从多个随机种子运行")
    assert all(each["seeds"] == SEEDS == 10 for each in results().values())
    said.says("the band that holds most of them", "包含大多数运行的区间带")
    assert BAND > 50


SIZES = {
    "1": lambda n: 1,
    "0.01": lambda n: 0.01,
    "1/√n": lambda n: 1 / n**0.5,
    "√(2/n)": lambda n: (2 / n) ** 0.5,
}
"""How a size of the starting weights is spelled, and what it is for n inputs."""


def _size_of(id: str, lane: str) -> None:
    @claim(f"networks.book.lanes.{lane}")
    def _(said: Sentence) -> None:
        size = said.en.split("σ = ")[1]
        assert said.zh.split("σ = ")[1] == size
        question = asked(id, lane)
        network = question if isinstance(question, Network) else question.network
        for inputs in (10, 784):
            made = INITIALIZERS[network.initializer].std(inputs, 100, network.sigma)
            assert made == pytest.approx(SIZES[size](inputs))


for _lane in ("sigmoid_1", "sigmoid_01", "tanh_lecun", "relu_he"):
    _size_of("activations", _lane)
for _lane in ("normal_01", "xavier", "he"):
    _size_of("starting_weights", _lane)


def factors(seed: int) -> tuple[float, NDArray[np.float32]]:
    """Return p of dropout, and what outputs are multiplied by at one of its steps."""
    network = asked("dropout", "divided").network
    at: Any = (np.uint32(seed), np.int32(7), 50, np.float32(network.dropout))
    kept = jax.jit(kept_units, static_argnums=(0, 3))(network.plan, *at)
    return network.dropout, np.concatenate([np.ravel(each) for each in kept])


@claim("networks.book.lanes.divided")
def what_stays_is_divided(said: Sentence) -> None:
    said.says("divided by 1 − p", "除以 1 − p")
    p, made = factors(0)
    assert sorted(set(made.tolist())) == pytest.approx([0, 1 / (1 - p)])


@claim("networks.book.why.divided")
def with_the_division_nine_in_ten_are_right(said: Sentence) -> None:
    said.says("does not divide what stays by 1 − p", "不把留下的除以 1 − p")
    p, made = factors(0)
    assert made.max() == pytest.approx(1 / (1 - p)) and made.mean() == pytest.approx(1, abs=0.02)
    said.says("signals keep their size, and", "信号大小不变，")
    said.says(
        "with every seed the network gets nine in ten of its training images right, or more",
        "都能答对至少十分之九的训练图像",
    )
    kept = {(each["lane"], each["curve"]): each["seeds"] for each in results()["dropout"]["printed"]}
    assert min(kept["divided", "train"]) >= 0.9 > max(kept["undivided", "train"])
    printed = {each["lane"]: each for each in told("dropout")["rows"] if each["curve"] == "train"}
    said.says("The book does not divide", "书中训练时不把留下的除以")
    assert printed["undivided"]["agree"] and not printed["divided"]["agree"]


@claim("networks.book.q_factor", "networks.book.a_factor")
def the_share_that_is_there(said: Sentence) -> None:
    if said.en.endswith("?"):
        said.says("by the dropout ratio, or by one minus it", "乘以暂退率，还是乘以 1 减暂退率")
        the_share_that_is_there(SENTENCES["networks.book.a_factor"])
        return
    said.says("By 1 − {ratio} = {stays}", "乘以 1 − {ratio} = {stays}")
    answer = told("dropout")["answer"]
    assert answer["stays"] == 1 - answer["ratio"] == 1 - asked("dropout", "divided").network.dropout
    said.says("that share of the units is there on average", "训练时平均有这么大比例的神经元在场")
    assert (factors(1)[1] > 0).mean() == pytest.approx(answer["stays"], abs=0.02)
    assert answer["high_stays"] < answer["low_ratio"], "the bands lie apart, so that the answer may be said"


@claim("networks.book.q_lost", "networks.book.a_lost")
def where_batch_normalisation_loses(said: Sentence) -> None:
    experiment, kept, answer = (
        EXPERIMENTS["batch_norm"],
        results()["batch_norm"],
        told("batch_norm")["answer"],
    )
    if said.en.endswith("?"):
        said.says("For how many of {scales} sizes", "在 {scales} 种初始权重的大小中，有几种")
        said.says("does batch normalisation learn worse", "使用批量归一化反而学得更差")
        assert answer["scales"] == len(experiment.x) == 16
        return
    said.says(
        "In the book’s picture for {printed}; in ours for {lost}",
        "书中的图里有 {printed} 种；我们的结果是 {lost} 种",
    )
    printed = {lane: {} for lane in experiment.lanes}
    for each in experiment.printed:
        printed[each.lane][each.at] = each.value
    assert answer["printed"] == sum(printed["plain"][at] > printed["batch"][at] for at in printed["plain"])
    plain, batch = (np.array(lane["curves"]["train"]["median"]) for lane in kept["lanes"])
    assert answer["lost"] == (plain > batch).sum()
    assert answer["low"] <= answer["lost"] <= answer["high"]


@claim("networks.book.q_ranking", "networks.book.a_ranking")
def so_few_points_rank_nothing(said: Sentence) -> None:
    found = ranking()
    if said.en.endswith("?"):
        said.says("ranks four ways", "给四种正则化方法排名")
        said.says("Do so few rank them", "这么少的点排得出名次吗")
        assert len(found["lanes"]) == 4 and found["count"] == RANKED_OF
        return
    said.says("No. ", "排不出。")
    (needed,) = said.numbers
    assert needed == round(Z, 2) > found["z"]
    shares = {lane["id"]: lane["share"] for lane in found["lanes"]}
    said.says("best and worst, {best} and {worst}", "最好的{best}与最差的{worst}")
    said.says("a standard error of {error} percentage points", "标准误差为 {error} 个百分点")
    said.says("are {difference} points apart", "相差 {difference} 个百分点")
    best, worst = shares[found["best"]], shares[found["worst"]]
    assert (best, worst) == (max(shares.values()), min(shares.values()))
    said.says("Only {needed} test points each would make it", "各要 {needed} 个测试点，才能达到")
    for count, enough in ((found["needed"], True), (found["needed"] - 1, False)):
        error = math.sqrt((best * (1 - best) + worst * (1 - worst)) / count)
        assert ((best - worst) / error >= Z) == enough


@claim("networks.book.found_next")
def one_more_run_lies_between(said: Sentence) -> None:
    said.says(
        "between the least and the largest of {seeds} with a chance of {within}",
        "最小值与最大值之间的概率是 {within}",
    )
    said.says("One more run", "再运行一次")
    # Of runs that are alike every order is as likely: the last of n + 1 is neither the least nor the largest.
    orders = list(permutations(range(6)))
    between = sum(0 < order[-1] < 5 for order in orders) / len(orders)
    assert between == pytest.approx((5 - 1) / (5 + 1))
    for each in net_book("")["experiments"]:
        assert each["within"] == (each["seeds"] - 1) / (each["seeds"] + 1)


@claim("networks.book.outcomes.best_of_slow")
def slow_is_below_a_thousandth(said: Sentence) -> None:
    said.says("Best accuracy with a rate below", "学习率低于 0.001 时最好的准确率")
    (limit,) = said.numbers
    assert limit == SLOW
    rates = book.trials(0)[:, 1]
    # As if each trial reached its own rate: then the best of the slow ones is the fastest of them.
    with patch.object(book, "train", lambda run: SimpleNamespace(validation_accuracy=[run.rate])):
        outcome = EXPERIMENTS["search"].run("random", 0)["outcome"]
    reached = dict(zip(book.SEARCH, outcome, strict=True))["best_of_slow"]
    assert reached == pytest.approx(rates[rates < limit].max(), rel=1e-4)


@claim("networks.book.why.fewer")
def ours_are_seen_more_often(said: Sentence) -> None:
    said.says(
        "seen {ours} times, each of the book’s {book} times: ours are learned by heart further",
        "已用了 {ours} 次，书中的每张只用了 {book} 次：我们的网络背得更熟",
    )
    rows = [row for each in net_book("")["experiments"] for row in each["rows"] if row["why"] == "fewer"]
    assert len(rows) > 1
    for row in rows:
        assert row["seen"]["ours"] > 10 * row["seen"]["book"] and row["curve"] == "loss"
        assert row["high"] < row["printed"], "further"


@claim("networks.book.why.epsilon")
def the_book_adds_less(said: Sentence) -> None:
    said.says("adds a smaller number to the variance", "书中加到方差上的数更小")
    said.says("10⁻⁶ for our 10⁻⁵", "是 10⁻⁶，我们的是 10⁻⁵")
    assert (BOOK_EPSILON, EPSILON) == (1e-6, 1e-5)
    said.says("with such small weights that counts", "权重这样小时差别就显出来")
    batch = told("batch_norm")
    (row,) = (each for each in batch["rows"] if each["why"] == "epsilon")
    assert row["x"] == min(EXPERIMENTS["batch_norm"].x) and row["high"] < batch["answer"]["low_epsilon"]
