"""The same ground in three dimensions."""

import numpy as np
import plotly.graph_objects as go

from charts.contour_map import COURSE, LANES, paper
from charts.heights import Scale, levels
from charts.number_format import format_level
from charts.palette import Theme
from landscapes.arrays import Floats
from landscapes.landscape import Box
from landscapes.terrain import Terrain

MOST_AROUND = 6
"""So many neighbours of a missing sample, or more, are there: it is alone, or one of a line."""

BASE, TOP = -0.32, 1.04
"""Between which heights the room of the figure is: contour lines and shadows lie on its base."""

ASIDE, TALL = 1.3, 0.75
"""The longer side of the box and the height of the room, in Plotly's units."""

APART = 0.16
"""The least distance between two marks of the axis of the losses, in heights."""


def surface(
    terrain: Terrain, scale: Scale, box: Box, theme: Theme, names: tuple[str, str] = ("x", "y")
) -> go.Figure:
    """Return the surface over the box, z being `scale.height`; the stage draws the lanes on it.

    Where the loss is undefined there is a hole, and then no contour lines, whose ends would be nowhere;
    what is cut off is level with the rim. Contour lines lie on the base as well. Further traces are empty:
    one for the shadow of each lane on the base, and one for the quadratic model of the ground at a point.

    `meta` carries the scale, so that the stage lifts the paths to the height of their losses with
    the very numbers that made the surface.
    """
    (x0, x1), (y0, y1) = box
    longest = max(x1 - x0, y1 - y0)
    axis = {
        "showbackground": False,
        "showspikes": False,
        "gridcolor": theme.grid,
        "zeroline": False,
        "nticks": 4,
        "tickfont": {"size": 10, "color": theme.muted},
    }
    title = {"font": {"size": 12, "color": theme.ink}}
    marks = loss_marks(scale)
    z = without_single_holes(scale.height(terrain.loss))
    figure = go.Figure(
        layout={
            "scene": {
                "xaxis": {**axis, "range": [x0, x1], "title": {"text": names[0], **title}},
                "yaxis": {**axis, "range": [y0, y1], "title": {"text": names[1], **title}},
                "zaxis": {
                    **axis,
                    "range": [BASE, TOP],
                    "tickvals": [float(scale.height(np.array(loss))) for loss in marks],
                    # The name stands at the topmost number: a title would be beside them, where a small
                    # figure has no room for it.
                    "ticktext": [
                        *(format_level(loss) for loss in marks[:-1]),
                        *(f"L = {format_level(loss)}" for loss in marks[-1:]),
                    ],
                    "title": {"text": ""},
                },
                "aspectmode": "manual",
                "aspectratio": {
                    "x": ASIDE * (x1 - x0) / longest,
                    "y": ASIDE * (y1 - y0) / longest,
                    "z": TALL,
                },
                # From where it is seen; the stage goes as near as the frame has room for.
                "camera": {"eye": {"x": -0.95, "y": -1.65, "z": 1.35}},
                "dragmode": "turntable",
                "hovermode": False,
                "uirevision": "surface",
            },
            **paper(theme, left=0, bottom=0, right=0, top=0),
            "meta": {"view": scale.view, "floor": scale.floor, "span": scale.span, "unit": scale.unit},
            "uirevision": "surface",
        }
    )
    step = 0.125
    figure.add_surface(
        x=terrain.x.astype(np.float32),
        y=terrain.y.astype(np.float32),
        z=z.astype(np.float32),
        colorscale=[[k / (len(theme.ramp) - 1), c] for k, c in enumerate(theme.ramp)],
        cmin=0,
        cmax=1,
        showscale=False,
        showlegend=False,
        lighting={"ambient": 0.62, "diffuse": 0.55, "specular": 0.05, "roughness": 0.8, "fresnel": 0},
        lightposition={"x": -6000, "y": 4000, "z": 9000},
        contours={
            "z": {
                "show": bool(np.isfinite(z).all()),
                "start": step,
                "end": 1 - step / 2,
                "size": step,
                "color": theme.ridge,
                "width": 1,
                "project": {"z": True},
            }
        },
        hoverinfo="skip",
        meta={"role": "ground", "still": True},
    )
    for role, lane, colour, width in (
        *(("shadow", lane, theme.lanes[lane], 2 * COURSE) for lane in range(LANES)),
        ("model", None, theme.accent, 2),
    ):
        figure.add_scatter3d(
            x=[],
            y=[],
            z=[],
            mode="lines",
            line={"color": colour, "width": width},
            opacity=0.55 if role == "shadow" else 0.8,
            connectgaps=False,
            showlegend=False,
            hoverinfo="skip",
            meta={"role": role} if lane is None else {"role": role, "lane": lane},
        )
    return figure


def loss_marks(scale: Scale) -> list[float]:
    """Return the losses that the axis of heights is marked with: those of labelled contour lines, apart."""
    marks: list[float] = []
    for loss in [level for level, labelled in reversed(levels(scale)) if labelled]:
        height = float(scale.height(np.array(loss)))
        if not marks or float(scale.height(np.array(marks[-1]))) - height >= APART:
            marks.append(loss)
    return marks[::-1]


def without_single_holes(z: Floats) -> Floats:
    """Return heights (H, W) in which samples that are missing alone have the mean of what is around them.

    Contour lines that meet in a hole of one sample, as those of x/y do, get corners that are nowhere, and
    WebGL may take seconds to draw them. Wider holes stay.
    """
    rows, columns = z.shape
    around = np.pad(z, 1, constant_values=np.nan)
    shifts = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    near = np.stack([around[i : i + rows, j : j + columns] for i, j in shifts])
    known = np.isfinite(near)
    alone = np.isnan(z) & (known.sum(axis=0) >= MOST_AROUND)
    filled = np.where(known, near, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(alone, filled, z)
