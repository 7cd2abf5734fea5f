"""Critical points of surfaces that are not so tame: curves, flats, kinks, poles, and nothing at all."""

import importlib
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from curvature import CriticalPoints, critical_points
from curvature.field import Field
from landscapes import Box
from tests.curvature.surfaces import ASKEW, BOX, surface
from tests.curvature.test_critical_points import assert_sound

SMALL: Box = ((-2.0, 2.0), (-2.0, 2.0))


def each(cases: dict[str, Any], names: str = "f") -> Any:
    """Run a test for each of `cases`, by formula."""
    return pytest.mark.parametrize(names, cases.values(), ids=cases)


def look(f: Callable[[Any, Any], Any], box: Box = BOX, smooth: bool = True) -> CriticalPoints:
    landscape = surface(f, box, smooth)
    found = critical_points(landscape)
    assert_sound(found, landscape)
    return found


@pytest.mark.parametrize("box", [BOX, ASKEW])
def test_a_circle_of_minima(box: Box) -> None:
    found = look(lambda x, y: (x**2 + y**2 - 1) ** 2, box)
    (curve,) = found.curves
    assert curve.closed and curve.index == 0
    np.testing.assert_allclose(np.hypot(*curve.points.T), 1, atol=1e-9)
    gaps = np.hypot(*(curve.points - np.roll(curve.points, 1, axis=0)).T)
    assert gaps.sum() == pytest.approx(2 * np.pi, rel=0.01)
    assert gaps.max() <= 2 * np.median(gaps)
    assert curve.loss == pytest.approx(0, abs=1e-15)
    assert curve.eigenvalues == pytest.approx((0, 8), abs=1e-6)
    assert [(each.kind, each.index) for each in found.points] == [("maximum", 1)]
    assert found.winding == 1 and found.complete


def test_an_ellipse() -> None:
    (curve,) = look(lambda x, y: (x**2 / 9 + y**2 - 1) ** 2).curves
    assert curve.closed
    np.testing.assert_allclose(curve.points[:, 0] ** 2 / 9 + curve.points[:, 1] ** 2, 1, atol=1e-9)


@pytest.mark.parametrize("box", [BOX, ASKEW])
@pytest.mark.parametrize("slant", [0.0, 1.0, -0.3])
def test_a_line_from_edge_to_edge(box: Box, slant: float) -> None:
    found = look(lambda x, y: (x - slant * y) ** 2, box)
    (curve,) = found.curves
    assert not curve.closed and curve.index is None
    np.testing.assert_allclose(curve.points[:, 0], slant * curve.points[:, 1], atol=1e-9)
    assert_reaches_the_edge(curve.points, box)
    assert curve.eigenvalues == pytest.approx((0, 2 + 2 * slant**2), abs=1e-6)
    assert not found.points and found.winding is None and not found.complete


def assert_reaches_the_edge(points: Any, box: Box) -> None:
    low, high = np.transpose(box)
    for end in (points[0], points[-1]):
        assert min(np.abs(end - low).min(), np.abs(end - high).min()) <= 1e-6


def test_parallel_lines() -> None:
    found = look(lambda x, y: jnp.sin(x + y))
    sums = sorted(float(curve.points.sum(axis=1).mean()) for curve in found.curves)
    np.testing.assert_allclose(sums, np.pi * (np.arange(-3, 3) + 0.5), atol=1e-9)
    for curve in found.curves:
        assert np.ptp(curve.points.sum(axis=1)) <= 1e-9
        assert_reaches_the_edge(curve.points, BOX)
        assert abs(curve.loss) == pytest.approx(1)
    assert not found.points


@pytest.mark.parametrize("box", [BOX, ASKEW])
def test_both_axes(box: Box) -> None:
    # The product is written out: two curves that cross, where the Hessian vanishes.
    found = look(lambda x, y: x * x * y * y, box)
    assert len(found.curves) == 2 and not found.points
    for curve in found.curves:
        assert_reaches_the_edge(curve.points, box)
    flat = sorted(int(np.ptp(curve.points, axis=0).argmin()) for curve in found.curves)
    assert flat == [0, 1]
    for curve in found.curves:
        assert np.abs(curve.points).min(axis=1).max() <= 1e-9


