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
    step = steps_within(path, 0.0, 0.01)
    assert step is not None
    assert (path.losses[step:] <= 0.01).all()
    assert path.losses[step - 1] > 0.01
    assert (path.losses[:step] <= 0.01).any()  # it had been there before, and swung out again
    assert steps_within(path, 0.0, 100.0) == 0
    assert steps_within(path, 0.0, 1e-30) is None
