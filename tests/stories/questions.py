"""What the questions of the course say of their scenes, recomputed: as opened, and after what is to do."""

from typing import Any

import numpy as np

from api.answer import answer
from curvature.hessian import curvature_at
from curvature.stability import limit
from descent import Trajectory, race
from optimizers import OPTIMIZERS
from scenes import Scene, edit
from tests.stories.course import (
    crossings,
    curvatures,
    question,
    runs,
    scene_of,
    setting,
    surface,
    to_a_thousandth,
    turn,
)
from tests.stories.sentences import Sentence


@question("zig-zag")
def every_step_crosses_the_valley(said: Sentence) -> None:
    (run,), (slow,) = runs("zig-zag"), runs("zig-zag", turn(0, "learning_rate", 0.45))
    said.says("Each of the 40 steps", "40 步每一步")
    assert crossings(run) == len(run.updates) == 40 and (np.diff(run.points[:, 0]) > 0).all()
    said.says("the curvature is 2 across and only 0.1 along", "横向曲率为 2，纵向只有 0.1")
    np.testing.assert_allclose(curvatures(scene_of("zig-zag"), 0, 0), [0.1, 2])
    said.says("1 − 0.95 · 2 = −0.9", "1 − 0.95 · 2 = −0.9")
    np.testing.assert_allclose(run.points[1:, 1] / run.points[:-1, 1], -0.9)
    said.says(
        "no step crosses the floor, but the way along it takes longer and the last loss is higher",
        "α = 0.45 时没有一步越过谷底，但沿山谷走得更慢，最后的损失更高",
    )
    assert crossings(slow) == 0 and (slow.points[1:, 0] < run.points[1:, 0]).all()
    assert slow.losses[-1] > run.losses[-1]


@question("momentum")
def past_gradients_add_up(said: Sentence) -> None:
    scene = scene_of("momentum")
    assert len({lane.knobs["learning_rate"] for lane in scene.racers}) == 1
    sgd, ball = runs("momentum")
    said.says("after 20 steps, SGD after 73", "20 步就降到初始损失的千分之一以下，SGD 要 73 步")
    assert (to_a_thousandth(ball), to_a_thousandth(sgd)) == (20, 73)
    said.says("1/(1 − μ) ≈ 3.3", "1/(1 − μ) ≈ 3.3")
    assert round(1 / (1 - float(scene.racers[1].knobs["momentum"])), 1) == 3.3
    said.says("turn μ from 0.7 to 0.95", "把 μ 从 0.7 调到 0.95")
    said.says("after 80 steps its loss is higher than that of SGD", "80 步之后的损失比 SGD 还高")
    sgd, heavy = runs("momentum", turn(1, "momentum", 0.95))
    assert len(heavy.updates) == 80 and heavy.losses[-1] > sgd.losses[-1]
    assert heavy.points[:, 0].max() > 1 and (np.diff(heavy.points[:, 0]) < 0).any(), "past it, and back"


@question("too-large")
def above_two_over_lambda_swings_grow(said: Sentence) -> None:
    calm, wild = runs("too-large")
    said.says("α = 0.95 each step lands a little nearer", "α = 0.95 时，每一步都比前一步离谷底稍近一些")
    assert (np.diff(np.abs(calm.points[:, 1])) < 0).all() and (np.diff(np.abs(wild.points[:, 1])) > 0).all()
    assert wild.ending.kind == "growing" and np.abs(wild.points).max() < 8, "it grows where it can be seen"
    said.says("by −0.9 with α = 0.95, by −1.04 with α = 1.02", "α = 0.95 时为 −0.9，α = 1.02 时为 −1.04")
    for run, factor in ((calm, -0.9), (wild, -1.04)):
        np.testing.assert_allclose(run.points[1:, 1] / run.points[:-1, 1], factor)
    said.says("2/λ = 1", "2/λ = 1")
    scene = scene_of("too-large")
    assert np.isclose(curvatures(scene, 0, 0)[1], 2) and scene.view.measure == "stability"
    said.says("Turn the rate of 1.02 down to 0.98", "把 1.02 的学习率调到 0.98")
    turned = runs("too-large", turn(1, "learning_rate", 0.98))[1]
    assert (np.diff(np.abs(turned.points[:, 1])) < 0).all()


