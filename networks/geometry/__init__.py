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
from networks.geometry.sampled import (
    MOST_SLICE_COST,
    Sampled,
    keep,
    known,
    progress,
    sampled_of,
    sampled_parts,
    slice_costs,
)
from networks.geometry.slices import Slice, SliceLosses, slice_of, slice_parts, slice_so_far

__all__ = [
    "MOST_EXACT",
    "MOST_SLICE_COST",
    "AlongGradient",
    "Network",
    "Objective",
    "Plane",
    "Roughness",
    "Sampled",
    "Slice",
    "SliceLosses",
    "Spectrum",
    "Training",
    "along_gradient",
    "density",
    "exact_spectrum",
    "filter_normalized",
    "gradient_at",
    "hessian_product",
    "keep",
    "known",
    "leading",
    "losses_at",
    "objective_of",
    "plane_losses",
    "probe",
    "progress",
    "random_direction",
    "roughness",
    "sampled_of",
    "sampled_parts",
    "seen_by",
    "slice_costs",
    "slice_of",
    "slice_parts",
    "slice_so_far",
    "spread",
    "train",
]
