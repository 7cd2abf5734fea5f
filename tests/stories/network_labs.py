"""What the labs of networks say of themselves, and what they tell the reader to do, recomputed."""

import re
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from api.networks.batches import growth_of
from api.networks.regularization import LANES as HELD_BACK
from api.networks.search import search_of
from networks import DATASETS, NORMALIZATIONS, parameters_of
from networks.curves import curves
from networks.data import about
from networks.normalizations import over_parts, parts_of
from networks.training import step_cost
from scenes import Scene, edit, read
from scenes.net_labs.normalization import SCALES
from scenes.network_outputs import CLASSES, SCORES
from scenes.network_training import trainings
from studies.batch_sizes import LANES, STAGES, law, setting
from studies.random_search import BEST, best_so_far, found, grid_trials, questions_of, random_trials
from studies.seed_band import LEVELS, SEEDS, band, further
from studies.starting_scales import scales
from tests.stage.node import run
from tests.stories.limits import is_95_percent
from tests.stories.sentences import Sentence, claim

SCENE = read("page=networks")[0]


def turned(scene: Scene = SCENE, **change: Any) -> Scene:
    """Return the page on networks after a change, which can be made there."""
    after, repairs = edit(scene, change)
    assert not repairs and after != scene, change
    return after


def with_knob(lab: str, knob: str, to: Any) -> Any:
    """Return the settings of a lab after one of its knobs is turned."""
    return getattr(turned(do="net_lab", lab=lab, knob=knob, to=to).network, lab)


# Training, and further seeds --------------------------------------------------------------------------------


