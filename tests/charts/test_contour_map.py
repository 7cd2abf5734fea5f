"""The two sheets of the map."""

import math

import numpy as np
import pytest
from plotly.io import templates

from charts import heights
from charts.contour_map import ARROWS, ground_sheet, moving_sheet
from charts.loss_curves import curves_sheet, playhead_sheet
from charts.number_format import format_level
from charts.palette import DASHES, SCHEMES, SYMBOLS, THEMES, Theme
from charts.surface import surface
from landscapes import LANDSCAPES
from scenes import MOST_LANES
from tests.charts.grounds import by_role, drawn, ends, ground, numbers, unmarkable
from tests.charts.nasty import BOX, NASTY

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))
every_surface = pytest.mark.parametrize("name", LANDSCAPES)

# What only dresses an axis; whatever else a layout says may move a point.
DRESS = {"visible", "title", "ticks", "ticklen", "tickcolor", "tickfont", "nticks", "showgrid", "gridcolor"}


def sheet(name: str, theme: Theme, knobs=None):
    here = ground(name, knobs)
    return ground_sheet(here.terrain, here.scale, here.landscape.box, here.minima, here.least, theme)


def places(layout: dict) -> dict:
    """Return all that a layout says of where points are."""
    axes = {axis: {k: v for k, v in layout[axis].items() if k not in DRESS} for axis in ("xaxis", "yaxis")}
    rest = ("images", "annotations", "uirevision", "meta")
    return {**{k: v for k, v in layout.items() if k not in rest}, **axes}


@every_theme
@every_surface
def test_the_ground_is_drawn_where_it_is(name: str, theme: Theme):
    for knobs in ends(name):
        here, figure = ground(name, knobs), drawn(sheet(name, theme, knobs))
        (x0, x1), (y0, y1) = here.landscape.box
        assert unmarkable(figure) == []
        (image,) = figure["layout"]["images"]
        assert (image["x"], image["y"]) == (x0, y1)  # the corner that Plotly anchors, top left
        assert (image["sizex"], image["sizey"]) == (x1 - x0, y1 - y0)
        assert (image["xref"], image["yref"], image["sizing"]) == ("x", "y", "stretch")
        assert image["layer"] == "below"
        (stars,) = by_role(figure)["minima"]
        np.testing.assert_array_equal(
            np.reshape([stars["x"], stars["y"]], (2, -1)).T, np.reshape(here.minima, (-1, 2))
        )
        for line in by_role(figure)["contours"]:
            x, y = numbers(line["x"]), numbers(line["y"])
            assert np.nanmin(x) >= np.float32(x0) and np.nanmax(x) <= np.float32(x1)
            assert np.nanmin(y) >= np.float32(y0) and np.nanmax(y) <= np.float32(y1)


@every_surface
def test_every_contour_label_is_one_of_the_labelled_levels(name: str):
    here, figure = ground(name), drawn(sheet(name, THEMES["light"]))
    wanted = {format_level(level) for level, labelled in heights.levels(here.scale, here.least) if labelled}
    said = [label["text"] for label in figure["layout"]["annotations"]]
    assert said and set(said) <= wanted
    assert not any(label["showarrow"] for label in figure["layout"]["annotations"])


@pytest.mark.parametrize("view", ["linear", "log"])
@pytest.mark.parametrize("name", NASTY)
def test_whatever_a_reader_types_is_drawn(name: str, view: str):
    """A theme gives colours alone: every other ground has the same one."""
    terrain, theme = NASTY[name], list(SCHEMES.values())[list(NASTY).index(name) % len(SCHEMES)]
    scale = heights.scale(terrain.loss, view)
    figure = drawn(ground_sheet(terrain, scale, BOX, (), None, theme))
    assert unmarkable(figure) == []
    defined = ~np.isnan(terrain.loss)
    for line in by_role(figure)["contours"]:
        x, y = numbers(line["x"]), numbers(line["y"])
        np.testing.assert_array_equal(np.isnan(x), np.isnan(y))
        ends = np.isfinite(x)
        assert (np.abs(np.stack([x[ends], y[ends]])) <= 2).all()
        # Every point of a contour line lies between two samples that have a loss.
        cell = [np.round((v[ends] + 2) / 0.025).astype(int) for v in (x, y)]
        assert defined[cell[1], cell[0]].all()


def test_contour_lines_do_not_run_along_a_pole():
    """At a pole the samples leap over all levels; lines there would be a wall that is not in the ground."""
    terrain = NASTY["1/(x-0.1111)"]
    scale = heights.scale(terrain.loss, "linear")
    lines = by_role(drawn(ground_sheet(terrain, scale, BOX, (), None, THEMES["light"])))["contours"]
    x = np.concatenate([numbers(line["x"]) for line in lines])
    assert np.nanmin(np.abs(x - 0.1111)) > 0.05
    assert len(x) > 500


