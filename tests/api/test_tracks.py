"""A trajectory as the stage takes it."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.encode import packed
from api.tracks import REACH, details, drawable, track
from descent import Run, Trajectory, descend
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS

BOWL = LANDSCAPES["bowl"]
GOOD = Run("bowl", "adam", BOWL.start, 50, {"learning_rate": 0.3})
DIVERGED = Run("bowl", "sgd", BOWL.start, 200, {"learning_rate": 3.0})


def unpacked(text: str, columns: int = 1) -> np.ndarray:
    """Return what the stage unpacks: little-endian float32, rows one after another."""
    values = np.frombuffer(base64.b64decode(text), "<f4")
    return values.reshape(-1, columns) if columns > 1 else values


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=20))
def test_what_float32_holds_comes_back_as_it_was(values: list[float]):
    assert unpacked(packed(np.array(values, float))).tolist() == values


def test_rows_come_one_after_another():
    assert unpacked(packed(np.array([[1.0, 2.0], [3.0, 4.0]]))).tolist() == [1, 2, 3, 4]


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=20))
def test_everything_that_is_packed_can_be_drawn(values: list[float]):
    found = unpacked(packed(np.array(values)))
    assert np.isfinite(found).all()
    assert (np.sign(found) * np.sign(values) >= 0).all()


@pytest.mark.parametrize("run", [GOOD, DIVERGED], ids=["good", "diverged"])
def test_a_track_is_finite_and_has_a_loss_for_every_point(run: Run):
    trajectory = descend(run)
    sent = track(trajectory, BOWL.box)
    path, losses = unpacked(sent["path"], 2), unpacked(sent["losses"])
    assert np.isfinite(path).all() and np.isfinite(losses).all()
    assert len(losses) == len(trajectory.losses)
    assert 2 <= len(path) <= len(losses)
    np.testing.assert_allclose(path[:-1], trajectory.points[: len(path) - 1], rtol=1e-6)


def test_the_test_data_diverges():
    trajectory = descend(DIVERGED)
    assert trajectory.ending.kind == "diverged"
    assert np.abs(trajectory.points).max() > np.finfo(np.float32).max


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_details_line_up(optimizer: str):
    for run in (Run("bowl", optimizer, BOWL.start, 30), Run("bowl", optimizer, BOWL.start, 1)):
        trajectory = descend(run)
        rows = len(trajectory.rates)
        found = {name: unpacked(text) for name, text in details(trajectory).items()}
        lengths = {name: len(values) for name, values in found.items()}
        moves = {name: 2 * rows for name in ("estimates", "seen", "M", "G", "updates")} | {"rates": rows}
        assert lengths == {"points": 2 * rows + 2, "gradients": 2 * rows + 2, **moves}
        assert all(np.isfinite(values).all() for values in found.values())
        for name, values in found.items():
            np.testing.assert_array_equal(values, getattr(trajectory, name).astype(np.float32).ravel())


def test_details_of_a_diverged_run_are_finite():
    for text in details(descend(DIVERGED)).values():
        assert np.isfinite(unpacked(text)).all()


def test_a_path_that_stays_in_sight_is_drawn_whole():
    trajectory: Trajectory = descend(GOOD)
    assert drawable(trajectory.points, BOWL.box) is trajectory.points


@pytest.mark.parametrize("size", [1e5, 1e30, 1e300])
def test_a_path_leaves_in_the_direction_in_which_it_left(size: float):
    box = ((-1.0, 1.0), (-1.0, 1.0))
    points = np.array([[0.5, 0.5], [0.5, 0.0], [0.5 + size, -size / 2], [-size, size]])
    found = drawable(points, box)
    assert found[:2].tolist() == points[:2].tolist()
    assert len(found) == 3
    leaving = found[2] - found[1]
    assert np.hypot(*found[2]) <= 2 * REACH * np.sqrt(8)
    assert np.hypot(*leaving) > 100  # beyond any zoom
    assert leaving[1] / leaving[0] == pytest.approx(-0.5, rel=1e-6)


def test_a_path_that_comes_back_is_drawn_to_its_end():
    box = ((-1.0, 1.0), (-1.0, 1.0))
    points = np.array([[0.5, 0.5], [1e6, 0.0], [0.2, 0.0]])
    assert drawable(points, box).tolist() == points.tolist()
