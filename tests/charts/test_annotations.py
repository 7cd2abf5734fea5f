"""The sheet of annotations."""

import numpy as np
import pytest

from api.encode import packed
from charts.annotations import KINDS, annotation_sheet, critical_annotations
from charts.contour_map import moving_sheet
from charts.palette import SCHEMES, Theme
from charts.quadratic import point_annotations
from curvature.critical_point import CriticalCurve, CriticalPoint, CriticalPoints, Kind
from curvature.quadratic_model import QuadraticModel
from tests.charts.grounds import by_role, drawn, ground
from tests.charts.test_contour_map import places

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))

BOX = ((-3.0, 2.0), (-1.0, 1.0))
ROLES = [
    *("region", "model", "critical_curve", "minimum", "saddle", "maximum", "degenerate"),
    *("cross_up", "cross_down", "slope", "probe"),
]


def point(kind: Kind, x: float, y: float, published: bool = False) -> CriticalPoint:
    return CriticalPoint(
        point=(x, y),
        loss=0.0,
        gradient_norm=0.0,
        eigenvalues=(1.0, 2.0),
        eigenvectors=((1.0, 0.0), (0.0, 1.0)),
        kind=kind,
        index=1,
        published=published,
    )


def found(points=(), curves=()) -> CriticalPoints:
    return CriticalPoints(points=tuple(points), curves=tuple(curves), flat=False, winding=1, complete=True)


@every_theme
def test_the_sheet_lies_on_the_others(theme: Theme):
    figure = drawn(annotation_sheet(BOX, theme))
    assert places(figure["layout"]) == places(drawn(moving_sheet(BOX, theme))["layout"])
    assert [trace["meta"]["role"] for trace in figure["data"]] == ROLES
    for trace in figure["data"]:
        assert trace["x"] == trace["y"] == []
        assert (trace["hoverinfo"], trace["showlegend"]) == ("skip", False)
        assert not trace["meta"].get("still") and trace["mode"] in ("lines", "markers", "lines+markers")


@every_theme
def test_every_role_is_drawn_in_its_own_way(theme: Theme):
    roles = {role: traces[0] for role, traces in by_role(drawn(annotation_sheet(BOX, theme))).items()}
    region = roles["region"]
    assert (region["fill"], region["line"]["width"]) == ("toself", 0)
    assert region["fillcolor"].startswith("rgba(") and 0 < float(region["fillcolor"].split()[-1][:-1]) < 0.3
    assert roles["model"]["line"]["dash"] == "dash"
    assert roles["model"]["line"]["color"] == theme.accent
    assert roles["cross_up"]["line"]["color"] == theme.positive
    assert roles["cross_down"]["line"]["color"] == theme.negative
    assert {roles[role]["line"]["width"] for role in ("cross_up", "cross_down")} == {2.4}
    symbols = [roles[kind]["marker"]["symbol"] for kind in KINDS]
    assert len({*symbols, roles["probe"]["marker"]["symbol"], "star"}) == len(KINDS) + 2
    for kind in (*KINDS, "probe"):
        marker = roles[kind]["marker"]
        hollow = marker["symbol"].endswith("-open")
        assert marker["color"] == theme.ink
        # The overlay strokes hollow shapes with the colour of their edge, Plotly with their own.
        assert marker["line"]["color"] == (theme.ink if hollow else theme.paper)
    assert roles["slope"]["mode"] == "lines+markers"


def test_points_are_sorted_by_kind_and_published_minima_have_their_star_already():
    points = [
        point("minimum", 0, 0, published=True),
        point("minimum", 1, 0.5),
        point("saddle", -1, 0.25),
        point("saddle", -2, 0.25, published=True),
        point("degenerate", 1.5, -0.5, published=True),
    ]
    annotations = critical_annotations(found(points))
    lists = {role: (axes["x"].tolist(), axes["y"].tolist()) for role, axes in annotations.items()}
    assert lists == {
        "minimum": ([1], [0.5]),
        "saddle": ([-1, -2], [0.25, 0.25]),
        "maximum": ([], []),
        "degenerate": ([1.5], [-0.5]),
        "critical_curve": ([], []),
    }


def test_curves_are_parted_and_closed_ones_end_where_they_began():
    circle = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
    line = np.array([[-3.0, 1.0], [2.0, 1.0]])
    curves = [
        CriticalCurve(points=points, closed=closed, loss=0.0, eigenvalues=(0.0, 1.0), index=None)
        for points, closed in ((circle, True), (line, False))
    ]
    axes = critical_annotations(found(curves=curves))["critical_curve"]
    gap = [np.nan, np.nan]
    wanted = [*circle.tolist(), [1.0, 0.0], gap, *line.tolist(), gap]
    np.testing.assert_array_equal(np.stack([axes["x"], axes["y"]], axis=1), wanted)
    assert packed(axes["x"])  # as it travels


def test_all_annotations_have_a_trace():
    here = ground("bowl")
    model = QuadraticModel(np.array([0.5, 1.0]), 3.0, np.array([1.0, 2.0]), np.diag([1.0, 4.0]))
    of_point = point_annotations(model, np.array([1.0, 4.0]), np.eye(2), here.terrain, here.scale, here.least)
    assert {*critical_annotations(found()), *of_point} == set(ROLES)
