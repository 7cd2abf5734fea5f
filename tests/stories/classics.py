"""What the stories of the classic test functions claim, recomputed."""

import jax
import jax.numpy as jnp
import numpy as np

from descent import race
from landscapes import LANDSCAPES
from scenes import read, suggestion
from tests.stories.paths import lane, path, surface
from tests.stories.sentences import Sentence, claim
from tests.stories.terrain import bottoms, curvatures, found, kinds, loss_of, nearest, over_the_map


@claim("surfaces.rosenbrock.story")
def the_floor_takes_thousands(said: Sentence) -> None:
    said.says("takes a few steps", "只需几步")
    said.says("takes thousands", "成千上万步")
    start = LANDSCAPES["rosenbrock"].start
    for rate in (0.001, 0.002, 0.003, 0.004):
        points = path("sgd", surface("rosenbrock"), start, 20_000, learning_rate=rate).points
        x, y = points[:20].T
        assert np.abs(y - x**2).min() < 0.1, "the valley"
        away = np.hypot(*(points - 1).T)
        assert int((away > 0.01).sum()) > 2000


@claim("surfaces.beale.story")
def no_rate_suits_walls_and_floor(said: Sentence) -> None:
    said.says(
        "hardly any single learning rate suits both the walls and the floor",
        "几乎没有哪个学习率能同时适合陡壁和谷底",
    )
    (minimum,) = LANDSCAPES["beale"].minima() or ((np.nan, np.nan),)
    flattest, _ = curvatures("beale", minimum)
    for corner in ((4.5, 4.5), (-4.5, 4.5), (-4.5, -4.5), (4.5, -4.5)):
        # A rate that is stable on the wall needs so many steps along the floor to come e times as near.
        _, steepest = curvatures("beale", corner)
        assert 1 / (2 / steepest * flattest) > 1e4


@claim("surfaces.himmelblau.story")
def four_answers(said: Sentence) -> None:
    said.says(
        "Four minima, all with loss 0, so four answers are right", "四个最小值的损失都为 0，四个答案都对"
    )
    assert kinds("himmelblau")["minimum"] == 4
    assert max(loss for _, loss in bottoms("himmelblau")) < 1e-20
    said.says("different methods arrive at different ones", "不同的方法会到达不同的最小值")
    ends = {nearest("himmelblau", lane("himmelblau", m, "&steps=300").points[-1]) for m in ("sgd", "adam")}
    assert len(ends) == 2


@claim("surfaces.three_hump_camel.story")
def momentum_gets_out(said: Sentence) -> None:
    said.says(
        "The global minimum lies between two shallower local minima", "全局最小值两侧各有一个较浅的局部极小值"
    )
    (lowest, loss), *others = bottoms("three_hump_camel")
    assert {np.sign(place[0] - lowest[0]) for place, _ in others} == {-1, 1}
    assert len(others) == 2 and min(other for _, other in others) > loss + 0.1
    assert nearest("three_hump_camel", lane("three_hump_camel", "sgd", "&steps=300").points[-1]) > 0
    assert nearest("three_hump_camel", lane("three_hump_camel", "momentum", "&steps=300").points[-1]) == 0


@claim("surfaces.six_hump_camel.story")
def six_seven_and_two(said: Sentence) -> None:
    assert kinds("six_hump_camel") == {"minimum": 6, "saddle": 7, "maximum": 2}
    said.says(
        "Six minima, two of them global, seven saddles and two maxima",
        "六个极小值（其中两个是全局最小值）、七个鞍点和两个极大值",
    )
    losses = [loss for _, loss in bottoms("six_hump_camel")]
    assert sum(np.isclose(losses, losses[0])) == 2
    said.says("Minima and maxima less saddles make one", "减去鞍点个数等于 1")
    assert found("six_hump_camel").winding == 6 + 2 - 7 == 1


@claim("surfaces.styblinski_tang.story")
def four_minima_of_three_depths(said: Sentence) -> None:
    said.says("four minima of three depths", "四个极小值、三种深度")
    assert kinds("styblinski_tang")["minimum"] == 4
    assert len({round(loss, 6) for _, loss in bottoms("styblinski_tang")}) == 3
    said.says("Momentum carries one coordinate over the hill", "动量能带着其中一个坐标翻过山头")
    ball = lane("styblinski_tang", "momentum", "&steps=300").points
    plain = lane("styblinski_tang", "sgd", "&steps=300").points
    assert nearest("styblinski_tang", plain[-1]) in (1, 2) and nearest("styblinski_tang", ball[-1]) == 0
    assert int((np.sign(ball[0]) != np.sign(ball[-1])).sum()) == 1


