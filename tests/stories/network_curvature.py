"""What the labs on the edge of stability and on spectra say of themselves, recomputed."""

import numpy as np

from api.networks.edge import questions_of
from networks.geometry import MOST_EXACT
from networks.geometry.regression import Regression
from scenes import read
from studies.edge_of_stability import Edge, edge_of
from tests.stories.sentences import Sentence, claim


@claim("networks.labs.edge.about")
def a_network_of_two_hidden_layers(said: Sentence) -> None:
    said.says(
        "two hidden layers, the second two thirds as wide",
        "两个隐藏层的网络（第二层的宽度为第一层的三分之二）",
    )
    questions = questions_of(read("")[0].network.edge)
    for question in questions:
        assert isinstance(question.task, Regression)
        first, second = question.task.widths
        assert 3 * second == 2 * first
        said.says("below 2/α", "小于 2/α")
        assert question.bound == 2 / question.rate


@claim("networks.edge.task")
def a_polynomial_at_twenty_points(said: Sentence) -> None:
    said.says("polynomial of degree 6 at 20 points", "20 个点上的 6 次切比雪夫多项式")
    (task, *_) = (question.task for question in questions_of(read("")[0].network.edge))
    assert isinstance(task, Regression) and (task.degree, task.points) == (6, 20)
    x, y = task.data
    np.testing.assert_allclose(y, np.polynomial.Chebyshev.basis(6)(x), atol=1e-5)


@claim("networks.edge.found_classes")
def a_cross_entropy_near_0_is_flat(said: Sentence) -> None:
    said.says("λₘₐₓ falls below its bound again", "λₘₐₓ 又会降到界以下")
    lab = read("edge=circles:rates=1,steps=1500,width=12,lr=1")[0].network.edge
    (question,) = questions_of(lab)
    curves = edge_of(question)
    assert isinstance(question, Edge) and curves.sharpness.max() > 0.95 * question.bound
    assert curves.losses[-1] < curves.first_loss / 50
    assert curves.sharpness[-1] < question.bound / 2


@claim("networks.labs.spectrum.about")
def how_many_parameters_have_all_eigenvalues(said: Sentence) -> None:
    said.says("Of up to 1,200 parameters all are worked out", "参数不超过 1,200 个时求出全部特征值")
    assert MOST_EXACT == 1200
    lab = read("")[0].network.spectrum
    assert lab.parameters <= MOST_EXACT
    small, large = lab.runs(lab.batch), lab.runs(lab.large)
    said.says("from the same seeds and for as many steps", "相同的随机种子和相同的步数")
    assert [(run.seed, run.steps) for run in small] == [(run.seed, run.steps) for run in large]