def test_labels_of_huge_losses_are_powers_of_ten():
    terrain = NASTY["1e30*x"]
    scale = heights.scale(terrain.loss, "linear")
    figure = drawn(ground_sheet(terrain, scale, BOX, (), None, THEMES["dark"]))
    assert {"−10³⁰", "0", "10³⁰"} <= {label["text"] for label in figure["layout"]["annotations"]}


@every_theme
@every_surface
def test_the_sheets_agree_on_every_place(name: str, theme: Theme):
    ground_layout = drawn(sheet(name, theme))["layout"]
    moving_layout = drawn(moving_sheet(LANDSCAPES[name].box, theme))["layout"]
    assert places(ground_layout) == places(moving_layout)
    axes = moving_layout["xaxis"], moving_layout["yaxis"]
    assert [axis["range"] for axis in axes] == [list(side) for side in LANDSCAPES[name].box]
    assert axes[1]["scaleanchor"] == "x"
    assert not any(axis.get("automargin") for axis in axes)  # tick labels on one sheet only would shift it


@every_theme
def test_every_lane_has_its_pen_on_both_sheets(theme: Theme):
    courses = by_role(drawn(sheet("bowl", theme)))["course"]
    moving = drawn(moving_sheet(LANDSCAPES["bowl"].box, theme))
    paths = by_role(moving)["path"]
    for traces in (courses, paths):
        assert [trace["meta"]["lane"] for trace in traces] == list(range(MOST_LANES))
        assert [trace["line"]["color"] for trace in traces] == list(theme.lanes)
        assert [trace["line"]["dash"] for trace in traces] == list(DASHES)
    assert [trace["marker"]["symbol"] for trace in courses] == list(SYMBOLS)
    assert [trace["meta"]["symbol"] for trace in paths] == list(SYMBOLS)
    (marks,) = by_role(moving)["marks"]  # the start, then the heads
    assert marks["marker"]["color"] == [theme.mark, *theme.lanes]
    assert marks["marker"]["symbol"][1:] == list(SYMBOLS)
    assert {len(marks["marker"][name]) for name in ("color", "symbol", "size")} == {MOST_LANES + 1}


@every_theme
def test_the_moving_sheet_is_empty_and_light(theme: Theme):
    """It is drawn again on every frame, so that nothing may stand on it that stays."""
    figure = drawn(moving_sheet(LANDSCAPES["bowl"].box, theme))
    assert set(by_role(figure)) == {"path", "marks", *ARROWS}
    for trace in figure["data"]:
        assert trace["x"] == trace["y"] == []
        assert not trace["meta"].get("still")
        assert (trace["hoverinfo"], trace["showlegend"]) == ("skip", False)
    assert "images" not in figure["layout"] and "annotations" not in figure["layout"]
    assert len(str(figure)) < 6000


@every_theme
def test_every_arrow_has_a_pen_of_its_own(theme: Theme):
    """Colour alone would not tell the gradient that was seen from the true one."""
    moving = by_role(drawn(moving_sheet(LANDSCAPES["bowl"].box, theme)))
    pens = [tuple(moving[arrow][0]["line"][part] for part in ("color", "dash")) for arrow in ARROWS]
    assert len({dash for _, dash in pens}) == len(ARROWS)
    assert pens[ARROWS.index("seen")][0] == theme.accent != theme.mark


def test_no_figure_depends_on_who_else_uses_plotly(monkeypatch: pytest.MonkeyPatch):
    """Streamlit, once imported, makes its own template the default of the whole process."""

    def figures() -> list[str]:
        here, theme = ground("bowl"), THEMES["light"]
        solid = surface(here.terrain, here.scale, here.landscape.box, theme)
        sheets = (sheet("bowl", theme), moving_sheet(here.landscape.box, theme), curves_sheet(theme))
        return [str(figure.to_json()) for figure in (solid, *sheets, playhead_sheet(theme))]

    monkeypatch.setattr(templates, "default", "plotly")
    alone = figures()
    monkeypatch.setattr(templates, "default", "plotly_dark")
    assert figures() == alone


def test_only_what_stays_is_called_still():
    roles = by_role(drawn(sheet("himmelblau", THEMES["light"])))
    still = {role for role, traces in roles.items() if all(trace["meta"].get("still") for trace in traces)}
    assert still == {"contours", "minima"}
    assert set(roles) - still == {"course", "course_halo"}


def test_a_surface_without_minima_has_no_star():
    (stars,) = by_role(drawn(sheet("saddle", THEMES["dark"])))["minima"]
    assert stars["x"] == stars["y"] == []


def test_a_marker_that_stands_nowhere_is_found():
    trace = {"mode": "markers", "x": [1.0, math.nan], "y": [1.0, 2.0], "meta": {"role": "heads"}}
    assert unmarkable({"data": [trace]}) == ["heads"]
    assert unmarkable({"data": [{**trace, "mode": "lines"}]}) == []
