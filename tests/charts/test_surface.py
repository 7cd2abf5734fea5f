"""The ground in three dimensions."""

import numpy as np
import pytest

from charts import heights
from charts.contour_map import LANES
from charts.palette import SCHEMES, THEMES, Theme
from charts.surface import APART, surface, without_single_holes
from landscapes import LANDSCAPES
from tests.charts.grounds import by_role, drawn, ends, ground, numbers, unmarkable
from tests.charts.nasty import BOX, NASTY

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))


@every_theme
@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_ground_has_the_heights_that_the_scale_in_meta_gives(name: str, theme: Theme):
    """The stage lifts paths by this formula (stage/figures/frames.js): they must lie on this ground."""
    for knobs in ends(name):
        here = ground(name, knobs)
        figure = drawn(surface(here.terrain, here.scale, here.landscape.box, theme))
        assert unmarkable(figure) == []
        roles = by_role(figure)
        assert set(roles) == {"ground", "shadow", "model"}  # the lanes are drawn on top of it, by the stage
        (trace,) = roles["ground"]
        z, meta = numbers(trace["z"]), figure["layout"]["meta"]
        assert z.shape == here.terrain.loss.shape == (len(numbers(trace["y"])), len(numbers(trace["x"])))
        above = here.terrain.loss - meta["floor"]
        lifted = above / meta["span"]
        if meta["view"] == "log":
            lifted = np.log1p(above / meta["unit"]) / np.log1p(meta["span"] / meta["unit"])
        np.testing.assert_allclose(z, lifted, rtol=0, atol=1e-6)
        assert z.min() == 0 and z.max() == pytest.approx(1, abs=1e-6)
        low, high = figure["layout"]["scene"]["zaxis"]["range"]
        assert low < -0.2 and high > 1
        axis = figure["layout"]["scene"]["zaxis"]
        assert len(axis["tickvals"]) == len(axis["ticktext"]) >= 1
        assert [text[:4] for text in axis["ticktext"]].index("L = ") == len(axis["ticktext"]) - 1
        assert np.diff([*axis["tickvals"], 1.2]).min() >= APART and min(axis["tickvals"]) >= 0
        for at, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
            value = loss_of(text.removeprefix("L = "))
            assert here.scale.height(np.array(value)) == pytest.approx(at, abs=1e-6)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_ground_keeps_the_shape_of_its_box(name: str):
    here = ground(name)
    layout = drawn(surface(here.terrain, here.scale, here.landscape.box, THEMES["light"]))["layout"]["scene"]
    (x0, x1), (y0, y1) = here.landscape.box
    ratio = layout["aspectratio"]
    assert layout["aspectmode"] == "manual"
    assert ratio["x"] / ratio["y"] == pytest.approx((x1 - x0) / (y1 - y0))
    assert (layout["xaxis"]["range"], layout["yaxis"]["range"]) == ([x0, x1], [y0, y1])


@every_theme
@pytest.mark.parametrize("view", ["linear", "log"])
@pytest.mark.parametrize("name", NASTY)
def test_whatever_a_reader_types_has_holes_and_no_spikes(name: str, view: str, theme: Theme):
    terrain = NASTY[name]
    scale = heights.scale(terrain.loss, view)
    figure = drawn(surface(terrain, scale, BOX, theme))
    (trace,) = by_role(figure)["ground"]
    z = numbers(trace["z"])
    np.testing.assert_array_equal(
        np.isnan(z), np.isnan(without_single_holes(np.where(np.isnan(terrain.loss), np.nan, 0.0)))
    )
    assert trace["contours"]["z"]["show"] == (not np.isnan(z).any())
    assert ((z >= 0) & (z <= 1))[~np.isnan(z)].all()
    if name in ("5", "-5", "0"):
        assert np.ptp(z) == 0
    assert np.isfinite([figure["layout"]["meta"][key] for key in ("floor", "span", "unit")]).all()
    assert figure["layout"]["meta"]["unit"] > 0


@every_theme
def test_there_is_an_empty_trace_for_a_model_that_touches_the_ground(theme: Theme):
    here = ground("bowl")
    figure = drawn(surface(here.terrain, here.scale, here.landscape.box, theme))
    (model,) = by_role(figure)["model"]
    assert (model["x"], model["y"], model["z"]) == ([], [], [])
    assert not model["meta"].get("still") and model["type"] == "scatter3d"
    assert model["line"]["color"] == theme.accent
    shadows = by_role(figure)["shadow"]
    assert [trace["meta"]["lane"] for trace in shadows] == list(range(LANES))
    (trace,) = by_role(figure)["ground"]
    assert trace["contours"]["z"]["project"] == {"z": True}


def loss_of(text: str) -> float:
    """Return the number that a mark of the axis says: "−3", "10³", "2·10⁻⁴"."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    mantissa, _, power = (
        text.replace("−", "-").partition("10") if set(text) & set("⁰¹²³⁴⁵⁶⁷⁸⁹") else (text, "", "")
    )
    sign = -1.0 if mantissa.startswith("-") or text.startswith("−") else 1.0
    figures = mantissa.strip("-−·")
    return sign * float(figures or 1) * 10.0 ** int(power.translate(digits) or 0)


def test_a_hole_of_one_sample_is_filled_and_wider_ones_stay():
    z = np.add.outer(np.arange(9.0), np.arange(9.0))
    whole = z.copy()
    z[4, 4] = z[0, 1] = np.nan  # alone, and alone on the edge: five neighbours are too few there
    z[6:, :3] = np.nan
    z[:5, 6] = np.nan
    fixed = without_single_holes(z)
    assert fixed[4, 4] == whole[4, 4]
    np.testing.assert_allclose(fixed[1:4, 6], whole[1:4, 6])
    assert np.isnan(fixed[7:, :2]).all()
    known = np.isfinite(z)
    np.testing.assert_array_equal(fixed[known], z[known])