@question("edge")
def descent_is_carried_to_where_the_ring_bears_its_rate(said: Sentence) -> None:
    scene = scene_of("edge")

    def across(run: Trajectory) -> np.ndarray:
        x, y = run.points.T
        return 8 * (0.25 * x**2 + y**2)

    def side(run: Trajectory) -> np.ndarray:
        x, y = run.points.T
        return np.sign(1 - 0.5 * x**2 - y**2)

    said.says(
        "8 where it crosses the y-axis, 4 where it crosses the x-axis", "与 y 轴相交处为 8，与 x 轴相交处为 4"
    )
    for point, curvature in (((0.0, 1.0), 8.0), ((2**0.5, 0.0), 4.0)):
        np.testing.assert_allclose(curvatures(scene, *point), [0, curvature], atol=1e-12)
    (run,) = runs("edge")
    said.says("the loss rises in 81 of 200 steps", "200 步中有 81 步损失上升")
    assert len(run.updates) == 200 and int((np.diff(run.losses) > 0).sum()) == 81
    said.says("2/0.3 ≈ 6.67", "2/0.3 ≈ 6.67")
    late = across(run)[-20:]
    assert late.min() < 2 / 0.3 < late.max() and np.ptp(late) < 0.25 and across(run)[0] > 2 / 0.3
    said.says("with every step on the other side of the floor", "每一步都落到谷底的另一侧")
    assert (side(run)[-20:-1] * side(run)[-19:] < 0).all()
    said.says("of 0.3 up to 0.4, then down to 0.1", "从 0.3 调到 0.4，再调到 0.1")
    (longer,), (short,) = (runs("edge", turn(0, "learning_rate", rate)) for rate in (0.4, 0.1))
    said.says("4.86, a little below 2/0.4 = 5", "4.86，略低于 2/0.4 = 5")
    assert round(float(across(longer)[-1]), 2) == 4.86
    said.says("at 7.94, for 2/0.1 = 20", "曲率为 7.94，因为 2/0.1 = 20")
    assert round(float(across(short)[-1]), 2) == 7.94 and (np.diff(short.losses) <= 0).all()


@question("nesterov")
def nesterov_brakes_earlier_and_bears_less(said: Sentence) -> None:
    plain, nesterov = runs("nesterov")
    said.says(
        "after 26 steps, plain momentum after 63", "26 步就降到初始损失的千分之一以下，普通动量法要 63 步"
    )
    assert (to_a_thousandth(nesterov), to_a_thousandth(plain)) == (26, 63)
    for axis in (0, 1):
        widths = [np.abs(run.points[10:, axis]).max() for run in (nesterov, plain)]
        assert widths[0] < widths[1], "it swings less"
    said.says("≈ 0.68", "≈ 0.68")
    said.says("2(1 + μ)/λ = 1.9", "2(1 + μ)/λ = 1.9")
    most = [limit(OPTIMIZERS[each], {"momentum": 0.9}) for each in ("nesterov", "momentum")]
    assert [None if each is None else round(each / 2, 2) for each in most] == [0.68, 1.9]
    assert np.isclose(curvatures(scene_of("nesterov"), 0, 0)[1], 2)
    said.says("from 0.2 to 0.7; the other follows", "从 0.2 调到 0.7，另一条会随之改变")
    change = turn(0, "learning_rate", 0.7)
    assert {lane.knobs["learning_rate"] for lane in scene_of("nesterov", change).racers} == {0.7}
    plain, nesterov = runs("nesterov", change)
    assert nesterov.ending.kind == "growing" and to_a_thousandth(plain) is not None


@question("adaptive")
def coordinates_are_rescaled_and_directions_are_not(said: Sentence) -> None:
    sgd, adagrad, rmsprop = runs("adaptive")
    said.says("57 times", "57 倍")
    for each in (sgd.gradients, sgd.updates):
        assert round(abs(each[0, 1] / each[0, 0])) == 57
    for run in (adagrad, rmsprop):
        np.testing.assert_allclose(*np.abs(run.updates[0]), rtol=1e-4)
    said.says("curvatures of 1 and 0.01", "1 和 0.01")
    np.testing.assert_allclose(curvatures(scene_of("adaptive"), 0, 0), [0.01, 1])
    said.says(
        "after 8 steps, RMSProp after 60, SGD after 94", "AdaGrad 用 8 步，RMSProp 用 60 步，SGD 用 94 步"
    )
    assert [to_a_thousandth(run) for run in (adagrad, rmsprop, sgd)] == [8, 60, 94]
    said.says("set its turn from 0 to 0.125", "把旋转从 0 调到 0.125")
    said.says("SGD ends with the lowest loss of the three", "三者之中 SGD 最后的损失最低")
    turned = scene_of("adaptive", surface("turn", 0.125))
    finals = [run.losses[-1] for run in race(turned.runs())]
    assert finals[0] == min(finals)


