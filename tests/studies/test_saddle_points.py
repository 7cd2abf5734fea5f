"""Critical points of small networks, as they are searched for, and what they say."""

from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network
from networks.data import FewExamples
from networks.geometry.critical_points import BOUND, CriticalPoint, alike, look, semicircle_share
from studies.random_search import rank_correlation
from studies.saddle_points import (
    SaddleSearch,
    Searched,
    _loss_of,
    chosen,
    left_so_far,
    relation,
    saddle_parts,
    searched_so_far,
)

FEW = FewExamples(DATASETS["moons"], 30)
QUESTION = SaddleSearch(tuple(Network(FEW, (width,), "tanh") for width in (2, 4)), 0.003, 8, seed=1)


def worked_out(question: SaddleSearch) -> list[Searched]:
    for part in saddle_parts(question):
        while part() is False:
            pass
    return searched_so_far(question)


def point(loss: float, *eigenvalues: float) -> CriticalPoint:
    values = np.array(eigenvalues)
    return CriticalPoint(np.zeros(len(values)), loss, 0.0, values, np.eye(len(values))[0])


def test_points_are_found_one_after_the_other_and_are_critical():
    assert [known.done for known in searched_so_far(QUESTION)] == [0, 0] and left_so_far(QUESTION) is None
    known = worked_out(QUESTION)
    for number, each in enumerate(known):
        assert each.done == 8 == len(each.points) + each.again + each.failed and each.points
        objective, data = _loss_of(QUESTION, number)
        for found in each.points:
            looked = look(objective, found.at, data)
            assert looked.slope <= BOUND and looked.loss == found.loss
            values = np.linalg.eigvalsh(looked.hessian)
            assert found.index == (values < -found.tolerance).sum()
        assert not any(alike(a, b) for k, a in enumerate(each.points) for b in each.points[:k])


def test_the_saddle_is_left_downhill_on_both_sides():
    known = worked_out(QUESTION)
    left = left_so_far(QUESTION)
    assert left is not None and left.number == chosen(known[-1].points, "highest")
    saddle = known[-1].points[left.number]
    for sign, way in zip((-1, 1), left.ways, strict=True):
        at, losses = np.array(way).T
        assert at[0] == pytest.approx(sign * 0.01) and (sign * at > 0).all()
        assert losses[0] < saddle.loss and (np.diff(losses) <= 0).all() and losses[-1] < saddle.loss - 1e-5
    middle = len(left.line) // 2
    assert left.line[middle] == pytest.approx([0, saddle.loss])
    assert left.line[middle - 1, 1] < saddle.loss or left.line[middle + 1, 1] < saddle.loss


def test_another_saddle_searches_for_nothing_anew():
    known = worked_out(QUESTION)
    other = replace(QUESTION, which="lowest")
    assert searched_so_far(other) == known and left_so_far(other) is None
    again = worked_out(other)
    assert all(a is b for a, b in zip(known, again, strict=True)) and left_so_far(other) is not None


def test_which_saddle_is_meant():
    points = [point(3.0, -1, 2), point(1.0, -1, 1), point(0.5, 1, 1), point(2.0, -2, 1)]
    assert [chosen(points, which) for which in ("highest", "middle", "lowest")] == [0, 3, 1]
    assert chosen([points[2]], "highest") is None and chosen([], "lowest") is None


def test_a_relation_counts_what_there_is():
    network = Network(FEW, (2,), "tanh")
    count = network.plan.parameters
    losses = (0.1, 0.2, 0.3, 0.4, 0.5)
    points = tuple(
        point(loss, *([-1.0] * k + [0.0] + [1.0] * (count - k - 1))) for k, loss in enumerate(losses)
    )
    found = relation(network, Searched(points, again=2, failed=3))
    assert found is not None
    assert (found.parameters, found.searches, found.failed, found.distinct) == (count, 10, 3, 5)
    assert (found.saddles, found.minima, found.least, found.largest) == (4, 1, 0, pytest.approx(4 / count))
    assert found.rho == rank_correlation(np.array(losses), np.arange(5.0)) == (1.0, 1.0, 1.0)
    assert found.flat == pytest.approx(1 / count) and found.found == pytest.approx(2 / count)
    assert found.predicted == pytest.approx(np.mean([semicircle_share(p.eigenvalues) for p in points]))
    assert relation(network, Searched(failed=3)) is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"networks": ()}, "Expected one network at least"),
        ({"networks": (Network(FEW, (4,), "relu"),)}, "second derivatives, tanh.*got 'relu'"),
        ({"networks": (Network(FEW, (90,), "tanh"),)}, "at most 300 parameters, got 452"),
        ({"decay": -1.0}, "Expected a penalty λ of 0 or more"),
        ({"searches": 0}, "Expected searches as a whole number from 1 to 1000"),
        ({"seed": -1}, "Expected seed"),
        ({"which": "first"}, "Expected which among highest, middle, lowest"),
    ],
)
def test_what_cannot_be_asked_is_refused(more: dict, why: str):
    with pytest.raises(ValueError, match=why):
        replace(QUESTION, **more)
