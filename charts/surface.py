"""The same ground in three dimensions."""

import numpy as np
import plotly.graph_objects as go

from charts.contour_map import paper
from charts.heights import Scale
from charts.palette import Theme
from landscapes.arrays import Floats
from landscapes.landscape import Box
from landscapes.terrain import Terrain

MOST_AROUND = 6
"""So many neighbours of a missing sample, or more, are there: it is alone, or one of a line."""


def surface(
    terrain: Terrain, scale: Scale, box: Box, theme: Theme, names: tuple[str, str] = ("x", "y")
) -> go.Figure:
    """Return the surface over the box, z being `scale.height`; the stage draws the lanes on it.

    Where the loss is undefined there is a hole, and then no contour lines, whose ends would be nowhere;
    what is cut off is level with the rim. A second trace,
    empty, is for the quadratic model that touches the ground at a point.

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
    z = without_single_holes(scale.height(terrain.loss))
    figure = go.Figure(
        layout={
            "scene": {
                "xaxis": {**axis, "range": [x0, x1], "title": {"text": names[0]}},
                "yaxis": {**axis, "range": [y0, y1], "title": {"text": names[1]}},
                "zaxis": {**axis, "range": [-0.02, 1.05], "showticklabels": False, "title": {"text": ""}},
                "aspectmode": "manual",
                "aspectratio": {"x": 1.3 * (x1 - x0) / longest, "y": 1.3 * (y1 - y0) / longest, "z": 0.6},
                "camera": {"eye": {"x": -0.84, "y": -1.6, "z": 1.9}, "center": {"x": 0, "y": 0, "z": -0.1}},
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
        lighting={"ambient": 0.86, "diffuse": 0.32, "specular": 0.02, "roughness": 0.95, "fresnel": 0},
        contours={
            "z": {
                "show": bool(np.isfinite(z).all()),
                "start": step,
                "end": 1 - step / 2,
                "size": step,
                "color": theme.ridge,
                "width": 1,
            }
        },
        hoverinfo="skip",
        meta={"role": "ground", "still": True},
    )
    figure.add_surface(
        x=[],
        y=[],
        z=[],
        colorscale=[[0, theme.accent], [1, theme.accent]],
        opacity=0.45,
        showscale=False,
        showlegend=False,
        hoverinfo="skip",
        meta={"role": "model"},
    )
    return figure


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