@question("one-formula")
def all_lanes_have_the_form(said: Sentence) -> None:
    said.says("−α·M/(√G + ε)", "−α·M/(√G + ε)")
    scene = scene_of("one-formula")
    lanes = dict(zip([lane.optimizer for lane in scene.racers], race(scene.runs()), strict=True))
    assert list(lanes) == ["sgd", "momentum", "adagrad", "adam"] and scene.view.lane == 3
    for lane, run in zip(scene.racers, lanes.values(), strict=True):
        others = {name: value for name, value in lane.knobs.items() if name != "learning_rate"}
        epsilon = OPTIMIZERS[lane.optimizer].epsilon(**others)
        update = -run.rates[:, None] * run.M / (np.sqrt(run.G) + epsilon)
        np.testing.assert_allclose(run.updates, update, rtol=1e-9, atol=1e-12)
    said.says("SGD has M = g and G = 1", "SGD 取 M = g、G = 1")
    np.testing.assert_allclose(lanes["sgd"].M, lanes["sgd"].gradients[:-1])
    assert (lanes["sgd"].G == 1).all()
    said.says("a running sum of gradients as M", "以梯度的累加为 M")
    ball, mu = lanes["momentum"], float(scene.racers[1].knobs["momentum"])
    np.testing.assert_allclose(ball.M[1:], mu * ball.M[:-1] + ball.gradients[1:-1], atol=1e-12)
    said.says("the sum of all squares as G", "以全部梯度的平方和为 G")
    squares = np.cumsum(lanes["adagrad"].gradients[:-1] ** 2, axis=0)
    np.testing.assert_allclose(lanes["adagrad"].G, squares, rtol=1e-6, atol=1e-6)
    said.says("Choose another lane", "换一条赛道")
    assert scene_of("one-formula", {"do": "pick", "lane": 0}).view.lane == 0


@question("adam-numbers")
def the_first_step_is_as_long_as_the_rate(said: Sentence) -> None:
    scene = scene_of("adam-numbers")
    assert scene.racers[scene.view.lane].optimizer == "adam" and scene.view.step == 0
    run, steep = runs("adam-numbers")[0], runs("adam-numbers", surface("stretch", 2))[0]
    said.says("the gradient is (−0.7, 4)", "梯度是 (−0.7, 4)")
    said.says("the gradient (−7, 4)", "梯度变成 (−7, 4)")
    np.testing.assert_allclose([run.gradients[0], steep.gradients[0]], [[-0.7, 4], [-7, 4]])
    said.says("first update is (0.3, −0.3)", "第一次更新却是 (0.3, −0.3)")
    for each in (run, steep):
        np.testing.assert_allclose(each.updates[0], [0.3, -0.3], rtol=1e-6)
    said.says(
        "(1 − β₁)·g = 0.1·g and v = (1 − β₂)·g² = 0.001·g²",
        "(1 − β₁)·g = 0.1·g 和 v = (1 − β₂)·g² = 0.001·g²",
    )
    betas = [float(scene.racers[0].knobs[name]) for name in ("beta1", "beta2")]
    np.testing.assert_allclose(1 - np.array(betas), [0.1, 0.001])
    np.testing.assert_allclose([run.M[0], run.G[0]], [run.gradients[0], run.gradients[0] ** 2], rtol=1e-6)
    # Across the bowl the gradients alternate: these steps are shorter.
    assert np.abs(run.updates[1:, 1]).min() < 0.1


