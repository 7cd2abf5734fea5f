"""What labs on batches, normalisation, search and outputs find: which sentence is said of which numbers."""

from dataclasses import asdict
from functools import cache

import numpy as np
import pytest

from api.networks import batches
from networks.abreast import TRAIN_ACCURACY, VALIDATION_ACCURACY, Curves
from studies.batch_sizes import DRAWS, Cost, Epochs, law
from studies.intervals import wilson
from studies.random_search import BEST, SMALL_RATE, best_so_far, found, rank_correlation
from studies.starting_scales import LEARNED, compared
from tests.stories.network_findings import NAMES, Told, begun, is_said, points, spelled, told, whole
from tests.stories.network_labs import outputs
from tests.stories.sentences import SENTENCES, Sentence, claim

# Batches ----------------------------------------------------------------------------------------------------


@cache
def grown(decayed: float, grown: float) -> Told:
    """Return what is said if two lanes end with these shares of validation examples."""
    question = batches.growth_of("")
    costs = [Cost(size, size / 1000, law(1000, size), 0.01, law(1000, size)) for size in (1, 4, 1000)]
    rows = [((2.0, 2.0, 0.1, 0.1), (0.25, 0.5, 1.0, share)) for share in (0.5, decayed, grown)]
    lanes = [Epochs(row, (60, 7), (), None) for row in rows]
    finding = batches.finding(question, costs, lanes)
    assert (finding["draws"], finding["held"]) == (DRAWS, 2)
    call = "script.batchFinding(texts, finding, 1000, names)"
    return told("batch", "batch_findings", call, finding=finding, names=NAMES)


@claim("networks.batch.found_alike")
def decaying_and_growing_overlap(said: Sentence) -> None:
    said.says("The intervals of decaying and growing overlap", "衰减学习率与增大批量的区间重叠")
    said.says("chance could explain which is better", "谁更好可能只是偶然")
    assert wilson(717, 797)[1] > wilson(725, 797)[0]
    is_said(said, grown(717 / 797, 725 / 797))
    for apart in ((0.5, 0.9), (0.9, 0.5)):
        with pytest.raises(AssertionError):
            is_said(said, grown(*apart))


@claim("networks.batch.found_lane")
def where_a_lane_ends(said: Sentence) -> None:
    assert said.numbers == [95]
    said.says("training loss {loss} after {updates} updates", "更新 {updates} 次后训练损失为 {loss}")
    said.says("{validation} of {count} validation examples right", "{count} 个验证样本中正确 {validation}")
    low, high = (f"{points(end)}%" for end in wilson(717, 797))
    end = {"validation": "90%", "count": 797, "low": low, "high": high}
    is_said(said, grown(717 / 797, 725 / 797), lane="Bb", loss="0.25", updates=67, **end)


# Normalisation ----------------------------------------------------------------------------------------------


@cache
def normalized(*ends: tuple[float, float]) -> Told:
    """Return what is said if runs end with these shares, (with the normalisation, without it)."""

    def row(which: int) -> Curves:
        values = np.zeros((2, len(ends), 4), np.float32)
        values[1, :, TRAIN_ACCURACY] = [end[which] for end in ends]
        values[1, :, VALIDATION_ACCURACY] = [end[which] for end in ends[:2]] + [0.5] * (len(ends) - 2)
        return Curves(np.array([0, 9]), values, np.full(len(ends), -1), 9, True)

    sizes = [10.0**-k for k in range(len(ends))]
    call = "script.scalesFinding(new Intl.ListFormat(tag), texts, finding, sizes, 'N')"
    finding = asdict(compared(row(0), row(1)))
    return told("normalization", "scales", call, finding=finding, sizes=sizes)


SHARES = (0.95, 0.5), (0.9, 0.5), (0.75, 0.5), (0.25, 0.96)
"""Better three times, twice of it on validation examples; worse once; learned twice, and once without."""


@claim("networks.normalization.found")
def more_right_or_fewer(said: Sentence) -> None:
    said.says(
        "more training examples are right at the end for {better}", "有 {better} 种最终的训练准确率更高"
    )
    said.says("fewer for {worse}", "{worse} 种更低")
    said.says("on validation examples it is better for {held}", "在验证样本上有 {held} 种更高")
    assert said.numbers == [95]
    low, high = (whole(end) for end in wilson(3, 4))
    is_said(said, normalized(*SHARES), name="N", better=3, all=4, worse=1, low=low, high=high, held=2)


@claim("networks.normalization.found_worse")
def fewer_for_one(said: Sentence) -> None:
    said.says("Fewer for {which}", "更低的是 {which}")
    against = SENTENCES["networks.normalization.found_against"]
    which = [text.format(sigma="0.001", own="25%", plain="96%") for text in against]
    for text, one, sentences in zip(said, which, normalized(*SHARES), strict=True):
        assert text.format(which=one) in sentences
    assert not begun(said, normalized(*SHARES[:3])), "where there is none nothing is said"


