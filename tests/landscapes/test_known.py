"""What is known of a surface, put into numbers."""

import numpy as np
import pytest
from scipy.optimize import minimize

from catalog import Settings
from landscapes import LANDSCAPES
from landscapes.known import least_loss
from landscapes.terrain import sample

WITH = [name for name in LANDSCAPES if LANDSCAPES[name].minima(**LANDSCAPES[name].settings())]


def test_most_surfaces_have_a_minimum_and_some_have_none() -> None:
    assert {"bowl", "himmelblau", "rastrigin"} <= set(WITH)
    assert least_loss(LANDSCAPES["saddle"], Settings()) is None
    assert {name for name in LANDSCAPES if name not in WITH} >= {"saddle", "monkey_saddle"}


@pytest.mark.parametrize("name", WITH)
def test_the_least_loss_is_what_a_search_finds(name: str) -> None:
    """From the lowest sample of a fine grid downhill: no lower, and no higher."""
    landscape = LANDSCAPES[name]
    knobs = Settings(landscape.settings())
    least = least_loss(landscape, knobs)
    terrain = sample(landscape, knobs, columns=401)
    i, j = np.unravel_index(terrain.loss.argmin(), terrain.loss.shape)
    loss = lambda p: float(landscape.loss(np.asarray(p), **knobs))  # noqa: E731
    precise = {"xatol": 1e-9, "fatol": 1e-12}
    found = minimize(loss, (terrain.x[j], terrain.y[i]), method="Nelder-Mead", options=precise)
    assert found.fun == pytest.approx(least, abs=1e-9 * np.ptp(terrain.loss))


@pytest.mark.parametrize("name", WITH)
def test_nothing_on_the_map_lies_lower_at_the_ends_of_the_knobs(name: str) -> None:
    landscape = LANDSCAPES[name]
    for knob in landscape.numbers:
        for value in (knob.low, knob.high):
            knobs = Settings(landscape.settings({knob.id: value}))
            least = least_loss(landscape, knobs)
            terrain = sample(landscape, knobs)
            assert least is not None
            assert terrain.loss.min() >= least - 1e-12 * np.ptp(terrain.loss)


def test_knobs_are_part_of_the_question() -> None:
    landscape = LANDSCAPES["saddle_between_valleys"]
    (knob,) = landscape.knobs
    found = {
        least_loss(landscape, Settings({knob.id: value})) for value in (knob.low, knob.default, knob.high)
    }
    assert len(found) == 3