@question("saddle")
def along_the_negative_eigenvector(said: Sentence) -> None:
    scene = scene_of("saddle")
    model = curvature_at(scene.ground.surface, scene.ground.knobs, np.zeros((1, 2)))
    said.says("−0.9 along the diagonal and 1.1 across", "−0.9，与之垂直的为 1.1")
    np.testing.assert_allclose(model.eigenvalues[0], [-0.9, 1.1])
    way = model.eigenvectors[0][:, 0]
    np.testing.assert_allclose(np.abs(way), np.sqrt(0.5))
    said.says("1 + 0.9·α = 1.09", "1 + 0.9·α = 1.09")
    sgd, newton, free = runs("saddle")
    along = sgd.points @ way
    near = np.hypot(*sgd.points.T) < 0.1
    there = np.flatnonzero(near)
    np.testing.assert_allclose(along[there[1:]] / along[there[1:] - 1], 1.09, rtol=0.01)
    said.says("it takes dozens of steps", "只是需要几十步")
    assert 24 < there[-1] < 100 and np.hypot(*newton.points.T).min() < 1e-6
    said.says("Newton’s method stays", "牛顿法则停在那里")
    assert newton.ending.kind == "at_a_saddle"
    assert {sgd.ending.kind, free.ending.kind} == {"converged"}
    assert free.ending.step < there[0], "before SGD is even near the saddle"
    said.says(
        "from y = 2 there is nothing to multiply, and SGD stays as well",
        "从 y = 2 出发则没有可以放大的偏离，SGD 也停",
    )
    exact = runs("saddle", {"do": "start", "to": [-2, 2]})
    assert [run.ending.kind for run in exact] == ["at_a_saddle", "at_a_saddle", "converged"]


@question("plateau")
def slow_is_not_stuck(said: Sentence) -> None:
    sgd, adam = runs("plateau")
    said.says("In 200 steps SGD gets no farther than 0.2", "走了 200 步，离起点还不到 0.2")
    assert len(sgd.updates) == 200 and np.hypot(*(sgd.points - sgd.points[0]).T).max() < 0.2
    assert adam.ending.kind == "converged"
    said.says("its norm is 0.0023", "范数是 0.0023")
    said.says("α times that, 0.0007", "α 倍，只有 0.0007")
    norm = float(np.hypot(*sgd.gradients[0]))
    assert round(norm, 4) == 0.0023 and round(float(np.hypot(*sgd.updates[0])), 4) == 0.0007
    said.says("its first step is 0.1 in each coordinate", "第一步在每个坐标上都是 0.1")
    np.testing.assert_allclose(np.abs(adam.updates[0]), 0.1, rtol=1e-4)
    said.says("with 400 steps it converges as well, at step 272", "给它 400 步，它也会在第 272 步收敛")
    assert runs("plateau", setting("steps", 400))[0].ending == ("converged", 272)


@question("flat-and-sharp")
def what_a_minimum_holds(said: Sentence) -> None:
    scene, wide = scene_of("flat-and-sharp"), surface("narrow", 1.0)
    said.says("thrown out of that and settles in the flat one", "从那里被抛出，最后停在平坦最小值")
    for run, where in zip(runs("flat-and-sharp"), (2, -2), strict=True):
        assert run.ending.kind == "converged"
        np.testing.assert_allclose(run.points[-1], [where, 0], atol=1e-3)
    assert np.hypot(*(runs("flat-and-sharp")[1].points - [2, 0]).T).min() < 1, "it was in the sharp one"
    said.says(
        "λ = 8, so α·λ is 0.8 for the first lane and 4.8", "λ = 8，因此第一条赛道的 α·λ 为 0.8，第二条为 4.8"
    )
    said.says("the flat one has λ = 0.5", "平坦最小值的 λ = 0.5")
    sharp, flat = curvatures(scene, 2, 0)[1], curvatures(scene, -2, 0)[1]
    rates = [float(lane.knobs["learning_rate"]) for lane in scene.racers]
    np.testing.assert_allclose([sharp, flat, *(rate * sharp for rate in rates)], [8, 0.5, 0.8, 4.8])
    said.says("the curvature falls to 2, α·λ is 1.2", "曲率降到 2，α·λ 为 1.2")
    np.testing.assert_allclose(
        curvatures(scene_of("flat-and-sharp", wide), 2, 0)[1] * np.array([1, 0.6]), [2, 1.2]
    )
    for run in runs("flat-and-sharp", wide):
        assert run.ending.kind == "converged"
        np.testing.assert_allclose(run.points[-1], [2, 0], atol=1e-3)
    assert not {"minima"} & scene.view.hide and scene.view.page == "noise"


