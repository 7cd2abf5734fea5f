"""Contour lines lie on their level, and their labels where they can be read."""

import math
from itertools import combinations

import jax
import numpy as np
import pytest

from charts import contours, heights
from landscapes import LANDSCAPES
from tests.charts.grounds import Ground, ground

every_surface = pytest.mark.parametrize("name", LANDSCAPES)


def labels(here: Ground) -> list[contours.Label]:
    indexed = [level for level, labelled in heights.levels(here.scale, here.least) if labelled]
    return contours.labels(here.terrain.x, here.terrain.y, here.terrain.loss, indexed)


def around(here: Ground, points: np.ndarray) -> np.ndarray:
    """Return by how much the samples in the nine cells around each point differ."""
    x, y, loss = here.terrain.x, here.terrain.y, here.terrain.loss
    column = np.searchsorted(x, points[:, 0]) - 1
    row = np.searchsorted(y, points[:, 1]) - 1
    shifts = [(i, j) for i in range(-1, 3) for j in range(-1, 3)]
    near = [loss[np.clip(row + i, 0, len(y) - 1), np.clip(column + j, 0, len(x) - 1)] for i, j in shifts]
    return np.ptp(near, axis=0)


@every_surface
def test_lines_lie_on_their_level(name: str):
    here = ground(name)
    loss = jax.jit(jax.vmap(lambda p: here.landscape.loss(p, **here.landscape.settings())))
    found, off = 0, []
    for level, _ in heights.levels(here.scale, here.least):
        line = contours.lines(here.terrain.x, here.terrain.y, here.terrain.loss, [level])
        points = line[np.isfinite(line).all(axis=1)]
        found += bool(len(points))
        padded = np.resize(points, (20_000, 2)) if len(points) else np.zeros((20_000, 2))
        off.append(np.abs(np.asarray(loss(padded))[: len(points)] - level) / around(here, points))
    away = np.concatenate(off)
    # In parts of what the loss changes over three cells, so that a line one cell off would be at a third.
    assert np.median(away) < 0.1
    assert away.max() < 0.4
    assert found >= len(off) - 1  # the highest level may touch no more than a corner


@every_surface
def test_labels_stand_on_their_lines_in_the_box_and_apart(name: str):
    here = ground(name)
    (x0, x1), (y0, y1) = here.landscape.box
    placed = labels(here)
    assert placed
    for label in placed:
        assert 0.05 <= (label.x - x0) / (x1 - x0) <= 0.95
        assert 0.05 <= (label.y - y0) / (y1 - y0) <= 0.95
        assert -90 <= label.angle < 90
        line = contours.lines(here.terrain.x, here.terrain.y, here.terrain.loss, [label.level])
        assert np.nanmin(np.hypot(*(line - [label.x, label.y]).T)) == 0
    assert len({label.level for label in placed}) == len(placed)
    for a, b in combinations(placed, 2):
        assert math.hypot((a.x - b.x) / (x1 - x0), (a.y - b.y) / (y1 - y0)) > 0.09


@pytest.mark.parametrize(("direction", "angle"), [((1, 1), -45), ((1, -1), 45), ((1, 0), 0), ((-3, -3), -45)])
def test_labels_turn_with_the_line_and_are_never_upside_down(direction: tuple[int, int], angle: float):
    """On a plane the lines are straight, across the slope; angles are clockwise, as Plotly turns text."""
    u, v = direction
    axis = np.linspace(-1, 1, 41)
    loss = -v * axis[None, :] + u * axis[:, None]
    (label,) = contours.labels(axis, axis, loss, [0.07])
    assert label.angle == pytest.approx(angle, abs=1e-6)


def test_a_label_for_which_there_is_no_room_is_left_out():
    axis = np.linspace(0, 1, 161)
    loss = np.hypot(axis[None, :] - 0.92, axis[:, None] - 0.5)  # small rings near the right edge
    assert [label.level for label in contours.labels(axis, axis, loss, [0.02, 0.022, 0.4])] == [0.02, 0.4]


def test_pieces_are_parted_and_no_line_is_no_error():
    axis = np.linspace(-2, 2, 81)
    loss = (axis[None, :] ** 2 - 1) ** 2 + axis[:, None] ** 2  # two wells
    line = contours.lines(axis, axis, loss, [0.25])
    gaps = np.flatnonzero(np.isnan(line).any(axis=1))
    assert len(gaps) == 2 and gaps[-1] == len(line) - 1
    assert (line[: gaps[0], 0] < 0).all() != (line[gaps[0] + 1 : -1, 0] < 0).all()
    assert contours.lines(axis, axis, loss, [-1.0]).shape == (0, 2)
    assert contours.labels(axis, axis, loss, [-1.0]) == []


def test_lines_end_where_there_is_no_loss():
    axis = np.linspace(-2, 2, 81)
    x, y = np.meshgrid(axis, axis)
    loss = np.where(x > 0, x**2 + y**2, np.nan)
    loss[0, 0], loss[-1, 0] = np.inf, -np.inf
    line = contours.lines(axis, axis, loss, [1.0])
    points = line[np.isfinite(line).all(axis=1)]
    np.testing.assert_allclose(np.hypot(*points.T), 1, atol=1e-3)
    assert 0 < points[:, 0].min() < 0.06
    assert len(points) > 40
    (label,) = contours.labels(axis, axis, loss, [1.0])
    assert label.x > 0
    nothing = np.full_like(loss, np.nan)
    assert contours.lines(axis, axis, nothing, [1.0]).shape == (0, 2)
    assert contours.labels(axis, axis, nothing, [1.0]) == []
