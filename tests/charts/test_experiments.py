"""The empty charts of the experiments."""

import pytest
from plotly.graph_objects import Figure

from charts.contour_map import LANES
from charts.experiments import SHADES, SHEETS, shades
from charts.palette import DASHES, SCHEMES, SYMBOLS
from tests.charts.grounds import drawn, unmarkable
from tests.charts.test_palette import contrast

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))
every_sheet = pytest.mark.parametrize("name", SHEETS)


@every_theme
@every_sheet
def test_it_is_a_figure_without_data(name: str, theme):
    sheet = drawn(SHEETS[name](theme))
    Figure(sheet)  # raises ValueError for what plotly.js does not have
    assert unmarkable(sheet) == []
    assert all(trace["x"] == trace["y"] == [] for trace in sheet["data"])
    names = [(trace["meta"]["role"], trace["meta"].get("lane")) for trace in sheet["data"]]
    assert len(set(names)) == len(names), "the stage finds traces by role and lane"


@every_theme
def test_lanes_look_as_they_do_on_the_map(theme):
    traces = {(t["meta"]["role"], t["meta"].get("lane")): t for t in drawn(SHEETS["sweep"](theme))["data"]}
    for lane in range(LANES):
        line, mark = traces["median", lane]["line"], traces["now", lane]["marker"]
        assert (line["color"], line["dash"]) == (theme.lanes[lane], DASHES[lane])
        assert (mark["color"], mark["symbol"]) == (theme.lanes[lane], SYMBOLS[lane])
        assert traces["range", lane]["yaxis"] == "y2"


@every_theme
def test_shades_can_be_seen_and_told_apart(theme):
    colours = shades(theme)
    assert len(set(colours)) == SHADES == len(set(DASHES[:SHADES]))
    for colour in colours:
        assert contrast(colour, theme.paper) >= 3, colour
