"""To which minimum a point belongs, against the gradient flow that an ODE solver follows."""

from typing import Any

import jax
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from landscapes import LANDSCAPES
from landscapes.find import find
from landscapes.formula import from_formula
from studies import basins
from tests.descent.test_compiles import compilations


def somewhere(surface: str, count: int, seed: int = 1, boxes: float = 1.0) -> np.ndarray:
    """Return points that are uniform over so many boxes."""
    low, high = np.transpose(LANDSCAPES[surface].box)
    units = np.random.default_rng(seed).uniform(-boxes / 2, boxes / 2, (count, 2))
    return (low + high) / 2 + (high - low) * units


HIMMELBLAU = LANDSCAPES["himmelblau"].minima()
CAMEL = ((0.0, 0.0), (1.747552, -0.873776), (-1.747552, 0.873776))
RASTRIGIN = [(float(x), float(y)) for x in range(-6, 7) for y in range(-6, 7)]


@pytest.mark.parametrize(
    ("surface", "minima"),
    [
        ("himmelblau", HIMMELBLAU),
        ("three_hump_camel", CAMEL),
        ("rosenbrock", ((1.0, 1.0), (-1.0, 1.0))),
        ("rastrigin", RASTRIGIN),
    ],
)
def test_it_is_where_the_gradient_flow_leads(surface: str, minima: Any) -> None:
    landscape = LANDSCAPES[surface]
    knobs = landscape.settings()
    slope = jax.jit(jax.grad(lambda p: landscape.loss(p, **knobs)))
    points = somewhere(surface, 60)
    ours = basins(landscape, {}, points, minima)
    for point, mine in zip(points, ours, strict=True):
        flow = solve_ivp(
            lambda t, p: -np.asarray(slope(p)), (0, 300), point, method="LSODA", rtol=1e-8, atol=1e-10
        )
        assert np.linalg.norm(flow.y[:, -1] - minima, axis=1).argmin() == mine


def test_no_pit_is_jumped_over() -> None:
    """Pits of sin(40x) are 0.16 apart: less than the longest step, 0.22 in this box."""
    wavy = from_formula("sin(40*x) + 20*y**2", ((-5.0, 5.0), (-5.0, 5.0)))
    pits = (np.arange(-35, 36) - 0.25) * np.pi / 20
    points = np.random.default_rng(2).uniform(-5, 5, (500, 2))
    ours = basins(wavy, {}, points, [(pit, 0.0) for pit in pits])
    np.testing.assert_array_equal(ours, np.abs(points[:, :1] - pits).argmin(axis=1))


def test_symmetry_of_the_two_valleys() -> None:
    points = somewhere("three_hump_camel", 3000)
    belongs, mirrored = (basins(LANDSCAPES["three_hump_camel"], {}, p, CAMEL) for p in (points, -points))
    np.testing.assert_array_equal(np.array([0, 2, 1])[belongs], mirrored)


WITH_MINIMA = {
    surface: minima
    for surface, landscape in LANDSCAPES.items()
    if (minima := landscape.minima(**landscape.settings()))
}


@pytest.mark.parametrize(("surface", "known"), WITH_MINIMA.items(), ids=WITH_MINIMA)
def test_a_minimum_belongs_to_itself(surface: str, known: Any) -> None:
    landscape = LANDSCAPES[surface]
    np.testing.assert_array_equal(basins(landscape, {}, known, known), np.arange(len(known)))
    diagonal = np.hypot(*np.ptp(landscape.box, axis=1))
    near = np.array(known) + 1e-4 * diagonal
    if landscape.smooth:
        np.testing.assert_array_equal(basins(landscape, {}, near, known), np.arange(len(known)))


def test_who_belongs_to_none() -> None:
    bowl = LANDSCAPES["round_bowl"]
    (low, _), (high, _) = np.transpose(bowl.box)
    centre, half = (low + high) / 2, (high - low) / 2
    points = [
        [np.nan, 0],
        [0, np.inf],
        [centre + 3.01 * half, 0],
        [centre + 2.99 * half, 0],
        [centre, centre],
        [1e300, -1e300],
    ]
    minima = bowl.minima(**bowl.settings())
    np.testing.assert_array_equal(basins(bowl, {}, points, minima or ()), [-1, -1, -1, 0, 0, -1])
    np.testing.assert_array_equal(basins(bowl, {}, points, ()), [-1] * 6)
    assert basins(bowl, {}, np.zeros((0, 2)), minima or ()).shape == (0,)
    # The flow ends at the bottom, which is nowhere near this “minimum”.
    np.testing.assert_array_equal(basins(bowl, {}, points, [(centre + half, centre)]), [-1] * 6)


def test_it_falls_off_a_saddle_to_no_minimum_and_rests_on_top() -> None:
    saddle = from_formula("x**2 - y**2")
    assert list(basins(saddle, {}, [[1.0, 0.5], [1.0, 0.0]], [(0.0, 0.0)])) == [-1, 0]


def test_holes_and_corners_stop_nobody_else() -> None:
    hole = from_formula("sqrt(x) + (x - 1)**2 + y**2", ((-1.0, 2.0), (-1.5, 1.5)))
    assert list(basins(hole, {}, [[-0.5, 0.0], [1.5, 1.0]], [(0.704, 0.0)])) == [-1, 0]
    corner = from_formula("abs(x) + abs(y)")
    assert list(basins(corner, {}, [[1.0, 1.0], [0.0, 0.0]], [(0.0, 0.0)])) == [0, 0]


def test_number_knobs_compile_nothing() -> None:
    landscape = find("rastrigin")
    basins(landscape, {"amplitude": 3.0}, [[0.1, 0.1]], [(0, 0)])
    with compilations() as seen:
        for k in range(1, 9):
            knobs = {"amplitude": float(k), "l2": k / 10}
            assert (basins(landscape, knobs, somewhere("rastrigin", 300 * k, k), RASTRIGIN) >= 0).all()
    assert not seen


def test_wrong_knobs_are_refused() -> None:
    with pytest.raises(ValueError, match="Expected knobs among"):
        basins(LANDSCAPES["bowl"], {"depth": 1.0}, [[0, 0]], [(0, 0)])