@question("mini-batches")
def the_variance_falls(said: Sentence) -> None:
    (run,), (exact,) = runs("mini-batches"), runs("mini-batches", setting("batch", 60))
    said.says("batches of 4 out of 60 examples", "60 个样本中的 4 个")
    away = np.hypot(*(run.points - exact.points[-1]).T)
    said.says("within five steps", "五步之内")
    assert away[:6].min() < away[0] / 10 and run.ending.kind == "spent"
    assert away[0] / 20 < away[-60:].max() < away[0] / 5
    said.says("a batch of all 60 examples has no variance", "全部 60 个样本就没有方差")
    np.testing.assert_allclose(exact.estimates, exact.gradients[:-1], atol=1e-12)
    assert exact.ending.kind == "converged"
    variances = [variance_of(size) for size in (1, 2, 4)]
    said.says("its variance falls like 1/B", "方差大致与 1/B 成正比")
    np.testing.assert_allclose(np.array(variances[:-1]) / variances[1:], 2, rtol=0.15)
    said.says("a smaller rate or a larger batch narrows it", "减小学习率或增大批量可以缩小徘徊的范围")
    widths = [wandering(change) for change in ((), (turn(0, "learning_rate", 0.1),), (setting("batch", 16),))]
    assert widths[1] < widths[0] > widths[2]


def variance_of(size: int) -> float:
    """Return the variance of the gradient of batches of `size` examples, along some ten runs."""
    seeds = (scene_of("mini-batches", setting("steps", 1000), setting("seed", seed)) for seed in range(1, 9))
    found = [run for scene in seeds for run in race(edited_batch(scene, size).runs())]
    return float(
        np.mean([((run.estimates - run.gradients[:-1])[50:] ** 2).sum(axis=1).mean() for run in found])
    )


def edited_batch(scene: Scene, size: int) -> Scene:
    """Return the scene with this batch size, at a rate so small that it stays near the minimum."""
    for change in (setting("batch", size), turn(0, "learning_rate", 0.02)):
        scene, _ = edit(scene, change)
    return scene


def wandering(changes: tuple[dict[str, Any], ...]) -> float:
    """Return how widely the lane of mini-batches wanders in its last steps, over some seeds."""
    found = [runs("mini-batches", *changes, setting("seed", seed))[0] for seed in range(1, 9)]
    return float(np.mean([run.points[-60:].std(axis=0).sum() for run in found]))


@question("schedules")
def a_rate_that_falls_comes_to_rest(said: Sentence) -> None:
    constant, cosine, restarts = runs("schedules")
    said.says("the peak rate 0.5 and batches of 4", "峰值学习率都是 0.5，每批 4 个样本")
    np.testing.assert_allclose([run.rates.max() for run in (constant, cosine, restarts)], 0.5)
    said.says("after 10 steps of warm-up", "经过 10 步学习率预热")
    assert (np.diff(cosine.rates[:11]) > 0).all() and (np.diff(cosine.rates[11:]) < 0).all()
    said.says("back to its peak at steps 20 and 60", "第 20 步和第 60 步把学习率恢复到峰值")
    assert np.flatnonzero(np.diff(restarts.rates) > 0).tolist() == [19, 59]
    assert (constant.ending.kind, cosine.ending.kind) == ("spent", "rate_decayed")
    said.says(
        "over the last 30 steps the loss then varies less than half",
        "最后 30 步中损失的波动不到恒定学习率的一半",
    )
    spreads = [
        spread for seed in range(1, 9) for spread in [[run.losses[-30:].std() for run in seeded(seed)]]
    ]
    still, falling, _ = np.median(spreads, axis=0)
    assert falling < still / 2
    said.says("first lane settles too", "第一条赛道也停了下来")
    assert runs("schedules", turn(0, "schedule", "cosine"))[0].ending.kind == "rate_decayed"


def seeded(seed: int) -> tuple[Trajectory, ...]:
    """Return the runs of the question of schedules with other batches."""
    return runs("schedules", setting("seed", seed))


