"""A network's loss as a function of all its parameters: planes through it, lines in it, its curvature.

from networks import Network, Training, train
from networks.geometry import Slice, slice_of

training = Training(Network(data="moons"), steps=500)
found = slice_of(Slice(training))
print(found.losses.shape, found.centre_loss, train(training).train_loss[-1])
"""

from networks.geometry.curvature import (
    MOST_EXACT,
    Spectrum,
    density,
    exact_spectrum,
    hessian_product,
    leading,
)
from networks.geometry.directions import as_long_as, filter_normalized, random_direction, same_function
from networks.geometry.objective import Objective, gradient_at, losses_at, objective_of, seen_by
from networks.geometry.paths import ShownPath, path_on, path_so_far, shown_path
from networks.geometry.plane import Plane, grid_losses, plane_losses
from networks.geometry.plane_race import PlaneRace, race_part, race_so_far
from networks.geometry.slices import (
    Slice,
    SliceLosses,
    affordable_points,
    end_of,
    plane_part,
    slice_of,
    slice_parts,
    slice_so_far,
)

__all__ = [
    "MOST_EXACT",
    "Objective",
    "Plane",
    "PlaneRace",
    "ShownPath",
    "Slice",
    "SliceLosses",
    "Spectrum",
    "affordable_points",
    "as_long_as",
    "density",
    "end_of",
    "exact_spectrum",
    "filter_normalized",
    "gradient_at",
    "grid_losses",
    "hessian_product",
    "leading",
    "losses_at",
    "objective_of",
    "path_on",
    "path_so_far",
    "plane_losses",
    "plane_part",
    "race_part",
    "race_so_far",
    "random_direction",
    "same_function",
    "seen_by",
    "shown_path",
    "slice_of",
    "slice_parts",
    "slice_so_far",
]
