"""The charts of what takes many runs: empty figures, which the stage fills by role.

A lane has its colour, dash and marker shape, as on the map. A curve that is no lane's (one batch size, one
multiple of the rate) has a shade of the accent: the more of it, the darker on light paper.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.contour_map import LANES, paper
from charts.palette import DASHES, SYMBOLS, Theme
from charts.raster import tinted

SHADES = 4
WASH = 0.16
"""Opacity of a band: an interval, or all that runs between the best and the worst of them did."""
BATCHES = [2**power for power in range(13)]


def sweep_sheet(theme: Theme) -> go.Figure:
    """Return final loss against learning rate: a curve and a band for each lane, the good ranges below."""
    figure = _figure(theme, x="log", y="log", room=66)
    figure.update_layout(
        yaxis={"domain": [0.2, 1.0]},
        yaxis2={"domain": [0.0, 0.16], "range": [LANES - 0.5, -0.5], "visible": False, "fixedrange": True},
        xaxis={"anchor": "free", "position": 0.0},
    )
    for lane in range(LANES):
        _add_band(figure, theme.lanes[lane], lane)
    for lane in range(LANES):
        pen = {"color": theme.lanes[lane], "dash": DASHES[lane]}
        _add_line(figure, "median", pen | {"width": 2}, lane)
        figure.add_scatter(
            mode="lines", yaxis="y2", line={"color": theme.lanes[lane], "width": 4}, meta=_meta("range", lane)
        )
    for lane in range(LANES):
        for role, symbol, size in (("now", SYMBOLS[lane], 9), ("best", "circle-open", 16)):
            _add_marker(figure, role, symbol, size, theme.lanes[lane], theme, lane)
    return _quiet(figure)


def shares_sheet(theme: Theme) -> go.Figure:
    """Return the share of runs against the learning rate, one curve with its interval for each batch size."""
    figure = _figure(theme, x="log", y="linear", room=66)
    figure.update_yaxes(range=[-0.03, 1.03], tickformat=".0%", dtick=0.25)
    _add_line(figure, "now", {"color": theme.muted, "width": 1.2, "dash": "dot"})
    colours = shades(theme)
    for index, colour in enumerate(colours):
        _add_band(figure, colour, index)
    _add_curves(figure, colours, theme)
    return _quiet(figure)


def slice_sheet(theme: Theme) -> go.Figure:
    """Return training and test loss along a line, with marks at two minima."""
    figure = _figure(theme, x="linear", y="linear", room=66)
    _add_line(figure, "train", {"color": theme.ink, "width": 2, "dash": "solid"})
    _add_line(figure, "test", {"color": theme.accent, "width": 2, "dash": "dash"})
    _add_marker(figure, "train_marks", "triangle-down", 11, theme.ink, theme)
    return _quiet(figure)


def variance_sheet(theme: Theme) -> go.Figure:
    """Return the variance of a gradient against the size of its mini-batch: measured ones on two formulas."""
    figure = _figure(theme, x="log", y="log", room=66)
    figure.update_xaxes(tickvals=BATCHES, ticktext=[str(size) for size in BATCHES])
    colours = {"without": theme.ink, "with": theme.accent}
    for (kind, colour), dash in zip(colours.items(), ("solid", "dash"), strict=True):
        _add_line(figure, f"{kind}_formula", {"color": colour, "width": 1.4, "dash": dash})
    for (kind, colour), symbol in zip(colours.items(), ("circle", "square"), strict=True):
        _add_line(figure, f"{kind}_bars", {"color": colour, "width": 1.6, "dash": "solid"})
        _add_marker(figure, kind, symbol, 8, colour, theme)
    return _quiet(figure)


def scaling_sheet(theme: Theme) -> go.Figure:
    """Return loss against epochs, one curve for each multiple of batch size and learning rate."""
    figure = _figure(theme, x="linear", y="log", room=66)
    colours = shades(theme)
    for index, colour in enumerate(colours):
        _add_line(figure, "curve", {"color": colour, "width": 2, "dash": DASHES[index]}, index)
    return _quiet(figure)


def map_sheet(theme: Theme) -> go.Figure:
    """Return the pens for what is drawn on the map: shifted contour lines, and an ensemble's dots."""
    figure = go.Figure(layout={"template": {}})
    _add_line(figure, "shifted", {"color": theme.accent, "width": 1.0, "dash": "dash"})
    figure.add_scatter(
        mode="markers",
        marker={"size": 3, "opacity": 0.55, "color": theme.ink, "symbol": "circle"},
        meta=_meta("dots", None),
    )
    return _quiet(figure)


