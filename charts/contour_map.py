"""The map, in two sheets that lie exactly on one another.

plotly.js draws every trace of a figure again when one of them moves. So what stays put (relief,
contour lines, minima, the whole course of each lane) is one figure, which Plotly draws; and what moves
on every frame of a playback (the course so far, heads, arrows, the start) is another with the same
axes, which the stage draws itself from these traces, and Plotly where a picture is saved.

Traces carry `meta = {"role", "lane"}`; the stage fills those of the lanes by role.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts import contours, heights
from charts.drawing_rules import drawing_rules
from charts.number_format import format_level
from charts.palette import DASHES, FONT, SYMBOLS, Theme
from charts.relief import relief
from landscapes.landscape import Box, Point
from landscapes.terrain import Terrain

LANES = len(DASHES)
ARROWS = ("gradient", "seen", "momentum", "step")

TRAIL, COURSE = 3.4, 1.6
"""How wide the course so far of a lane is, in pixels, and that which lies ahead."""

HALO = 2.4
"""And how much wider what lies below a line and parts it from the ground."""


def ground_sheet(
    terrain: Terrain,
    scale: heights.Scale,
    box: Box,
    minima: Sequence[Point],
    least: float | None,
    theme: Theme,
    names: tuple[str, str] = ("x", "y"),
) -> go.Figure:
    """Return the sheet that stays put, with an empty trace for the whole course of each lane."""
    figure = go.Figure(layout=axes(box, theme, visible=True))
    figure.update_layout(
        xaxis_title_text=names[0], yaxis_title_text=names[1], meta=drawing_rules(scale.view, theme)
    )
    _add_ground(figure, terrain, scale, least, theme)
    figure.add_scatter(
        x=[m[0] for m in minima],
        y=[m[1] for m in minima],
        mode="markers",
        marker={
            "symbol": "star",
            "size": 13,
            "color": theme.paper,
            "line": {"color": theme.mark, "width": 1.8},
        },
        meta={"role": "minima", "still": True},
    )
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"color": theme.paper, "width": COURSE + HALO},
            opacity=0.4,
            meta={"role": "course_halo", "lane": lane},
        )
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines+markers",
            line={"color": theme.lanes[lane], "width": COURSE, "dash": DASHES[lane]},
            marker={"symbol": SYMBOLS[lane], "size": 5, "color": theme.lanes[lane], "maxdisplayed": 100},
            opacity=0.6,
            meta={"role": "course", "lane": lane},
        )
    figure.update_traces(hoverinfo="skip", showlegend=False, cliponaxis=True)
    return figure


def moving_sheet(box: Box, theme: Theme) -> go.Figure:
    """Return the sheet that moves, all its traces empty."""
    figure = go.Figure(layout=axes(box, theme, visible=False))
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"color": theme.lanes[lane], "width": TRAIL, "dash": DASHES[lane]},
            meta={"role": "path", "lane": lane, "symbol": SYMBOLS[lane], "halo": halo(theme)},
        )
    colours, dashes = (
        (theme.muted, theme.accent, theme.mark, theme.mark),
        ("dot", "dashdot", "dash", "solid"),
    )
    pens = zip(ARROWS, colours, dashes, strict=True)
    for arrow, colour, dash in pens:
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines+markers",
            line={"color": colour, "width": 2.2, "dash": dash},
            marker={
                "symbol": ["circle", "arrow"],
                "size": [0, 11],
                "angleref": "previous",
                "color": colour,
                "line": {"width": 0},
            },
            meta={"role": arrow, "halo": halo(theme)},
        )
    # One trace for all marks: the start, then the head of each lane.
    figure.add_scatter(
        x=[],
        y=[],
        mode="markers",
        marker={
            "symbol": ["circle-cross-open", *SYMBOLS],
            "size": [17] + [13] * LANES,
            "opacity": 1,
            "color": [theme.mark, *theme.lanes],
            "line": {"color": [theme.mark] + [theme.paper] * LANES, "width": [1.8] + [2] * LANES},
        },
        meta={"role": "marks", "first": 1, "halo": halo(theme)},
    )
    figure.update_traces(hoverinfo="skip", showlegend=False, cliponaxis=True)
    return figure


def halo(theme: Theme) -> dict[str, Any]:
    """Return what the stage draws below a line, or inside a hollow mark: they stand out from any ground."""
    return {"color": theme.paper, "width": HALO}


def _add_ground(
    figure: go.Figure, terrain: Terrain, scale: heights.Scale, least: float | None, theme: Theme
) -> None:
    """Add the relief, fine lines, index lines and the labels of the index lines."""
    shown = scale.shown(terrain.loss)
    all_levels = heights.levels(scale, least)
    fine, index = ([level for level, indexed in all_levels if indexed is wanted] for wanted in (False, True))
    figure.add_layout_image(
        source=relief(scale.height(terrain.loss), theme),
        xref="x",
        yref="y",
        x=terrain.x[0],
        y=terrain.y[-1],
        sizex=terrain.x[-1] - terrain.x[0],
        sizey=terrain.y[-1] - terrain.y[0],
        sizing="stretch",
        layer="below",
    )
    for levels, colour, width in ((fine, theme.contour, 0.9), (index, theme.contour_index, 1.1)):
        line = contours.lines(terrain.x, terrain.y, shown, levels).astype(np.float32)
        figure.add_scatter(
            x=line[:, 0],
            y=line[:, 1],
            mode="lines",
            line={"color": colour, "width": width},
            connectgaps=False,
            meta={"role": "contours", "still": True},
        )
    for label in contours.labels(terrain.x, terrain.y, shown, index):
        figure.add_annotation(
            x=label.x,
            y=label.y,
            text=format_level(label.level),
            textangle=label.angle,
            showarrow=False,
            # A halo in the colour of the paper parts the number from the line it stands on.
            font={"size": 10.5, "color": theme.ink, "shadow": ", ".join([f"0 0 2px {theme.paper}"] * 6)},
        )


def axes(box: Box, theme: Theme, *, visible: bool) -> dict[str, Any]:
    """Return a layout with equal axes; both sheets must agree in everything that places a point."""
    (x0, x1), (y0, y1) = box
    axis = {
        "visible": visible,
        "showgrid": False,
        "zeroline": False,
        "constrain": "domain",
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.grid,
        "tickfont": {"size": 11, "color": theme.muted},
        "nticks": 7,
    }
    return {
        "xaxis": {**axis, "range": [x0, x1], "title": {"text": "x", "standoff": 4}},
        "yaxis": {
            **axis,
            "range": [y0, y1],
            "scaleanchor": "x",
            "title": {"text": "y", "standoff": 4},
        },
        **paper(theme, left=42, bottom=38, right=6, top=8),
        "dragmode": False,
    }


def paper(theme: Theme, *, left: int, bottom: int, right: int, top: int) -> dict[str, Any]:
    """Return what every figure has in common: fonts, transparent paper, margins, no chrome."""
    return {
        "template": {},  # or Plotly sends one along: kilobytes, and Streamlit’s where that is loaded
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": theme.ink},
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "showlegend": False,
        "hovermode": False,
        "autosize": True,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.ink},
    }
