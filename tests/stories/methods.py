"""What the stories of the methods claim, recomputed; where these depart from libraries: departures.py."""

from functools import cache

import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes import LANDSCAPES
from landscapes.arrays import Floats
from optimizers import OPTIMIZERS
from scenes import suggestion
from tests.stories.paths import lane, path, quadratic, surface
from tests.stories.sentences import Sentence, claim
from tests.stories.slopes import ROUND, SADDLE, START, steady, usual


def wall(t: Array, _: Array) -> Array:
    """Return the gradient of a gentle slope with one wall, a hundred times as steep, at step 20."""
    return jnp.where(t == 20, 100.0, 1.0) * jnp.ones(2)


def turned(t: Array, _: Array) -> Array:
    """Return the gradient of a slope that turns round at step 200."""
    return jnp.where(t < 200, 1.0, -1.0) * jnp.ones(2)


@cache
def past_the_wall(method: str) -> Floats:
    """Return how long the steps of a method are on the slope with a wall."""
    return np.abs(path(method, wall, (0.0, 0.0), 3000, learning_rate=0.01).moves[:, 0])


@claim("methods.sgd.story")
def against_the_gradient(said: Sentence) -> None:
    said.says("Each step goes against the gradient", "每一步沿负梯度方向移动")
    said.says(
        "its length is the learning rate times the size of the gradient", "步长等于学习率乘以梯度的大小"
    )
    found = lane("bowl", "sgd", "&steps=40")
    np.testing.assert_allclose(found.updates, -found.rates[:, None] * found.gradients[:-1])


@claim("methods.momentum.story")
def overshoots_and_swings_back(said: Sentence) -> None:
    said.says("overshoot the minimum and swing back", "冲过最小值再荡回来")
    x = path("momentum", ROUND, START, 200, learning_rate=0.05).points[:, 0]
    assert x.min() < -0.1 * x[0] and x[x.argmin() :].max() > 0


@claim("methods.nesterov.story")
def swings_less(said: Sentence) -> None:
    said.says("it brakes earlier and swings less", "它刹车更早，摆动更小")
    for rate in (0.05, 0.2, 0.5):
        for momentum in (0.5, 0.9):
            knobs = {"learning_rate": rate, "momentum": momentum}
            both = [path(m, ROUND, START, 300, **knobs) for m in ("momentum", "nesterov")]
            plain, ahead = (max(float(-each.points[:, 0].min()), 0.0) for each in both)
            assert ahead < plain or plain < 1e-9, "swings less"
            # Where the ball is fastest it begins to brake.
            plain, ahead = (float(each.points[each.moves[:, 0].argmin(), 0]) for each in both)
            assert ahead >= plain, "brakes earlier"
    said.says("the gradient at the point it is about to reach", "即将到达之处的梯度")
    # Sutskever et al.: v = μv − α∇L(θ + μv). The point that is shown is that θ + μv.
    rate, mu, theta, v, ahead = 0.1, 0.9, np.array(START), np.zeros(2), [np.array(START)]
    for _ in range(40):
        v = mu * v - rate * (theta + mu * v)
        theta = theta + v
        ahead.append(theta + mu * v)
    shown = path("nesterov", ROUND, START, 40, learning_rate=rate, momentum=mu).points
    np.testing.assert_allclose(shown, ahead, atol=1e-12)


@claim("methods.adagrad.story")
def its_steps_die_out(said: Sentence) -> None:
    said.says("The sum never shrinks: watch the steps die out", "这个和只增不减：注意步长逐渐趋于零")
    found = path("adagrad", steady(2.0), (0.0, 0.0), 400, learning_rate=0.1)
    assert (np.diff(found.G, axis=0) > 0).all()
    np.testing.assert_allclose(np.abs(found.moves[399]), np.abs(found.moves[0]) / 20, rtol=1e-6)


@claim("methods.adadelta.story")
def begins_with_tiny_steps(said: Sentence) -> None:
    said.says("It begins with tiny steps and has to gather pace first", "从极小的步子起步")
    lengths = np.abs(path("adadelta", steady(1.0), (0.0, 0.0), 3000).moves[:, 0])
    assert lengths[0] < 0.01 and (np.diff(lengths) > 0).all() and lengths[-1] > 2 * lengths[0]


@claim("methods.rmsprop.story")
def keeps_hopping(said: Sentence) -> None:
    said.says(
        "it cannot settle: near the minimum it keeps hopping to and fro",
        "无法停稳：到了最小值附近仍会来回跳动",
    )
    found = path("rmsprop", ROUND, START, 500, learning_rate=0.1)
    assert np.abs(found.moves[-50:]).min() > 0.05 and np.abs(found.points[-50:]).max() < 0.2
    assert (found.moves[-49:] * found.moves[-50:-1] < 0).all()


@claim("methods.adam.story")
def early_steps_are_one_rate_long(said: Sentence) -> None:
    said.says(
        "Early steps move each coordinate by about one learning rate, however steep the slope",
        "每个坐标的移动量都大约等于学习率",
    )
    for slope in (1e-4, 1.0, 1e4):
        moves = np.abs(path("adam", steady(slope), (0.0, 0.0), 10, learning_rate=0.1).moves)
        np.testing.assert_allclose(moves, 0.1, rtol=0.01)