@claim("networks.normalization.found_learned")
def how_many_have_learned(said: Sentence) -> None:
    said.says(
        "{enough} or more right with it, and {without} without", "用时有 {learned} 种，不用时有 {without} 种"
    )
    is_said(said, normalized(*SHARES), learned=2, without=1, enough=whole(LEARNED))


# Search -----------------------------------------------------------------------------------------------------

RATES, DECAYS = np.logspace(-6, -2, 25), np.roll(np.logspace(-3, -1, 25), 9)
REACHED = np.linspace(0.1, 0.82, 25)
EXAMPLES = 200


@cache
def searched() -> Told:
    """Return what is said of trials that reach more the larger their rate is."""
    trials, lost = np.stack([RATES, DECAYS], axis=1), np.zeros(25, bool)
    ways = []
    for reached in (REACHED, REACHED / 2):
        best = best_so_far([reached], 25)
        ways.append({"best": {name: row.tolist() for name, row in vars(best).items()}})
    finding = asdict(found(trials, REACHED, lost, EXAMPLES))
    call = "script.searchFinding(texts, finding, ways, examples)"
    return told("search", "search_findings", call, finding=finding, ways=ways, examples=EXAMPLES)


@claim("networks.search.found_best")
def the_best_of_the_random_trials(said: Sentence) -> None:
    said.says("The best of the random trials", "随机试验中最好的一次")
    said.says("the same examples have chosen it, so it is flattered", "由这些样本选出的，因此偏高")
    assert said.numbers == [95]
    low, high = (whole(end) for end in wilson(round(0.82 * EXAMPLES), EXAMPLES))
    decay = spelled(DECAYS[-1])
    is_said(said, searched(), rate="0.01", decay=decay, reached="82%", count=EXAMPLES, low=low, high=high)


@claim("networks.search.found_small")
def what_small_rates_reach(said: Sentence) -> None:
    said.says("with a rate below {limit} reach {reached} at most", "最高只达到 {reached}")
    small = RATES < SMALL_RATE
    values = {"small": int(small.sum()), "reached": whole(REACHED[small].max())}
    is_said(said, searched(), limit=spelled(SMALL_RATE), **values)


@claim("networks.search.found_decay")
def between_which_the_best_lie(said: Sentence) -> None:
    said.says("The {ten} best lie between", "最好的 {ten} 次的 λ 在")
    said.says("of the rate {rate}, of λ {decay}", "学习率为 {rate}，λ 为 {decay}")
    best = DECAYS[-BEST:]
    of_decay = [spelled(value).replace("-", "−") for value in rank_correlation(DECAYS, REACHED)]
    rho = SENTENCES["networks.search.found_rho"]
    for text, one, sentences in zip(said, rho, searched(), strict=True):
        filled = text.format(
            ten=BEST,
            least=spelled(best.min()),
            largest=spelled(best.max()),
            rate=one.format(value="1", low="1", high="1"),
            decay=one.format(value=of_decay[0], low=of_decay[1], high=of_decay[2]),
        )
        assert filled in sentences, (filled, sentences)


@claim("networks.search.found_mean")
def the_best_on_average(said: Sentence) -> None:
    said.says(
        "The best of {n} random trials reaches {mean} on average", "{n} 次随机试验中最好的平均达到 {mean}"
    )
    said.says("that of a grid of as many {grid}", "同样多次的网格为 {grid}")
    assert said.numbers == [95]
    own, half = whole(REACHED[-1]), whole(REACHED[-1] / 2)
    grid = {"grid": half, "grid_low": half, "grid_high": half}
    is_said(said, searched(), n=25, mean=own, low=own, high=own, **grid)


# Outputs ----------------------------------------------------------------------------------------------------


@claim("networks.outputs.found_squared")
def through_the_most_saturated_sigmoid(said: Sentence) -> None:
    said.says("No sigmoid is more saturated than that of {letter}", "没有哪个 sigmoid 比 {letter} 的更饱和")
    said.says(
        "the gradient of the squared error is {ratio} times that of the cross entropy",
        "平方误差的梯度是交叉熵梯度的 {ratio} 倍",
    )
    scores = 2, 1, 0, -4
    chosen = {"scores": scores, "truth": 0, "raised": 0}
    call = "script.outputFinding({ texts, tag }, ['A', 'B', 'C', 'D'], chosen)"
    sentences = told("outputs", "output_findings", call, chosen=chosen)
    _, sigmoids, gradients = outputs(*scores)
    slopes = [
        squared / cross for squared, cross in zip(gradients["squared"], gradients["binary"], strict=True)
    ]
    least = int(np.argmin(slopes))
    ratio, sigmoid = spelled(slopes[least]), spelled(sigmoids[least], 3)
    is_said(said, sentences, letter="ABCD"[least], sigmoid=sigmoid, ratio=ratio)
