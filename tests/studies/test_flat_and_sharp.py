"""Flat and sharp minima, on a surface whose loss is known in closed form."""

import numpy as np
import pytest

from landscapes.find import find
from studies import compare_minima, loss_slice
from studies.flat_and_sharp import SAMPLES, shifted_losses

PAIR = find("flat_vs_sharp")


def test_a_shift_costs_the_sharp_one_more() -> None:
    found = compare_minima(PAIR, {}, 0.4, 0.1)
    flat, sharp = found.flattest, found.sharpest
    assert found.differ and found.count == len(found.minima) == 2
    assert found.direction == pytest.approx([1, 0]) and found.shift == pytest.approx([0.4, 0])
    assert found.tested[flat] < found.tested[sharp] and found.sharpness[flat] < found.sharpness[sharp]
    assert [found.is_flattest(minimum) for minimum in found.minima] == [i == flat for i in range(2)]
    assert [found.is_sharpest(minimum) for minimum in found.minima] == [i == sharp for i in range(2)]


def test_the_slice_marks_both_minima_on_its_line() -> None:
    found = compare_minima(PAIR, {}, 0.0, 0.1)
    line = loss_slice(PAIR, {}, found)
    assert line.distances.shape == line.trained.shape == line.tested.shape == (SAMPLES,)
    np.testing.assert_array_equal(line.trained, line.tested)
    (start, flat), (end, sharp) = line.marked
    assert (start, end) == pytest.approx((0, 4)) and (flat, sharp) == pytest.approx((0, 0), abs=1e-12)
    assert np.interp([start, end], line.distances, line.trained) == pytest.approx([0, 0], abs=1e-2)


def test_one_minimum_alone_has_a_slice_and_no_rival() -> None:
    bowl = find("bowl")
    found = compare_minima(bowl, {}, 1.0, 0.1)
    assert not found.differ and not found.is_flattest(found.minima[0])
    assert len(loss_slice(bowl, {}, found).marked) == 1


def test_without_minima_there_is_nothing_to_compare() -> None:
    found = compare_minima(find("saddle"), {}, 1.0, 0.1)
    assert (found.minima, found.count, found.worst.size, found.tested.size) == ((), 0, 0, 0)


def test_the_shifted_loss_is_that_of_the_place_it_came_from() -> None:
    points, shift = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([0.25, -0.5])
    moved = shifted_losses(PAIR, {}, points, shift)
    np.testing.assert_array_equal(moved, shifted_losses(PAIR, {}, points - shift, np.zeros(2)))