@claim("methods.adamw.story")
def lingers_beside_the_minimum(said: Sentence) -> None:
    said.says(
        "lingers beside it for a long time and closes in only slowly", "长时间停留在最小值旁边，缓慢靠近"
    )
    landscape = LANDSCAPES["himmelblau"]
    minima = np.array(landscape.minima())
    away: dict[str, Floats] = {}
    for method in ("adam", "adamw"):
        rate = suggestion(landscape, method)
        points = path(method, surface("himmelblau"), landscape.start, 10_000, learning_rate=rate).points
        away[method] = np.hypot(*(points[:, None] - minima).transpose(2, 0, 1)).min(axis=1)
    assert away["adam"][1000] < 1e-6
    late = away["adamw"][[300, 1000, 3000, 10_000]]
    assert late[1] > 0.01 and (np.diff(late) < 0).all() and late[-1] < 0.2 * late[1]


@claim("methods.amsgrad.story")
def its_divisor_never_shrinks(said: Sentence) -> None:
    said.says("Adam whose divisor may grow but never shrink", "分母只增不减的 Adam")
    found = path("amsgrad", wall, (0.0, 0.0), 3000, learning_rate=0.01)
    # Without the rounding of powers that go towards 1.
    assert (np.diff(found.G, axis=0) >= -1e-9 * found.G[1:]).all()
    assert past_the_wall("amsgrad")[-1] < 0.1 * past_the_wall("adam")[-1], "cautious for good"


@claim("methods.nadam.story")
def usually_brakes_earlier_than_adam(said: Sentence) -> None:
    said.says("It usually brakes a little earlier than Adam", "它通常比 Adam 更早刹车")
    earlier = []
    for rate in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        adam, nadam = (path(m, ROUND, START, 400, learning_rate=rate).points[:, 0] for m in ("adam", "nadam"))
        earlier.append(nadam.min() > adam.min())
    assert sum(earlier) >= 5


@claim("methods.adamax.story")
def one_wall_shortens_its_steps(said: Sentence) -> None:
    said.says("the largest recent gradient instead of a root mean square", "近期最大的梯度（而不是均方根）")
    said.says("One steep wall makes its steps short for a long time", "很长时间内保持很短")
    steps = past_the_wall("adamax")
    assert steps[19] > 0.009 and steps[30:520].max() < 0.1 * steps[19]
    assert (steps[100:520] < past_the_wall("adam")[100:520]).all()
    found = path("adamax", wall, (0.0, 0.0), 40, learning_rate=0.01, beta2=0.5)
    np.testing.assert_allclose(np.sqrt(found.G[20:23, 0]), [100, 50, 25], rtol=1e-6)


@claim("methods.radam.story")
def does_not_divide_at_first(said: Sentence) -> None:
    said.says("does not divide at all during the first steps", "最初几步")
    G = path("radam", steady(2.0), (0.0, 0.0), 20, learning_rate=0.01).G[:, 0]
    assert (G[:3] == 1).all() and (G[10:] != 1).all()


@claim("methods.adabelief.story")
def strides_out_on_a_steady_slope(said: Sentence) -> None:
    said.says(
        "Along a steady slope it strides out; where the gradient surprises it, it slows down",
        "坡度稳定时它大步前进，梯度出乎意料时它就放慢脚步",
    )
    lengths = np.abs(path("adabelief", steady(1.0), (0.0, 0.0), 50, learning_rate=0.01).moves[:, 0])
    assert (np.diff(lengths) > 0).all() and lengths[-1] > 3 * 0.01
    lengths = past_the_wall("adabelief")
    assert lengths[21:120].max() < 0.5 * lengths[19]


@claim("methods.yogi.story")
def forgets_slowly(said: Sentence) -> None:
    said.says(
        "moves by at most a small multiple of the squared gradient", "每步的变化不超过梯度平方的一个小倍数"
    )
    said.says("Watch it keep short steps after a steep wall", "越过陡壁之后仍然保持小步")
    assert past_the_wall("yogi")[-1] < 0.5 * min(past_the_wall("adam")[-1], past_the_wall("yogi")[19])
    beta2 = 0.9
    found = path("yogi", wall, (0.0, 0.0), 60, learning_rate=0.01, beta2=beta2)
    moment = found.G[:, 0] * (1 - beta2 ** np.arange(1, 61))  # without its correction
    squares = np.where(np.arange(60) == 20, 1e4, 1.0)
    assert (np.abs(np.diff(moment)) <= (1 - beta2) * squares[1:] + 1e-9).all()


@claim("methods.adan.story")
def needs_a_while_to_turn_round(said: Sentence) -> None:
    said.says("Its long memory needs a while to turn around", "它的记忆很长，掉头需要一段时间")
    turns = {}
    for method in ("adam", "adan"):
        moves = path(method, turned, (0.0, 0.0), 400, learning_rate=0.01).moves[200:, 0]
        turns[method] = int((moves > 0).argmax())
    assert turns["adan"] > 3 * turns["adam"] > 0


