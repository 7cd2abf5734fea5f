"""The data that a surface is made of and each lane's fit to them, on two sheets (see `charts.contour_map`).

The examples stay put; the fits and the rings around the present mini-batch move with the playhead.
Coordinates, ranges and the names of the axes come from the stage.
"""

import plotly.graph_objects as go

from charts.contour_map import LANES
from charts.loss_curves import side_axes
from charts.palette import DASHES, Theme

RINGS = {"batch": 12, "again": 17}
"""Pixels across: an example of the mini-batch has one ring, one that was drawn again a second."""


def examples_sheet(theme: Theme) -> go.Figure:
    """Return the sheet that stays put: examples with a number as their target, and those of two classes."""
    figure = go.Figure(layout=side_axes(theme, visible=True, upright=True))
    looks = (
        ({"role": "examples"}, "circle", theme.muted),
        ({"role": "class", "lane": 0}, "circle", theme.negative),
        ({"role": "class", "lane": 1}, "triangle-up", theme.positive),
    )
    for meta, symbol, colour in looks:
        figure.add_scatter(
            x=[],
            y=[],
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 6.5,
                "color": colour,
                "line": {"color": theme.paper, "width": 0.8},
            },
            meta=meta,
        )
    figure.update_traces(hoverinfo="skip", showlegend=False)
    return figure


def fits_sheet(theme: Theme) -> go.Figure:
    """Return the sheet that moves: the rings of the mini-batch, then the fit of each lane; all empty."""
    figure = go.Figure(layout=side_axes(theme, visible=False, upright=True))
    for role, size in RINGS.items():
        figure.add_scatter(
            x=[],
            y=[],
            mode="markers",
            marker={
                "symbol": "circle-open",
                "size": size,
                "color": theme.mark,
                "line": {"color": theme.mark, "width": 1.4},
            },
            meta={"role": role},
        )
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"color": theme.lanes[lane], "width": 2.2, "dash": DASHES[lane]},
            meta={"role": "fit", "lane": lane},
        )
    figure.update_traces(hoverinfo="skip", showlegend=False)
    return figure
