"""The two sheets of the data and the fits."""

import pytest

from charts.fit_sheet import RINGS, examples_sheet, fits_sheet
from charts.palette import DASHES, SCHEMES, THEMES, Theme
from scenes import MOST_LANES
from tests.charts.grounds import by_role, drawn
from tests.charts.test_contour_map import places

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))


@every_theme
def test_the_sheets_agree_on_every_place(theme: Theme):
    still, moving = drawn(examples_sheet(theme))["layout"], drawn(fits_sheet(theme))["layout"]
    assert places(still) == places(moving)
    for layout in (still, moving):
        assert not {"range", "title"} & {*layout["xaxis"], *layout["yaxis"]}  # they come from the stage
        assert not layout["xaxis"].get("automargin") and not layout["yaxis"].get("automargin")


@every_theme
def test_classes_are_told_apart_by_shape_and_by_colour(theme: Theme):
    first, second = by_role(drawn(examples_sheet(theme)))["class"]
    assert [trace["meta"]["lane"] for trace in (first, second)] == [0, 1]
    for property in ("symbol", "color"):
        assert first["marker"][property] != second["marker"][property]


@every_theme
def test_every_lane_has_its_fit_above_the_rings(theme: Theme):
    figure = drawn(fits_sheet(theme))
    traces = by_role(figure)
    assert set(traces) == {"fit", *RINGS}
    assert [trace["meta"]["lane"] for trace in traces["fit"]] == list(range(MOST_LANES))
    assert [trace["line"]["color"] for trace in traces["fit"]] == list(theme.lanes)
    assert [trace["line"]["dash"] for trace in traces["fit"]] == list(DASHES)
    assert all(trace["x"] == trace["y"] == [] for trace in figure["data"])


def test_rings_lie_in_one_another():
    once, again = (by_role(drawn(fits_sheet(THEMES["light"])))[role][0]["marker"] for role in RINGS)
    assert again["size"] > once["size"] and once["symbol"] == again["symbol"] == "circle-open"
