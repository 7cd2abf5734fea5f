"""Paths of training beside a plane: where they are in it, how far from it, and which loss it shows."""

from dataclasses import dataclass

import numpy as np

from catalog.cache import MB, SingleFlightCache
from networks.geometry.objective import Data, Objective, losses_at, objective_of, seen_by
from networks.geometry.plane import Floats, Plane, plane_losses
from networks.geometry.slices import Slice, path_of, slice_so_far
from networks.history import Numbers
from networks.training import Training

FEW = 8
"""So many points are looked at together, so that one program serves paths of any length."""

ROUNDING = 1e-5
"""What is nearer to a plane, in parts of its distance from θ*, lies in it: weights are single precision."""


@dataclass(frozen=True, eq=False)
class ShownPath:
    """A path of training as a plane through θ* shows it, at the K steps at which weights were kept.

    - `steps` (K,); `coordinates` (K, 2) of Pθ, the point of the plane that is nearest to θ.
    - `relative` (K,): ‖θ − Pθ‖ / ‖θ − θ*‖, from 0, in the plane, to 1, at right angles to it; NaN at θ*.
    - `shown`, `true` (K,): the loss at Pθ and that at θ; inf where too large.
    - `stride`: the mean distance of neighbouring steps, ‖θ_s − θ_t‖ / (s − t) averaged over pairs of kept
      steps: no step is shorter on average, since a path is no shorter than its chords.
    """

    steps: tuple[int, ...]
    coordinates: Floats
    relative: Floats
    shown: Numbers
    true: Numbers
    stride: float

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return 5 * self.relative.nbytes + self.shown.nbytes + self.true.nbytes + 500


_PATHS: SingleFlightCache[ShownPath] = SingleFlightCache(MB, only_long_work=True)


def path_on(question: Slice, training: Training) -> ShownPath:
    """Return how the plane of a slice shows the path of `training`; ValueError before it is known."""
    plane = slice_so_far(question).plane
    if plane is None:
        raise ValueError("Expected a slice whose plane is known; ask for its parts first.")
    network = training.network
    return _PATHS.get(
        (question, training),
        lambda: shown_path(objective_of(network), plane, training, seen_by(network)),
    )


def path_so_far(question: Slice, training: Training) -> ShownPath | None:
    """Return what `path_on` returned before, None if it did not or that is forgotten."""
    return _PATHS.peek((question, training))


def shown_path(objective: Objective, plane: Plane, training: Training, data: Data) -> ShownPath:
    """Return how the plane shows the path of a run that is at its end; ValueError where it has no weights."""
    steps, points = path_of(training)
    if not steps:
        raise ValueError("Expected a run that has begun; train it first.")
    coordinates, away = plane.project(points)
    from_end = np.linalg.norm(np.asarray(points, float) - np.asarray(plane.centre, float), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.where(from_end > 0, away / from_end, np.nan)
    lots = [points[k : k + FEW] for k in range(0, len(points), FEW)]
    true = np.concatenate([losses_at(objective, lot, data) for lot in lots])
    shown = plane_losses(objective, plane, coordinates, data)
    apart = np.linalg.norm(np.diff(np.asarray(points, float), axis=0), axis=1)
    strides = apart / np.maximum(np.diff(steps), 1)
    return ShownPath(
        steps,
        coordinates,
        np.where(relative < ROUNDING, 0.0, np.minimum(relative, 1.0)),
        np.where(np.isfinite(shown), shown, np.inf),
        np.where(np.isfinite(true), true, np.inf),
        float(strides.mean()) if len(strides) else 0.0,
    )