@question("clipping")
def clipping_saves_what_the_cliff_throws_out(said: Sentence) -> None:
    thrown, clipped = runs("clipping")
    norms = np.hypot(*thrown.gradients.T)
    edge = int(norms.argmax())
    said.says("stays below 0.2, and on its edge it is 15", "一直小于 0.2，到了崖边则是 15")
    assert norms[:edge].max() < 0.2 and round(float(norms[edge])) == 15
    assert thrown.ending == ("left_the_box", edge + 1) and clipped.ending.kind != "left_the_box"
    assert clipped.losses[-1] < 0.01 < clipped.losses[0]
    said.says("no step is longer than 0.5", "任何一步都不超过 0.5")
    assert np.hypot(*clipped.updates.T).max() <= 0.5 + 1e-9
    said.says("from 0.5 to 20", "从 0.5 调到 20")
    same, loose = runs("clipping", turn(1, "clip_at", 20))
    np.testing.assert_array_equal(same.points, loose.points)


@question("scaling")
def standardised_inputs_make_a_round_bowl(said: Sentence) -> None:
    before, after = scene_of("scaling"), scene_of("scaling", surface("scaling", "standard"))
    said.says("6.2 and 0.154, a condition number of 40", "6.2 和 0.154，条件数为 40")
    low, high = curvatures(before, 0, 0)
    assert (round(high, 1), round(low, 3), round(high / low)) == (6.2, 0.154, 40)
    said.says("2/6.2 ≈ 0.32", "2/6.2 ≈ 0.32")
    assert round(2 / high, 2) == 0.32
    (run,), (round_,) = race(before.runs()), race(after.runs())
    said.says("zigzags into it and has not converged after 100 steps", "之字形走进去，走了 100 步还没有收敛")
    assert len(run.updates) == 100 and run.ending.kind == "spent"
    hessian = curvature_at(before.ground.surface, before.ground.knobs, np.zeros((1, 2)))
    across = (run.gradients @ hessian.eigenvectors[0])[:, 1]
    assert (across[1:12] * across[:11] < 0).all(), "from side to side"
    said.says("both eigenvalues are 1", "两个特征值都是 1")
    np.testing.assert_allclose(curvatures(after, 0, 0), 1, rtol=1e-9)
    said.says("at step 22 with the same α = 0.3", "学习率仍是 α = 0.3，SGD 在第 22 步")
    assert after.racers == before.racers and float(before.racers[0].knobs["learning_rate"]) == 0.3
    assert round_.ending == ("converged", 22)


@question("decay")
def decay_is_l2_for_gradient_descent_and_not_for_adam(said: Sentence) -> None:
    sgd, decayed, adam, adamw = runs("decay")
    said.says("its two paths lie on top of each other", "它的两条路径完全重合")
    np.testing.assert_allclose(decayed.points, sgd.points, rtol=1e-12, atol=1e-12)
    said.says("ends much nearer to the origin", "离原点近得多")
    assert np.hypot(*adam.points[-1]) < np.hypot(*adamw.points[-1]) / 5
    said.says("from 0.2 to 0", "从 0.2 调到 0")
    sgd, decayed, adam, adamw = runs("decay", surface("l2", 0.0))
    np.testing.assert_array_equal(sgd.points, decayed.points)
    np.testing.assert_array_equal(adam.points, adamw.points)


@question("adam-best")
def no_method_is_best_everywhere(said: Sentence) -> None:
    scene, other = scene_of("adam-best"), scene_of("adam-best", {"do": "surface", "to": "easom"})
    first, then = ([lane["within"] for lane in answer(each, ())["lanes"]] for each in (scene, other))
    assert [lane.optimizer for lane in scene.racers] == ["sgd", "momentum", "adam"]
    said.says("after 28 steps, Adam the last, after 187", "用了 28 步；Adam 最后，用了 187 步")
    assert first[1] == 28 and first[2] == 187 and 28 < first[0] < 187
    assert all(lane["suggested"] for each in (scene, other) for lane in answer(each, ())["lanes"])
    said.says("is the only one to arrive", "是唯一到达的方法")
    assert then[0] is None and then[1] is None and then[2] is not None
    said.says("rates, start and steps follow", "学习率、起点和步数会随之改变")
    assert (
        other.ground.start == other.ground.surface.start and other.budget.steps == other.ground.surface.steps
    )
