"""What a network says of points and of examples, at each step where it was measured."""

import numpy as np
from numpy.typing import NDArray

from networks.course import course_of
from networks.data import examples_of
from networks.history import Bytes, Numbers
from networks.programs import GRID, SHOWN
from networks.training import Training


def boundary(training: Training, grid: int = GRID) -> Numbers:
    """Return what the network says of the points of a grid over the box of its data, for each measurement.

    Of shape (K, grid, grid), float32, rows from y0 to y1 and columns from x0 to x1: with two classes the
    probability of class 1, to a part in 255; with more of them the most probable class.

    Raises ValueError where the data are not in the plane, or `grid` is not 41: that is what is measured.
    """
    if examples_of(training.network.data).box is None:
        raise ValueError("Expected data with two inputs: others have no boundary that could be drawn.")
    if grid != GRID:
        raise ValueError(f"Expected grid to be {GRID}, which is what is measured; got {grid!r}.")
    course = course_of(training)
    frames = [] if course is None else [look.frame for look in course.looks]
    values = np.array(frames, np.float32).reshape(-1, GRID, GRID)
    if training.network.plan.classes == 2:
        values /= 255
    values.setflags(write=False)
    return values


def predictions(training: Training) -> tuple[Bytes, Bytes]:
    """Return the most probable classes (K, N) of N ≤ 64 validation examples, and the true ones (N,)."""
    truth = examples_of(training.network.data).validation_labels[:SHOWN].astype(np.uint8)
    course = course_of(training)
    said = [] if course is None else [look.predicted for look in course.looks]
    found: NDArray[np.uint8] = np.array(said, np.uint8).reshape(-1, len(truth))
    for values in (truth, found):
        values.setflags(write=False)
    return found, truth
