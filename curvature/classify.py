"""Of what kind a critical point is."""

import numpy as np

from curvature.critical_point import KINDS, CriticalPoint, Kind
from curvature.eigen import eigen
from curvature.field import Field, Local
from curvature.newton import LEVEL, join
from curvature.winding import circle, winding_number
from curvature.work import Work
from landscapes import Point
from landscapes.arrays import Floats, Mask

# How far to look around a point, in diagonals of the box.
ASIDE = 1e-7
# An eigenvalue below this part of the other one is zero but for rounding.
SINGULAR = 1e-12
# Largest radius of the circle that an index is measured on, and how much smaller the second one is.
RADIUS, SMALLER = 0.01, 0.25
KINK = 1e-5
# What is left of the gradient at a critical point, as a part of what it is around it.
MUCH_SMALLER = 1e-2
PUBLISHED = 1e-6

# Four directions to look in, along no axis: kinks lie along those.
_ANGLES = 0.3 + np.arange(4) * np.pi / 2
DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)


def is_flat(field: Field, here: Local) -> Mask:
    """Return whether each point lies in, or on the edge of, an area where the gradient is zero (n,)."""
    flat: Mask = (here.gradients == 0).all(axis=1) & (here.hessians == 0).all(axis=(1, 2))
    if flat.any():
        gradients = _around(field, here.points[flat], ASIDE).gradients
        flat[flat] = (gradients == 0).all(axis=2).any(axis=1)
    return flat


def is_level(here: Local) -> Mask:
    """Return whether one curvature is zero (n,), as it is on a curve of critical points."""
    sizes = np.sort(np.abs(eigen(here.hessians)[0]), axis=1)
    return (sizes[:, 0] <= LEVEL * sizes[:, 1]) & (sizes[:, 1] > 0)


def is_critical(field: Field, here: Local) -> Mask:
    """Return whether the gradient at each point is much smaller than around it (n,).

    So it is not beside a pole or where a curvature has no bound: Newton's step is short there as well.
    """
    about = _around(field, here.points, ASIDE).gradients
    slopes = np.fmax.reduce(np.hypot(about[..., 0], about[..., 1]), axis=1)
    return np.hypot(*here.gradients.T) <= MUCH_SMALLER * slopes


def split_by_regularity(field: Field, here: Local) -> tuple[Local, Local]:
    """Return the critical points among `here`: those whose Hessian is regular, and those with a singular one.

    A Hessian counts as singular where an eigenvalue is no larger than what the Hessian changes by over
    the least distance that matters. That is a test without a scale: a shallow dent on a plateau is a
    minimum, and the level middle of a monkey saddle is not.
    """
    here = here.take(is_critical(field, here))
    about = _around(field, here.points, ASIDE)
    change = np.fmax.reduce(np.abs(about.hessians - here.hessians[:, None]), axis=(1, 2, 3))
    sizes = np.sort(np.abs(eigen(here.hessians)[0]), axis=1)
    # False too where the change is not a number: undefined all around.
    regular = (sizes[:, 0] > SINGULAR * sizes[:, 1]) & (sizes[:, 0] > change)
    return here.take(regular), here.take(~regular)


def classify(
    field: Field, regular: Local, singular: Local, known: tuple[Point, ...]
) -> Work[tuple[CriticalPoint, ...]]:
    """Return what is known of each critical point, sorted by kind and loss; it pauses at singular ones.

    The signs of the eigenvalues tell of `regular` points all that there is to tell; around `singular`
    ones the surface is asked. `known` are the published minima.
    """
    here = join([regular, singular])
    values, vectors = eigen(here.hessians)
    negative = (values < 0).sum(axis=1).tolist()
    kinds: list[Kind] = [KINDS[n] for n in negative]
    indices: list[int | None] = [1 if n != 1 else -1 for n in negative]
    for k in range(len(regular.points), len(here.points)):
        yield
        kinds[k] = _kind_of_kink(field, here.points[k], float(here.losses[k]))
        indices[k] = _index(field, here.points, k)
    apart = np.hypot(*np.moveaxis(here.points[:, None] - np.reshape(known, (-1, 2)), -1, 0))
    columns = (
        *((column + 0.0).tolist() for column in (here.points, here.losses)),
        np.hypot(*here.gradients.T).tolist(),
        *((column + 0.0).tolist() for column in (values, vectors)),
        *(kinds, indices, (apart <= PUBLISHED * field.diagonal).any(axis=1).tolist()),
    )
    points = [
        CriticalPoint((x, y), loss, norm, (low, high), (tuple(first), tuple(second)), *rest)
        for (x, y), loss, norm, (low, high), (first, second), *rest in zip(*columns, strict=True)
    ]
    return tuple(sorted(points, key=lambda each: (KINDS.index(each.kind), each.loss, each.point)))


def _around(field: Field, points: Floats, radius: float) -> Local:
    """Return what the surface is like `radius` diagonals away from each of `points`: arrays (n, 4, …)."""
    places = points[:, None] + radius * field.diagonal * DIRECTIONS
    local = field.at(places.reshape(-1, 2))
    return Local(*(part.reshape(len(points), len(DIRECTIONS), *part.shape[1:]) for part in local))


def _kind_of_kink(field: Field, point: Floats, loss: float) -> Kind:
    """Return what the losses around a point say if the gradient jumps there, else "degenerate"."""
    if field.landscape.smooth:
        return "degenerate"
    far, close = (_around(field, point[None], radius) for radius in (KINK, KINK / 8))
    slopes = [np.hypot(*each.gradients[0].T).max() for each in (far, close)]
    if not slopes[1] >= slopes[0] / 2:
        return "degenerate"
    if (far.losses > loss).all() and (close.losses > loss).all():
        return "minimum"
    if (far.losses < loss).all() and (close.losses < loss).all():
        return "maximum"
    return "degenerate"


def _index(field: Field, points: Floats, k: int) -> int | None:
    """Return the winding number of the gradient around point `k`; None if two circles do not agree."""
    apart = np.hypot(*(points - points[k]).T)
    apart[k] = np.inf
    radius = min(0.4 * float(apart.min()), RADIUS * field.diagonal)
    large, small = (winding_number(field.gradients, circle(points[k], r)) for r in (radius, SMALLER * radius))
    return large if large == small else None
