"""Counts, limits and shares that sentences name, against the code that they are about."""

import math
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest

from api import ensembles, loss_quantiles, sweeps, variance
from api.basin_shares import who_finds_the_flattest
from api.messages import words
from curvature import critical_points
from curvature.critical_points import grid
from curvature.field import Field
from curvature.quadratic_model import WITHIN, QuadraticModel
from curvature.sharpness import sharpness
from curvature.stability import limit
from descent import Ensemble, ensemble
from descent.ensembles import LEVELS
from landscapes import LANDSCAPES
from landscapes.data import TableError, read_table
from landscapes.data.rows import FEWEST_ROWS, LARGEST, LONGEST, MOST_ROWS
from landscapes.formula import FormulaError, box, check, from_formula, read_box, read_formula, tokens
from landscapes.formula.brackets import DEEPEST
from optimizers import OPTIMIZERS
from scenes import read
from studies import RATES, GradientVariance, endings, gradient_variance, intervals, wilson
from studies.rate_sweep import GOOD
from tests.api.responses import response
from tests.stage.node import run
from tests.stories.paths import path, quadratic
from tests.stories.sentences import Sentence, claim


@cache
def measured(name: str) -> GradientVariance:
    """Return the measured variance of mini-batch gradients at the start of a surface made of data."""
    scene = read(f"f={name}&lane=sgd")[0]
    count = len(scene.ground.surface.examples.targets)  # type: ignore[union-attr]
    return gradient_variance(scene.runs()[0], scene.ground.start, (1, 4, 16, count), 400)


def is_95_percent(z: float) -> bool:
    return round(100 * (2 * NormalDist().cdf(z) - 1)) == 95


@claim("experiments.ensemble", "experiments.ensemble_story", "experiments.said_reach_all")
def two_thousand_runs(said: Sentence) -> None:
    assert said.numbers == [ensembles.MEMBERS]


@claim("experiments.ensemble_cloud")
def six_hundred_are_drawn(said: Sentence) -> None:
    assert said.numbers == [ensembles.DRAWN]


@claim("experiments.ensemble_note", "experiments.col_interval")
def intervals_of_95_percent(said: Sentence) -> None:
    share = said.numbers[0]
    assert share == 95
    # At half of many the interval is ½ ± z/2√n.
    low, high = wilson(500_000, 1_000_000)
    assert is_95_percent((high - low) * 1000)


@claim("experiments.said_loss_tie", "experiments.said_loss_all")
def medians_have_intervals_of_95_percent(said: Sentence) -> None:
    assert said.numbers == [95] and is_95_percent(intervals.Z)
    # Of 64 runs the median lies between these ranks in 95 % of cases, by the binomial distribution.
    low, high = intervals.median_ranks(sweeps.STARTS)
    covered = sum(math.comb(sweeps.STARTS, k) for k in range(low + 1, high + 1)) / 2**sweeps.STARTS
    assert 0.93 < covered < 0.98


@claim("experiments.variance_story")
def falls_as_one_over_the_batch(said: Sentence) -> None:
    said.says(
        "it falls as one over B, and without replacement to zero when the batch is all the data",
        "它与 B 成反比",
    )
    found = measured("line_fit")
    np.testing.assert_allclose(found.replaced.formula * found.sizes, found.sigma2)
    np.testing.assert_allclose(found.replaced.mean, found.replaced.formula, rtol=0.3)
    assert found.sizes[-1] == 60 and abs(found.without.mean[-1]) < 1e-12 * found.sigma2


@claim("experiments.variance_seen", "experiments.variance_note")
def about_one_in_twenty_misses(said: Sentence) -> None:
    assert said.numbers[0] == 95
    inside = []
    for name in ("line_fit", "logistic", "two_weight_network"):
        found = measured(name)
        for spread in (found.without, found.replaced):
            moving = spread.formula > 1e-12 * found.sigma2
            inside += list(((spread.low <= spread.formula) & (spread.formula <= spread.high))[moving])
    assert len(inside) == 21 and sum(inside) >= 18, "by chance one or two of so many"


@claim("experiments.scaling_plot")
def multiples_of_the_batch(said: Sentence) -> None:
    assert tuple(said.numbers) == variance.MULTIPLES
    assert list(words("en")["experiments"]["multiples"]) == said.numbers  # those that the stage asks for


