import numpy as np
import pytest

from descent.remaining import remaining
from landscapes import LANDSCAPES


def to_go(name: str, point, gradient) -> float:
    surface = LANDSCAPES[name]
    return remaining(surface, surface.settings(), np.array(point, float), np.array(gradient, float))


def test_on_a_bowl_it_is_the_distance_to_the_bottom() -> None:
    assert to_go("bowl", (3, -4), (0.3, -8)) == pytest.approx(5)
    assert to_go("bowl", (0, 0), (0, 0)) == 0


def test_beside_a_saddle_there_is_no_bottom() -> None:
    point = LANDSCAPES["saddle"].start
    assert to_go("saddle", point, (0.1, 0.1)) == np.inf
    assert to_go("saddle", (0, 0), (0, 0)) == 0
