"""Facts that the stage asks for by address: what it shows of a surface, a point or a race when it shows it.

Each function takes a query string and gives JSON. Any query string whatever gives an answer, as any
link does; whoever has the same link gets the same answer, so that browsers may keep it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from api.encode import finite, packed
from api.engine import columns, noise, rates, weights
from api.escape import leaving_the_saddle
from api.fit_facts import batches, data
from api.loss_quantiles import losses_over_seeds
from api.mathml import mathml
from api.networks.registry import NETWORKS
from api.networks.table import net_table
from api.parts import in_parts
from api.pictures import sampled
from api.registry import EXPERIMENTS
from api.startable import startable
from api.symbols import symbols_of_lane
from catalog.cache import MB, SingleFlightCache
from charts.annotations import critical_annotations
from charts.quadratic import point_annotations
from curvature import CriticalPoints, critical_points
from curvature.along import Along, along
from curvature.hessian import condition, curvature_at
from curvature.quadratic_model import QuadraticModel
from curvature.stability import limit, loads
from descent import Run, descend
from landscapes.find import find
from landscapes.formula import DEFAULT_BOX, FormulaError, read_box, read_formula
from optimizers import OPTIMIZERS
from scenes import Ground, Lane, Scene, query, read
from scenes.points import read_numbers
from studies.global_minimum import global_minima, global_minima_parts
from studies.parts import Part, critical_point_parts

MOST_LISTED = 500
"""How many critical points are listed; all of them are drawn and counted."""

MOST_DRAWN = 4000

_MEASURED: SingleFlightCache[Along] = SingleFlightCache(8 * MB)
"""The lanes of a question or two, while their parts are asked for."""


def critical(spelling: str) -> dict[str, Any]:
    """Return the critical points of a surface, and whether these are all."""
    ground = read(spelling)[0].ground
    return in_parts(critical_point_parts(ground.surface, ground.knobs), partial(_critical, ground))


def _critical(ground: Ground) -> dict[str, Any]:
    """Return what `critical` does, when the points are there."""
    surface = ground.surface
    found = critical_points(surface, ground.knobs)
    indices = [each.index for each in (*found.points, *found.curves)]
    known = [index for index in indices if index is not None]
    return {
        "points": [
            {
                "kind": p.kind,
                "point": p.point,
                "loss": p.loss,
                "gradient": p.gradient_norm,
                "eigenvalues": p.eigenvalues,
                "index": p.index,
                "published": p.published,
            }
            for p in found.points[:MOST_LISTED]
        ],
        "counts": _counts(found),
        "sum": sum(known) if len(known) == len(indices) else None,
        "curves": len(found.curves),
        "flat": found.flat,
        "winding": found.winding,
        "complete": found.complete,
        "smooth": surface.smooth,
        "marks": {role: _line(marks) for role, marks in critical_annotations(found).items()},
    }


def _counts(found: CriticalPoints) -> dict[str, int]:
    """Return how many points there are of each kind."""
    kinds = [p.kind for p in found.points]
    return {kind: kinds.count(kind) for kind in ("minimum", "saddle", "maximum", "degenerate")}


def _line(marks: dict[str, Any]) -> dict[str, str]:
    """Return coordinates as the stage unpacks them."""
    return {axis: packed(np.asarray(values, float)[:MOST_DRAWN]) for axis, values in marks.items()}


def point(spelling: str) -> dict[str, Any]:
    """Return what the terrain is like at the `probe` of a link, and its second-order model there."""
    scene, _ = read(spelling)
    ground = scene.ground
    return in_parts(global_minima_parts(ground.surface, ground.knobs), partial(_point, scene))


def _point(scene: Scene) -> dict[str, Any]:
    """Return what `point` does, when it is known where the surface is lowest."""
    at, surface = scene.view.probe or scene.ground.start, scene.ground.surface
    found = curvature_at(surface, scene.ground.knobs, np.array([at]))
    numbers = found.losses[0], found.gradients[0], found.hessians[0]
    if not all(np.isfinite(value).all() for value in numbers):
        return {"point": at, "defined": False}
    _, terrain, scale = sampled(scene.ground)
    least = global_minima(surface, scene.ground.knobs).loss
    model = QuadraticModel(np.array(at), *numbers)
    axes = found.eigenvalues[0], found.eigenvectors[0]
    return {
        "point": at,
        "defined": True,
        "loss": float(found.losses[0]),
        "gradient": found.gradients[0].tolist(),
        "hessian": found.hessians[0].tolist(),
        "eigenvalues": found.eigenvalues[0].tolist(),
        "eigenvectors": found.eigenvectors[0].T.tolist(),
        "condition": finite(condition(found.eigenvalues[0])),
        "marks": {
            role: _line(marks)
            for role, marks in point_annotations(model, *axes, terrain, scale, least).items()
        },
    }


def measures(spelling: str) -> dict[str, Any]:
    """Return the curvature along every lane's path, and how near each step is to its limit of stability."""
    scene = startable(read(spelling)[0])
    runs = scene.runs()
    parts: list[Part] = [
        *(partial(descend, run) for run in runs),
        *(partial(_measured, run) for run in runs),
    ]
    return in_parts(
        parts,
        lambda: {"lanes": [_along(*pair) for pair in zip(scene.racers, runs, strict=True)]},
    )


def _measured(run: Run) -> Along:
    """Return what the surface is like along the path of `run`; it is kept for a while."""

    def make() -> Along:
        return along(find(run.landscape, run.landscape_knobs), run.landscape_knobs, descend(run).points)

    return _MEASURED.get(run, make)


def _along(lane: Lane, run: Run) -> dict[str, Any]:
    """Return the measures of one lane: rows t = 0 … T, and T rows of what a step has."""
    found, trajectory = _measured(run), descend(run)
    method = OPTIMIZERS[lane.optimizer]
    with np.errstate(over="ignore"):
        seen = np.hypot(*trajectory.seen.T)
    return {
        "gradient": packed(found.gradient_norms),
        "seen": packed(seen),
        "lambda_min": packed(found.smallest),
        "lambda_max": packed(found.largest),
        "condition": packed(found.conditions),
        "load": packed(loads(method, lane.knobs, found.hessians, trajectory.rates, trajectory.G)),
        "limit": limit(method, lane.knobs),
        "estimate": method.frozen,
    }


def formula(spelling: str) -> dict[str, Any]:
    """Return how the `formula` of a link is read, or what is wrong with it and where."""
    single = dict(query.split(spelling))
    text, box = single.get("formula", ""), DEFAULT_BOX
    try:
        if "box" in single:
            box = read_box(read_numbers(single["box"]))
        checked = read_formula(text, box)
        latex = find(checked).latex
    except FormulaError as error:
        return {
            "ok": False,
            "why": error.why,
            "position": error.position,
            "value": error.value,
            "suggestion": error.suggestion,
        }
    return {"ok": True, "text": checked.text, "math": mathml(f"L(x, y) = {latex}")}


FACTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "critical.json": critical,
    "point.json": point,
    "measures.json": measures,
    "escape.json": leaving_the_saddle,
    "formula.json": formula,
    "symbols.json": symbols_of_lane,
    "data.json": data,
    "batches.json": batches,
    "band.json": losses_over_seeds,
    "columns.json": columns,
    "rates.json": rates,
    "noise.json": noise,
    "weights.json": weights,
    "net_table.json": net_table,
    **EXPERIMENTS,
    **NETWORKS,
}
