"""Critical points in double precision: of a function whose saddles are known, and of a small network."""

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import Network
from networks.data import DATASETS, FewExamples
from networks.first_weights import first_weights
from networks.geometry import Objective, objective_of, seen_by
from networks.geometry.critical_points import (
    BOUND,
    CriticalPoint,
    alike,
    begin_descent,
    doubled,
    find_critical_point,
    look,
    newton_step,
    semicircle_share,
    step_down,
    with_penalty,
)
from networks.geometry.matching import permuted, random_permutations
from networks.programs import compiled_programs

WELLS = Objective("two wells", lambda v, a: (v[0] ** 2 - 1) ** 2 + a * v[1] ** 2 + v[2] ** 2 * v[0] ** 2)
"""Its minima are at (±1, 0, 0); at the origin it falls along the first axis and is flat along the third."""
TWO = (np.float64(0.5),)

NETWORK = Network(FewExamples(DATASETS["moons"], 40), (4,), "tanh")
LOSS = with_penalty(objective_of(NETWORK))
DATA = (np.float64(0.003), *doubled(seen_by(NETWORK)))


@cache
def found() -> CriticalPoint:
    """A saddle of the network."""
    for seed in range(20):
        start = np.random.default_rng(seed).normal(size=NETWORK.plan.parameters)
        point = find_critical_point(LOSS, start, DATA)
        # At the origin, a saddle too, all units are alike.
        if point is not None and point.index and np.linalg.norm(point.at) > 1:
            return point
    raise AssertionError("No search has found a saddle.")


def test_the_saddle_and_the_minima_that_are_known_are_found():
    saddle = find_critical_point(WELLS, np.array([0.3, 0.2, 0.0]), TWO)
    assert saddle is not None and np.allclose(saddle.at, 0, atol=1e-9)
    assert saddle.loss == pytest.approx(1) and saddle.slope <= BOUND
    assert np.allclose(saddle.eigenvalues, [-4, 0, 1]) and (saddle.index, saddle.flat) == (1, 1)
    assert np.allclose(np.abs(saddle.descent), [1, 0, 0])
    minimum = find_critical_point(WELLS, np.array([0.8, 0.2, 0.1]), TWO)
    assert minimum is not None and np.allclose(minimum.at, [1, 0, 0], atol=1e-8)
    assert (minimum.index, minimum.flat) == (0, 0) and np.allclose(minimum.eigenvalues, [1, 2, 8])


def test_no_point_is_made_up_where_there_is_none():
    slope = Objective("a slope", lambda v: v[0] + v[1] ** 2)
    assert find_critical_point(slope, np.array([0.3, 0.2]), (), most=20) is None
    assert find_critical_point(WELLS, np.array([np.nan, 0.0, 0.0]), TWO) is None


def test_gradient_hessian_and_index_are_those_of_a_loop_in_double_precision():
    point = found()
    plan = NETWORK.plan
    x, labels = (np.asarray(each) for each in DATA[1:])

    def loss(vector: Any) -> Any:
        places = {(place.layer, place.name): place for place in plan.places}

        def array(layer: int, name: str) -> Any:
            place = places[layer, name]
            return vector[place.start : place.stop].reshape(place.shape)

        h = jnp.tanh(x @ array(0, "W") + array(0, "b"))
        scores = h @ array(1, "W") + array(1, "b")
        right = jnp.take_along_axis(scores, labels[:, None], axis=1)[:, 0]
        return (jax.nn.logsumexp(scores, axis=1) - right).mean() + 0.0015 * (vector**2).sum()

    value, slope, hessian = jax.jit(lambda at: (loss(at), jax.grad(loss)(at), jax.hessian(loss)(at)))(
        point.at
    )
    assert point.at.dtype == np.float64 and float(value) == pytest.approx(point.loss, abs=1e-14)
    assert np.linalg.norm(slope) <= 1.01 * BOUND + 1e-14
    values = np.linalg.eigvalsh(np.asarray(hessian))
    assert np.allclose(values, point.eigenvalues, atol=1e-12)
    assert point.index == (values < -1e-6 * np.abs(values).max()).sum() > 0


def test_a_step_solves_newtons_equation_where_it_is_short():
    looked = look(LOSS, found().at + 1e-5, DATA)
    assert np.allclose(looked.hessian @ newton_step(looked), -looked.gradient, atol=1e-9)
    far = look(LOSS, 5 * np.ones(NETWORK.plan.parameters), DATA)
    assert np.linalg.norm(newton_step(far)) <= 0.9 + 1e-12


def test_other_numbers_compile_nothing():
    look(LOSS, found().at, DATA)
    before = compiled_programs()
    look(LOSS, first_weights(NETWORK, 5), (np.float64(0.1), *DATA[1:]))
    assert compiled_programs() == before


def test_a_point_with_its_units_permuted_is_the_same_one():
    point = found()
    other = permuted(NETWORK.plan, point.at, random_permutations(NETWORK.plan, 1))
    twin = find_critical_point(LOSS, other, DATA)
    assert twin is not None and not np.allclose(twin.at, point.at) and alike(point, twin)
    elsewhere = CriticalPoint(point.at, point.loss * 1.01, 0.0, point.eigenvalues, point.descent)
    assert not alike(point, elsewhere)


def test_leaving_a_saddle_the_loss_falls_on_both_sides():
    point = found()
    for sign in (-1, 1):
        now = begin_descent(LOSS, point.at + sign * 0.01 * point.descent, DATA, 1 / point.eigenvalues[-1])
        losses = [point.loss, now.loss]
        for _ in range(500):
            now = step_down(LOSS, now, DATA)
            losses.append(now.loss)
        assert (np.diff(losses) <= 0).all() and losses[-1] < point.loss - 1e-3


def test_a_semicircle_has_as_much_below_zero_as_a_large_random_matrix():
    random = np.random.default_rng(0)
    matrix = random.normal(size=(600, 600))
    values = np.linalg.eigvalsh((matrix + matrix.T) / np.sqrt(2 * 600))
    for shift in (0.0, 0.5, 1.2, -0.7):
        assert semicircle_share(values + shift) == pytest.approx((values + shift < 0).mean(), abs=0.01)
    assert (semicircle_share([2, 2.1]), semicircle_share([-2, -2.1])) == (0, 1)
    assert (semicircle_share([3.0, 3.0]), semicircle_share([0.0, 0.0])) == (0, 0.5)


def test_too_many_parameters_are_refused():
    with pytest.raises(ValueError, match=r"Expected at most 300 parameters.*got 301"):
        look(WELLS, np.zeros(301), TWO)
