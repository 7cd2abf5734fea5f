"""Which contour lines are drawn, and how high a loss stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import heights
from landscapes import LANDSCAPES
from tests.charts.grounds import ends, ground

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
        texts = [heights.spell_level(level) for level in labelled]
        assert len(set(texts)) == len(texts)
        spelled = [float(text.replace("−", "-")) for text in texts]
        np.testing.assert_allclose(spelled, labelled, rtol=1e-5, atol=1e-12 * scale.span)


@given(span=st.floats(1e-6, 1e9), pieces=st.integers(5, 20))
def test_steps_are_nice(span: float, pieces: int):
    step = heights.nice_step(span, pieces)
    assert f"{step:e}"[0] in "125" and float(f"{step:.0e}") == pytest.approx(step, rel=1e-9)
    assert pieces / 2 <= span / step <= 2 * pieces


@pytest.mark.parametrize(
    ("level", "text"), [(-4.0, "−4"), (0.1 + 0.2, "0.3"), (1e5, "100000"), (0.0, "0"), (12.0, "12")]
)
def test_labels_have_no_more_digits_than_they_need(level: float, text: str):
    assert heights.spell_level(level) == text
