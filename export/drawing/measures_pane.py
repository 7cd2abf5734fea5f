"""What is measured along the paths, against the step: learning rates, gradients, curvature."""

import numpy as np

from charts.palette import Theme
from curvature.along import along
from curvature.stability import limit, loads
from export.drawing.axes import Axis
from export.drawing.lanes import Drawn
from export.drawing.losses_pane import curves_pane
from export.drawing.svg import Layers, Rect
from landscapes.arrays import Floats
from landscapes.find import find
from optimizers import OPTIMIZERS
from scenes import Scene

SIGNED = ("lambda_min",)
"""What may be below zero, and so has no logarithm."""
DECADES = 8


def measured(scene: Scene, lanes: list[Drawn]) -> str | None:
    """Return what the scene shows below the losses, None for nothing: by itself, rates where one moves."""
    wanted = scene.view.measure
    if wanted == "auto":
        moves = any(np.ptp(lane.trajectory.rates) > 0 for lane in lanes if lane.trajectory.rates.size)
        return "rate" if moves else None
    return None if wanted == "none" else wanted


def measures_pane(
    scene: Scene, lanes: list[Drawn], measure: str, within: Rect, theme: Theme, titles: tuple[str, str]
) -> Layers:
    """Return the chart of `measure` in the part `within` of a picture."""
    curves = [_curve(scene, nth, lane, measure) for nth, lane in enumerate(lanes)]
    axis = _axis(curves, measure not in SIGNED, titles[1])
    return curves_pane(lanes, curves, axis, within, theme, titles[0])


def _curve(scene: Scene, nth: int, lane: Drawn, measure: str) -> Floats:
    """Return the measure of one lane at each step; NaN where there is none."""
    trajectory, run, racer = lane.trajectory, scene.runs()[nth], scene.racers[nth]
    if measure == "rate":
        return trajectory.rates
    if measure == "seen":
        with np.errstate(over="ignore"):
            return np.hypot(*trajectory.seen.T)
    found = along(find(run.landscape, run.landscape_knobs), run.landscape_knobs, trajectory.points)
    if measure == "stability":
        method = OPTIMIZERS[racer.optimizer]
        most = limit(method, racer.knobs)
        load = loads(method, racer.knobs, found.hessians, trajectory.rates, trajectory.G)
        return load / most if most is not None else np.full(len(load), np.nan)
    return {
        "gradient": found.gradient_norms,
        "lambda_min": found.smallest,
        "lambda_max": found.largest,
        "condition": found.conditions,
    }[measure]


def _axis(curves: list[Floats], log: bool, title: str) -> Axis:
    values = np.concatenate([*curves, np.zeros(0)])
    values = values[np.isfinite(values) & (np.abs(values) < 1e300)]
    above = values[values > 0]
    if log and above.size and (values >= 0).all():
        high = float(above.max()) * 1.2
        low = max(float(above.min()) / 1.2, high / 10.0**DECADES)
        if high / low > 20:
            return Axis(10.0 ** np.floor(np.log10(low)), high, True, title)
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    room = 0.06 * max(high - low, abs(high) * 0.1, 1e-12)
    return Axis(low - room, high + room, False, title)
