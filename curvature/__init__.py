"""What the terrain is like: curvature anywhere, and the points where the gradient vanishes."""

from curvature.critical_point import CriticalCurve, CriticalPoint, CriticalPoints
from curvature.critical_points import critical_points, search_critical_points
from curvature.hessian import Curvature, condition, curvature_at

__all__ = [
    "CriticalCurve",
    "CriticalPoint",
    "CriticalPoints",
    "Curvature",
    "condition",
    "critical_points",
    "curvature_at",
    "search_critical_points",
]
