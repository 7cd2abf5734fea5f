import pytest

from descent import Run, descend, distance, steps_within
from landscapes import LANDSCAPES

PATH = descend(Run("bowl", "sgd", (-7, 2), 2, {"learning_rate": 0.5}))


def test_distance_is_to_the_nearest_minimum() -> None:
    assert distance(PATH, [(100, 0), (-6.3175, 3.0)]) == pytest.approx(3)
    assert distance(PATH, LANDSCAPES["bowl"].minima(stretch=20)) == pytest.approx(6.3175)


def test_without_minima_there_is_no_distance() -> None:
    assert distance(PATH, None) is None
    assert distance(PATH, ()) is None


def test_steps_within_wants_it_to_stay_there() -> None:
    path = descend(Run("bowl", "momentum", (-7, 2), 200, {"learning_rate": 0.1}))
    step = steps_within(path, 0.0, 0.01, [(0, 0)], 1.0)
    assert step is not None
    assert (path.losses[step:] <= 0.01).all()
    assert path.losses[step - 1] > 0.01
    assert (path.losses[:step] <= 0.01).any()  # it had been there before, and swung out again
    assert steps_within(path, 0.0, 100.0, [(0, 0)], 10.0) == 0
    assert steps_within(path, 0.0, 1e-30, [(0, 0)], 1.0) is None
    assert steps_within(path, 0.0, 100.0, [], 10.0) is None


def test_steps_within_wants_it_to_stay_for_a_tenth_of_the_steps() -> None:
    path = descend(Run("bowl", "sgd", (-7, 2), 100, {"learning_rate": 0.5}))
    for last, held in ((0.89, True), (0.91, False)):
        tolerance = float(path.losses[int(100 * last)])
        step = steps_within(path, 0.0, tolerance, [(0, 0)], 10.0)
        assert step == (int(100 * last) if held else None)
    # A hopping lane that happens to be low at its end.
    rate = {"learning_rate": 0.5}
    noisy = (descend(Run("bowl", "sgd", (-7, 2), 500, rate, sigma=1.0, seed=seed)) for seed in range(8))
    hops = min(noisy, key=lambda path: path.losses[-1])
    low = float(hops.losses[-1])
    assert (hops.losses[-60:] > low).any() and steps_within(hops, 0.0, low, [(0, 0)], 10.0) is None


def test_steps_within_wants_it_to_be_near_a_minimum() -> None:
    # One step across a canyon of condition 10,000, and the loss is 0.1 % of what it was, at distance 3.2.
    knobs = {"condition": 1e4, "turn": 0.0}
    path = descend(Run("canyon", "sgd", (-3.2, 1.5), 50, {"learning_rate": 1.0}, knobs))
    tolerance = 1e-3 * float(path.losses[0])
    assert (path.losses[1:] <= tolerance).all()
    assert distance(path, [(0, 0)]) == pytest.approx(3.2, abs=0.1)
    assert steps_within(path, 0.0, tolerance, [(0, 0)], 0.05 * 11.3) is None
    assert steps_within(path, 0.0, tolerance, [(0, 0)], 4.0) == 1
