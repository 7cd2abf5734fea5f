"""The quadratic model on the map."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jax
import numpy as np
import pytest

from charts import heights
from charts.quadratic import MOST_POINTS, model_contours, model_region, point_annotations
from curvature.quadratic_model import QuadraticModel
from landscapes import LANDSCAPES
from landscapes.terrain import Terrain
from tests.charts.grounds import ground

POINTS = ((0.5, 0.5), (0.2, 0.7), (0.95, 0.04))
AXIS = np.linspace(-2, 2, 81)
GRID = np.stack(np.meshgrid(AXIS, AXIS), axis=-1)


@cache
def derivatives(name: str) -> Callable[[np.ndarray], Any]:
    """Return what gives loss, gradient and Hessian of a surface at a point."""
    landscape = LANDSCAPES[name]
    knobs = landscape.settings()
    loss = lambda p: landscape.loss(p, **knobs)  # noqa: E731
    return jax.jit(lambda p: (loss(p), jax.grad(loss)(p), jax.hessian(loss)(p)))


def at(name: str, share: tuple[float, float]) -> QuadraticModel:
    """Return the model at a point of a surface's box, given in parts of the box."""
    (x0, x1), (y0, y1) = LANDSCAPES[name].box
    point = np.array([x0 + share[0] * (x1 - x0), y0 + share[1] * (y1 - y0)])
    value, gradient, hessian = derivatives(name)(point)
    return QuadraticModel(point, float(value), np.asarray(gradient), np.asarray(hessian))


def terrain_of(loss: np.ndarray) -> Terrain:
    return Terrain(AXIS, AXIS, loss)


def rings(line: np.ndarray) -> list[np.ndarray]:
    """Return the pieces of a NaN-parted polyline."""
    gaps = np.flatnonzero(np.isnan(line[:, 0]))
    return (
        [line[start:stop] for start, stop in zip([0, *(gaps[:-1] + 1)], gaps, strict=True)]
        if len(gaps)
        else []
    )


def covered(points: np.ndarray, outline: list[np.ndarray]) -> np.ndarray:
    """Return which points (n, 2) the rings enclose an odd number of times."""
    inside = np.zeros(len(points), bool)
    for ring in outline:
        (u, v), (s, t) = ring[:-1].T, ring[1:].T
        x, y = points[:, :1], points[:, 1:]
        crossing = ((v > y) != (t > y)) & (x < u + (y - v) / np.where(t == v, 1, t - v) * (s - u))
        inside ^= crossing.sum(axis=1) % 2 == 1
    return inside


@pytest.mark.parametrize("share", POINTS)
@pytest.mark.parametrize("name", LANDSCAPES)
def test_contours_lie_on_the_levels_of_the_map_and_stay_few(name: str, share: tuple[float, float]):
    here, model = ground(name), at(name, share)
    line = model_contours(model, here.terrain, here.scale, here.least)
    assert line.dtype == np.float32 and line.shape[1] == 2 and len(line) <= MOST_POINTS
    points = line[np.isfinite(line).all(axis=1)].astype(float)
    (x0, x1), (y0, y1) = here.landscape.box
    assert ((points >= np.array([x0, y0], np.float32)) & (points <= np.array([x1, y1], np.float32))).all()
    if len(points):
        levels = np.array([level for level, _ in heights.levels(here.scale, here.least)])
        off = np.abs(model.value(points)[:, None] - levels).min(axis=1)
        # The grid has 60 cells across; a line is off by less than a fifth of what one of them changes.
        cell = np.array([x1 - x0, y1 - y0]) / 60
        slopes = np.abs(model.gradient + (points - model.point) @ model.hessian)
        room = slopes @ cell + cell @ np.abs(model.hessian) @ cell
        assert (off <= 0.2 * room + 1e-6 * here.scale.span).all()


def test_the_contours_of_a_quadratic_are_those_of_the_map():
    here = ground("bowl")
    line = model_contours(at("bowl", (0.3, 0.6)), here.terrain, here.scale, here.least)
    points = line[np.isfinite(line).all(axis=1)].astype(float)
    knobs = here.landscape.settings()
    losses = np.asarray(jax.vmap(lambda p: here.landscape.loss(p, **knobs))(points))
    levels = np.array([level for level, _ in heights.levels(here.scale, here.least)])
    off = np.abs(losses[:, None] - levels).min(axis=1) / here.scale.span
    assert off.max() < 2e-3
    found = {int(np.abs(levels - loss).argmin()) for loss in losses}
    assert len(found) >= len(levels) - 1


