"""The map: relief, contour lines, marks, and empty traces for the lanes.

Every trace carries `meta = {"role", "lane"}`; the stage fills the traces of the lanes by role and
moves them without asking the server. Trace order is drawing order.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from charts import contours, heights
from charts.palette import DASHES, FONT, SYMBOLS, Theme
from charts.relief import relief
from landscapes.landscape import Box, Point
from landscapes.terrain import Terrain

LANES = len(DASHES)
ARROWS = ("gradient", "momentum", "step")


def contour_map(
    terrain: Terrain,
    scale: heights.Scale,
    box: Box,
    minima: Sequence[Point],
    least: float | None,
    theme: Theme,
) -> go.Figure:
    """Return the map of a surface, without runs: they come as data (see `charts.tracks`)."""
    figure = go.Figure(layout=_layout(terrain, scale, box, theme))
    _add_contours(figure, terrain, heights.levels(scale, least), theme)
    figure.add_scatter(
        x=[m[0] for m in minima],
        y=[m[1] for m in minima],
        mode="markers",
        marker={"symbol": "star", "size": 13, "color": theme.paper, "line": {"color": theme.mark, "width": 1.6}},
        meta={"role": "minima"},
    )
    for part, width, opacity in (("ghost", 1.6, 0.32), ("path", 2.6, 1.0)):
        for lane in range(LANES):
            figure.add_scatter(
                x=[],
                y=[],
                mode="lines+markers" if part == "path" else "lines",
                line={"color": theme.lanes[lane], "width": width, "dash": DASHES[lane]},
                marker={"symbol": SYMBOLS[lane], "size": 5, "color": theme.lanes[lane], "maxdisplayed": 80},
                opacity=opacity,
                meta={"role": part, "lane": lane},
            )
    for arrow, colour, dash in zip(ARROWS, (theme.muted, theme.mark, theme.mark), ("dot", "dash", "solid"), strict=True):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines+markers",
            line={"color": colour, "width": 2.2, "dash": dash},
            marker={"symbol": ["circle", "arrow"], "size": [0, 11], "angleref": "previous", "color": colour},
            meta={"role": arrow},
        )
    figure.add_scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"symbol": "circle-cross-open", "size": 17, "color": theme.mark, "line": {"width": 1.8}},
        meta={"role": "start"},
    )
    figure.add_scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"size": 13, "line": {"color": theme.paper, "width": 2}},
        meta={"role": "heads", "colors": theme.lanes, "symbols": SYMBOLS},
    )
    figure.update_traces(hoverinfo="skip", showlegend=False, cliponaxis=True)
    return figure


def _add_contours(
    figure: go.Figure, terrain: Terrain, levels: list[tuple[float, bool]], theme: Theme
) -> None:
    """Add fine lines, index lines and the labels of the index lines."""
    for indexed, colour, width in ((False, theme.contour, 0.8), (True, theme.contour_index, 1.1)):
        line = contours.lines(terrain.x, terrain.y, terrain.loss, [lv for lv, i in levels if i is indexed])
        figure.add_scatter(
            x=line[:, 0].astype(np.float32),
            y=line[:, 1].astype(np.float32),
            mode="lines",
            line={"color": colour, "width": width},
            connectgaps=False,
            meta={"role": "contours"},
        )
    for label in contours.labels(terrain.x, terrain.y, terrain.loss, [lv for lv, i in levels if i]):
        figure.add_annotation(
            x=label.x,
            y=label.y,
            text=heights.spell_level(label.level),
            textangle=label.angle,
            showarrow=False,
            # A halo in the colour of the ground parts the number from the line it stands on.
            font={"size": 10.5, "color": theme.muted, "shadow": ", ".join([f"0 0 2px {theme.ramp[-2]}"] * 6)},
        )


def _layout(terrain: Terrain, scale: heights.Scale, box: Box, theme: Theme) -> dict:
    """Return a layout with equal axes, on which the relief lies below everything."""
    (x0, x1), (y0, y1) = box
    axis = {
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.grid,
        "tickfont": {"size": 11, "color": theme.muted},
        "nticks": 7,
        "constrain": "domain",
        "fixedrange": False,
    }
    return {
        "xaxis": {**axis, "range": [x0, x1], "title": {"text": "x", "standoff": 4}},
        "yaxis": {**axis, "range": [y0, y1], "title": {"text": "y", "standoff": 4}, "scaleanchor": "x"},
        "images": [
            {
                "source": relief(scale.height(terrain.loss), theme),
                "xref": "x",
                "yref": "y",
                "x": x0,
                "y": y1,
                "sizex": x1 - x0,
                "sizey": y1 - y0,
                "sizing": "stretch",
                "layer": "below",
            }
        ],
        **paper(theme, left=42, bottom=38, right=6, top=6),
        "dragmode": False,
        "uirevision": "map",
    }


def paper(theme: Theme, *, left: int, bottom: int, right: int, top: int) -> dict:
    """Return what every figure has in common: fonts, transparent paper, margins, no chrome."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": theme.ink},
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "showlegend": False,
        "hovermode": False,
        "autosize": True,
    }
