"""Loss against step, one curve per lane, and the playhead on it."""

import plotly.graph_objects as go

from charts.contour_map import LANES, paper
from charts.palette import DASHES, SYMBOLS, Theme


def loss_curves(theme: Theme) -> go.Figure:
    """Return the empty figure; the stage fills the curves and moves the playhead."""
    axis = {
        "showgrid": True,
        "gridcolor": theme.grid,
        "zeroline": False,
        "tickfont": {"size": 11, "color": theme.muted},
        "nticks": 6,
        "fixedrange": True,
        "automargin": False,
    }
    figure = go.Figure(
        layout={
            "xaxis": {**axis, "rangemode": "tozero", "showgrid": False, "ticks": "outside", "ticklen": 4, "tickcolor": theme.grid},
            "yaxis": {**axis, "type": "log", "tickfont": {"size": 9, "color": theme.muted}},
            **paper(theme, left=50, bottom=38, right=10, top=8),
            "uirevision": "losses",
        }
    )
    figure.add_scatter(
        x=[], y=[], mode="lines", line={"color": theme.muted, "width": 1}, meta={"role": "playhead"}
    )
    for lane in range(LANES):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            line={"color": theme.lanes[lane], "width": 2, "dash": DASHES[lane]},
            connectgaps=False,
            meta={"role": "curve", "lane": lane},
        )
    figure.add_scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"size": 9, "line": {"color": theme.paper, "width": 1.5}},
        meta={"role": "heads", "colors": theme.lanes, "symbols": SYMBOLS},
    )
    figure.update_traces(hoverinfo="skip", showlegend=False)
    return figure
