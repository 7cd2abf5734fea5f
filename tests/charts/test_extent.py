"""What a picture shows of its losses: all, but for the spikes of poles."""

import numpy as np
import pytest

from charts.extent import TAIL, extent
from landscapes import LANDSCAPES
from tests.charts.grounds import ends, ground
from tests.charts.nasty import NASTY

AXIS = np.linspace(-2, 2, 161)
X, Y = np.meshgrid(AXIS, AXIS)
POLES = ("x/y", "1/x", "1/(x-0.1111)", "1/x**2", "tan(x)")


@pytest.mark.parametrize("name", LANDSCAPES)
def test_of_the_shelf_nothing_is_cut_off(name: str):
    for knobs in ends(name):
        here = ground(name, knobs)
        loss = here.terrain.loss
        assert extent(loss, here.landscape.view) == (loss.min(), loss.max())


@pytest.mark.parametrize("name", POLES)
def test_spikes_are_cut_where_most_of_the_ground_is_seen(name: str):
    loss = NASTY[name].loss
    floor, top = extent(loss, "linear")
    finite = loss[np.isfinite(loss)]
    assert np.mean((finite >= floor) & (finite <= top)) >= 1 - 2 * TAIL
    # The middle half of the samples was a hair's breadth of the whole range, and no longer is.
    middle = np.ptp(np.quantile(finite, [0.25, 0.75]))
    assert middle / np.ptp(finite) < 0.03
    assert middle / (top - floor) > 4 * middle / np.ptp(finite)
    assert middle / (top - floor) > 0.03


@pytest.mark.parametrize("width", [0.1, 0.2, 0.4])
def test_a_narrow_well_or_peak_is_no_spike(width: float):
    well = 0.001 * X - np.exp(-(X**2 + Y**2) / (2 * width**2))
    assert extent(well, "linear") == (well.min(), well.max())
    assert extent(-well, "linear") == (-well.max(), -well.min())


def test_a_pole_that_hides_nothing_is_shown_as_deep_as_it_was_sampled():
    """The samples leap towards log 0, but the tail is no longer than the rest."""
    with np.errstate(divide="ignore"):
        pole = np.log(np.abs(X))
    finite = pole[np.isfinite(pole)]
    assert extent(pole, "linear") == (finite.min(), finite.max())


def test_a_bump_between_two_samples_is_not_lost_on_level_ground():
    needle = np.exp(-((X / 0.01) ** 2) - (Y / 0.01) ** 2)
    assert extent(needle, "linear") == (0, 1)


def test_the_log_view_keeps_a_pole_that_rises_and_cuts_one_that_falls():
    pole = NASTY["1/x**2"].loss
    highest = pole[np.isfinite(pole)].max()
    assert extent(pole, "log")[1] == highest
    assert extent(-pole, "log")[0] > -highest / 10


@pytest.mark.parametrize("view", ["linear", "log"])
@pytest.mark.parametrize("name", NASTY)
def test_there_are_always_two_finite_ends_apart(name: str, view: str):
    floor, top = extent(NASTY[name].loss, view)
    assert np.isfinite([floor, top, top - floor]).all()
    assert floor < top


def test_what_only_rounding_raises_is_level():
    for size in (1.0, -3e7, 1e200):
        noisy = size * (1 + np.finfo(float).eps * np.sign(np.sin(40 * X)))
        floor, top = extent(noisy, "linear")
        assert (noisy.max() - floor) / (top - floor) < 1e-9


def test_infinities_and_gaps_count_for_nothing():
    loss = X.copy()
    loss[0], loss[1], loss[2] = np.nan, np.inf, -np.inf
    loss[3, 3] = 1.7e308
    assert extent(loss.T, "linear") == (-2, 2)
