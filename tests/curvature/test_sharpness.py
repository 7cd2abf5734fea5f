"""The worst loss around a point, against surfaces on which it is known."""

import numpy as np
import pytest

from curvature import critical_points
from curvature.sharpness import sharpness, worst_loss
from landscapes.find import find
from landscapes.formula import from_formula

RADII = (0.01, 0.25, 2.0)


@pytest.mark.parametrize("radius", RADII)
def test_of_a_quadratic_it_is_half_the_largest_curvature_times_the_radius_squared(radius: float):
    bowl = from_formula("x**2/2 + 5*(x - 2*y)**2")
    largest = np.linalg.eigvalsh([[11.0, -20.0], [-20.0, 40.0]])[1]
    np.testing.assert_allclose(worst_loss(bowl, {}, [(0, 0)], radius), largest * radius**2 / 2, rtol=1e-9)


@pytest.mark.parametrize("radius", RADII)
def test_of_a_slope_it_is_straight_ahead_whatever_the_direction(radius: float):
    slope = from_formula("3*x + 1.7*y")
    points = np.random.default_rng(1).uniform(-3, 3, (7, 2))
    expected = points @ (3, 1.7) + radius * np.hypot(3, 1.7)
    np.testing.assert_allclose(worst_loss(slope, {}, points, radius), expected, rtol=1e-12)


def test_a_peak_inside_the_disc_is_found():
    """Smaller than a cell of the grid, and not on a ray of it."""
    peak = from_formula("exp(-400*((x - 0.31)**2 + (y - 0.17)**2))")
    np.testing.assert_allclose(worst_loss(peak, {}, [(0, 0)], 1.0), 1.0, rtol=1e-9)


def test_it_is_the_largest_of_very_many_samples():
    surface = find("himmelblau")
    (point,) = {p.point for p in critical_points(surface).points if p.kind == "minimum" and min(p.point) > 0}
    angles = np.linspace(0, 2 * np.pi, 200_001)
    x, y = point[0] + 0.7 * np.cos(angles), point[1] + 0.7 * np.sin(angles)
    dense = ((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2).max()
    np.testing.assert_allclose(worst_loss(surface, {}, [point], 0.7), dense, rtol=1e-8)


def test_where_the_loss_is_undefined_it_does_not_count():
    surface = from_formula("x*log(x) + y**2")
    (worst,) = worst_loss(surface, {}, [(np.exp(-1), 0.0)], 1.0)
    # It rises towards the edge of where it is defined: x = 0, y² = 1 − e⁻².
    np.testing.assert_allclose(worst, 1 - np.exp(-2), rtol=1e-3)
    assert np.isnan(worst_loss(surface, {}, [(-5.0, 0.0)], 1.0)).all()


def test_the_knobs_of_the_surface_count():
    surface = find("flat_vs_sharp")
    wide, narrow = (worst_loss(surface, {"narrow": n}, [(2.0, 0.0)], 0.1)[0] for n in (1.0, 0.25))
    assert narrow > 10 * wide


def test_no_points_have_no_losses():
    assert worst_loss(find("bowl"), {}, [], 0.1).shape == (0,)


@pytest.mark.parametrize("radius", [0.0, -1.0, np.inf, np.nan])
def test_a_radius_that_is_none_is_refused(radius: float):
    with pytest.raises(ValueError, match=r"radius > 0, got"):
        worst_loss(find("bowl"), {}, [(0, 0)], radius)


def test_sharpness_is_the_published_metric():
    losses, worst = np.array([0.0, 1.0, 3.0, -1.0, -2.0]), np.array([0.5, 2.0, 3.0, 5.0, 5.0])
    np.testing.assert_allclose(sharpness(losses, worst), [50.0, 50.0, 0.0, np.nan, np.nan])
