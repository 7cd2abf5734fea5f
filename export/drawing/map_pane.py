"""The map: relief, contour lines, minima, the course of each lane, and where they are at a step."""

import base64
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from api.pictures import layer_json, sampled
from charts import contours, heights
from charts.contour_map import COURSE, HALO, TRAIL
from charts.number_format import format_level
from charts.palette import Theme
from charts.raster import drawn
from charts.relief import coloured
from export.drawing.axes import Axis, drawn_axes, pixels
from export.drawing.lanes import Drawn
from export.drawing.marks import mark
from export.drawing.svg import Layers, Rect, clipped, element, path_of, text
from landscapes.arrays import Floats
from landscapes.landscape import Box
from scenes import Ground
from studies.global_minimum import global_minima

LEFT, BOTTOM, RIGHT, TOP = 46, 40, 8, 8  # px around the axes
RELIEF = 900  # px, the longer side of the relief
BAR = 220.0, 9.0  # px, of the colours of a layer
LABELLED = 200  # px: contour lines of a smaller map have no numbers


def map_pane(ground: Ground, lanes: list[Drawn], layer: str, within: Rect, theme: Theme) -> Layers:
    """Return the map in the part `within` of a picture, coloured by height or by a `layer` of curvature."""
    landscape, terrain, scale = sampled(ground)
    (x0, x1), (y0, y1) = landscape.box
    x, y = Axis(x0, x1, title=landscape.axes[0]), Axis(y0, y1, title=landscape.axes[1])
    frame = _square(within, landscape.box)

    def at(points: Any) -> Floats:
        return pixels(x, y, frame, np.asarray(points, float).reshape(-1, 2))

    bar = ""
    if layer == "height":
        size = _fine(frame)
        high = scale.height(terrain.loss)
        ground_parts = [_image(drawn(coloured(high, theme), np.isnan(high), theme, size), frame)]
    else:
        told = json.loads(layer_json(layer, ground, theme))
        _, _, encoded = told["image"].partition(",")
        ground_parts = [_image(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB"), frame)]
        bar = _bar(told["bar"], frame, theme)
    shown = scale.shown(terrain.loss)
    all_levels = heights.levels(scale, global_minima(landscape, ground.knobs).loss)
    for wanted, colour, width in ((False, theme.contour, 0.9), (True, theme.contour_index, 1.1)):
        chosen = [level for level, indexed in all_levels if indexed is wanted]
        line = contours.lines(terrain.x, terrain.y, shown, chosen)
        ground_parts.append(_stroke(at(line), colour, width))
    index = [level for level, indexed in all_levels if indexed and min(frame.width, frame.height) > LABELLED]
    for label in contours.labels(terrain.x, terrain.y, shown, index):
        ((u, v),) = at([label.x, label.y])
        turned = {"transform": f"rotate({label.angle:.1f} {u:.1f} {v:.1f})", "text-anchor": "middle"}
        halo = {"stroke": theme.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-opacity": 0.8}
        said = format_level(label.level)
        ground_parts.append(text(u, v + 4, said, size=10.5, fill=theme.ink, **turned, **halo))
    stars = [
        mark("star", u, v, 13, fill=theme.paper, edge=theme.mark, width=1.8)
        for u, v in at(landscape.minima(**landscape.settings(ground.knobs)) or ())
    ]
    courses = [_stroke(at(lane.trajectory.points), lane.colour, COURSE, opacity=0.45) for lane in lanes]
    name, to = f"map-{round(within.x)}-{round(within.y)}", frame._asdict()
    still = (
        clipped(f"{name}-ground", to, *ground_parts)
        + drawn_axes(x, y, frame, theme, grid=False)
        + bar
        + clipped(f"{name}-courses", to, *stars, *courses)
    )
    return Layers(still, lambda step: clipped(f"{name}-trails", to, *_trails(lanes, step, at, theme)))


def _trails(lanes: list[Drawn], step: int, at: Callable[[Any], Floats], theme: Theme) -> list[str]:
    """Return the courses up to `step`, the start, and the heads."""
    parts: list[str] = []
    for lane in lanes:
        trail = at(lane.trajectory.points[: step + 1])
        parts.append(_stroke(trail, theme.paper, TRAIL + HALO, opacity=0.85))
        parts.append(_stroke(trail, lane.colour, TRAIL, **{"stroke-dasharray": lane.dashes}))
    ((u, v),) = at(lanes[0].trajectory.points[0])
    for edge, width in ((theme.paper, 4.2), (theme.mark, 1.8)):
        parts.append(mark("circle-cross-open", u, v, 17, fill="none", edge=edge, width=width))
    for lane in lanes:
        points = lane.trajectory.points
        ((u, v),) = at(points[min(step, len(points) - 1)])
        parts.append(mark(lane.symbol, u, v, 13, fill=lane.colour, edge=theme.paper, width=2))
    return parts


def _stroke(points: Floats, colour: str, width: float, **more: Any) -> str:
    pen = {"stroke": colour, "stroke-width": width, "stroke-linejoin": "round"}
    return element("path", {"d": path_of(points), "fill": "none", **pen, **more})


def _square(within: Rect, box: Box) -> Rect:
    """Return the largest rectangle for the axes: a unit is as long on both."""
    (x0, x1), (y0, y1) = box
    wide, high = within.width - LEFT - RIGHT, within.height - TOP - BOTTOM
    unit = min(wide / (x1 - x0), high / (y1 - y0))
    width, height = unit * (x1 - x0), unit * (y1 - y0)
    left, top = within.x + LEFT + (wide - width) / 2, within.y + TOP + (high - height) / 2
    return Rect(left, top, float(width), float(height))


def _fine(frame: Rect) -> tuple[int, int]:
    """Return the size of an image that fills `frame`, in its own pixels."""
    longer = max(frame.width, frame.height)
    return round(RELIEF * frame.width / longer), round(RELIEF * frame.height / longer)


def _image(image: Image.Image, frame: Rect) -> str:
    """Return an image that fills `frame`; JPEG, which every reader of SVG knows."""
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=90, subsampling=0)
    source = "data:image/jpeg;base64," + base64.b64encode(encoded.getvalue()).decode()
    return element("image", {**frame._asdict(), "preserveAspectRatio": "none", "href": source})


def _bar(bar: dict[str, Any], frame: Rect, theme: Theme) -> str:
    """Return the colours of a layer with their values, across the upper edge of `frame`."""
    colours, width = bar["colors"], min(BAR[0], 0.7 * frame.width)
    left, top, each = frame.x + 8, frame.y + 8, width / len(colours)
    ground = {"x": left - 4, "y": top - 4, "width": width + 8, "height": BAR[1] + 22, "rx": 4}
    parts = [element("rect", {**ground, "fill": theme.paper, "fill-opacity": 0.85})]
    for nth, colour in enumerate(colours):
        cell = {"x": left + nth * each, "y": top, "width": each + 0.5, "height": BAR[1], "fill": colour}
        parts.append(element("rect", cell))
    for tick in bar["ticks"]:
        at = left + width * min(0.97, max(0.03, tick["at"]))
        said = tick["label"]
        parts.append(text(at, top + BAR[1] + 13, said, size=10, fill=theme.ink, **{"text-anchor": "middle"}))
    return "".join(parts)
