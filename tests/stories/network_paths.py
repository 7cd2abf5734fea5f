"""What the labs on paths between solutions and on saddles say of themselves and find, recomputed.

Pairs and points are made here; the studies say what follows from them, and the stage's scripts choose the
sentences and fill them in.
"""

from dataclasses import asdict, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from api.networks.lines import question_of
from api.networks.saddles import question_of as saddles_of
from networks import Network, Training
from networks.data import DATASETS, FewExamples
from networks.geometry.critical_points import (
    BOUND,
    FLAT,
    CriticalPoint,
    alike,
    loss_and_gradient,
    with_penalty,
)
from networks.geometry.lines import barrier, on_path
from networks.geometry.matching import permuted, random_permutations
from networks.geometry.objective import Objective
from networks.layers import first_running, forward
from studies.mode_connectivity import PATHS, Connectivity, Walked, crossed
from studies.random_search import rank_correlation
from studies.saddle_points import ASIDE, Searched, chosen, relation
from studies.seed_band import mean_of
from tests.stage.node import run
from tests.stories.limits import is_95_percent
from tests.stories.network_findings import Told, begun, is_said, spelled, told, whole
from tests.stories.network_labs import SCENE, turned, with_knob
from tests.stories.sentences import Sentence, claim

# Between solutions ------------------------------------------------------------------------------------------

FEW = FewExamples(DATASETS["moons"], 20)
QUESTION = Connectivity(Training(Network(FEW, (4,)), steps=1), pairs=3, cuts=10)
T = QUESTION.places
WITHIN = (T >= 0) & (T <= 1)
RISES = {"straight": (1.0, 1.5, 2.0), "matched": (0.25, 0.5, 0.75), "bent": (0.01, 0.02, 0.06)}
"""How far the loss rises in the middle of each path, above ends of 0.5, pair by pair."""
TWINS = {**RISES, "matched": (0.0, 1e-9, 0.0)}
RIGHT = {"straight": 0.5, "matched": 0.75, "bent": 1.0}


def pair(number: int, rises: dict[str, Any], falling: bool = True) -> Walked:
    """Return a pair on whose paths the loss rises in one place."""
    middle = T == 0.5
    losses = {name: np.where(middle, 0.5 + rises[name][number], 0.5) for name in PATHS}
    start = np.where(T <= 0.5, 2.0, 0.5) + (0 if falling else middle)
    accuracies = {name: np.where(middle, RIGHT[name], 1.0) for name in (*PATHS,)}
    return Walked({**losses, "start": start}, {**accuracies, "start": start}, "done")


@cache
def lines(twins: bool = False, second: str = "seed") -> Told:
    """Return what is said of three pairs, from two of which the line from the start only falls."""
    rises = TWINS if twins else RISES
    found = crossed(QUESTION, [pair(k, rises, falling=k != 1) for k in range(3)])
    assert found is not None
    call = "script.linesFinding(texts, finding, second)"
    return told("lines", "line_findings", call, finding=asdict(found), second=second)


def interval(name: str) -> dict[str, str]:
    found = mean_of(np.array(RISES[name]))
    return {"mean": spelled(found.value), "low": minus(found.low), "high": spelled(found.high)}


def minus(value: float) -> str:
    return spelled(value).replace("-", "−")


@claim("networks.labs.lines.about")
def matching_changes_the_place_alone(said: Sentence) -> None:
    said.says("changes its place and not what it computes", "只改变它的位置，不改变它计算的函数")
    plan = QUESTION.run.network.plan
    vector: Any = np.random.default_rng(0).normal(size=plan.parameters)
    other = permuted(plan, vector, random_permutations(plan, 1))
    x: Any = np.random.default_rng(1).normal(size=(5, 2))
    ours, theirs = (
        forward(plan, each, first_running(plan), x, train=True).scores for each in (vector, other)
    )
    assert not np.allclose(vector, other) and np.allclose(np.asarray(ours), np.asarray(theirs))
    said.says("how far the loss rises above the line between both ends", "高出两端连线的最大值")
    assert barrier([0, 0.5, 1], [1, 4, 3]) == 4 - 2
    said.says("Between two of them lies a straight line", "两个解之间有一条直线")


