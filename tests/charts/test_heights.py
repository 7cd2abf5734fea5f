"""Which contour lines are drawn, and how high a loss stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import heights
from charts.number_format import format_level
from landscapes import LANDSCAPES
from tests.charts.grounds import ends, ground, read_level
from tests.charts.nasty import NASTY

VIEWS = ("linear", "log")


@pytest.mark.parametrize("view", VIEWS)
@given(floor=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e9))
def test_heights_rise_from_floor_to_top(view: str, floor: float, span: float):
    losses = floor + span * np.linspace(0, 1, 33)
    height = heights.scale(losses, view).height(losses)
    assert height[0] == 0
    assert height[-1] == pytest.approx(1, rel=1e-12)
    assert (np.diff(height) > 0).all()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_lies_below_the_floor_and_flat_ground_is_no_error(view: str):
    scale = heights.scale(np.array([1.0, 3.0]), view)
    assert scale.height(np.array([0.0, -np.inf])).tolist() == [0, 0]
    assert heights.scale(np.full((3, 3), 2.0), view).height(np.full(4, 2.0)).tolist() == [0, 0, 0, 0]


def test_the_log_view_shows_the_bottom_of_a_valley():
    low = np.array([0.0, 0.01, 1.0])
    assert heights.scale(low, "log").height(low)[1] > 5 * heights.scale(low, "linear").height(low)[1]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_contour_levels_rise_within_the_range(name: str):
    for knobs in ends(name):
        _, terrain, scale, _, least = ground(name, knobs)
        levels = [level for level, _ in heights.levels(scale, least)]
        assert (np.diff(levels) > 0).all()
        assert terrain.loss.min() < levels[0]
        assert levels[-1] <= terrain.loss.max()
        assert 6 <= len(levels) <= 24, levels  # neither bare nor crowded


@pytest.mark.parametrize("name", LANDSCAPES)
def test_some_levels_are_labelled_and_every_label_is_true(name: str):
    for knobs in ends(name):
        *_, scale, _, least = ground(name, knobs)
        levels = heights.levels(scale, least)
        labelled = [level for level, indexed in levels if indexed]
        assert 2 <= len(labelled) < len(levels)
        texts = [format_level(level) for level in labelled]
        assert len(set(texts)) == len(texts)
        spelled = [read_level(text) for text in texts]
        np.testing.assert_allclose(spelled, labelled, rtol=1e-5, atol=1e-12 * scale.span)


@given(span=st.floats(1e-6, 1e9), pieces=st.integers(5, 20))
def test_steps_are_nice(span: float, pieces: int):
    step = heights.nice_step(span, pieces)
    assert f"{step:e}"[0] in "125" and float(f"{step:.0e}") == pytest.approx(step, rel=1e-9)
    assert pieces / 2 <= span / step <= 2 * pieces


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_shelf_is_drawn_from_its_lowest_to_its_highest_loss(name: str):
    for knobs in ends(name):
        here = ground(name, knobs)
        low, span = here.terrain.loss.min(), here.terrain.loss.max() - here.terrain.loss.min()
        assert here.scale == heights.Scale(here.landscape.view, low, span, span * 2e-3)
        np.testing.assert_array_equal(here.scale.shown(here.terrain.loss), here.terrain.loss)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NASTY)
def test_heights_stay_between_floor_and_top(name: str, view: str):
    loss = NASTY[name].loss
    scale = heights.scale(loss, view)
    height, shown = scale.height(loss), scale.shown(loss)
    np.testing.assert_array_equal(np.isnan(height), np.isnan(loss))
    assert ((height >= 0) & (height <= 1))[~np.isnan(loss)].all()
    assert (height[loss == np.inf] == 1).all() and (height[loss == -np.inf] == 0).all()
    seen = ~np.isnan(shown)
    np.testing.assert_array_equal(shown[seen], loss[seen])
    np.testing.assert_array_equal(seen, (loss - scale.floor >= 0) & (loss - scale.floor <= scale.span))


@pytest.mark.parametrize("name", ["x/y", "1/x", "tan(x)", "1/x**2"])
def test_spikes_do_not_flatten_the_rest(name: str):
    loss = NASTY[name].loss
    height = heights.scale(loss, "linear").height(loss)[np.isfinite(loss)]
    assert np.ptp(np.quantile(height, [0.1, 0.9])) > 0.2


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NASTY)
def test_levels_of_any_ground_are_few_finite_and_rising(name: str, view: str):
    levels = [level for level, _ in heights.levels(heights.scale(NASTY[name].loss, view))]
    assert np.isfinite(levels).all() and len(levels) <= 24
    assert (np.diff(levels) > 0).all()
    for text in (format_level(level) for level in levels):
        assert len(text) <= 18


def test_the_log_view_reaches_down_to_where_half_of_the_ground_is():
    """exp(10x) has 17 decades: upper ones alone would leave four fifths of the picture flat."""
    loss = NASTY["exp(10*x)"].loss
    scale = heights.scale(loss, "log")
    assert np.ptp(scale.height(loss)[0, 80:]) > 0.9
    assert np.quantile(scale.height(loss), 0.6) > 0.05
    levels = [level for level, _ in heights.levels(scale)]
    assert all(f"{level:e}".startswith("1.000000e") for level in levels) and len(levels) >= 6
    assert levels[0] < 1e2 and levels[-1] > 1e7


def test_huge_and_tiny_levels_are_spelled_with_powers_of_ten():
    for name, texts in (("1e30*x", {"−10³⁰", "10³⁰", "0"}), ("1e-30*x", {"−10⁻³⁰", "10⁻³⁰", "0"})):
        levels = heights.levels(heights.scale(NASTY[name].loss, "linear"))
        assert texts <= {format_level(level) for level, _ in levels}