def test_a_hyperbola_and_its_saddle() -> None:
    found = look(lambda x, y: (x * y - 1) ** 2)
    assert len(found.curves) == 2
    for curve in found.curves:
        np.testing.assert_allclose(curve.points.prod(axis=1), 1, atol=1e-8)
        assert_reaches_the_edge(curve.points, BOX)
    assert [(each.kind, each.index) for each in found.points] == [("saddle", -1)]
    assert found.points[0].point == pytest.approx((0, 0), abs=1e-9)


def test_too_many_lines_are_not_claimed_to_be_all() -> None:
    found = look(lambda x, y: jnp.sin(1000 * x))
    assert found.curves and not found.complete
    for curve in found.curves:
        np.testing.assert_allclose(np.cos(1000 * curve.points[:, 0]), 0, atol=1e-6)


@each(
    {
        "5.0": lambda x, y: 5.0,
        "0 * x": lambda x, y: 0 * x,
        "relu(x) + relu(y)": lambda x, y: jax.nn.relu(x) + jax.nn.relu(y),
        "relu(x**2 + y**2 - 1)": lambda x, y: jax.nn.relu(x**2 + y**2 - 1),
        "exp(-1000 * (x**2 + y**2))": lambda x, y: jnp.exp(-1000 * (x**2 + y**2)),
    }
)
def test_flat_areas(f: Any) -> None:
    found = look(f)
    assert found.flat and not found.complete and not found.curves
    # What is in the flat area is not listed, what stands in the middle of it is.
    assert len(found.points) <= 1


def test_a_flat_half_leaves_the_other() -> None:
    found = look(lambda x, y: jax.nn.relu(x) ** 2 * ((x - 2) ** 2 + (y - 1) ** 2))
    assert found.flat
    assert any(each.kind == "minimum" and each.point == pytest.approx((2, 1)) for each in found.points)


@each(
    {
        "x**4 + y**4": (lambda x, y: x**4 + y**4, 1),
        "-(x**6) - y**4": (lambda x, y: -(x**6) - y**4, 1),
        "x**10 + y**10": (lambda x, y: x**10 + y**10, 1),
        "x**2 + y**4": (lambda x, y: x**2 + y**4, 1),
        "x**2 - y**4": (lambda x, y: x**2 - y**4, -1),
        "x**3 + y**2": (lambda x, y: x**3 + y**2, 0),
        "x**3 - 3 * x * y**2": (lambda x, y: x**3 - 3 * x * y**2, -2),
        "x**4 - 6 * x**2 * y**2 + y**4": (lambda x, y: x**4 - 6 * x**2 * y**2 + y**4, -3),
        "(x - 0.3) ** 4 + (y + 0.7) ** 4 - 1e6": (lambda x, y: (x - 0.3) ** 4 + (y + 0.7) ** 4 - 1e6, 1),
    },
    "f, index",
)
@pytest.mark.parametrize("box", [BOX, ASKEW])
def test_degenerate_points(f: Any, index: int, box: Box) -> None:
    found = look(f, box)
    assert [(each.kind, each.index) for each in found.points] == [("degenerate", index)]
    assert found.winding == index and found.complete


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1.0, 1e30, 1e100])
@pytest.mark.parametrize("weak", [1.0, 1e-4, -1e-8])
def test_kinds_do_not_depend_on_the_scale(scale: float, weak: float) -> None:
    (only,) = look(lambda x, y: scale * (weak * (x - 1) ** 2 + y**2)).points
    assert only.kind == ("minimum" if weak > 0 else "saddle")
    assert only.point == pytest.approx((1, 0), abs=1e-9)
    assert only.eigenvalues == pytest.approx(sorted([2 * scale * weak, 2 * scale]), rel=1e-9)


@each(
    {
        "x + 2 * y": lambda x, y: x + 2 * y,
        "1e-30 * x + y": lambda x, y: 1e-30 * x + y,
        "1e30 * x": lambda x, y: 1e30 * x,
        "(x - 1e6) ** 2 + y**2": lambda x, y: (x - 1e6) ** 2 + y**2,
        "exp(10 * x)": lambda x, y: jnp.exp(10 * x),
        "exp(x) + y": lambda x, y: jnp.exp(x) + y,
    }
)
def test_nothing_to_find(f: Any) -> None:
    found = look(f)
    assert (found.points, found.curves, found.flat, found.winding) == ((), (), False, 0)
    assert found.complete