@claim("experiments.scaling_holds", "experiments.scaling_fails", "experiments.scaling_breaks")
def within_a_factor_of_two(said: Sentence) -> None:
    said.says("a factor of two", "两倍")
    ui = {"scaling_holds": "holds", "scaling_fails": "fails"}
    one = {"times": 1, "median": [1.0]}
    pairs = [[one, {"times": 2, "median": [last]}] for last in (1.99, 2.01, 0.51)]
    ends = run("pairs.map((pair) => script.scaling(ui, pair))", "cards/findings.js", ui=ui, pairs=pairs)
    assert ends == ["holds", "fails", "holds"]


@claim("experiments.sweep_story")
def the_rates_that_are_tried(said: Sentence) -> None:
    count, least, largest = said.numbers
    assert (count, least, largest) == (len(RATES), RATES[0], RATES[-1])
    for optimizer in OPTIMIZERS.values():
        knob = optimizer.knobs[0]
        assert knob.low <= RATES[0] and RATES[-1] <= knob.high, optimizer.id


@claim("experiments.sweep_note_seeds", "experiments.sweep_note_starts")
def what_is_good_and_who_arrives(said: Sentence) -> None:
    gain, starts, near, sure = said.numbers
    assert gain == 100 * GOOD and sure == 95
    assert (starts, near) == (ensembles.MEMBERS, 100 * endings.REACHED)


@claim("interface.band", "interface.band_story")
def seeds_of_the_band(said: Sentence) -> None:
    count, *shares = said.numbers
    assert count == loss_quantiles.SEEDS
    assert shares == ([] if len(said.en) < 12 else [100 * LEVELS[0], 100 * LEVELS[-1]])
    assert len(said.en) < 12 or ("the middle half" in said.en and "中间一半" in said.zh)
    assert LEVELS[3] - LEVELS[1] == LEVELS[2] == 0.5, "the middle half, and the median"


@claim("interface.own_data_hint")
def the_largest_file(said: Sentence) -> None:
    said.says("Two columns", "两列")
    (kilobytes,) = said.numbers
    assert kilobytes * 1024 == LONGEST == words("en")["limits"]["table_bytes"]


@claim("interface.complete_yes")
def indices_of_critical_points(said: Sentence) -> None:
    said.says("+1 for a minimum or maximum, −1 for a saddle", "极小值点和极大值点为 +1，鞍点为 −1")
    points = critical_points(LANDSCAPES["himmelblau"]).points
    assert {point.kind for point in points} == {"minimum", "maximum", "saddle"}
    assert all(point.index == (-1 if point.kind == "saddle" else 1) for point in points)


@claim("interface.complete_none")
def winding_zero_does_not_mean_none(said: Sentence) -> None:
    said.says("either there is none, or only some whose indices cancel", "要么没有，要么指数相互抵消")
    assert said.numbers == [0]
    text = "x-0.05*exp(-10000*((x-0.337)**2+(y-0.421)**2))"
    answer = critical_points(from_formula(text, ((-4.0, 4.0), (-4.0, 4.0))))
    assert answer.winding == 0 and not answer.points and answer.complete, "so this is what is said"
    # And yet there is a minimum: at y = 0.421 the slope along x is negative, then positive.
    falling, rising = (1 + 1000 * u * math.exp(-1e4 * u**2) for u in (-0.007, -0.0005))
    assert falling < 0 < rising


@claim("interface.complete_sparse")
def thousands_of_searches(said: Sentence) -> None:
    said.says("thousands of searches", "数千次搜索")
    assert len(grid(Field.of(LANDSCAPES["levy_13"], {}), 48)) > 2000
    assert not critical_points(LANDSCAPES["levy_13"]).complete


@claim("interface.key_region")
def where_the_model_holds(said: Sentence) -> None:
    assert said.numbers == [100 * WITHIN]
    # Of x³ + x² + x the rest beyond the model at 0 is x³; its terms are x and x².
    model = QuadraticModel(np.zeros(2), 0.0, np.array([1.0, 0.0]), np.diag([2.0, 0.0]))
    for x, holds in ((0.3, True), (0.4, False)):
        (off,) = model.error_share([[x, 0.0]], [x + x**2 + x**3])
        assert np.isclose(off, x**3 / (x + x**2)) and (off <= WITHIN) == holds