SHEETS = {
    "sweep": sweep_sheet,
    "shares": shares_sheet,
    "slice": slice_sheet,
    "variance": variance_sheet,
    "scaling": scaling_sheet,
    "map": map_sheet,
}


def shades(theme: Theme) -> list[str]:
    """Return the colours of SHADES curves that are no lane's, from faint to full."""
    ramp = tinted(np.linspace(0.5, 1.0, SHADES), (theme.paper, theme.accent))
    return ["#" + "".join(f"{round(float(part)):02x}" for part in colour) for colour in ramp]


def _figure(theme: Theme, *, x: str, y: str, room: int) -> go.Figure:
    """Return an empty figure with such axes; ranges and titles come from the stage."""
    axis: dict[str, Any] = {
        "gridcolor": theme.grid,
        "zeroline": False,
        "tickfont": {"size": 11, "color": theme.muted},
        "tickcolor": theme.grid,
        "fixedrange": True,
        "exponentformat": "power",
    }
    return go.Figure(
        layout={
            "xaxis": {**axis, "type": x, "ticks": "outside", "ticklen": 4, "showgrid": False, "nticks": 7},
            "yaxis": {**axis, "type": y, "nticks": 6},
            **paper(theme, left=room, bottom=42, right=10, top=8),
        }
    )


def _meta(role: str, lane: int | None) -> dict[str, Any]:
    return {"role": role} if lane is None else {"role": role, "lane": lane}


def _add_line(figure: go.Figure, role: str, line: dict[str, Any], lane: int | None = None) -> None:
    figure.add_scatter(mode="lines", line=line, meta=_meta(role, lane))


def _add_band(figure: go.Figure, colour: str, lane: int) -> None:
    """Add what lies between two curves; the stage gives its outline."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    figure.add_scatter(
        mode="lines",
        fill="toself",
        fillcolor=f"rgba({red}, {green}, {blue}, {WASH})",
        line={"color": colour, "width": 0},
        meta=_meta("band", lane),
    )


def _add_curves(figure: go.Figure, colours: Sequence[str], theme: Theme) -> None:
    """Add a curve with marks for each colour."""
    for index, colour in enumerate(colours):
        figure.add_scatter(
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": DASHES[index]},
            marker={
                "symbol": SYMBOLS[index],
                "size": 7,
                "color": colour,
                "line": {"color": theme.paper, "width": 1},
            },
            meta=_meta("curve", index),
        )


def _add_marker(
    figure: go.Figure, role: str, symbol: str, size: float, colour: str, theme: Theme, lane: int | None = None
) -> None:
    """Add an empty trace of markers: full ones with an edge of paper, open ones drawn in their colour."""
    edge = (
        {"color": colour, "width": 2.2} if symbol.endswith("-open") else {"color": theme.paper, "width": 1.2}
    )
    marker = {"symbol": symbol, "size": size, "color": colour, "line": edge}
    figure.add_scatter(mode="markers", marker=marker, meta=_meta(role, lane))


def _quiet(figure: go.Figure) -> go.Figure:
    return figure.update_traces(x=[], y=[], hoverinfo="skip", showlegend=False, connectgaps=False)
