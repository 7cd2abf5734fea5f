"""Loss against step, one curve per lane, and on a second sheet the playhead (see `charts.contour_map`).

Behind the curves there is room for how far other seeds of a lane spread: between the 5 % and the 95 %
quantile of their losses (`wide`), between the quartiles (`core`), and along the `median`.
"""

from typing import Any

import plotly.graph_objects as go

from charts.contour_map import LANES, paper
from charts.palette import DASHES, SYMBOLS, Theme

SPREAD = {"wide": 0.13, "core": 0.2}
"""How opaque the areas of the spread are; where they lie on one another, it adds up."""


CURVE = 2.8
"""How wide a curve is, in pixels."""


def curves_sheet(theme: Theme) -> go.Figure:
    """Return the sheet that stays put while the playhead moves, all its traces empty.

    They are, for each lane, its spread and its curve, and a limit.
    """
    figure = go.Figure(layout=side_axes(theme, visible=True))
    for lane in range(LANES):
        _add_spread(figure, lane, theme)
    # A line across that the curves are held against: how large a step may be, or where a sign changes.
    figure.add_scatter(
        x=[],
        y=[],
        mode="lines",
        line={"color": theme.mark, "width": 1.4, "dash": "dash"},
        meta={"role": "limit"},
    )
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"color": theme.lanes[lane], "width": CURVE, "dash": DASHES[lane]},
            connectgaps=False,
            meta={"role": "curve", "lane": lane},
        )
    figure.update_traces(hoverinfo="skip", showlegend=False)
    return figure


def _add_spread(figure: go.Figure, lane: int, theme: Theme) -> None:
    """Add the areas between the quantiles of a lane's losses over many seeds, and their median."""
    for role, opacity in SPREAD.items():
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=theme.lanes[lane],
            opacity=opacity,
            meta={"role": role, "lane": lane},
        )
    figure.add_scatter(
        x=[],
        y=[],
        mode="lines",
        line={"color": theme.lanes[lane], "width": 1},
        opacity=0.6,
        connectgaps=False,
        meta={"role": "median", "lane": lane},
    )


def playhead_sheet(theme: Theme) -> go.Figure:
    """Return the sheet that moves: the playhead and the lanes' heads."""
    figure = go.Figure(layout=side_axes(theme, visible=False))
    figure.add_scatter(
        x=[], y=[], mode="lines", line={"color": theme.muted, "width": 1}, meta={"role": "playhead"}
    )
    figure.add_scatter(
        x=[],
        y=[],
        mode="markers",
        marker={
            "size": 9,
            "color": theme.lanes,
            "symbol": SYMBOLS,
            "line": {"color": theme.paper, "width": 1.5},
        },
        meta={"role": "heads", "first": 0},
    )
    figure.update_traces(hoverinfo="skip", showlegend=False)
    return figure


def side_axes(theme: Theme, *, visible: bool, upright: bool = False) -> dict[str, Any]:
    """Return the layout of a chart beside the map; ranges, titles and kinds of axes come from the stage.

    `upright`: whether there are grid lines from the lower axis too.
    """
    axis = {
        "visible": visible,
        "gridcolor": theme.grid,
        "zeroline": False,
        "tickfont": {"size": 11, "color": theme.muted},
        "tickcolor": theme.grid,
        "nticks": 6,
        "fixedrange": True,
    }
    return {
        "xaxis": {**axis, "showgrid": upright, "ticks": "outside", "ticklen": 4},
        "yaxis": axis,
        **paper(theme, left=50, bottom=38, right=10, top=8),
    }