@claim("networks.labs.train.do")
def smaller_batches_are_noisier(said: Sentence) -> None:
    said.says("Raise the noise of the gradients with smaller batches", "减小小批量以增大梯度噪声")
    usual, examples = SCENE.network.net, about("moons").train
    fewer = turned(do="net", knob="batch", to=usual.batch // 4).network.net.batch
    assert law(examples, fewer) > law(examples, usual.batch)
    said.says("take one layer away", "去掉一层")
    assert turned(do="net", knob="depth", to=usual.depth - 1).network.net.depth >= 1


@claim("interface.net_plane")
def both_inputs(said: Sentence) -> None:
    said.says("The plane of both inputs", "两个输入构成的平面")
    plane = [data for data in DATASETS.values() if data.kind == "plane"]
    assert plane and all(data.inputs == 2 and data.load().box is not None for data in plane)


@claim("interface.net_key_band")
def from_the_5th_to_the_95th_percentile(said: Sentence) -> None:
    assert said.numbers == [100 * level for level in LEVELS]
    values = np.random.default_rng(0).normal(size=(SEEDS, 1))
    for end, percent in zip(band(values), said.numbers, strict=True):
        assert end == pytest.approx(np.percentile(values, percent))


@claim("networks.knobs.netband")
def eight_further_seeds(said: Sentence) -> None:
    said.says("Eight further seeds", "另加八个随机种子")
    assert len(further(trainings(SCENE.network)[0])) == SEEDS == 8


@claim("networks.labs.activations.question")
def ten_derivatives(said: Sentence) -> None:
    said.says("passes ten of them", "接连经过十个这样的导数")
    x = np.linspace(-6, 6, 201).astype(np.float32)
    value, derivative = (row.tolist() for row in curves(x)["sigmoid"])
    (told, share) = run(
        "script.activationFinding(ui, curve, '')",
        "networks/findings.js",
        ui={"net_found_slope": "{layers} {product}", "net_found_flat": "{share}"},
        curve={"id": "sigmoid", "x": x.tolist(), "value": value, "derivative": derivative},
    )
    assert told == "10 9.5·10⁻⁷" and f"{0.25**10:.1e}" == "9.5e-07"
    said.says("nearly zero over most of the line", "在大部分区间上接近零")
    assert int(share.strip("%")) > 50


# Outputs ----------------------------------------------------------------------------------------------------


@cache
def outputs(*scores: float) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Return the probabilities of softmax and of sigmoids, and the gradients of each loss if A is true."""
    expression = "[script.softmax(scores), script.sigmoids(scores), script.gradients(scores, 0)]"
    return tuple(run(expression, "networks/outputs.js", scores=scores))


@claim("networks.labs.outputs.about")
def four_scores(said: Sentence) -> None:
    said.says("Four scores leave a network", "网络输出四个得分")
    assert len(SCORES) == len(CLASSES) == 4
    softmax, sigmoids, gradients = outputs(2, 1, 0, -4)
    said.says("softmax of exactly one class", "用 softmax 时恰好属于一个类别")
    said.says("a sigmoid each of every class by itself", "用 sigmoid 时每个类别各自独立")
    assert sum(softmax) == pytest.approx(1) and sum(sigmoids) > 1.1
    said.says("Each of the two has a loss that belongs to it", "两者各有与之匹配的损失")
    said.says("the gradient in a score is the probability minus what it should be", "概率减去应有的值")
    assert gradients["cross"] == pytest.approx(np.array(softmax) - (1, 0, 0, 0))
    assert gradients["binary"] == pytest.approx(np.array(sigmoids) - (1, 0, 0, 0))


@claim("networks.labs.outputs.do")
def three_gradients_of_a_wrong_score(said: Sentence) -> None:
    said.says("Choose A as the true class and lower its score", "把 A 选为真实类别，再把它的得分降到")
    (score,) = said.numbers
    assert score == -8
    scene, repairs = read(f"page=networks&lab=outputs&truth=a&scorea={score:g}")
    assert not repairs and (scene.view.truth, scene.view.score_a) == ("a", score)
    said.says("the three gradients of A", "A 的三个梯度")
    gradients = outputs(score, 1, 0, -4)[2]
    assert len(gradients) == 3
    of_a = {loss: slopes[0] for loss, slopes in gradients.items()}
    assert of_a["cross"] < -0.99 and of_a["binary"] < -0.99 and -1e-3 < of_a["squared"] < 0


@claim("networks.outputs.found_wrong")
def most_is_lost_where_it_is_most_wrong(said: Sentence) -> None:
    said.says(
        "where an output is most wrong, the squared error loses most of its gradient",
        "输出错得最厉害之处，平方误差的梯度损失得最多",
    )
    gradients = outputs(-8, -1, 3, 6)[2]  # all are wrong: A is too low, the others are not low enough
    wrong = np.abs(gradients["binary"])
    left = np.abs(gradients["squared"]) / wrong
    assert wrong.argmax() == left.argmin() == 0 and left[0] < 1e-3


# Normalisation, regularisation ------------------------------------------------------------------------------


@claim("networks.labs.normalization.about")
def sixteen_sizes_with_and_without(said: Sentence) -> None:
    mean, variance, sizes = said.numbers
    numbers = np.random.default_rng(0).normal(3, 2, size=(1, 64)).astype(np.float32)
    made = np.asarray(over_parts(numbers, 1))  # type: ignore[arg-type] - JAX takes NumPy's arrays
    assert made.mean() == pytest.approx(mean, abs=1e-5) and made.var() == pytest.approx(variance, rel=1e-4)
    assert sizes == SCALES == len(scales())
    asked = SCENE.network.normalization.trainings()
    kinds = [run.network.normalization for run in asked]
    assert kinds.count("batch") == kinds.count("none") == sizes and len(asked) == 2 * sizes
    said.says(
        "every unit is a channel, but for instance and group", "但实例归一化与组归一化把相邻的神经元看作"
    )
    together = {id for id in NORMALIZATIONS if parts_of(id, 64) > 1}
    assert together == {"instance", "group"}


@claim("networks.labs.normalization.do")
def ten_times_the_rate(said: Sentence) -> None:
    said.says("Choose another normalisation", "换一种归一化")
    assert with_knob("normalization", "norm", "layer").norm == "layer"
    said.says("a learning rate ten times as large", "把学习率放大十倍")
    usual = SCENE.network.normalization.rate
    assert with_knob("normalization", "learning_rate", 10 * usual).rate == pytest.approx(10 * usual)


@claim("networks.labs.regularization.about")
def five_times(said: Sentence) -> None:
    said.says("five times", "同样训练五次")
    asked = SCENE.network.regularization.trainings()
    said.says("an L2 penalty whose gradient goes through the method", "L2 惩罚（其梯度经过优化方法）")
    said.says("a decay of the weights beside it", "在方法之外衰减权重")
    assert HELD_BACK == ("none", "l2", "decoupled", "dropout", "early") and len(HELD_BACK) == 5
    assert len(asked) == 4, "and the first of them, stopped early"
    held = [(run.weight_decay > 0, run.decoupled, run.network.dropout > 0) for run in asked]
    assert held == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]
    said.says("Few examples and a large network", "样本少而网络大")
    assert parameters_of(asked[0].network) > 100 * about(asked[0].network.data).train


# Batches ----------------------------------------------------------------------------------------------------


@claim("networks.labs.batch.about")
def three_lanes_in_three_stages(said: Sentence) -> None:
    said.says("a few of the examples, drawn without replacement", "小批量是不放回抽取的少数样本")
    question = growth_of("")
    assert question.batch < question.examples / 10
    assert law(question.examples, question.examples) == 0, "so that a batch of all examples has no noise"
    said.says("how long an update takes and how noisy its gradient is", "一次更新要多久、梯度有多大的噪声")
    (run,) = SCENE.network.batch.trainings()
    (smaller,) = with_knob("batch", "batch", 4).trainings()
    assert step_cost(smaller) < step_cost(run) and law(1000, 4) > law(1000, question.batch)
    said.says("Three lanes begin alike", "三条赛道起点相同")
    assert len(LANES) == 3
    said.says("after each third of the epochs", "每过三分之一的轮次")
    assert STAGES == 3
    third, k = question.epochs // 3, question.factor
    for stage in range(3):
        for epoch in (third * stage, third * (stage + 1) - 1):
            constant, decayed, grown = (setting(question, lane, epoch) for lane in LANES)
            assert constant == (question.rate, question.batch)
            said.says("one divides its rate by k", "一条把学习率除以 k")
            assert decayed == (pytest.approx(question.rate / k**stage), question.batch)
            said.says("another multiplies its batch by k", "另一条把批量乘以 k")
            assert grown == (question.rate, question.batch * k**stage)


@claim("networks.labs.batch.do")
def smaller_batches_or_a_larger_rate(said: Sentence) -> None:
    said.says("Begin with smaller batches, or with a larger rate", "从更小的批量或更大的学习率开始")
    usual = SCENE.network.batch
    assert with_knob("batch", "batch", usual.batch // 2).batch < usual.batch
    assert with_knob("batch", "learning_rate", 2 * usual.rate).rate > usual.rate
    said.says("the two lanes", "两条赛道")
    assert len([lane for lane in LANES if lane != "constant"]) == 2


@claim("networks.batch.found_law")
def the_law_of_the_variance(said: Sentence) -> None:
    random = np.random.default_rng(0)
    gradients = random.normal(size=(6, 4)) ** 3
    mean = gradients.mean(axis=0)
    single = ((gradients - mean) ** 2).sum(axis=1).mean()
    for text in said:
        formula = re.search(r"\(n − B\) / \(.*?\) B\)", text)
        assert formula, text
        for batch in range(1, 7):
            spelled = formula.group().replace("−", "-").replace(") B", ") * B")
            chosen = [list(each) for each in combinations(range(6), batch)]
            off = np.mean([((gradients[each].mean(axis=0) - mean) ** 2).sum() for each in chosen])
            by_law = eval(spelled, {"n": 6, "B": batch})
            assert off / single == pytest.approx(by_law) == pytest.approx(law(6, batch))
    said.says("sizes below all examples", "小于全部样本的 {sizes} 种大小")
    assert said.numbers[-1] == 95 and is_95_percent(1.96)
    said.says("one in twenty misses by chance", "每二十个约有一个因偶然而落空")
    assert 100 - said.numbers[-1] == 100 / 20


@claim("networks.batch.variance")
def as_a_share_of_one_example(said: Sentence) -> None:
    said.says("one example", "单个样本")
    for examples in (10, 1000):
        assert said.numbers == [law(examples, 1)]


# Search -----------------------------------------------------------------------------------------------------


@claim("networks.labs.search.about")
def a_grid_tries_few_rates(said: Sentence) -> None:
    said.says("Learning rate and λ of weight decay", "学习率与权重衰减的 λ")
    of_grid, rates, of_random, others = said.numbers
    search = search_of(SCENE.network.search)
    grid, random = grid_trials(search)[: search.budget], random_trials(search)[: search.budget]
    said.says("how many validation examples it has right at the end", "最终有多少验证样本正确")
    assert questions_of(search, grid).looks == (search.run.steps,)
    said.says("a grid of as many trials", "同样多次的网格")
    assert (len(grid), len(random)) == (of_grid, of_random) and of_grid == of_random
    for text in (f"tries {rates:g} rates", f"random trials try {others:g}"):
        assert text in said.en
    for text in (f"{of_grid:g} 次的网格只试 {rates:g} 个", f"{of_random:g} 次随机试验则试 {others:g} 个"):
        assert text in said.zh
    assert (len(np.unique(grid[:, 0])), len(np.unique(random[:, 0]))) == (rates, others)


@claim("networks.labs.search.do")
def the_ten_best_and_rates_up_to_100(said: Sentence) -> None:
    said.says("Narrow the ranges to the ten best", "把范围缩小到最好的十次")
    trials = random_trials(search_of(SCENE.network.search))
    told = found(trials, np.arange(len(trials), dtype=float) / 100, np.zeros(len(trials), bool), 200)
    assert told.ten == BEST == 10
    ends = turned(do="net_lab", lab="search", knob="ranges", to=[*told.narrow]).network.search
    narrow = ends.rate_low, ends.rate_high, ends.decay_low, ends.decay_high
    assert narrow == told.narrow
    said.says("rates up to 100", "学习率的上限为 100")
    (most,) = said.numbers
    assert with_knob("search", "rate_high", most).rate_high == most


@claim("networks.search.key_searches")
def between_the_thin_lines_95_percent(said: Sentence) -> None:
    (percent,) = said.numbers
    pool = np.random.default_rng(1).uniform(size=8)
    told = best_so_far([pool], 8)
    for k in range(1, 9):
        best = [max(some) for some in combinations(pool, k)]
        for end, share in ((told.low, 50 - percent / 2), (told.high, 50 + percent / 2)):
            assert end[k - 1] == np.percentile(best, share, method="inverted_cdf")
    best = {name: row.tolist() for name, row in vars(told).items()}
    drawn = run("script.bestCurves(ways, ['red']).data", "networks/best_curves.js", ways=[{"best": best}])
    dashes = {curve["meta"]["role"]: curve["line"]["dash"] for curve in drawn}
    assert dashes == {"low": "dot", "high": "dot", "mean": "solid"}


@claim("networks.normalization.scales", "networks.normalization.rates")
def from_the_floor_to_the_ceiling(said: Sentence) -> None:
    low, high = said.numbers
    expression = "[low, high].map((percent) => script.path([percent / 100], 1))"
    floor, ceiling = run(expression, "networks/scale_paths.js", low=low, high=high)
    assert (floor, ceiling) == ("M0.0 60.0", "M0.0 0.0")
    assert run("[script.HIGH]", "networks/scale_paths.js") == [60]


@claim("networks.search.ramp")
def from_none_to_all(said: Sentence) -> None:
    way = {"rate": [1, 1], "decay": [1, 1], "accuracy": [0, 1], "diverged": []}
    expression = "[0, 1].map((trial) => 100 * script.marked(way, trial, [1, 10, 1, 10]).share)"
    assert said.numbers == run(expression, "networks/trial_marks.js", way=way)
