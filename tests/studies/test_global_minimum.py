"""The lowest points: published on the shelf, found on a formula."""

import numpy as np
import pytest

from catalog import Settings
from landscapes import LANDSCAPES
from landscapes.known import least_loss
from scenes import default_scene, read
from scenes.scene import Ground
from studies.global_minimum import GlobalMinima, global_minima


def lowest(ground: Ground) -> GlobalMinima:
    """Return the global minima of what a link spells."""
    return global_minima(ground.surface, ground.knobs)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_of_the_shelf_they_are_the_published_ones(name: str):
    ground = default_scene(name).ground
    minima, least = lowest(ground)
    knobs = Settings(ground.surface.settings(ground.knobs))
    assert minima == (ground.surface.minima(**knobs) or ())
    assert least == least_loss(ground.surface, knobs)


def test_of_a_formula_they_are_found():
    minima, least = lowest(read("formula=(x**2-1)**2+y**2")[0].ground)
    assert sorted(minima) == [pytest.approx((-1, 0)), pytest.approx((1, 0))]
    assert least == pytest.approx(0, abs=1e-20)
    minima, least = lowest(read("formula=(x**2-1)**2+y**2+x/10")[0].ground)
    assert len(minima) == 1 and minima[0][0] == pytest.approx(-1.0124, abs=1e-3)


@pytest.mark.parametrize("formula", ["x", "x*y", "5", "x**3-3*x+y**2", "1/x", "log(x*y)"])
def test_where_the_edge_is_lower_there_is_none(formula: str):
    assert lowest(read(f"formula={formula}")[0].ground) == ((), None)


def test_under_a_penalty_they_are_found():
    """The bowl keeps its minimum at the origin, the surface of three minima has its own moved towards it."""
    minima, least = lowest(read("f=bowl&l2=0.5")[0].ground)
    assert minima[0] == pytest.approx((0.0, 0.0), abs=1e-9) and least == pytest.approx(0.0, abs=1e-12)
    before, _ = lowest(read("f=three_minima")[0].ground)
    after, least = lowest(read("f=three_minima&l2=0.01")[0].ground)
    assert np.hypot(*after[0]) < np.hypot(*before[0]) and least is not None
