"""Critical points of surfaces whose critical points are known."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from catalog import Knob
from curvature import CriticalPoint, CriticalPoints, critical_points
from curvature.critical_point import KINDS
from curvature.critical_points import adds_up
from curvature.field import compiled_programs
from landscapes import LANDSCAPES, Landscape
from tests.curvature.surfaces import surface
from tests.descent.test_compiles import compilations

PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "critical_points.json").read_text())
KIND = {"min": "minimum", "max": "maximum", "saddle": "saddle", "degenerate": "degenerate"}
every_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)


def boxed(name: str) -> Landscape:
    x0, x1, y0, y1 = map(float, PUBLISHED[name]["box"])
    return replace(LANDSCAPES[name], box=((x0, x1), (y0, y1)))


def matched(found: CriticalPoints, points: Any) -> list[CriticalPoint]:
    """Return the found point for each of `points` (n, 2); each must be there once and no other one."""
    assert len(found.points) == len(points)
    at = np.array([each.point for each in found.points])
    distances = np.hypot(*np.moveaxis(np.asarray(points)[:, None] - at, -1, 0))
    nearest = distances.argmin(axis=1)
    assert distances.min(axis=1).max() <= 1e-9
    assert len(set(nearest)) == len(points)
    return [found.points[k] for k in nearest]


def assert_sound(found: CriticalPoints, landscape: Landscape) -> None:
    """Check what holds of every answer."""
    kinds = [KINDS.index(each.kind) for each in found.points]
    assert kinds == sorted(kinds)
    (x0, x1), (y0, y1) = landscape.box
    slack = 1e-9 * float(np.hypot(x1 - x0, y1 - y0))
    for each in found.points:
        x, y = each.point
        assert x0 - slack <= x <= x1 + slack and y0 - slack <= y <= y1 + slack
        numbers = (each.loss, each.gradient_norm, *each.eigenvalues, *np.ravel(each.eigenvectors))
        assert np.isfinite(numbers).all()
        assert each.eigenvalues[0] <= each.eigenvalues[1]
    for curve in found.curves:
        assert np.isfinite(curve.points).all() and np.isfinite([curve.loss, *curve.eigenvalues]).all()
        assert len(curve.points) >= 2
        assert not curve.points.flags.writeable
        assert (curve.points >= [x0 - slack, y0 - slack]).all()
        assert (curve.points <= [x1 + slack, y1 + slack]).all()
    if found.complete:
        assert not found.flat
        assert adds_up(found.points, found.curves, found.winding)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_critical_points_are_found(name: str) -> None:
    landscape, expected = boxed(name), PUBLISHED[name]
    found = critical_points(landscape)
    points = matched(found, [(p["x"], p["y"]) for p in expected["points"]])
    for here, known in zip(points, expected["points"], strict=True):
        assert here.kind == KIND[known["type"]]
        assert here.loss == pytest.approx(known["f"], rel=1e-9, abs=1e-9)
        assert here.eigenvalues == pytest.approx(known["eig"], rel=1e-7, abs=1e-7)
        assert here.gradient_norm <= 1e-9 * (1 + max(map(abs, here.eigenvalues)))
    counts = Counter(here.kind for here in found.points)
    assert counts == {KIND[kind]: count for kind, count in expected["types"].items()}
    assert found.complete and not found.curves and not found.flat
    assert_sound(found, landscape)


def test_a_monkey_saddle_is_told_by_its_index() -> None:
    (only,) = critical_points(LANDSCAPES["monkey_saddle"]).points
    assert (only.kind, only.index) == ("degenerate", -2)


def test_where_there_are_too_many_it_says_so() -> None:
    found = critical_points(LANDSCAPES["levy_13"])
    assert found.winding == 1
    assert len(found.points) > 1000
    assert not found.complete
    assert LANDSCAPES["levy_13"].box == ((-10.0, 10.0), (-10.0, 10.0))
    assert_sound(found, LANDSCAPES["levy_13"])


def ends(knob: Knob) -> tuple[Any, ...]:
    return knob.choices if knob.kind == "choice" else (knob.low, knob.high)


@every_landscape
def test_every_surface_at_the_ends_of_its_knobs(landscape: Landscape) -> None:
    # First what no other test has asked: so that its programs, and not only its answer, are there.
    first = [{k.id: k.low + 0.37 * (k.high - k.low)} for k in landscape.knobs if k.kind == "number"]
    settings = [*first[:1], {}, *({knob.id: value} for knob in landscape.knobs for value in ends(knob))]
    programs = None
    for knobs in settings:
        with compilations() as seen:
            found = critical_points(landscape, knobs)
        assert programs is None or not seen
        programs = compiled_programs()
        assert_sound(found, landscape)
        # Published minima are critical points, or stand for a whole curve of them.
        for minimum in landscape.minima(**landscape.settings(knobs)) or ():
            if landscape.contains(minimum) and not found.curves:
                there = [each for each in found.points if np.hypot(*np.subtract(each.point, minimum)) < 1e-6]
                assert len(there) == 1 and there[0].published and there[0].index == 1


@every_landscape
def test_the_shelf_is_known_whole(landscape: Landscape) -> None:
    # As they are shown first, all surfaces but the one with thousands of points.
    assert critical_points(landscape).complete == (landscape.id != "levy_13")


def test_equal_questions_share_one_answer() -> None:
    canyon = LANDSCAPES["canyon"]
    assert critical_points(canyon) is critical_points(canyon, canyon.settings())
    assert critical_points(canyon) is not critical_points(canyon, {"turn": 0.1})


def test_a_formula_without_minima_has_published_none() -> None:
    found = critical_points(surface(lambda x, y: x**2 + y**2))
    assert [each.published for each in found.points] == [False]
    assert [each.published for each in critical_points(LANDSCAPES["round_bowl"]).points] == [True]


roots = st.lists(st.floats(-4, 4), min_size=2, max_size=2)
sizes = st.floats(0.1, 10)


@given(roots, roots, sizes, sizes, st.sampled_from([-1, 1]))
@hypothesis_settings(max_examples=40)
def test_a_cubic_in_each_coordinate(across: Any, up: Any, a: float, b: float, sign: int) -> None:
    # f' = a(x − p)(x − q) in x and likewise in y: four points, one of each sign of f''.
    (p, q), (r, s) = across, up
    assume(abs(p - q) > 0.05 and abs(r - s) > 0.05)
    found = critical_points(CUBICS, {"p": p, "q": q, "r": r, "s": s, "a": a, "b": sign * b})
    expected = [(x, y) for x in (p, q) for y in (r, s)]
    for (x, y), here in zip(expected, matched(found, expected), strict=True):
        along = sorted([a * (2 * x - p - q), sign * b * (2 * y - r - s)])
        assert here.eigenvalues == pytest.approx(along, rel=1e-6)
        assert here.kind == ("minimum", "saddle", "maximum")[sum(value < 0 for value in along)]
        assert here.index == (1 if along[0] * along[1] > 0 else -1)
    assert found.complete and found.winding == 0
    assert_sound(found, CUBICS)


def _cubics(point: Any, p: Any, q: Any, r: Any, s: Any, a: Any, b: Any) -> Any:
    def antiderivative(x: Any, u: Any, v: Any) -> Any:
        return x**3 / 3 - (u + v) * x**2 / 2 + u * v * x

    return a * antiderivative(point[0], p, q) + b * antiderivative(point[1], r, s)


CUBICS = replace(
    surface(lambda x, y: x),
    loss=_cubics,
    knobs=tuple(Knob(name, name, 1.0, -20.0, 20.0) for name in "pqrsab"),
)


def test_turning_a_number_knob_compiles_nothing() -> None:
    critical_points(CUBICS, {"p": -1.5})
    programs = compiled_programs()
    with compilations() as seen:
        found = [critical_points(CUBICS, {"p": -p, "q": 2.0, "r": -1.0}) for p in np.linspace(0.5, 4, 10)]
    assert not seen
    assert compiled_programs() == programs
    assert {len(each.points) for each in found} == {4}


def test_wrong_knobs_are_named() -> None:
    with pytest.raises(ValueError, match="tilt"):
        critical_points(LANDSCAPES["double_well"], {"tilt": 99})
