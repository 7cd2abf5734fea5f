"""A surface made of samples: it goes through them, is smooth, and its programs serve all like it."""

from collections.abc import Callable

import jax
import numpy as np
import pytest

from curvature import critical_points
from landscapes import LANDSCAPES, Landscape
from landscapes.arrays import Floats
from landscapes.landscape import Box
from landscapes.spline import (
    SIDE,
    Samples,
    between,
    flat_samples,
    samples_of,
    spline_of,
    spline_values,
    surface_of,
)
from landscapes.terrain import sample
from tests.descent.test_compiles import compilations

BOX: Box = ((-5.0, 5.0), (-6.0, 4.0))


def himmelblau(x: Floats, y: Floats) -> Floats:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def lopsided(x: Floats, y: Floats) -> Floats:
    """No symmetry at all: x and y, up and down, left and right differ."""
    return np.sin(1.3 * x) + 0.2 * x * y + 0.05 * y**3 + 0.5 * np.cos(x - 2 * y)


def sampled(f: Callable[[Floats, Floats], Floats], box: Box = BOX) -> Samples:
    return samples_of(f(*np.meshgrid(*(np.linspace(low, high, SIDE) for low, high in box))), box)


def surface(f: Callable[[Floats, Floats], Floats], box: Box = BOX) -> Landscape:
    return surface_of(sampled(f, box), "slice", "f", ("a", "b"))


def test_it_goes_through_its_samples_the_right_way_round():
    landscape, samples = surface(lopsided), sampled(lopsided)
    x, y = (np.linspace(low, high, SIDE) for low, high in BOX)
    points = np.stack(np.meshgrid(x, y), axis=-1)
    told = jax.vmap(jax.vmap(landscape.loss))(points)
    np.testing.assert_allclose(told, samples.values, atol=1e-12 * np.ptp(samples.values), rtol=0)
    np.testing.assert_allclose(told, lopsided(points[..., 0], points[..., 1]), atol=1e-6)
    terrain = sample(landscape, {}, columns=SIDE)
    np.testing.assert_allclose(terrain.loss, samples.values, atol=1e-12 * np.ptp(samples.values), rtol=0)


def test_numpy_and_jax_agree_in_the_box_and_beyond():
    samples = sampled(lopsided)
    points = np.random.default_rng(1).uniform(-11, 11, (300, 2))
    own = spline_values(spline_of(samples), points.T)
    np.testing.assert_allclose(own, jax.vmap(surface(lopsided).loss)(points), rtol=1e-12, atol=1e-12)


def test_a_cubic_is_reproduced_everywhere():
    """Not-a-knot splines are exact for what is cubic in each coordinate."""

    def cubic(x: Floats, y: Floats) -> Floats:
        return 0.1 * x**3 * y**2 - 0.3 * x * y**3 + y**2 - x

    data = spline_of(sampled(cubic, ((-2.0, 1.0), (-1.0, 3.0))))
    x, y = np.random.default_rng(2).uniform((-2, -1), (1, 3), (500, 2)).T
    # The samples are float32.
    np.testing.assert_allclose(spline_values(data, np.stack([x, y])), cubic(x, y), atol=2e-6)


def test_value_slope_and_curvature_have_no_jumps_in_the_box():
    loss = surface(lopsided).loss
    slope, bend = jax.grad(loss), jax.hessian(loss)
    rng, h = np.random.default_rng(3), 1e-9
    spacing = np.array([high - low for low, high in BOX]) / (SIDE - 1)
    low = np.array([side[0] for side in BOX])
    for axis in range(2):
        places = rng.uniform(1, SIDE - 2, (20, 2))
        places[:, axis] = np.round(places[:, axis])
        across = np.eye(2)[axis] * h
        for ask, most in ((loss, 1e-7), (slope, 1e-7), (bend, 1e-6)):
            before, after = (jax.vmap(ask)(low + spacing * (places + k * across)) for k in (-1, 1))
            np.testing.assert_allclose(before, after, atol=most)