@claim("surfaces.branin.story")
def three_equal_minima(said: Sentence) -> None:
    said.says("Three minima of equal loss", "三个一样低的最小值")
    losses = [loss for _, loss in bottoms("branin")]
    assert len(losses) == 3 and np.ptp(losses) < 1e-9
    ends = {
        nearest("branin", lane("branin", method, "&steps=300").points[-1]) for method in ("sgd", "adagrad")
    }
    assert len(ends) == 2


@claim("surfaces.goldstein_price.story")
def dividing_is_no_cure(said: Sentence) -> None:
    points, losses, _ = over_the_map("goldstein_price")
    (least,) = numbers_of_both = [number for number in said.numbers if number < 100]
    assert numbers_of_both and np.isclose(bottoms("goldstein_price")[0][1], least)
    said.says("about a million", "约一百万")
    assert 0.8e6 < losses.max() < 1.2e6 and len(points) == len(losses)
    largest = curvatures("goldstein_price", (0.0, -1.0))[-1]
    said.says("safe on the slopes is tiny near the minimum", "陡坡上安全的学习率在最小值附近太小")
    assert suggestion(LANDSCAPES["goldstein_price"], "sgd") * largest < 0.05
    said.says("the divisors of AdaGrad and Adam stay large", "AdaGrad 和 Adam 的分母一直很大")
    said.says("both fall behind plain gradient descent", "两者都落后于普通梯度下降")
    for more in ("", "&steps=200", "&steps=1000"):
        plain = lane("goldstein_price", "sgd", more)
        for method in ("adagrad", "adam"):
            other = lane("goldstein_price", method, more)
            assert other.losses[-1] > 2 * plain.losses[-1]
            gradient = np.hypot(*other.gradients[len(other.rates) - 1])
            assert np.hypot(*np.sqrt(other.G[-1])) > 10 * gradient


@claim("surfaces.peaks.story")
def two_hollows_and_the_plain(said: Sentence) -> None:
    said.says("Three hills, three hollows", "三座山、三个洼地")
    assert kinds("peaks")["maximum"] == kinds("peaks")["minimum"] == 3
    said.says(
        "the methods end in two different hollows, and one of them may run out onto the plain",
        "还可能有一个跑到平地上去",
    )
    ends = [lane("peaks", method, "&steps=300") for method in ("sgd", "momentum", "adagrad", "adam")]
    on_the_plain = [np.hypot(*end.gradients[-1]) < 0.05 > abs(end.losses[-1]) for end in ends]
    places = [nearest("peaks", end.points[-1]) for end in ends]
    hollows = {place for place, plain in zip(places, on_the_plain, strict=True) if not plain}
    assert sum(on_the_plain) == 1 and len(hollows) == 2


@claim("surfaces.rastrigin.story")
def only_long_steps_feel_the_bowl(said: Sentence) -> None:
    said.says("every pit looks like the answer", "每个坑看起来都像答案")
    start = np.hypot(*LANDSCAPES["rastrigin"].start)
    for method, more in (("sgd", ""), ("momentum", ""), ("adam", ""), ("sgd", "&noise=10")):
        points = lane("rastrigin", method, f"{more}&steps=300").points
        assert np.abs(points[-1] - points[0]).max() < 0.5, "in the pit in which it began"
    said.says("only steps long enough to jump from pit to pit", "只有步长大到能从一个坑跳到另一个坑")
    scene, _ = read("f=rastrigin&lane=sgd:lr=0.013&lane=adagrad&steps=1000")
    jumping, striding = (trajectory.points for trajectory in race(scene.runs()))
    assert np.hypot(*jumping[500:].T).mean() < 0.6 * start
    assert np.hypot(*striding[-1]) < 0.8 * start


@claim("surfaces.levy_13.story")
def more_than_the_search_can_find(said: Sentence) -> None:
    said.says(
        "thousands of critical points, more than the search can find", "临界点数以千计，搜索无法全部找到"
    )
    assert len(found("levy_13").points) > 2000 and not found("levy_13").complete


@claim("surfaces.ackley.story")
def a_sharp_tip(said: Sentence) -> None:
    said.says("one deep funnel", "一个深漏斗")
    said.says("the gradient does not go to zero", "梯度并不趋于零")
    for away in (1e-3, 1e-6, 1e-9):
        assert np.hypot(*jax.grad(loss_of("ackley"))(jnp.array([away, away]))) > 2
    scene, _ = read("f=ackley&at=0.3,0.2&lane=sgd:lr=0.05&lane=sgd:lr=0.05,schedule=cosine&steps=300")
    jumping, settling = (trajectory.points for trajectory in race(scene.runs()))
    assert np.hypot(*np.diff(jumping[-20:], axis=0).T).min() > 0.1
    assert np.hypot(*settling[-1]) < 0.001