@claim("interface.stability_note")
def limits_on_quadratics(said: Sentence) -> None:
    said.says("SGD (2)", "SGD（2）")
    said.says(
        "momentum, 2(1 + μ), and Nesterov, 2(1 + μ)/(1 + 2μ)",
        "动量法 2(1 + μ) 和 Nesterov 动量法 2(1 + μ)/(1 + 2μ)",
    )
    assert limit(OPTIMIZERS["sgd"], {}) == 2
    for mu in (0.0, 0.4, 0.9):
        knobs = {"momentum": mu}
        assert limit(OPTIMIZERS["momentum"], knobs) == pytest.approx(2 * (1 + mu))
        assert limit(OPTIMIZERS["nesterov"], knobs) == pytest.approx(2 * (1 + mu) / (1 + 2 * mu))
        for method, most in (("momentum", 2 * (1 + mu)), ("nesterov", 2 * (1 + mu) / (1 + 2 * mu))):
            for times, grows in ((0.98, False), (1.02, True)):
                found = path(
                    method, quadratic(1.0, 1.0), (1.0, 1.0), 3000, learning_rate=times * most, **knobs
                )
                assert (np.abs(found.points[-1, 0]) > 1) == grows


@claim("interface.stability_story")
def each_step_lands_farther_away(said: Sentence) -> None:
    said.says("each step then lands farther from the valley floor than it started", "离谷底比原来更远")
    for times, grows in ((1.9, False), (2.1, True)):
        away = np.abs(path("sgd", quadratic(1.0, 1.0), (1.0, 1.0), 50, learning_rate=times).points[:, 0])
        assert (np.diff(away) > 0).all() == grows


@cache
def costs(name: str, shift: float) -> tuple[float, float]:
    """Return what a shift costs at the flattest and at the sharpest minimum of a surface."""
    rows = response("minima", f"f={name}&shift={shift}")["minima"]
    low, high = (next(row for row in rows if row[which]) for which in ("flattest", "sharpest"))
    return low["test"] - low["loss"], high["test"] - high["loss"]


@claim("experiments.minima_story", "experiments.minima_cost_flattest")
def a_very_small_shift_costs_more_in_the_sharpest(said: Sentence) -> None:
    low, high = costs("flat_vs_sharp", 0.01)
    assert 10 * low < high, "in a narrow one it rises steeply"
    low, high = costs("flat_vs_sharp", 0.5)
    assert low < high
    for name in ("himmelblau", "washboard"):
        low, high = costs(name, 0.5)
        assert low > high, "a shift that is not small"


@claim("experiments.shares_story")
def out_of_a_narrow_one_sooner(said: Sentence) -> None:
    said.says(
        "out of a narrow minimum sooner than out of a wide one", "更容易把运行抛出窄的极小值，而不是宽的"
    )

    def leaving(at: float, rate: float, size: int) -> float:
        asked = f"f=flat_vs_sharp&at={at},0&lane=sgd:lr={rate}&noise={5 / size**0.5}&steps=200"
        (run,) = read(asked)[0].runs()
        return float(
            (np.sign(ensemble(Ensemble(run, 400, "same", 2)).points[-1, :, 0]) != np.sign(at)).mean()
        )

    narrow = leaving(2, 0.1, 1)
    assert narrow > leaving(-2, 0.1, 1) + 0.2
    said.says(
        "on the learning rate and, with noise of standard deviation σ/√B, on the batch size B",
        "还取决于批量大小 B",
    )
    assert leaving(2, 0.02, 1) < narrow - 0.2 and leaving(2, 0.1, 16) < narrow - 0.2


@claim("experiments.minima_note")
def sharpness_of_keskar(said: Sentence) -> None:
    said.says(
        "Sharpness: 100 · (worst loss within ρ − L)/(1 + L)",
        "尖锐度：100 ·（ρ 以内最大的损失 − L）/（1 + L）",
    )
    np.testing.assert_allclose(sharpness(np.array([0.0, 1.0]), np.array([0.5, 2.0])), [50, 50])
    said.says("left blank where L ≤ −1", "L ≤ −1 时留空")
    assert np.isnan(sharpness(np.array([-1.0, -3.0]), np.array([0.0, 0.0]))).all()


@claim("experiments.minima_single", "experiments.shares_one_minimum")
def one_minimum_or_two(said: Sentence) -> None:
    assert "one minimum only" in said.en or "at least two minima" in said.en
    answer = response("minima", "f=bowl")
    assert answer["count"] == 1 and answer["way"] == [1, 0]
    assert not who_finds_the_flattest("f=bowl&noise=1")["ready"]
    assert who_finds_the_flattest("f=bowl&noise=1")["minima"] == 1


def raised(text: str) -> str:
    """Return why a formula is refused, an empty string where it is read."""
    try:
        read_formula(text)
    except FormulaError as error:
        return error.why
    return ""


