"""A network's loss as a function of all its parameters: planes through it, lines in it, its curvature.

from networks import Network, Training, train
from networks.geometry import Slice, slice_of

training = Training(Network(data="moons"), steps=500)
found = slice_of(Slice(training))
print(found.losses.shape, found.centre_loss, train(training).train_loss[-1])
"""

from networks.geometry.along_gradient import AlongGradient, along_gradient
from networks.geometry.curvature import (
    MOST_EXACT,
    Spectrum,
    density,
    exact_spectrum,
    hessian_product,
    leading,
    probe,
    spread,
)
from networks.geometry.directions import filter_normalized, random_direction
from networks.geometry.objective import Objective, gradient_at, losses_at, objective_of, seen_by
from networks.geometry.plane import Plane, plane_losses
from networks.geometry.roughness import Roughness, roughness
from networks.geometry.slices import Slice, SliceLosses, slice_of, slice_parts, slice_so_far

__all__ = [
    "MOST_EXACT",
    "AlongGradient",
    "Objective",
    "Plane",
    "Roughness",
    "Slice",
    "SliceLosses",
    "Spectrum",
    "along_gradient",
    "density",
    "exact_spectrum",
    "filter_normalized",
    "gradient_at",
    "hessian_product",
    "leading",
    "losses_at",
    "objective_of",
    "plane_losses",
    "probe",
    "random_direction",
    "roughness",
    "seen_by",
    "slice_of",
    "slice_parts",
    "slice_so_far",
    "spread",
]
