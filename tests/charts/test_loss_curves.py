"""The two sheets of the loss curves."""

import pytest

from charts.loss_curves import SPREAD, curves_sheet, playhead_sheet
from charts.palette import DASHES, SCHEMES, Theme
from scenes import MOST_LANES
from tests.charts.grounds import by_role, drawn
from tests.charts.test_contour_map import places

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))


@every_theme
def test_the_sheets_agree_on_every_place(theme: Theme):
    curves, playhead = drawn(curves_sheet(theme))["layout"], drawn(playhead_sheet(theme))["layout"]
    assert places(curves) == places(playhead)
    for layout in (curves, playhead):
        # Ranges and the kind of the loss axis come from the stage, to both sheets alike.
        assert not {"range", "type", "domain"} & {*layout["xaxis"], *layout["yaxis"]}
        assert not layout["xaxis"].get("automargin") and not layout["yaxis"].get("automargin")


@every_theme
def test_every_lane_has_its_curve_and_its_head(theme: Theme):
    curves = by_role(drawn(curves_sheet(theme)))["curve"]
    assert [trace["meta"]["lane"] for trace in curves] == list(range(MOST_LANES))
    assert [trace["line"]["color"] for trace in curves] == list(theme.lanes)
    assert [trace["line"]["dash"] for trace in curves] == list(DASHES)
    assert not any(trace["connectgaps"] for trace in curves)  # where a loss cannot be drawn, nothing is
    moving = by_role(drawn(playhead_sheet(theme)))
    assert set(moving) == {"playhead", "heads"}
    (heads,) = moving["heads"]
    assert heads["marker"]["color"] == list(theme.lanes)


@every_theme
def test_there_is_a_line_for_a_limit_behind_the_curves(theme: Theme):
    figure = drawn(curves_sheet(theme))
    roles = [trace["meta"]["role"] for trace in figure["data"]]
    assert roles.index("limit") < roles.index("curve")
    (limit,) = by_role(figure)["limit"]
    assert (limit["mode"], limit["line"]["dash"]) == ("lines", "dash")
    assert limit["x"] == limit["y"] == []
    assert limit["line"]["color"] not in theme.lanes


@every_theme
def test_there_is_room_for_the_spread_behind_everything_else(theme: Theme):
    figure = drawn(curves_sheet(theme))
    roles = [trace["meta"]["role"] for trace in figure["data"]]
    assert set(roles[: roles.index("limit")]) == {*SPREAD, "median"}
    traces = by_role(figure)
    for role, opacity in SPREAD.items():
        assert [trace["meta"]["lane"] for trace in traces[role]] == list(range(MOST_LANES))
        assert [trace["fillcolor"] for trace in traces[role]] == list(theme.lanes)
        # Translucent, and without an edge: the curves must be read through all of them.
        assert {(trace["fill"], trace["opacity"], trace["line"]["width"]) for trace in traces[role]} == {
            ("toself", opacity, 0)
        }
    assert sum(SPREAD.values()) < 0.5
    assert [trace["line"]["color"] for trace in traces["median"]] == list(theme.lanes)
    assert all(trace["x"] == trace["y"] == [] for trace in figure["data"])