@claim("networks.labs.lines.do")
def twins_then_one_wider_layer(said: Sentence) -> None:
    said.says("the first one with its units permuted", "第一个解打乱单元顺序后的结果")
    assert question_of(with_knob("lines", "second", "permuted")).second == "permuted"
    said.says("one hidden layer instead of two, and wider layers", "隐藏层从两层改为一层，并加宽各层")
    usual = SCENE.network.lines
    assert usual.depth == 2 and with_knob("lines", "depth", 1).depth == 1
    assert with_knob("lines", "width", usual.width + 8).width > usual.width


@claim("networks.lines.loss", "networks.lines.accuracy")
def from_0_to_1(said: Sentence) -> None:
    said.says("from one solution (t = 0) to the other (t = 1)", "从一个解（t = 0）到另一个解（t = 1）")
    assert [on_path(3.0, 7.0, 5.0, t) for t in said.numbers] == [3.0, 5.0]


@claim("networks.lines.barriers")
def means_with_95_percent(said: Sentence) -> None:
    assert said.numbers == [95] and is_95_percent(1.96)
    values = np.array([1.0, 2.0, 3.0])  # Student's t with two degrees of freedom: P(|T| < t) = t/√(2 + t²)
    t = (mean_of(values).high - 2) / (values.std(ddof=1) / np.sqrt(3))
    assert t / np.sqrt(2 + t**2) == pytest.approx(0.95, abs=1e-4)


@claim("networks.lines.found_straight")
def on_the_straight_line(said: Sentence) -> None:
    assert said.numbers == [95]
    said.says("where it is worst", "在最差处")
    is_said(said, lines(), pairs=3, right=whole(RIGHT["straight"]), **interval("straight"))


@claim("networks.lines.found_matched")
def after_matching(said: Sentence) -> None:
    said.says("lower in {lower} of {pairs} pairs", "{pairs} 对中有 {lower} 对降低")
    said.says("at the worst place", "最差处")
    is_said(said, lines(), pairs=3, lower=3, right=whole(RIGHT["matched"]), **interval("matched"))


@claim("networks.lines.found_zero")
def nothing_but_rounding_is_left(said: Sentence) -> None:
    said.says("0 up to rounding", "为 0（舍入误差以内）")
    is_said(said, lines(twins=True), pairs=3, lower=3, right=whole(RIGHT["matched"]))
    assert not begun(said, lines())[:1] or "0 up to rounding" not in " ".join(lines()[0])


@claim("networks.lines.found_twins")
def every_unit_is_found_again(said: Sentence) -> None:
    said.says("the first one with its units in another order", "打乱单元顺序后的第一个解")
    is_said(said, lines(twins=True, second="permuted"))
    for others in (lines(twins=True), lines(second="permuted")):
        assert said.en not in others[0] and said.zh not in others[1]


@claim("networks.lines.found_bent")
def along_the_bent_path(said: Sentence) -> None:
    said.says("at its worst place", "最差处的准确率")
    is_said(said, lines(), right=whole(RIGHT["bent"]), **interval("bent"))
    said.says("its ends are the solutions as they were, nothing matched", "它的两端仍是原来的解，没有匹配")
    one, other = np.array([1.0, 2.0]), np.array([3.0, 5.0])
    assert [list(on_path(one, np.array([9.0, 9.0]), other, t)) for t in (0, 1)] == [list(one), list(other)]


@claim("networks.lines.found_start")
def where_the_loss_never_rises(said: Sentence) -> None:
    said.says(
        "the loss never rises on {falling} of {pairs} lines", "{pairs} 条直线中有 {falling} 条损失始终不上升"
    )
    said.says("From the first weights", "从初始权重")
    is_said(said, lines(), pairs=3, falling=2)


@claim("networks.lines.found_few")
def two_pairs_at_least(said: Sentence) -> None:
    said.says("two pairs or more", "两对以上")
    lost = Walked(pair(0, RISES).losses, {}, diverged=True)
    for pairs, known in (
        ([pair(0, RISES), lost, lost], False),
        ([pair(0, RISES), pair(1, RISES), lost], True),
    ):
        found = crossed(QUESTION, pairs)
        assert found is not None and (found.barriers is not None) == known


