"""What locales/*/networks.toml say of the data that networks learn from, recomputed."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from networks import DATASETS
from networks.data import examples_of, plane
from tests.stories.sentences import Sentence, claim

Floats = NDArray[np.float64]


def of_both_kinds(data: str) -> tuple[Floats, NDArray[np.int64]]:
    """Return all points (n, 2) of a data set in the plane, and their classes (n,)."""
    known = examples_of(data)
    points = np.concatenate([known.train_inputs, known.validation_inputs]).astype(float)
    return points, np.concatenate([known.train_labels, known.validation_labels]).astype(np.int64)


@cache
def parted(data: str) -> float:
    """Return the share of all examples on the right side of the best straight line, of 360 directions."""
    points, labels = of_both_kinds(data)
    count, ones = len(labels), int(labels.sum())
    best = 0.0
    for angle in np.linspace(0, np.pi, 360, endpoint=False):
        order = np.argsort(points @ (np.cos(angle), np.sin(angle)))
        before = np.concatenate([[0], np.cumsum(labels[order])])  # of class 1, on the first side
        right = np.arange(count + 1) - before + ones - before
        best = max(best, right.max() / count, 1 - right.min() / count)
    return best


@claim("networks.data.moons.about")
def half_moons_reach_into_each_other(said: Sentence) -> None:
    said.says("Two half-moons that reach into each other, with noise", "两个互相嵌入的带噪声的月牙")
    points, labels = plane.moons(0.0)
    assert set(labels) == {0, 1}
    for label, centre, side in ((0, (-0.5, -0.25), 1), (1, (0.5, 0.25), -1)):
        own, other = (points[labels == each] - centre for each in (label, 1 - label))
        np.testing.assert_allclose(np.hypot(*own.T), 1)
        assert (side * own[:, 1] >= 0).all(), "half a circle"
        assert ((np.hypot(*other.T) < 1) & (side * other[:, 1] > 0)).any(), "the other reaches into it"
    said.says("no straight line parts them", "没有直线能把它们分开")
    assert parted("moons") < 0.92


@claim("networks.data.circles.about")
def one_class_lies_around_the_other(said: Sentence) -> None:
    said.says("One class lies around the other", "一类围绕着另一类")
    points, labels = plane.circles(0.0)
    outer, inner = (np.hypot(*points[labels == label].T) for label in (0, 1))
    assert outer.min() > 1.5 * inner.max() and parted("circles") < 0.7


@claim("networks.data.spirals.about")
def two_arms(said: Sentence) -> None:
    said.says("Two arms wound into each other", "两条互相缠绕的旋臂")
    points, labels = plane.spirals(0.0)
    assert set(labels) == {0, 1}
    radius, angle = np.hypot(*points.T), np.arctan2(points[:, 1], points[:, 0])
    # Along an arm the radius says the angle; that of the other arm is half a turn ahead.
    along = 3 * np.pi * (radius - 0.1) / 1.3
    np.testing.assert_allclose(np.cos(angle - along - np.pi * labels), 1)
    said.says("the boundary has to turn with them", "决策边界必须随之弯转")
    assert np.ptp(along[labels == 0]) > 2 * np.pi, "more than a whole turn"
    assert parted("spirals") < 0.75


@claim("networks.data.xor.about")
def opposite_quarters_belong_together(said: Sentence) -> None:
    said.says("Opposite quarters belong to the same class", "相对的两个象限属于同一类")
    points, labels = plane.xor(0.0)
    quarters = [points * signs for signs in ((1, 1), (-1, -1), (1, -1), (-1, 1))]
    kinds = [set(labels[(each > 0).all(axis=1)]) for each in quarters]
    assert kinds == [{0}, {0}, {1}, {1}]
    said.says("no single layer can learn it", "单层网络学不会")
    assert parted("xor") < 0.76, "three quarters at most lie on the right side of a line"


@claim("networks.data.line.about")
def near_the_line_chance_decides(said: Sentence) -> None:
    said.says(
        "A straight line parts the classes, but near it chance decides",
        "一条直线分开两类，但直线附近由偶然决定",
    )
    (plain, labels), (noisy, same) = plane.line(0.0), plane.line()
    np.testing.assert_array_equal(labels, same)
    assert np.array_equal(plain @ (-0.6, 1) > 0.1, labels == 1), "before the noise it does"
    away = (noisy @ (-0.6, 1) - 0.1) / math.hypot(0.6, 1)
    wrong = (away > 0) != (labels == 1)
    assert 0.05 < wrong.mean() < 0.2 and np.abs(away[wrong]).max() < 0.9 < np.abs(away).max()
    said.says("whoever fits every example has learned noise", "拟合每个样本就是在学习噪声")
    assert parted("line") < 1


@claim("networks.data.digits.name", "networks.data.mnist.about")
def sizes_of_pictures(said: Sentence) -> None:
    height, width = said.numbers
    said.says(f"{height:g}×{width:g}", f"{height:g}×{width:g}")
    data = DATASETS["digits" if "Digits" in said.en else "mnist"]
    assert data.size == (height, width) and data.inputs == height * width == data.load().train_inputs.shape[1]


def dense_share(data: str) -> float:
    """Return the validation accuracy of a dense network: 150 random units of ReLU, and fitted scores."""
    known = examples_of(data)
    spread = known.train_inputs.std()
    random = np.random.default_rng(0).normal(size=(known.train_inputs.shape[1], 150))

    def units(inputs: NDArray[np.float32]) -> Floats:
        made = np.maximum(inputs / spread @ random / math.sqrt(len(random)), 0)
        return np.column_stack([made, np.ones(len(inputs))])

    made = units(known.train_inputs)
    scores = np.linalg.solve(made.T @ made + 1e-6 * np.eye(151), made.T @ np.eye(10)[known.train_labels])
    said = (units(known.validation_inputs) @ scores).argmax(axis=1)
    return float((said == known.validation_labels).mean())


@claim("networks.data.mnist1d.about")
def ten_shapes_of_curves(said: Sentence) -> None:
    said.says("Ten shapes of curves", "十种曲线形状")
    data = DATASETS["mnist1d"]
    assert data.classes == len(set(examples_of("mnist1d").train_labels)) == 10 and data.kind == "signals"
    said.says(
        "small, and still hard for networks that know nothing of neighbours",
        "数据很小，但对不了解邻近关系的网络仍然困难",
    )
    assert data.inputs == 40 < DATASETS["digits"].inputs
    assert dense_share("mnist1d") < 0.5 and dense_share("digits") > 0.9