@each(
    {
        "log(x) + y**2": lambda x, y: jnp.log(x) + y**2,
        "x / y": lambda x, y: x / y,
        "log(x**2 + y**2)": lambda x, y: jnp.log(x**2 + y**2),
        "sqrt(x**2 + y**2)": lambda x, y: jnp.sqrt(x**2 + y**2),
        "sqrt(x**2 + y**2 - 4)": lambda x, y: jnp.sqrt(x**2 + y**2 - 4),
        "exp(1 / x) + y**2": lambda x, y: jnp.exp(1 / x) + y**2,
        "0 * x / 0": lambda x, y: 0 * x / 0,
        "sin(1 / x) + y**2": lambda x, y: jnp.sin(1 / x) + y**2,
        "exp(x**8) + exp(y**8)": lambda x, y: jnp.exp(x**8) + jnp.exp(y**8),
        "sin(1000 * x) + y**2": lambda x, y: jnp.sin(1000 * x) + y**2,
        "cos(x) ** 50": lambda x, y: jnp.cos(x) ** 50,
    }
)
def test_what_cannot_be_known_whole_is_not_claimed(f: Any) -> None:
    assert not look(f).complete


@each(
    {
        "abs(x) + abs(y)": lambda x, y: abs(x) + abs(y),
        "abs(x) + y**2": lambda x, y: abs(x) + y**2,
        "maximum(x, y) + x**2": lambda x, y: jnp.maximum(x, y) + x**2,
        "abs(x * y)": lambda x, y: abs(x * y),
    }
)
def test_kinks_are_not_claimed_to_be_known(f: Any) -> None:
    assert not look(f, smooth=False).complete


def test_a_kink_with_a_gradient_of_zero_is_what_the_losses_say() -> None:
    def cone(x: Any, y: Any) -> Any:
        tip = (x == 0) & (y == 0)
        return jnp.where(tip, 0.0, jnp.sqrt(jnp.where(tip, 1.0, x**2 + y**2)))

    (low,) = look(cone, smooth=False).points
    assert (low.kind, low.index, low.point) == ("minimum", 1, (0, 0))
    (high,) = look(lambda x, y: -cone(x, y), smooth=False).points
    assert (high.kind, high.index) == ("maximum", 1)


def test_a_half_that_is_undefined_hides_nothing_in_the_other() -> None:
    found = look(lambda x, y: x * jnp.log(x) + y**2)
    assert [each.kind for each in found.points] == ["minimum"]
    assert found.points[0].point == pytest.approx((np.exp(-1), 0), abs=1e-9)
    assert found.winding is None and not found.complete


def test_a_dome_over_a_disc() -> None:
    (top,) = look(lambda x, y: jnp.sqrt(1 - x**2 - y**2)).points
    assert (top.kind, top.loss) == ("maximum", 1)


@pytest.mark.parametrize("beside", [0.1, 1e-11, -1e-11])
def test_a_pole_is_no_critical_point(beside: float) -> None:
    # Next to a start: there Newton's step is as short as one likes, and the gradient is huge.
    pole = 2 / 48 + beside
    found = look(lambda x, y: 1 / (x - pole) + y**2, SMALL)
    assert not found.points and not found.curves


def test_a_curvature_without_bound_makes_no_curve() -> None:
    assert not look(lambda x, y: abs(x) ** 1.5 + y**2, SMALL, smooth=False).curves


def test_points_that_the_first_grid_misses_are_found_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("curvature.critical_points")
    waves = surface(lambda x, y: x**2 + y**2 - 10 * (jnp.cos(2 * np.pi * x) + jnp.cos(2 * np.pi * y)))
    monkeypatch.setattr(module, "CELLS", 4)
    monkeypatch.setattr(module, "MORE_CELLS", 5)
    few = module.find_critical_points(Field.of(waves, {}))
    assert few.points and few.winding == 1 and not few.complete
    monkeypatch.setattr(module, "MORE_CELLS", 96)
    many = module.find_critical_points(Field.of(waves, {}))
    # A sum of one function of x and one of y: each pair of their own critical points is one.
    (low, high), _ = waves.box
    x = np.linspace(low, high, 100_001)
    slopes = 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)
    alone = int((slopes[1:] * slopes[:-1] < 0).sum() + (slopes == 0).sum())
    assert len(many.points) == alone**2 > len(few.points) and many.complete
