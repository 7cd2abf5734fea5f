"""What the pictures of a surface are made from, and how a browser reads figures."""

import base64
import json
import re
from functools import cache
from typing import Any, NamedTuple, NoReturn

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from catalog import Settings
from charts import heights
from landscapes import LANDSCAPES, Landscape, Point
from landscapes.find import find
from landscapes.known import least_loss
from landscapes.terrain import Terrain, sample


class Ground(NamedTuple):
    landscape: Landscape
    terrain: Terrain
    scale: heights.Scale
    minima: tuple[Point, ...]
    least: float | None


@cache
def ground(name: str, settings: Settings | None = None) -> Ground:
    landscape = find(name, settings or {})
    knobs = Settings(landscape.settings(settings or {}))
    terrain = sample(landscape, knobs)
    scale = heights.scale(terrain.loss, landscape.view)
    return Ground(landscape, terrain, scale, landscape.minima(**knobs) or (), least_loss(landscape, knobs))


def ends(name: str) -> list[Settings]:
    """Return the surface's settings with all knobs at their low ends, their defaults, their high ends.

    The ends of a choice are its first and its last one.
    """
    knobs = LANDSCAPES[name].knobs
    low = {k.id: k.choices[0] if k.kind == "choice" else k.low for k in knobs}
    high = {k.id: k.choices[-1] if k.kind == "choice" else k.high for k in knobs}
    sets = [low, {}, high]
    return [Settings(each) for each in sets[: 3 if knobs else 1]]


def read(text: str) -> Any:
    """Return what a browser makes of `text`: JSON knows no NaN."""

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"Expected JSON, got {word}.")

    return json.loads(text, parse_constant=refuse)


def drawn(figure: go.Figure) -> dict[str, Any]:
    """Return the figure as a browser receives it, once it has been found valid."""
    received = read(str(figure.to_json()))
    go.Figure(received)  # raises ValueError for a property or a value that plotly.js does not have
    return received


def numbers(values: Any) -> NDArray[Any]:
    """Return the numbers of a trace's `x`, `y` or `z`, which Plotly may have packed."""
    if not isinstance(values, dict):
        return np.array(values, float)
    packed = np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
    return packed.reshape([int(n) for n in str(values["shape"]).split(",")]) if "shape" in values else packed


def read_level(text: str) -> float:
    """Return the number that a label says: "−2·10³", "10⁻⁷", "0.25"."""
    plain = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    if plain == text:
        return float(text.replace("−", "-"))
    mantissa, power = re.fullmatch(r"(.*?)·?10(-?\d+)", plain.replace("−", "-")).groups()  # type: ignore
    return float({"": "1", "-": "-1"}.get(mantissa, mantissa) + f"e{power}")


def by_role(figure: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the traces by the role that the stage knows them by."""
    roles: dict[str, list[dict[str, Any]]] = {}
    for trace in figure["data"]:
        roles.setdefault(trace["meta"]["role"], []).append(trace)
    return roles


def unmarkable(figure: dict[str, Any]) -> list[str]:
    """Return the roles of the traces with a marker that stands nowhere."""
    return [
        trace["meta"]["role"]
        for trace in figure["data"]
        if "markers" in trace.get("mode", "")
        and not all(np.isfinite(numbers(trace[axis])).all() for axis in "xyz" if axis in trace)
    ]