@claim("networks.lines.found_nothing")
def a_smaller_rate(said: Sentence) -> None:
    said.says("Take a smaller learning rate", "请减小学习率")
    lost = Walked(pair(0, RISES).losses, {}, diverged=True)
    assert crossed(QUESTION, [lost] * 3) is None
    usual = SCENE.network.lines
    assert with_knob("lines", "learning_rate", usual.rate / 10).rate < usual.rate
    is_said(said, told("lines", "line_findings", "script.linesFinding(texts, null, 'seed')"))


# Saddles ----------------------------------------------------------------------------------------------------

SMALL, LARGE = Network(FEW, (2,)), Network(FEW, (4,))
COUNT = {network: network.plan.parameters for network in (SMALL, LARGE)}
LOSSES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def point(network: Network, loss: float, negative: int) -> CriticalPoint:
    """Return a point with so many negative eigenvalues, and one that counts as 0."""
    values = np.array([-2.0] * negative + [0.0] + [4.0] * (COUNT[network] - negative - 1))
    return CriticalPoint(np.zeros(len(values)), loss, 0.0, values, np.eye(len(values))[0])


def searched(network: Network, negatives: tuple[int, ...]) -> Searched:
    points = tuple(point(network, *each) for each in zip(LOSSES, negatives, strict=False))
    return Searched(points, again=2, failed=1)


RISING = (0, 1, 2, 3, 4, 6, 5, 7)
MIXED = (3, 5, 1, 4, 2, 6, 0, 3)


@cache
def saddles(*rows: tuple[int, ...]) -> Told:
    """Return what is said of a network for each of `rows`, the numbers of negative eigenvalues."""
    networks: tuple[Network, ...] = (SMALL, LARGE)[-len(rows) :] if rows else ()
    known = [searched(network, row) for network, row in zip(networks, rows, strict=True)]
    finding = [relation(network, each) for network, each in zip(networks, known, strict=True)]
    points = [each.points for each in known][-1] if known else ()
    at = chosen(points, "highest")
    left = None
    if at is not None:
        found = points[at]
        left = {"loss": found.loss, "negative": found.index, "parameters": COUNT[LARGE]}
        left |= {"smallest": float(found.eigenvalues[0]), "ends": [0.11, 0.12]}
    given = {"bound": BOUND, "tolerance": FLAT, "aside": ASIDE, "left": left}
    call = "script.saddlesFinding(texts, given, finding)"
    rows_told = [None if each is None else asdict(each) for each in finding]
    return told("saddles", "saddle_findings", call, given=given, finding=rows_told)


@claim("networks.labs.saddles.about")
def a_penalty_of_half_lambda_times_the_square(said: Sentence) -> None:
    said.says("λ/2 times the square of all parameters", "全部参数平方和的 λ/2 倍")
    nothing = with_penalty(Objective("nothing", lambda v: 0.0 * v[0]))
    at = np.array([1.0, -2.0, 3.0])
    loss, gradient = loss_and_gradient(nothing, at, (np.float64(0.5),))
    assert loss == pytest.approx(0.5 / 2 * 14) and np.allclose(gradient, 0.5 * at)
    said.says("the eigenvector of its smallest eigenvalue", "最小特征值的特征向量")
    assert list(point(SMALL, 0.1, 3).descent) == [1] + [0] * (COUNT[SMALL] - 1)


@claim("networks.labs.saddles.do")
def the_lowest_saddle_and_no_penalty(said: Sentence) -> None:
    said.says("Leave the lowest saddle in place of the highest", "离开最低的鞍点，而不是最高的")
    assert SCENE.network.saddles.which == "highest"
    points = searched(SMALL, RISING).points
    which = [saddles_of(with_knob("saddles", "which", "lowest")).which, "highest"]
    low, high = (chosen(points, each) for each in which)
    assert low is not None and high is not None and points[low].loss < points[high].loss
    said.says("set the penalty to 0", "把惩罚设为 0")
    assert saddles_of(turned(do="net_lab", lab="saddles", knob="l2", to=0).network.saddles).decay == 0


