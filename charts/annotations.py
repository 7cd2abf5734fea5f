"""The sheet of annotations, between the ground and the lanes: critical points, and one point closely.

It has the axes of the other two sheets of the map and empty traces, which the stage fills by role.
"""

import numpy as np
import plotly.graph_objects as go

from charts.contour_map import axes, halo
from charts.contours import parted
from charts.palette import Theme
from curvature.critical_point import CriticalPoint, CriticalPoints
from landscapes.arrays import Floats
from landscapes.landscape import Box

KINDS = {
    "minimum": ("triangle-down", 11),
    "saddle": ("x", 9),
    "maximum": ("triangle-up", 11),
    "degenerate": ("diamond-open", 9),
}
"""Marker and size in pixels of each kind of critical point. A triangle points down for a minimum and
up for a maximum, as pits and summits on topographic sheets; its tips make it look smaller than it is."""


def annotation_sheet(box: Box, theme: Theme) -> go.Figure:
    """Return the sheet, in drawing order: where the model holds, its lines, critical ones, one point."""
    figure = go.Figure(layout=axes(box, theme, visible=False))
    figure.add_scatter(
        mode="lines",
        fill="toself",
        fillcolor=_translucent(theme.accent, theme.wash),
        line={"color": theme.accent, "width": 0},
        meta={"role": "region"},
    )
    for role, colour, width, dash in (
        ("model", theme.accent, 1.3, "dash"),
        ("critical_curve", theme.ink, 2.0, "solid"),
    ):
        _add_line(figure, role, colour, width, dash, theme)
    for role, (symbol, size) in KINDS.items():
        _add_marker(figure, role, symbol, size, theme)
    _add_line(figure, "cross_up", theme.positive, 2.4, "solid", theme)
    _add_line(figure, "cross_down", theme.negative, 2.4, "solid", theme)
    figure.add_scatter(
        mode="lines+markers",
        line={"color": theme.mark, "width": 2.2, "dash": "dot"},
        marker={
            "symbol": ["circle", "arrow"],
            "size": [0, 11],
            "angleref": "previous",
            "color": theme.mark,
            "line": {"width": 0},
        },
        meta={"role": "slope", "halo": halo(theme)},
    )
    _add_marker(figure, "probe", "circle-open", 12, theme)
    figure.update_traces(x=[], y=[], hoverinfo="skip", showlegend=False, cliponaxis=True, connectgaps=False)
    return figure


def critical_annotations(found: CriticalPoints) -> dict[str, dict[str, Floats]]:
    """Return the coordinates {"x": (n,), "y": (n,)} of what was found, by role; NaN parts curves.

    Published minima are left out: the ground sheet has their stars.
    """
    annotations = {
        kind: np.array([p.point for p in found.points if p.kind == kind and not _starred(p)], float)
        for kind in KINDS
    }
    # A closed curve ends where it began.
    curves = [np.concatenate([c.points, c.points[:1]]) if c.closed else c.points for c in found.curves]
    annotations["critical_curve"] = parted(curves)
    pairs = {role: points.reshape(-1, 2) for role, points in annotations.items()}
    return {role: {"x": points[:, 0], "y": points[:, 1]} for role, points in pairs.items()}


def _starred(point: CriticalPoint) -> bool:
    return point.published and point.kind == "minimum"


def _add_line(figure: go.Figure, role: str, colour: str, width: float, dash: str, theme: Theme) -> None:
    """Add an empty line of `width` pixels, and a halo in proportion."""
    figure.add_scatter(
        mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        meta={"role": role, "halo": halo(theme) | {"width": width}},
    )


def _add_marker(figure: go.Figure, role: str, symbol: str, size: float, theme: Theme) -> None:
    """Add an empty trace of markers in ink: full ones with an edge of paper, open ones drawn in ink."""
    hollow = symbol.endswith("-open")
    figure.add_scatter(
        mode="markers",
        marker={
            "symbol": symbol,
            "size": size,
            "color": theme.ink,
            "line": {"color": theme.ink if hollow else theme.paper, "width": 2.0 if hollow else 1.6},
        },
        meta={"role": role, "halo": halo(theme)},
    )


def _translucent(colour: str, opacity: float) -> str:
    """Return "#rrggbb" as a colour that lets through what it lies on."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
