"""How rough a slice is: nothing for a bowl, and what can be counted by hand for a saddle and a wave."""

from dataclasses import astuple
from typing import Any

import numpy as np
import pytest

from networks.geometry import Roughness, roughness
from networks.geometry.roughness import smallest_eigenvalues

SIDE = np.linspace(-1, 1, 21)
A, B = np.meshgrid(SIDE, SIDE)


def test_a_convex_quadratic_has_no_roughness():
    bowl = 3 * A**2 + A * B + B**2
    found = roughness(SIDE, SIDE, bowl)
    assert found.nonconvex == 0 and found.variation is not None and 1 < found.variation <= 2
    # Down and up again, the same way: twice the range.
    assert astuple(roughness(SIDE, SIDE, A**2 + B**2)) == pytest.approx((0.0, 2.0))
    # A slope goes one way, and is convex.
    assert astuple(roughness(SIDE, SIDE, 2 * A + B + 5)) == pytest.approx((0.0, 1.0))


def test_a_saddle_is_convex_nowhere():
    assert astuple(roughness(SIDE, SIDE, A**2 - B**2)) == pytest.approx((1.0, 2.0))


def test_a_wave_is_as_it_is_by_hand():
    wave = np.cos(2 * np.pi * A)
    found = roughness(SIDE, SIDE, wave)
    inner = SIDE[1:-1]
    # It bends downwards where it is positive; the other eigenvalue is 0.
    assert found.nonconvex == pytest.approx((np.cos(2 * np.pi * inner) > 1e-9).mean())
    # Rows go down and up twice, four times their range; columns are level.
    assert found.variation == pytest.approx((4 + 0) / 2)


@pytest.mark.parametrize(("moved", "times"), [(0, 1), (7, 1), (-2, 1), (0, 1000), (3, 1e-6)])
def test_it_depends_neither_on_where_a_slice_is_nor_on_units(moved: float, times: float):
    losses = np.sin(3 * A) * np.cos(2 * B) + A**2
    before = roughness(SIDE, SIDE, losses)
    after = roughness(SIDE + moved, times * SIDE - moved, times * (losses + moved))
    assert before.nonconvex is not None and 0 < before.nonconvex < 1
    assert after.variation == pytest.approx(before.variation)
    if times == 1:
        assert after.nonconvex == before.nonconvex


def test_eigenvalues_are_those_of_the_hessian():
    losses = A**3 + 2 * A * B**2 - B
    found, doubt = smallest_eigenvalues(SIDE, SIDE, losses)
    assert (doubt > 0).all()
    for row, column in ((0, 0), (3, 12), (18, 5)):
        a, b = SIDE[column + 1], SIDE[row + 1]
        exact = np.linalg.eigvalsh([[6 * a, 4 * b], [4 * b, 4 * a]])[0]
        assert found[row, column] == pytest.approx(exact, abs=1e-9)


def test_rounding_makes_no_plain_rough():
    noise = np.random.default_rng(0).normal(scale=1e-7, size=A.shape)
    assert roughness(SIDE, SIDE, 2.3 + noise) == Roughness(0.0, 0.0)


def test_what_is_not_finite_has_no_part_in_it():
    losses = A**2 - B**2
    losses[:3, :] = np.inf
    losses[10, 10] = np.nan
    found = roughness(SIDE, SIDE, losses)
    assert astuple(found) == pytest.approx((1.0, 2.0))  # of the rows without a hole; each column has one
    assert roughness(SIDE, SIDE, np.full_like(A, np.inf)) == Roughness(None, None)


@pytest.mark.parametrize(("side", "losses"), [(SIDE[:2], A[:2, :2]), (SIDE, A[0]), (SIDE, A[:, :5])])
def test_other_shapes_are_refused_with_a_sentence(side: Any, losses: Any):
    with pytest.raises(ValueError, match=r"Expected losses of shape \(rows, columns\), three of each"):
        roughness(side, side, losses)