@claim("networks.saddles.spectrum")
def a_logarithm_of_1_and_the_density(said: Sentence) -> None:
    (one,) = said.numbers
    left = {"edges": [0, 2, 4], "counts": [3, 1], "centre": 2, "radius": 1}
    expression = "Array.from(script.spectrum(left).changes.histogram.y)"
    heights = run(expression, "networks/saddle_curves.js", left=left)
    assert sorted(set(heights)) == pytest.approx([0, np.log10(one + 1 / 8), np.log10(one + 3 / 8)])


@claim("networks.saddles.found_rises", "networks.saddles.found_some")
def where_the_correlation_is_above_0_beyond_chance(said: Sentence) -> None:
    every = "The higher" in said.en
    if every:
        said.says("The higher the loss of a critical point, the more", "临界点的损失越高，负特征值就越多")
    said.says("above 0 beyond chance", "大于 0，超出偶然")
    for row, sure in ((RISING, True), (MIXED, False)):
        assert (rank_correlation(np.array(LOSSES), np.array(row, float))[1] > 0) == sure
    is_said(said, saddles(RISING, RISING) if every else saddles(MIXED, RISING), sure=1, all=2)
    assert not begun(said, saddles(MIXED, RISING) if every else saddles(RISING, RISING))


@claim("networks.saddles.found_rho")
def a_correlation_for_each_network(said: Sentence) -> None:
    assert said.numbers == [95] and is_95_percent(1.96)
    rho, low, high = rank_correlation(np.array(LOSSES), np.array(MIXED, float))
    values = {"rho": rho, "low": low, "high": high}
    ends = {"least": whole(0), "largest": whole(max(MIXED) / COUNT[SMALL])}
    texts = {name: f"{value:.2f}".replace("-", "−") for name, value in values.items()}
    is_said(said, saddles(MIXED, RISING), parameters=COUNT[SMALL], distinct=8, **texts, **ends)


@claim("networks.saddles.found_way")
def how_the_saddle_is_left(said: Sentence) -> None:
    said.says("the smallest {smallest}", "最小为 {smallest}")
    end = {"loss": "0.8", "negative": 7, "all": COUNT[LARGE], "smallest": "−2", "aside": 0.01}
    is_said(said, saddles(RISING, RISING), one="0.11", other="0.12", **end)


@claim("networks.saddles.found_no_way")
def no_way_down(said: Sentence) -> None:
    said.says("largest network", "最大的网络")
    is_said(said, saddles(RISING, (0, 0, 0, 0)))
    assert chosen(searched(LARGE, (0, 0, 0)).points, "highest") is None


@claim("networks.saddles.found_accepted")
def what_counts_as_critical(said: Sentence) -> None:
    said.says("where the gradient is no longer than {bound}", "梯度的长度不超过 {bound}")
    assert BOUND == 1e-9
    counts = {"searches": 2 * (8 + 3), "failed": 2, "distinct": 16, "minima": 2}
    is_said(said, saddles(RISING, MIXED), bound="10⁻⁹", **counts)
    said.says("with the same loss and spectrum count once", "损失与谱都相同的点只算一次")
    one = point(SMALL, 0.1, 3)
    assert alike(one, replace(one, at=one.at + 1)) and not alike(one, point(SMALL, 0.1, 4))


@claim("networks.saddles.found_flat")
def what_counts_as_zero(said: Sentence) -> None:
    said.says("within {tolerance} of the largest in size", "大小不超过最大特征值 {tolerance} 倍")
    values = np.array([-1.01, -0.99, 0.99, 1.01, 1 / FLAT]) * 1.0
    near = CriticalPoint(np.zeros(5), 0.0, 0.0, values, np.eye(5)[0])
    assert (near.index, near.flat) == (1, 2)
    said.says("the network with most of them", "这种特征值最多的网络")
    is_said(said, saddles(RISING, RISING), tolerance="10⁻⁶", flat=whole(1 / COUNT[SMALL]))


@claim("networks.saddles.found_nothing")
def a_larger_penalty_or_more_searches(said: Sentence) -> None:
    said.says("Take a larger penalty or more searches", "请加大惩罚，或增加搜索次数")
    usual = SCENE.network.saddles
    assert with_knob("saddles", "l2", usual.l2 + 0.01).l2 > usual.l2
    assert with_knob("saddles", "searches", usual.searches + 5).searches > usual.searches
    is_said(said, saddles())
