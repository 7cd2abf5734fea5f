"""What the stories of the surfaces claim, recomputed; those of the classics are in classics.py."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from descent import Ensemble, ensemble, race
from landscapes import LANDSCAPES
from landscapes.arrays import Floats
from optimizers import OPTIMIZERS
from scenes import read, suggestion
from tests.stories.paths import lane, path, surface
from tests.stories.sentences import Sentence, claim
from tests.stories.terrain import bottoms, condition, curvatures, found, kinds, loss_of, nearest, over_the_map


@claim("surfaces.round_bowl.story")
def every_method_works(said: Sentence) -> None:
    said.says("the negative gradient points straight at the minimum", "负梯度正好指向最小值")
    said.says("Every method works", "任何方法都行得通")
    points, _, gradients = over_the_map("round_bowl", 21)
    across = gradients[:, 0] * points[:, 1] - gradients[:, 1] * points[:, 0]
    assert np.abs(across).max() < 1e-12 and (gradients * points).sum(axis=1).min() >= 0
    landscape = LANDSCAPES["round_bowl"]
    for method in OPTIMIZERS:
        rate = suggestion(landscape, method)
        found = path(method, surface("round_bowl"), landscape.start, 500, learning_rate=rate).points
        assert np.hypot(*found[-1]) < 0.45 * np.hypot(*found[0]), method


@claim("surfaces.bowl.story")
def zigzags_and_creeps(said: Sentence) -> None:
    said.says("Far more curved across than along", "横向的曲率远大于纵向")
    along, across = curvatures("bowl", (0.0, 0.0))
    assert across > 10 * along
    x, y = lane("bowl", "sgd", "&steps=40").points.T
    assert (y[1:10] * y[:9] < 0).all(), "zigzag"
    assert (np.abs(np.diff(x)) < 0.1 * np.abs(x[:-1])).all(), "creeps"


@claim("surfaces.canyon.story")
def steps_in_proportion_to_the_condition_number(said: Sentence) -> None:
    said.says("in proportion to the condition number", "与条件数成正比")
    needed = []
    for kappa in (30.0, 300.0, 3000.0):
        low, high = curvatures("canyon", (0.0, 0.0), condition=kappa)
        assert np.isclose(high / low, kappa)
        # The same in the eigenvectors' directions, where the error of each step is a power.
        rate, shares = 2 / (low + high), np.array([low, high])
        steps = np.arange(20 * int(kappa))
        left = (shares[:, None] * (1 - rate * shares[:, None]) ** (2 * steps)).sum(axis=0)
        needed.append(int((left > 1e-4 * left[0]).argmin()))
    np.testing.assert_allclose(np.divide(needed, needed[0]), [1, 10, 100], rtol=0.05)
    for method in ("adagrad", "adam"):
        scene, _ = read(f"f=canyon:turn=0&lane={method}&lane=sgd&steps=200")
        straight, plain = (trajectory.losses[-1] for trajectory in race(scene.runs()))
        turned = lane("canyon", method, "&steps=200").losses[-1]
        assert straight < plain, "an advantage along the axes"
        assert turned > lane("canyon", "sgd", "&steps=200").losses[-1], "that is lost"


@claim("surfaces.saddle_between_valleys.story")
def two_valleys_and_a_saddle(said: Sentence) -> None:
    said.says("two valleys and a saddle at zero", "两条山谷，原点处是它们之间的鞍点")
    (product,) = said.numbers
    loss = loss_of("saddle_between_valleys", penalty=0.0)
    for sign in (1, -1):
        for first in (0.5, 1.0, 2.0):
            assert abs(float(loss(jnp.array([sign * first, sign * product / first])))) < 1e-30
    low, high = curvatures("saddle_between_valleys", (0.0, 0.0))
    assert low < 0 < high
    points, losses, _ = over_the_map("saddle_between_valleys", 41)
    np.testing.assert_allclose(jax.vmap(loss_of("saddle_between_valleys"))(jnp.array(-points)), losses)


@claim("surfaces.monkey_saddle.story")
def three_ways_down(said: Sentence) -> None:
    said.says("Three ways down, two for the legs and one for the tail", "三个下坡方向，两个放腿，一个放尾巴")
    said.says("gradient and Hessian are both zero", "梯度与海森矩阵都为零")
    loss = loss_of("monkey_saddle")
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False) + 1e-3
    around = jax.vmap(loss)(jnp.stack([jnp.cos(angles), jnp.sin(angles)], -1))
    assert int((np.diff(np.sign([*around, around[0]])) < 0).sum()) == 3
    assert not np.any(jax.grad(loss)(jnp.zeros(2))) and curvatures("monkey_saddle", (0.0, 0.0)) == (0, 0)


@claim("surfaces.double_well.story")
def a_heavy_ball_crosses_the_pass(said: Sentence) -> None:
    said.says("Two minima", "两个极小值")
    said.says("a heavy ball may cross the pass", "重球也许能冲过去")
    assert kinds("double_well") == {"minimum": 2, "saddle": 1}
    start = LANDSCAPES["double_well"].start
    near = nearest("double_well", np.array(start))
    assert nearest("double_well", lane("double_well", "sgd", "&steps=200").points[-1]) == near
    assert nearest("double_well", lane("double_well", "momentum", "&steps=200").points[-1]) != near


FLAT, SHARP = (-2.0, 0.0), (2.0, 0.0)


def beside_the_sharp_one(times: float, steps: int = 2000) -> tuple[Floats, Floats]:
    """Return how far 24 runs from beside the sharp minimum end from it, and from the flat one.

    `times` is the learning rate times the curvature of the sharp minimum.
    """
    largest = curvatures("flat_vs_sharp", SHARP)[-1]
    angles = jnp.linspace(0, 2 * jnp.pi, 24, endpoint=False) + 0.1
    starts = jnp.array(SHARP) + 0.01 * jnp.stack([jnp.cos(angles), jnp.sin(angles)], -1)
    slope = surface("flat_vs_sharp")

    def step(_: int, points: Array) -> Array:
        return points - times / largest * jax.vmap(lambda p: slope(jnp.array(0), p))(points)

    ends = np.asarray(jax.jit(lambda points: jax.lax.fori_loop(0, steps, step, points))(starts))
    return np.hypot(*(ends - SHARP).T), np.hypot(*(ends - FLAT).T)


@claim("surfaces.flat_vs_sharp.story")
def above_two_it_cannot_settle(said: Sentence) -> None:
    said.says("Two minima, equally deep unless you set them apart", "两个最小值默认一样深")
    landscape = LANDSCAPES["flat_vs_sharp"]
    for minimum in (FLAT, SHARP):
        assert loss_of("flat_vs_sharp")(jnp.array(minimum)) == 0
    product, limit = said.numbers[:2]
    _, largest = curvatures("flat_vs_sharp", SHARP)
    assert np.isclose(suggestion(landscape, "sgd") * largest, product)
    assert limit == OPTIMIZERS["sgd"].limit() and said.numbers == [product, limit, limit, limit]  # type: ignore[misc]
    said.says("thrown out of it and settles in the flat one", "停在平坦最小值")
    assert np.hypot(*(lane("flat_vs_sharp", "sgd").points[-1] - FLAT)) < 0.01
    assert beside_the_sharp_one(product)[1].max() < 1e-6
    said.says(
        "Just above 2 it bounces round the sharp one for ever", "刚超过 2 时，它在尖锐最小值附近来回跳个不停"
    )
    for times in (1.05 * limit, 1.5 * limit):
        away, _ = beside_the_sharp_one(times)
        assert away.min() > 0.05 and away.max() < 1
    said.says("below 2 it settles there", "小于 2 时，它收敛到尖锐最小值")
    assert beside_the_sharp_one(0.95 * limit)[0].max() < 1e-6


def arriving(rates: dict[str, float], steps: int) -> dict[str, float]:
    """Return the share of 400 starts from all over the map that end at the global minimum of three."""
    surface_of = LANDSCAPES["three_minima"]
    (minimum,) = surface_of.minima() or ((np.nan, np.nan),)
    asked = "&".join(f"lane={method}:lr={rate}" for method, rate in rates.items())
    runs = read(f"f=three_minima&steps={steps}&{asked}")[0].runs()
    ends = [ensemble(Ensemble(run, 400, "box", 2)) for run in runs]
    near = 0.02 * np.hypot(*np.ptp(surface_of.box, axis=1))
    shares = [(np.hypot(*(end.points[-1] - minimum).T) < near) & ~end.diverged for end in ends]
    return {method: float(share.mean()) for method, share in zip(rates, shares, strict=True)}


@claim("surfaces.three_minima.story")
def the_rate_decides(said: Sentence) -> None:
    minima = bottoms("three_minima")
    assert len(minima) == 3
    said.says("The widest of three hollows is the deepest", "三个洼地中，最宽的也最深")
    sharp = [curvatures("three_minima", place)[-1] for place, _ in minima]
    assert sharp[0] < 0.5 * min(sharp[1:])
    same, steps, best = said.numbers
    said.says("at 0.1 for all, Adam beats SGD, momentum and RMSProp", "Adam 胜过 SGD、动量法和 RMSProp")
    methods = ("sgd", "momentum", "rmsprop", "adam")
    for budget in (100, int(steps)):
        shares = arriving(dict.fromkeys(methods, same), budget)
        assert shares["adam"] > max(shares[other] for other in methods[:3]) + 0.02
    said.says(
        "at the usual defaults hardly any run arrives within 200 steps",
        "取常用默认值时，200 步之内几乎都到不了",
    )
    usual = {method: float(OPTIMIZERS[method].knobs[0].default) for method in methods}
    assert max(arriving(usual, int(steps)).values()) < 0.1
    said.says("plain gradient descent reaches it from everywhere", "普通梯度下降从任何起点都能到达")
    assert arriving({"sgd": best}, int(steps)) == {"sgd": 1}
    said.says("because no narrow hollow can hold such steps", "因为窄洼地容不下这么大的步长")
    assert best * sharp[0] < 2 < best * min(sharp[1:])


@claim("surfaces.uneven_ring.story")
def a_ring_on_which_a_rate_finds_its_place(said: Sentence) -> None:
    said.says("its floor at one height", "谷底处处一样高")
    ring = LANDSCAPES["uneven_ring"]
    floor = ring.minima(flattest=0.5)
    assert floor is not None and all(
        float(loss_of("uneven_ring")(jnp.array(point))) < 1e-28 for point in floor
    )
    said.says(
        "steep where it crosses the y-axis and flat where it crosses the x-axis",
        "与 y 轴相交处陡，与 x 轴相交处平",
    )
    steep, flat = (curvatures("uneven_ring", point)[1] for point in ((0.0, 1.0), (2**0.5, 0.0)))
    assert np.isclose(steep, 2 * flat)
    said.says(
        "bounces between the walls and is carried along the ring", "在两壁之间来回弹跳，并被带着沿环移动"
    )
    x, y = lane("uneven_ring", "sgd", "&steps=200").points.T
    inside = np.sign(1 - 0.5 * x**2 - y**2)
    assert (inside[4:] * inside[3:-1] < 0).all()
    assert abs(x[-1]) > abs(x[0]) + 0.5
    said.says("just flat enough for its rate", "刚好平到这个学习率能承受")
    curvature = 8 * (0.25 * x**2 + y**2)
    assert curvature[0] > 2 / ring.gradient_rate
    assert np.isclose(curvature[-20:].mean(), 2 / ring.gradient_rate, rtol=0.02)


@claim("surfaces.washboard.story")
def momentum_rolls_over_the_ripples(said: Sentence) -> None:
    said.says("stops in the first local minimum", "停在遇到的第一个局部极小值")
    minima = [place for place, _ in bottoms("washboard")]
    downhill = sorted(x for x, _ in minima if x > LANDSCAPES["washboard"].start[0])
    assert np.isclose(lane("washboard", "sgd", "&steps=300").points[-1, 0], downhill[0], atol=1e-3)
    said.says("down to the global minimum", "到达全局最小值")
    assert np.hypot(*(lane("washboard", "momentum", "&steps=300").points[-1] - minima[0])) < 0.01


@claim("surfaces.cliff.story")
def the_edge_throws_it_across(said: Sentence) -> None:
    said.says("throws the next step far across the valley, unless the gradient is clipped", "除非做梯度截断")
    scene, _ = read("f=cliff:steepness=30&at=-3.2,2.5&lane=sgd:lr=1&lane=sgd:lr=1,clip=norm,clip_at=0.5")
    plain, clipped = (np.hypot(*trajectory.updates.T) for trajectory in race(scene.runs()))
    assert plain[:40].max() < 0.2 and plain.max() > 10, "crawls, and is thrown"
    assert clipped.max() <= 0.5 + 1e-9


@claim("surfaces.easom.story")
def a_pit_in_a_plain(said: Sentence) -> None:
    pit = np.array([np.pi, np.pi])
    steps, depth = said.numbers
    said.says(
        "on almost half of the map downhill even leads away", "图上将近一半的地方，下坡方向甚至背离窄坑"
    )
    points, _, gradients = over_the_map("easom")
    away = ((gradients * (pit - points)).sum(axis=1) > 0).mean()
    assert 0.45 < away < 0.5
    said.says("the gradient is tiny", "梯度就极小")
    slopes, distances = np.hypot(*gradients.T), np.hypot(*(points - pit).T)
    assert slopes[distances > 2].max() < 0.02 * slopes.max()
    said.says("hardly moves in its first 200 steps", "最初 200 步里几乎不动")
    plain = lane("easom", "sgd", f"&steps={steps:.0f}").points
    assert np.hypot(*(plain[-1] - plain[0])) < 0.1 * np.hypot(*(pit - plain[0]))
    said.says("Adam and RMSProp", "Adam 和 RMSProp")
    for method in ("adam", "rmsprop"):
        assert np.hypot(*(lane("easom", method, "&steps=200").points[-1] - pit)) < 0.1
    said.says(f"AdaGrad stops in a hollow {depth:.5f} deep", f"AdaGrad 停在仅深 {depth:.5f} 的浅坑")
    for more in ("", "&steps=1000"):
        end = lane("easom", "adagrad", more)
        assert np.isclose(-end.losses[-1], depth, rtol=0.02) and np.hypot(*(end.points[-1] - pit)) > 2


@claim("surfaces.line_fit.story")
def standardised_it_is_round(said: Sentence) -> None:
    said.says("sixty students", "六十名学生")
    examples = LANDSCAPES["line_fit"].examples
    assert examples is not None and examples.count == 60
    said.says("the loss is a canyon; with the hours standardised it is a round bowl", "峡谷变成圆碗")
    assert condition("line_fit") > 20 and np.isclose(condition("line_fit", scaling="standard"), 1)


@claim("surfaces.logistic.story")
def whitened_it_is_nearly_round(said: Sentence) -> None:
    said.says("sixty matches", "六十场比赛")
    said.says("two weights", "两个权重")
    examples = LANDSCAPES["logistic"].examples
    assert examples is not None and examples.count == 60
    said.says("whitening makes it nearly round", "白化之后，山谷几乎变圆")
    assert condition("logistic") > 10 and condition("logistic", scaling="whitened") < 3


@claim("surfaces.two_weight_network.story")
def two_minima_and_a_saddle_at_the_origin(said: Sentence) -> None:
    said.says("there are two minima", "有两个最小值")
    assert kinds("two_weight_network") == {"minimum": 2, "saddle": 1}
    (saddle,) = (point for point in found("two_weight_network").points if point.kind == "saddle")
    assert np.hypot(*saddle.point) < 1e-9
    (first, second) = (np.array(place) for place, _ in bottoms("two_weight_network"))
    np.testing.assert_allclose(first, -second, atol=1e-8)