@claim("methods.lion.story")
def circles_at_one_rate(said: Sentence) -> None:
    said.says(
        "each step moves both coordinates by the learning rate, but for a little weight decay",
        "两个坐标每步的移动量都等于学习率（另有少量权重衰减）",
    )
    rate = 0.1
    found = path("lion", ROUND, START, 400, learning_rate=rate)
    off = np.abs(np.abs(found.moves) - rate)
    assert off.max() <= rate * usual("lion", "weight_decay") * np.abs(found.points).max() + 1e-12
    without = path("lion", ROUND, START, 400, learning_rate=rate, weight_decay=0.0)
    np.testing.assert_allclose(np.abs(without.moves), rate)
    said.says("it circles the minimum at about that distance", "大约一个学习率的距离上围着最小值打转")
    for curvature in (0.2, 2.0, 20.0):
        end = path("lion", quadratic(curvature, curvature), START, 800, learning_rate=rate).points[-200:]
        assert 0.5 * rate < np.abs(end).max() < 2 * rate


@claim("methods.sam.story")
def hops_the_wider(said: Sentence) -> None:
    said.says("against the gradient found up there", "沿那里的负梯度方向移动")

    def hops(radius: float, curvature: float) -> float:
        found = path("sam", quadratic(curvature, 1.0), (3.0, 0.0), 400, learning_rate=0.1, radius=radius)
        assert np.abs(found.moves[-20:, 0]).min() > 0, "never comes to rest"
        return float(np.abs(found.points[-20:, 0]).max())

    said.says(
        "the wider, the larger the radius and the sharper the minimum", "半径越大、最小值越尖锐，跳得越远"
    )
    assert hops(0.1, 1.0) < hops(0.5, 1.0) < hops(0.5, 5.0) > hops(0.1, 5.0)
    first = path("sam", quadratic(2.0, 1.0), (3.0, 0.0), 1, learning_rate=0.1, radius=0.5).moves[0, 0]
    assert np.isclose(first, -0.1 * 2 * 3.5)
    said.says("Each step costs two gradients", "每一步要计算两次梯度")
    assert OPTIMIZERS["sam"].cost == 2


@claim("methods.newton.story")
def one_step_on_a_bowl(said: Sentence) -> None:
    said.says("on a bowl one step is enough, however stretched it is", "无论拉得多长，一步就到")
    for stretch in (1.0, 20.0, 1e4):
        assert np.abs(path("newton", quadratic(1.0, stretch), START, 1).points[1]).max() < 1e-9
    said.says("from near a saddle it converges to the saddle", "从鞍点附近出发会收敛到鞍点")
    assert np.abs(path("newton", SADDLE, (0.1, 0.1), 1).points[1]).max() < 1e-12
    said.says("Where the surface curves downwards it climbs", "曲面向下弯曲时它反而上坡")
    down = quadratic(-1.0, -2.0)
    found = path("newton", down, START, 1, learning_rate=0.1)
    assert found.moves[0] @ np.asarray(down(jnp.array(0), jnp.array(START))) > 0


@claim("methods.damped_newton.story")
def damping_beyond_the_curvature_leaves(said: Sentence) -> None:
    said.says(
        "once it exceeds the downward curvature, the path turns round and leaves",
        "一旦超过向下的曲率，路径就会掉头离开鞍点",
    )
    for damping, leaves in ((0.5, False), (0.9, False), (1.1, True), (3.0, True)):
        y = path("damped_newton", SADDLE, (0.1, 0.1), 50, learning_rate=0.2, damping=damping).points[:, 1]
        assert (np.abs(y[-1]) > 1) == leaves
    little = path("damped_newton", quadratic(1.0, 20.0), START, 1, damping=1e-6, learning_rate=1.0)
    assert np.abs(little.points[1]).max() < 1e-4, "Newton’s method"


@claim("methods.saddle_free_newton.story")
def just_as_long_but_downhill(said: Sentence) -> None:
    said.says("just as long, but always downhill", "步长相同，但始终下坡")
    newton, free = (
        path(m, SADDLE, (0.2, 0.1), 30, learning_rate=0.3) for m in ("newton", "saddle_free_newton")
    )
    assert np.isclose(np.hypot(*newton.moves[0]), np.hypot(*free.moves[0]))
    slopes = np.array([1.0, -1.0]) * free.points[:-1]
    assert (np.sum(slopes * free.moves, axis=1) < 0).all()
    said.says("one runs away from it, the other into it", "一个逃离鞍点，另一个奔向鞍点")
    assert np.abs(newton.points[-1]).max() < 0.01 < 1 < np.abs(free.points[-1]).max()


@claim("methods.negative_curvature.story")
def leaves_from_exactly_on_a_saddle(said: Sentence) -> None:
    said.says(
        "Start it exactly on a saddle, where plain gradient descent stands still for ever",
        "普通的梯度下降会永远停在原地，它却能离开",
    )
    still, leaving = (
        path(m, SADDLE, (0.0, 0.0), 60, learning_rate=0.1).points for m in ("sgd", "negative_curvature")
    )
    assert not still.any() and np.hypot(*leaving[-1]) > 0.5