@claim("formulas.too_long")
def longest_formula(said: Sentence) -> None:
    (most,) = said.numbers
    assert most == check.LONGEST
    assert raised("x" + " " * (int(most) - 1)) != "too_long" == raised("x" + " " * int(most))


@claim("formulas.too_deep")
def deepest_brackets(said: Sentence) -> None:
    (most,) = (int(number) for number in said.numbers)
    assert most == DEEPEST
    assert raised("(" * most + "x" + ")" * most) == "" != raised("(" * (most + 1) + "x" + ")" * (most + 1))


@claim("formulas.too_many_steps")
def most_operations(said: Sentence) -> None:
    assert said.numbers == [check.MOST_STEPS]


@claim("formulas.too_much_work")
def most_work(said: Sentence) -> None:
    assert said.numbers == [check.MOST_WORK]
    assert raised("+".join(["x*y"] * 51)) == "too_much_work"


@claim("formulas.number_long")
def longest_number(said: Sentence) -> None:
    (most,) = (int(number) for number in said.numbers)
    assert most == tokens.LONGEST_NUMBER
    assert raised("x + 1" + "0" * (most - 1)) == "" != raised("x + 1" + "0" * most)


@claim("formulas.number_large", "formulas.number_small")
def range_of_floats(said: Sentence) -> None:
    (power,) = said.numbers
    assert power in (1e308, 1e-308)
    assert raised("x+1e307") != "number_large" == raised("x+1e309")
    assert raised("x+1e-307") != "number_small" == raised("x+1e-309")


@claim("formulas.one_argument", "formulas.two_arguments")
def arguments(said: Sentence) -> None:
    assert "exactly one argument" in said.en or "exactly two arguments" in said.en
    assert "只接受一个自变量" in said.zh or "需要两个自变量" in said.zh
    assert raised("sin(x)") == raised("min(x, y)") == ""
    assert (raised("sin(x, y)"), raised("min(x)")) == ("one_argument", "two_arguments")


def refused(*numbers: float) -> str:
    try:
        read_box(numbers)
    except FormulaError as error:
        return error.why
    return ""


@claim("formulas.box_numbers")
def four_numbers(said: Sentence) -> None:
    said.says("A box is four numbers", "范围由四个数给出")
    assert refused(0, 1, 0) == "box_numbers" and refused(0, 1, 0, 1) == ""


@claim("formulas.box_far")
def within_a_million(said: Sentence) -> None:
    said.says("within a million of zero", "不能超过一百万")
    assert refused(0, 1e6, 0, 1e6) == "" and refused(0, 1.01e6, 0, 1e6) == "box_far" and box.FARTHEST == 1e6


@claim("formulas.box_order")
def the_smaller_number_first(said: Sentence) -> None:
    said.says("begins with the smaller number", "先写较小的数")
    assert refused(1, 0, 0, 1) == "box_order"


@claim("formulas.box_stretched")
def four_times_as_long(said: Sentence) -> None:
    said.says("at most four times as long", "最多是短边的四倍")
    assert refused(0, 4, 0, 1) == "" and refused(0, 4.1, 0, 1) == "box_stretched"


def unread(text: str) -> str:
    try:
        read_table(text)
    except TableError as error:
        return error.why
    return ""


@claim("tables.too_long")
def longest_table(said: Sentence) -> None:
    assert said.numbers == [LONGEST]
    assert unread(" " * LONGEST) == "empty" and unread(" " * (LONGEST + 1)) == "too_long"


@claim("tables.too_few", "tables.too_many")
def rows_of_a_table(said: Sentence) -> None:
    assert said.numbers in ([FEWEST_ROWS], [MOST_ROWS])
    for count, why in ((2, "too_few"), (3, ""), (200, ""), (201, "too_many")):
        assert unread("\n".join(f"{n},{n * n % 7}" for n in range(count))) == why


@claim("tables.empty", "tables.columns")
def two_columns(said: Sentence) -> None:
    assert "two columns" in said.en and "两列" in said.zh
    assert unread("") == "empty" and unread("1,2,3\n4,5,6\n7,8,9") == "columns"


@claim("tables.too_large")
def largest_value(said: Sentence) -> None:
    assert said.numbers == [LARGEST]
    assert unread(f"1,2\n2,3\n3,{LARGEST * 1.1}") == "too_large"


@claim("tables.same_x")
def at_least_two_that_differ(said: Sentence) -> None:
    said.says("at least two that differ", "至少要有两个不同的 x")
    assert unread("1,2\n1,3\n1,4") == "same_x" and unread("1,2\n1,3\n2,4") == ""