def test_a_thinned_circle_is_still_round():
    model = QuadraticModel(np.zeros(2), 0.0, np.zeros(2), 2 * np.eye(2))
    terrain = terrain_of(model.value(GRID))
    line = model_contours(model, terrain, heights.scale(terrain.loss, "linear"), None)
    for ring in rings(line):
        if np.array_equal(ring[0], ring[-1]):
            radius = np.hypot(*ring.T).mean()
            middles = np.hypot(*((ring[1:] + ring[:-1]) / 2).T)
            assert np.abs(middles - radius).max() < 0.01 * radius + 0.005
            assert len(ring) <= 130


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_region_is_where_the_model_is_within_ten_percent(name: str):
    here, model = ground(name), at(name, POINTS[1])
    outline = rings(model_region(model, here.terrain))
    for ring in outline:
        np.testing.assert_array_equal(ring[0], ring[-1])
        assert len(ring) >= 4
    # The very middles of the cells, away from the edge, where the linear interpolation is not in doubt.
    x, y = here.terrain.x, here.terrain.y
    share = model.error_share(np.stack(np.meshgrid(x, y), axis=-1), here.terrain.loss)
    corners = np.stack([share[:-1, :-1], share[1:, :-1], share[:-1, 1:], share[1:, 1:]])
    middles = np.stack(np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2), axis=-1)[::3, ::3]
    inside = np.all(corners <= 0.1, axis=0)[::3, ::3].ravel()
    outside = np.all(corners > 0.1, axis=0)[::3, ::3].ravel()
    got = covered(middles.reshape(-1, 2), outline)
    assert got[inside].all()
    assert not got[outside].any()


def test_the_region_of_a_quadratic_is_the_whole_box():
    for name in ("round_bowl", "bowl", "canyon", "saddle"):
        here = ground(name)
        for share in POINTS:
            (ring,) = rings(model_region(at(name, share), here.terrain))
            (x0, x1), (y0, y1) = here.landscape.box
            (u, v), (s, t) = ring[:-1].T, ring[1:].T
            assert abs((u * t - s * v).sum() / 2) == pytest.approx((x1 - x0) * (y1 - y0), rel=1e-6)


def test_a_hole_in_the_ground_is_a_hole_in_the_region():
    model = QuadraticModel(np.array([-1.0, 0.0]), 1.0, np.array([-2.0, 0.0]), 2 * np.eye(2))
    loss = model.value(GRID)
    loss[np.hypot(GRID[..., 0] - 1, GRID[..., 1]) < 0.5] = np.nan
    loss[0, :], loss[-1, :] = np.inf, -np.inf
    outline = rings(model_region(model, terrain_of(loss)))
    assert len(outline) == 2
    probes = np.array([[1.0, 0.0], [1.2, 0.1], [-1.0, 0.0], [1.7, 0.0], [0.0, 1.99]])
    assert covered(probes, outline).tolist() == [False, False, True, True, False]
    areas = [((r[:-1, 0] * r[1:, 1]) - (r[1:, 0] * r[:-1, 1])).sum() / 2 for r in outline]
    assert areas[0] * areas[1] < 0  # wound the other way: a hole by either rule of filling


def test_undefined_ground_has_no_region():
    model = QuadraticModel(np.zeros(2), 0.0, np.ones(2), np.eye(2))
    assert model_region(model, terrain_of(np.full((81, 81), np.nan))).shape == (0, 2)


def annotations(model: QuadraticModel) -> dict:
    terrain = terrain_of(model.value(GRID))
    eigenvalues, eigenvectors = np.linalg.eigh(model.hessian)
    scale = heights.scale(terrain.loss, "linear")
    return point_annotations(model, eigenvalues, eigenvectors, terrain, scale, None)


def test_the_notes_of_a_point_show_its_directions_and_its_slope():
    model = QuadraticModel(np.array([0.5, -0.25]), 1.0, np.array([3.0, 4.0]), np.diag([-1.0, 16.0]))
    made = annotations(model)
    diagonal = 4 * np.sqrt(2)
    up, down, slope = (
        np.stack([made[role]["x"], made[role]["y"]], axis=1) for role in ("cross_up", "cross_down", "slope")
    )
    np.testing.assert_allclose(np.abs(up[1] - up[0]), [0, 2 * 0.09 * diagonal], atol=1e-12)
    np.testing.assert_allclose(np.abs(down[1] - down[0]), [2 * 0.045 * diagonal, 0], atol=1e-12)
    for bar in (up, down):
        np.testing.assert_allclose((bar[0] + bar[1]) / 2, model.point)
        assert np.isnan(bar[2:]).all() and len(bar) == 3
    np.testing.assert_allclose(slope[0], model.point)
    arrow = slope[1] - slope[0]
    np.testing.assert_allclose(arrow / np.hypot(*arrow), [-0.6, -0.8])
    assert (made["probe"]["x"].tolist(), made["probe"]["y"].tolist()) == ([0.5], [-0.25])


def test_at_a_critical_point_there_is_no_slope():
    made = annotations(QuadraticModel(np.zeros(2), 1.0, np.array([1e-14, -1e-13]), np.diag([1.0, 2.0])))
    assert len(made["slope"]["x"]) == 0
    assert len(made["cross_down"]["x"]) == 0 and len(made["cross_up"]["x"]) == 6


@pytest.mark.parametrize("size", [1e-200, 1e200, 1e306])
def test_no_size_is_too_small_or_too_large(size: float):
    made = annotations(
        QuadraticModel(np.array([0.1, 0.2]), size, size * np.ones(2), size * np.diag([1.0, -2.0]))
    )
    for role, axes in made.items():
        assert np.isfinite(axes["x"]).sum() == np.isfinite(axes["y"]).sum(), role
    assert np.isfinite(made["slope"]["x"]).all() and len(made["slope"]["x"]) == 2