def test_beyond_the_box_it_goes_on_without_a_jump_and_leads_back():
    landscape = surface(lopsided)
    slope = jax.grad(landscape.loss)
    h = 1e-9
    for inside, outside in (((5 - h, 1.3), (5 + h, 1.3)), ((-5 + h, -6 + h), (-5 - h, -6 - h))):
        a, b = np.array(inside), np.array(outside)
        assert abs(landscape.loss(a) - landscape.loss(b)) < 1e-7
        np.testing.assert_allclose(slope(a), slope(b), atol=1e-6)
    highest = sampled(lopsided).values.max()
    far = 100 * np.stack([np.cos(angles := np.linspace(0, 6.3, 40)), np.sin(angles)], axis=1)
    assert (np.asarray(jax.vmap(landscape.loss)(far)) > highest).all()
    assert np.isfinite(jax.vmap(slope)(1e6 * far)).all()


def test_critical_points_of_himmelblau_are_found_near_the_true_ones():
    box: Box = ((-5.0, 5.0), (-5.0, 5.0))
    found = critical_points(surface(himmelblau, box), {})
    true = critical_points(LANDSCAPES["himmelblau"], {})
    inside = [each for each in true.points if max(map(abs, each.point)) < 4.9]
    assert len(inside) == 9
    for each in inside:
        near = min(found.points, key=lambda other: np.hypot(*np.subtract(other.point, each.point)))
        assert near.kind == each.kind
        assert np.hypot(*np.subtract(near.point, each.point)) < 1e-3
    assert sum(each.kind == "minimum" for each in found.points) == 4


def test_how_far_it_is_off_falls_with_the_fourth_power_of_the_spacing():
    def off(half: float) -> float:
        def waves(x: Floats, y: Floats) -> Floats:
            return np.sin(40 * x) * np.cos(40 * y)

        samples = sampled(waves, ((-half, half), (-half, half)))
        points = between(samples).T
        assert len({tuple(cell) for cell in np.floor((points.T + half) / (2 * half / (SIDE - 1)))}) == 408
        return float(abs(spline_values(spline_of(samples), points) - waves(*points)).max())

    assert 10 < off(1.0) / off(0.5) < 24


def test_another_surface_compiles_nothing():
    first, second = surface(himmelblau), surface(lopsided)
    assert first != second and first.traced == second.traced
    sample(first, {})
    critical_points(first, {})
    with compilations() as compiled:
        sample(second, {"l2": 0.3} if "l2" in second.settings() else {})
        critical_points(second, {})
    assert not compiled


def test_start_and_rates_suit_the_surface():
    for f in (himmelblau, lopsided):
        landscape = surface(f)
        assert landscape.contains(landscape.start)
        p, slope = np.array(landscape.start), jax.jit(jax.grad(landscape.loss))
        before = float(landscape.loss(p))
        for _ in range(landscape.steps):
            p = p - landscape.gradient_rate * np.asarray(slope(p))
            assert landscape.contains((float(p[0]), float(p[1])))
        assert float(landscape.loss(p)) < before


def test_samples_are_values():
    assert sampled(lopsided) == sampled(lopsided) != sampled(himmelblau)
    assert surface(lopsided) is surface(lopsided)
    values = np.ones((SIDE, SIDE))
    values[3, 4], values[5, 6], values[7, 8] = np.inf, np.nan, 9.0
    assert samples_of(values, BOX).values.max() == 9 == samples_of(values, BOX).values[3, 4]
    flat = surface_of(flat_samples(BOX), "slice", "f", ("a", "b"))
    assert flat.contains(flat.start) and float(flat.loss(np.array(flat.start))) == 0


@pytest.mark.parametrize(
    ("losses", "box", "says"),
    [
        (b"", BOX, "51² samples"),
        (np.full((SIDE, SIDE), np.nan, "<f4").tobytes(), BOX, "finite"),
        (np.zeros((SIDE, SIDE), "<f4").tobytes(), ((1.0, 1.0), (0.0, 1.0)), "sides that rise"),
    ],
)
def test_what_cannot_be_is_refused(losses: bytes, box: Box, says: str):
    with pytest.raises(ValueError, match=says):
        Samples(losses, box)


def test_a_grid_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"\(51, 51\), got \(3, 3\)"):
        samples_of(np.zeros((3, 3)), BOX)
